"""What each request is answered with, on the wire."""
import os
import signal
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
import zmq

from wire_client import WireKernel

KEYBOARD_INTERRUPT = ("error", "KeyboardInterrupt")


def ending(content):
    return content["status"], content.get("ename")


def matches(wire, code, cursor=None):
    cursor = len(code) if cursor is None else cursor
    return wire.ask("complete_request", code=code, cursor_pos=cursor)["matches"]


# execute


def test_silent_shows_nothing_but_status_and_does_not_count(wire):
    wire.run("1")
    request = wire.execute("print(1)\ndisplay(2)\n3", silent=True)
    assert [m.line for m in wire.broadcasts(request)] == ["busy", "idle"]
    assert wire.reply(request).content["execution_count"] == 1
    assert wire.run("4")[0]["execution_count"] == 2
    # An error of a silent cell is told in its reply only.
    failing = wire.execute("1 / 0", silent=True)
    assert [m.line for m in wire.broadcasts(failing)] == ["busy", "idle"]
    assert ending(wire.reply(failing).content) == ("error", "ZeroDivisionError")


def test_store_history_false_does_not_count_but_shows(wire):
    reply, shown = wire.run("5", store_history=False)
    assert reply["execution_count"] == 0
    assert [m.type for m in shown] == ["execute_result"]
    assert wire.run("6")[0]["execution_count"] == 1
    history = wire.ask("history_request", hist_access_type="range", session=0, output=False, raw=True)
    assert [entry[2] for entry in history["history"]] == ["6"]


@pytest.mark.parametrize("code", ["", "   ", "\n\n", "# words", "# one\n# two\n"])
def test_cells_without_code(wire, code):
    reply, shown = wire.run(code)
    assert (reply["status"], reply["payload"], shown) == ("ok", [], [])


@pytest.mark.parametrize("code, text", [
    ("1\n2\n3", "3"), ("x = 1", None), ("1;", None), ("None", None), ("1; 2", "2"), ("# 5\n5", "5"),
])
def test_one_result_at_most(wire, code, text):
    results = [m.content["data"]["text/plain"] for m in wire.run(code)[1] if m.type == "execute_result"]
    assert results == ([] if text is None else [text])


def test_execute_input_comes_first_with_the_count(wire):
    request = wire.execute("print('x')")
    first, second = wire.broadcasts(request)[:2]
    assert first.line == "busy"
    assert (second.type, second.content) == (
        "execute_input", {"code": "print('x')", "execution_count": 1})


def test_the_reply_tells_when_the_cell_started(wire):
    before = time.time()
    request = wire.execute("1")
    metadata = wire.reply(request).metadata
    assert metadata["started"].endswith("Z") and metadata["status"] == "ok"
    assert metadata["dependencies_met"] is True

    started = datetime.fromisoformat(metadata["started"].replace("Z", "+00:00")).timestamp()
    assert before - 1 < started < time.time() + 1


def test_user_expressions(wire):
    reply, _ = wire.run("x = 20", user_expressions={
        "good": "x + 1", "bad": "y", "wrong": "(", "empty": "", "tensor": "ones(2)"})
    results = reply["user_expressions"]
    assert list(results) == ["good", "bad", "wrong", "empty", "tensor"]
    assert results["good"] == {"status": "ok", "data": {"text/plain": "21"}, "metadata": {}}
    assert ending(results["bad"]) == ("error", "NameError")
    assert ending(results["wrong"]) == ("error", "SyntaxError")
    # A failure sticks to nothing: neither to the cell nor to those that follow.
    assert reply["status"] == "ok"
    assert wire.run("x", user_expressions={"x": "x"})[0]["user_expressions"]["x"]["status"] == "ok"
    # Those of a cell that failed are not evaluated.
    assert wire.run("1 / 0", user_expressions={"x": "x"})[0]["user_expressions"] == {}


def test_the_error_is_the_same_on_iopub_and_in_the_reply(wire):
    reply, shown = wire.run("def f():\n    return 1 / 0\nf()")
    [error] = [m.content for m in shown if m.type == "error"]
    assert {name: reply[name] for name in error} == error
    assert error["ename"] == "ZeroDivisionError"
    assert "\x1b[" in "\n".join(error["traceback"])
    assert reply["execution_count"] == 1


def test_stop_on_error_aborts_what_is_queued(wire):
    cells = [wire.execute(code) for code in ("1 / 0", "a = 1", "b = 2")]
    assert [wire.reply(cell).content["status"] for cell in cells] == ["error", "aborted", "aborted"]
    for cell in cells[1:]:
        assert [m.line for m in wire.broadcasts(cell)] == ["busy", "idle"]
    assert ending(wire.run("a")[0]) == ("error", "NameError")


def test_stop_on_error_false_goes_on(wire):
    cells = [wire.execute(code, stop_on_error=False) for code in ("1 / 0", "a = 1")]
    assert [wire.reply(cell).content["status"] for cell in cells] == ["error", "ok"]


def test_an_interrupt_aborts_what_is_queued(wire):
    running = wire.start()
    queued = wire.execute("after = 1")
    wire.interrupt()
    assert ending(wire.reply(running).content) == KEYBOARD_INTERRUPT
    assert wire.reply(queued).content["status"] == "aborted"
    assert wire.is_alive()


@pytest.mark.parametrize("code", ["zeros?", "?zeros", "help(zeros)"])
def test_help_is_a_payload_for_the_pager(wire, code):
    reply, shown = wire.run(code)
    [page] = reply["payload"]
    assert (page["source"], page["start"]) == ("page", 0)
    assert page["data"]["text/plain"].startswith("zeros(")
    assert "text/markdown" in page["data"]
    assert shown == []


# interrupt


@pytest.mark.parametrize("code", [
    "while True:\n    pass", "while True:\n    sorted(xs, key=lambda v: -v)",
    "for _ in range(10**6):\n    ','.join(words)", "for _ in range(10**6):\n    text.replace('ab', 'xyz')",
    "for _ in range(10**6):\n    json.encode(xs)", "ones((6000, 6000)) @ ones((6000, 6000))",
    "for _ in range(10**6):\n    plot(wave)", "model.fit(x, y, epochs=10**6, verbose=0)",
    "import time\ntime.sleep(1000)", "[v for v in range(10**9)]",
])
def test_interrupts_anywhere(busy_kernel, code):
    for how in ("message", "signal"):
        cell = busy_kernel.execute(f"print('started')\n{code}")
        busy_kernel.broadcasts(cell, until="stream")
        time.sleep(0.1)
        start = time.monotonic()
        if how == "message":
            assert busy_kernel.interrupt() == {"status": "ok"}
        else:
            os.kill(busy_kernel.process.pid, signal.SIGINT)
        assert ending(busy_kernel.reply(cell).content) == KEYBOARD_INTERRUPT
        # 100 ms is the aim; the bound leaves room for a loaded machine.
        assert time.monotonic() - start < 1
        busy_kernel.broadcasts(cell)
    assert busy_kernel.run("kept")[1][0].content["data"]["text/plain"] == "1"


@pytest.fixture(scope="module")
def busy_kernel(linnet, environment, tmp_path_factory):
    """A kernel with much to do."""
    with WireKernel(linnet, tmp_path_factory.mktemp("busy"), environment) as kernel:
        reply, _ = kernel.run(
            "kept = 1\n"
            "xs = list(range(100000))\n"
            "words = [str(v) for v in xs]\n"
            "text = 'ab' * 1000000\n"
            "wave = sin(linspace(0.0, 9.0, 5000))\n"
            "inputs = Input((4,))\n"
            "model = Model(inputs, Dense(1)(inputs))\n"
            "model.compile(optimizer='adam', loss='mse')\n"
            "x = ones((64, 4))\n"
            "y = ones((64, 1))\n")
        assert reply["status"] == "ok", reply
        yield kernel


@pytest.mark.parametrize("how", ["message", "signal"])
def test_an_interrupt_while_idle_does_nothing(wire, how):
    for _ in range(5):
        if how == "message":
            assert wire.interrupt() == {"status": "ok"}
        else:
            os.kill(wire.process.pid, signal.SIGINT)
        assert wire.is_alive()


def test_an_interrupt_ends_input(wire):
    cell = wire.execute("input('? ')", allow_stdin=True)
    wire.receive("stdin")
    wire.interrupt()
    assert ending(wire.reply(cell).content) == KEYBOARD_INTERRUPT
    # A late answer is nobody's.
    wire.send("input_reply", "stdin", value="late")
    assert wire.is_alive()
    wire.logged("nobody asked")


# input


def test_input_goes_to_who_sent_the_cell(wire):
    cell = wire.execute("name = input('Who? ')\nword = input('Key? ', password=True)\nname + word", allow_stdin=True)
    question = wire.receive("stdin")
    assert question.content == {"prompt": "Who? ", "password": False}
    assert question.parent == cell
    wire.send("input_reply", "stdin", value="Ada")
    assert wire.receive("stdin").content == {"prompt": "Key? ", "password": True}
    wire.send("input_reply", "stdin", value="🐦")
    assert wire.broadcasts(cell)[-2].content["data"]["text/plain"] == '"Ada🐦"'


def test_the_end_of_input(wire):
    cell = wire.execute("input()", allow_stdin=True)
    wire.receive("stdin")
    wire.send("input_reply", "stdin", value="\x04")
    assert ending(wire.reply(cell).content) == ("error", "EOFError")


def test_input_without_a_front_end_that_answers(wire):
    assert ending(wire.run("input()", allow_stdin=False)[0]) == ("error", "StdinNotImplementedError")


def test_a_question_waits_for_a_client_that_connects_late(wire):
    wire.sockets["stdin"].close(linger=0)
    cell = wire.execute("input('late? ')", allow_stdin=True)
    wire.broadcasts(cell, until="execute_input")
    time.sleep(0.1)
    wire.sockets["stdin"] = wire.open("stdin", zmq.DEALER, identity=wire.session.encode())
    assert wire.receive("stdin").content["prompt"] == "late? "
    wire.send("input_reply", "stdin", value="here")
    assert wire.reply(cell).content["status"] == "ok"


# is_complete


@pytest.mark.parametrize("code, content", [
    ("1", {"status": "complete"}), ("", {"status": "complete"}),
    ("def f():", {"status": "incomplete", "indent": "    "}),
    ("if x:\n  if y:", {"status": "incomplete", "indent": "      "}),
    ("(1,", {"status": "incomplete", "indent": ""}), ("'''", {"status": "incomplete", "indent": ""}),
    ("x = )", {"status": "invalid"}), ("%time 1", {"status": "complete"}), ("zeros?", {"status": "complete"}),
])
def test_is_complete(wire, code, content):
    assert wire.ask("is_complete_request", code=code) == content


# complete


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


# inspect


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


# history


def history(wire, kind, **fields):
    fields = {"output": False, "raw": True} | fields
    return wire.ask("history_request", hist_access_type=kind, **fields)["history"]


def test_history(start_wire):
    wire = start_wire()
    for code in ("alpha = 1", "alpha + 1", "alpha = 1", "beta = 2"):
        wire.run(code)
    tail = history(wire, "tail", n=4)
    assert [entry[1:] for entry in tail] == [
        [1, "alpha = 1"], [2, "alpha + 1"], [3, "alpha = 1"], [4, "beta = 2"]]
    session = tail[0][0]
    assert {entry[0] for entry in tail} == {session}
    assert history(wire, "range", session=session, start=2, stop=4) == tail[1:3]
    assert history(wire, "range", session=0, start=2, stop=4) == tail[1:3]
    assert history(wire, "range", session=session, start=4) == tail[3:]
    assert history(wire, "range", session=-10**18) == []
    assert history(wire, "tail", n=2, output=True)[0] == [session, 3, ["alpha = 1", None]]
    assert history(wire, "range", session=0, start=2, stop=3, output=True) == [
        [session, 2, ["alpha + 1", "2"]]]
    assert history(wire, "search", pattern="alpha*", n=2) == tail[1:3]
    assert history(wire, "search", pattern="alpha = ?", unique=True)[-1:] == tail[2:3]
    assert history(wire, "search", pattern="no such thing") == []


def test_history_outlives_the_kernel_and_is_private(start_wire, environment):
    first = start_wire()
    first.run("kept_over_sessions = 'é🐦'")
    session = history(first, "tail", n=1)[0][0]
    first.send("shutdown_request", "control", restart=False)
    first.wait_for_end()
    second = start_wire()
    second.run("2")
    assert history(second, "range", session=session) == [[session, 1, "kept_over_sessions = 'é🐦'"]]
    assert [entry[2] for entry in history(second, "range", session=-1)] == ["kept_over_sessions = 'é🐦'"]
    path = Path(environment["HOME"]) / ".local/state/linnet/history.jsonl"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_kernels_that_share_the_history(start_wire):
    kernels = [start_wire() for _ in range(4)]

    def work(numbered):
        place, kernel = numbered
        for number in range(50):
            kernel.run(f"shared_{place} = {number}")

    with ThreadPoolExecutor() as pool:
        list(pool.map(work, enumerate(kernels)))
    sessions = [history(kernel, "range", session=0) for kernel in kernels]
    for place, entries in enumerate(sessions):
        assert [entry[2] for entry in entries] == [f"shared_{place} = {n}" for n in range(50)]
    # Each has a number of its own, and sees what the others have run.
    assert len({entries[0][0] for entries in sessions}) == 4
    for kernel in kernels:
        assert len(history(kernel, "search", pattern="shared_? = *")) == 200


# comms


def test_comms_of_unknown_targets_are_closed(wire):
    request = wire.send("comm_open", comm_id="c1", target_name="widget", data={})
    shown = wire.broadcasts(request)
    assert [m.line for m in shown] == ["busy", "comm_close", "idle"]
    assert shown[1].content == {"comm_id": "c1", "data": {}}
    assert len(wire.logged("widget")) == 1
    for kind in ("comm_msg", "comm_close"):
        wire.broadcasts(wire.send(kind, comm_id="c1", data={}))
    assert wire.ask("comm_info_request", target_name="widget") == {"status": "ok", "comms": {}}
    assert wire.ask("comm_info_request") == {"status": "ok", "comms": {}}


# subshells


def test_subshells_are_made_listed_and_deleted(wire):
    def subshells():
        return wire.ask("list_subshell_request", "control")["subshell_id"]
    assert wire.ask("kernel_info_request")["supported_features"] == ["kernel subshells"]
    assert subshells() == []
    first, second = (wire.ask("create_subshell_request", "control")["subshell_id"] for _ in range(2))
    assert subshells() == [first, second]
    assert wire.ask("delete_subshell_request", "control", subshell_id=first) == {"status": "ok"}
    assert subshells() == [second]
    again = wire.ask("delete_subshell_request", "control", subshell_id=first)
    assert again["status"] == "error" and "subshell_id" in again["evalue"]


def test_a_subshell_answers_and_queues_while_a_cell_runs(wire):
    subshell = {"subshell_id": wire.ask("create_subshell_request", "control")["subshell_id"]}
    cell = wire.start()
    assert wire.ask("complete_request", header=subshell, code="le", cursor_pos=2)["matches"]
    assert wire.ask("inspect_request", header=subshell, code="len", cursor_pos=2)["found"]
    assert wire.ask("kernel_info_request", header=subshell)["status"] == "ok"
    # Its cells wait behind the running one. That one's end aborts only its own queue.
    inside = wire.execute("from_subshell = 1", subshell)
    main = wire.execute("from_main = 1")
    wire.interrupt()
    assert wire.reply(cell).content["ename"] == "KeyboardInterrupt"
    statuses = {}
    for _ in range(2):
        message = wire.receive("shell")
        statuses[message.parent["msg_id"]] = message.content["status"]
    assert statuses == {inside["msg_id"]: "ok", main["msg_id"]: "aborted"}
    # All shells share their names.
    assert wire.run("from_subshell")[0]["status"] == "ok"


def test_an_error_in_a_subshell_aborts_only_its_queue(wire):
    subshell = {"subshell_id": wire.ask("create_subshell_request", "control")["subshell_id"]}
    cells = [
        wire.execute("1 / 0", subshell), wire.execute("main = 1"), wire.execute("aborted = 1", subshell)]
    statuses = {}
    for _ in cells:
        message = wire.receive("shell")
        statuses[message.parent["msg_id"]] = message.content["status"]
    assert [statuses[cell["msg_id"]] for cell in cells] == ["error", "ok", "aborted"]


def test_deleting_a_subshell_aborts_what_waits_in_it(wire):
    name = wire.ask("create_subshell_request", "control")["subshell_id"]
    cell = wire.start()
    waiting = wire.execute("never = 1", {"subshell_id": name})
    wire.ask("kernel_info_request")
    assert wire.ask("delete_subshell_request", "control", subshell_id=name)["status"] == "ok"
    assert wire.reply(waiting).content["status"] == "aborted"
    refused = wire.ask("execute_request", header={"subshell_id": name}, code="1")
    assert refused["status"] == "error" and "subshell_id" in refused["evalue"]
    wire.interrupt()
    assert wire.reply(cell).content["ename"] == "KeyboardInterrupt"


# usage


@pytest.mark.parametrize("busy", [False, True])
def test_usage(wire, busy):
    if busy:
        wire.start()
    wire.ask("usage_request", "control")
    time.sleep(0.3)
    usage = wire.ask("usage_request", "control")
    assert usage["pid"] == wire.process.pid
    assert usage["hostname"] == os.uname().nodename
    assert abs(usage["kernel_memory"] - wire.resident()) < 16 << 20
    assert (usage["kernel_cpu"] > 10) == busy
    memory = usage["host_virtual_memory"]
    assert 0 < memory["free"] <= memory["available"] <= memory["total"]
    assert 0 <= usage["host_cpu_percent"] <= 100 and 1 <= usage["cpu_count"] <= os.cpu_count()


# output


def test_streams_are_bundled_in_order(wire):
    start = time.monotonic()
    _, shown = wire.run("for i in range(100000):\n    print(i)")
    assert "".join(m.content["text"] for m in shown) == "".join(f"{i}\n" for i in range(100000))
    assert len(shown) <= 20 * (time.monotonic() - start) + 60


def test_text_leaves_within_50_ms_while_a_cell_runs(wire):
    cell = wire.execute("print('now')\nwhile True:\n    pass")
    start = time.monotonic()
    wire.broadcasts(cell, until="stream")
    assert time.monotonic() - start < 0.5
    wire.interrupt()
    wire.broadcasts(cell)


def test_a_flood_can_be_interrupted_and_memory_stays(wire):
    cell = wire.start("while True:\n    print('x' * 1000)")
    for _ in range(5):
        time.sleep(0.1)
        assert wire.resident() < 200 << 20
    wire.interrupt()
    assert ending(wire.reply(cell).content) == KEYBOARD_INTERRUPT
    assert wire.broadcasts(cell)[-1].line == "idle"
    assert wire.is_alive()


def test_output_is_cut_with_words(wire):
    _, shown = wire.run("for i in range(12):\n    print('y' * 1000000)")
    text = "".join(m.content["text"] for m in shown if m.content["name"] == "stdout")
    assert len(text) == 10_000_000
    assert "output cut" in "".join(m.content["text"] for m in shown if m.content["name"] == "stderr")
    assert wire.is_alive()


def test_figures_are_svg_and_words(wire):
    _, shown = wire.run("plot([1, 3, 2])")
    [figure] = [m.content for m in shown if m.type in ("display_data", "execute_result")]
    assert set(figure["data"]) == {"image/svg+xml", "text/plain"}
    assert figure["data"]["image/svg+xml"].startswith("<svg") and figure["data"]["text/plain"]
    assert "isolated" not in str(figure["metadata"])


def test_displays_are_updated_by_their_ids(wire):
    _, shown = wire.run(
        "print('a')\ndisplay(1, display_id='d')\nprint('b')\nupdate_display(2, display_id='d')\n"
        "clear_output(wait=True)\nprint('c')")
    assert [m.type for m in shown] == [
        "stream", "display_data", "stream", "update_display_data", "clear_output", "stream"]
    assert shown[1].content["transient"] == shown[3].content["transient"] == {"display_id": "d"}
    assert shown[3].content["data"]["text/plain"] == "2"
    assert shown[4].content == {"wait": True}
    # Another cell may replace it too.
    assert wire.run("update_display(3, display_id='d')")[1][0].type == "update_display_data"


def test_a_display_that_is_updated_for_long(wire):
    """What training looks like: five updates a second, none held back by another."""
    cell = wire.execute(
        "import time\ndisplay(0, display_id='live')\n"
        "for i in range(10):\n    time.sleep(0.2)\n    update_display(i, display_id='live')")
    times = []
    while True:
        message = wire.receive("iopub")
        if message.type == "update_display_data":
            times.append(time.monotonic())
        if message.line == "idle" and message.parent["msg_id"] == cell["msg_id"]:
            break
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    assert len(times) == 10 and max(gaps) < 0.6
