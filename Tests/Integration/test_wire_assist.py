"""Completion, inspection and whether a text is whole, on the wire."""
import time

import pytest

from wire_client import KEYBOARD_INTERRUPT, WireKernel, ending


def matches(wire, code, cursor=None):
    cursor = len(code) if cursor is None else cursor
    return wire.ask("complete_request", code=code, cursor_pos=cursor)["matches"]


@pytest.mark.parametrize("code, content", [
    ("1", {"status": "complete"}), ("", {"status": "complete"}),
    ("def f():", {"status": "incomplete", "indent": "    "}),
    ("if x:\n  if y:", {"status": "incomplete", "indent": "      "}),
    ("(1,", {"status": "incomplete", "indent": ""}), ("'''", {"status": "incomplete", "indent": ""}),
    ("x = )", {"status": "invalid"}), ("%time 1", {"status": "complete"}), ("zeros?", {"status": "complete"}),
])
def test_is_complete(wire, code, content):
    assert wire.ask("is_complete_request", code=code) == content


@pytest.mark.parametrize("code", [
    "x = '''\n" + "%a\n" * 50_000 + "'''", "x = 1\n%mem\n" * 20_000, "!ls\n" * 50_000,
], ids=["in a string", "commands in turn", "commands alone"])
def test_many_lines_that_look_like_commands_take_no_time(wire, code):
    """The wire judges a cell, and must serve others soon."""
    before = wire.cpu_seconds()
    assert wire.ask("is_complete_request", code=code)["status"] == "complete"
    assert wire.cpu_seconds() - before < 1


@pytest.mark.parametrize("code, wanted", [
    ("burst_", ["burst_length"]), ("x = burst_", ["burst_length"]), ("burst_length + le", ["len"]),
    ("words.app", ["append"]), ("'abc'.upp", ["upper"]), ("[1].app", ["append"]), ("{1: 2}.ke", ["keys"]),
    ("table['", ["blue", "red"]), ('table["r', ["red"]), ("image.sh", ["shape"]), ("model.fi", ["fit"]),
    ("sorted(words, rev", ["reverse="]), ("LSTM(5, activ", ["activation="]), ("shown(wid", ["width="]),
    ("LSTM(5, activation='sigm", ["sigmoid"]), ("Dense(5, 'tan", ["tanh"]),
    ("model.compile(loss='mse", ["mse"]), ("model.compile(optimizer='ada", ["adam"]),
    ("model.compile(metrics=['acc", ["accuracy"]), ("Dense(3, kernel_initializer='glo", ["glorot_uniform"]),
    ("import mat", ["math"]), ("math.sq", ["sqrt"]), ("np.random.ran", ["randn"]),
    ("model.layers[0].wei", []), ("unknown.a", []), ("(1 + 2).a", []), ("f(x).y", []), ("# bur", []),
    ("open('notes", ["notes.txt"]), ("x = 'data/", ["data/one.csv", "data/two.csv"]),
    ("'../", []), ("'/etc/pass", []),
])
def test_completion(assisted, code, wanted):
    found = matches(assisted, code)
    if wanted == []:
        assert found == []
    else:
        assert sorted(set(found) & set(wanted)) == sorted(wanted), found


@pytest.fixture(scope="module")
def assisted(linnet, environment, tmp_path_factory):
    """A kernel in whose session some names are bound, and whose folder holds some files."""
    folder = tmp_path_factory.mktemp("assist")
    (folder / "notes.txt").write_text("a note")
    (folder / "data").mkdir()
    for name in ("one.csv", "two.csv", ".hidden"):
        (folder / "data" / name).write_text("")
    with WireKernel(linnet, folder, environment) as kernel:
        reply, _ = kernel.run(
            "burst_length = 3\n"
            "words = ['a']\n"
            "table = {'red': 1, 'blue': 2, 3: 4}\n"
            "image = arange(600.0).reshape(20, 30)\n"
            "inputs = Input((4,))\n"
            "model = Model(inputs, Dense(2)(inputs))\n"
            "def shown(value, width=80):\n"
            "    'Shows a value.'\n"
            "    return [value, width]\n")
        assert reply["status"] == "ok", reply
        yield kernel


@pytest.mark.parametrize("code, cursor, bounds", [
    ("le", 2, (0, 2)), ("🐦🐦 = le", 7, (5, 7)), ("'🐦'; le + 1", 7, (5, 7)), ("e\u0301 = le", 7, (5, 7)),
    ("le", 99, (0, 2)), ("le", -5, (0, 0)), ("", 0, (0, 0)), ("x = ", 4, (4, 4)), ("words.ap", 8, (6, 8)),
])
def test_cursors_count_code_points(assisted, code, cursor, bounds):
    content = assisted.ask("complete_request", code=code, cursor_pos=cursor)
    assert (content["cursor_start"], content["cursor_end"]) == bounds


def test_completions_come_with_kind_and_signature(assisted):
    for code, kind, signature in (
            ("sorte", "function", "(iterable, "), ("burst_l", "instance", ""), ("whil", "keyword", ""),
            ("show", "function", "(value, width=80)"), ("'data/on", "path", "")):
        content = assisted.ask("complete_request", code=code, cursor_pos=len(code))
        first = content["metadata"]["_jupyter_types_experimental"][0]
        assert first["text"] == content["matches"][0]
        assert (first["start"], first["end"]) == (content["cursor_start"], content["cursor_end"])
        assert first["type"] == kind and first["signature"].startswith(signature), first


def test_assistance_while_a_cell_runs(wire):
    wire.run("early = {'key': [1]}")
    cell = wire.start("late_name = 5\nprint('started')\nwhile True:\n    pass")
    assert matches(wire, "earl") == ["early"]
    assert matches(wire, "early['") == ["key"]
    # What the running cell binds is known a little later.
    deadline = time.monotonic() + 5
    while matches(wire, "late") != ["late_name"]:
        assert time.monotonic() < deadline
    assert wire.ask("inspect_request", code="zeros", cursor_pos=2, detail_level=0)["found"]
    assert wire.ask("is_complete_request", code="(")["status"] == "incomplete"
    assert wire.ask("history_request", hist_access_type="tail", n=1, output=False, raw=True)["history"]
    assert wire.ask("kernel_info_request", "control")["status"] == "ok"
    assert wire.ask("kernel_info_request")["status"] == "ok"
    wire.interrupt()
    assert ending(wire.reply(cell).content) == KEYBOARD_INTERRUPT


@pytest.mark.parametrize("code, cursor, detail, words", [
    ("zeros", 2, 0, ["zeros(", ">"]), ("sorted(words, ", 14, 0, ["sorted("]),
    ("words.append", 9, 0, ["append("]), ("math.sqrt", 7, 0, ["sqrt("]),
    ("np.random.randn", 12, 0, ["randn("]),
    ("image", 3, 0, ["tensor (20, 30) float32", "min 0", "max 599", "mean 299.5", "nan 0"]),
    ("image", 3, 1, ["█", "[570."]), ("model", 1, 0, ["Dense", "Trainable params: 10"]),
    ("shown", 1, 0, ["shown(value, width=80)", "Shows a value."]),
    ("shown", 1, 1, ["def shown(value, width=80):", "return [value, width]"]),
    ("burst_length", 1, 0, ["int", "3"]), ("LSTM", 1, 1, ["activation: ", "sigmoid"]),
])
def test_inspection(assisted, code, cursor, detail, words):
    content = assisted.ask("inspect_request", code=code, cursor_pos=cursor, detail_level=detail)
    assert content["found"]
    for word in words:
        assert word in content["data"]["text/plain"], content["data"]["text/plain"]
    # What has words of its own shows them in a browser as such; values are columns of text.
    is_documented = code not in ("image", "model", "burst_length")
    assert ("text/markdown" in content["data"]) == is_documented


def test_detail_tells_more(assisted):
    def size(name, level):
        content = assisted.ask("inspect_request", code=name, cursor_pos=1, detail_level=level)
        return len(content["data"]["text/plain"])
    for name in ("image", "shown", "LSTM"):
        assert size(name, 0) < size(name, 1)


@pytest.mark.parametrize("code, cursor", [
    ("nothing_here", 3), ("", 0), ("'a text'", 3), ("5", 1), ("image", 99_999), ("nothing.x", 9)])
def test_nothing_found_is_no_error(assisted, code, cursor):
    content = assisted.ask("inspect_request", code=code, cursor_pos=cursor, detail_level=0)
    assert content["status"] == "ok"
    assert content["found"] == (code == "image")
