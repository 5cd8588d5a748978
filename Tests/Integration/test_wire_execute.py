"""How cells are run, and what they ask of the user, on the wire."""
import time
from datetime import datetime

import pytest
import zmq

from wire_client import KEYBOARD_INTERRUPT, ending


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


@pytest.mark.parametrize("code", ["zeros?", "?zeros"])
def test_help_is_a_payload_for_the_pager(wire, code):
    reply, shown = wire.run(code)
    [page] = reply["payload"]
    assert (page["source"], page["start"]) == ("page", 0)
    assert page["data"]["text/plain"].startswith("zeros(")
    assert "text/markdown" in page["data"]
    assert shown == []


def test_help_prints_so_that_it_is_stored(wire):
    reply, [output] = wire.run("help(zeros)")
    assert reply["payload"] == []
    assert output.content["name"] == "stdout" and output.content["text"].startswith("zeros(")


def test_input_goes_to_who_sent_the_cell(wire):
    cell = wire.execute("name = input('Who? ')\nword = input('Key? ', password=True)\nname + word", allow_stdin=True)
    question = wire.receive("stdin")
    assert question.content == {"prompt": "Who? ", "password": False}
    assert question.parent == cell
    wire.send("input_reply", "stdin", value="Ada")
    assert wire.receive("stdin").content == {"prompt": "Key? ", "password": True}
    wire.send("input_reply", "stdin", value="🐦")
    assert wire.broadcasts(cell)[-2].content["data"]["text/plain"] == '"Ada🐦"'


ASK_TWICE = "first = input('1? ')\nsecond = input('2? ')\n[first, second]"


def told(wire, cell):
    """The result of a cell."""
    [result] = [m for m in wire.broadcasts(cell) if m.type == "execute_result"]
    return result.content["data"]["text/plain"]


@pytest.mark.parametrize("names_question", [True, False])
def test_an_answer_is_taken_whether_it_names_its_question_or_nothing(wire, names_question):
    """JupyterLab's answers name the question, those of jupyter_client name nothing."""
    cell = wire.execute("input('? ')", allow_stdin=True)
    question = wire.receive("stdin")
    wire.answer("Ada", question.header if names_question else None)
    assert told(wire, cell) == '"Ada"'
    assert wire.log == []


def test_the_answer_of_another_client_is_dropped(wire):
    stranger = wire.open("stdin", zmq.DEALER, identity=b"stranger")
    cell = wire.execute("input('? ')", allow_stdin=True)
    question = wire.receive("stdin")
    for number, parent in enumerate((question.header, None)):
        wire.answer("Eve", parent, stranger)
        wire.logged("a client that was not asked", after=number)
    wire.answer("Ada", question.header)
    assert told(wire, cell) == '"Ada"'


def test_a_late_answer_is_not_that_to_the_next_question(wire):
    over = wire.execute("input('over? ')", allow_stdin=True)
    late = wire.receive("stdin")
    wire.interrupt()
    assert ending(wire.reply(over).content) == KEYBOARD_INTERRUPT
    cell = wire.execute("input('? ')", allow_stdin=True)
    question = wire.receive("stdin")
    wire.answer("late", late.header)
    wire.logged("another question")
    wire.answer("Ada", question.header)
    assert told(wire, cell) == '"Ada"'


def test_an_answer_sent_twice_answers_one_question(wire):
    cell = wire.execute(ASK_TWICE, allow_stdin=True)
    first = wire.receive("stdin")
    for _ in range(2):
        wire.answer("one", first.header)
    second = wire.receive("stdin")
    # It came before the second question or after it.
    wire.logged("dropped an answer")
    wire.answer("two", second.header)
    assert told(wire, cell) == '["one", "two"]'


def test_the_end_of_input(wire):
    cell = wire.execute("input()", allow_stdin=True)
    wire.receive("stdin")
    wire.send("input_reply", "stdin", value="\x04")
    assert ending(wire.reply(cell).content) == ("error", "EOFError")


def test_input_without_a_front_end_that_answers(wire):
    assert ending(wire.run("input()", allow_stdin=False)[0]) == ("error", "StdinNotImplementedError")


def test_a_question_waits_for_a_client_that_connects_late(wire):
    for channel in ("shell", "stdin"):
        wire.sockets[channel].close(linger=0)
    # Under a name of its own: a question could still go to a connection that is being closed.
    wire.sockets["shell"] = wire.open("shell", zmq.DEALER, identity=b"late")
    cell = wire.execute("input('late? ')", allow_stdin=True)
    wire.broadcasts(cell, until="execute_input")
    for _ in range(10):
        assert wire.ask("kernel_info_request", "control")["status"] == "ok"
    wire.sockets["stdin"] = wire.open("stdin", zmq.DEALER, identity=b"late")
    assert wire.receive("stdin").content["prompt"] == "late? "
    wire.send("input_reply", "stdin", value="here")
    assert wire.reply(cell).content["status"] == "ok"
