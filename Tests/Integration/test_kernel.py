"""The kernel as Jupyter sees it: the installed kernelspec and jupyter_client."""
import os
import select
import signal
import subprocess
import sys
import time

import pytest

from kernel_client import Client

BUSY = "n = 0\nprint('started')\nwhile True:\n    n += 1\n"


def start_busy(kernel):
    parent = kernel.client.execute(BUSY)
    kernel.messages(parent, until="stream")
    return parent


def test_one_and_one(kernel):
    assert kernel.result("1+1") == ["2"]


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_transports(environment, transport, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    client = Client(environment, transport=transport)
    try:
        assert client.result("6 * 7") == ["42"]
    finally:
        client.close()


def test_a_client_that_demands_encryption(environment):
    client = Client(environment, transport_encryption="required")
    try:
        assert client.manager.get_connection_info()["curve_publickey"]
        assert client.result("6 * 7") == ["42"]
    finally:
        client.close()


def test_state_lives_between_cells_and_counts_rise(kernel):
    assert kernel.run("x = 20")[0]["execution_count"] == 1
    reply, outputs = kernel.run("x + 1")
    assert reply["execution_count"] == 2
    assert outputs[0][1]["execution_count"] == 2
    assert kernel.run("x = 5", silent=True)[0]["execution_count"] == 2
    assert kernel.run("x", store_history=False)[1][0][1]["data"]["text/plain"] == "5"
    assert kernel.run("")[0]["status"] == "ok"
    assert kernel.run("# nothing")[0]["status"] == "ok"


def test_streams_keep_their_order(kernel):
    code = "print('a')\nprint('b', file=stderr)\nprint('c')\ndisplay(1)\nprint('d')\n2"
    _, outputs = kernel.run(code)
    shown = [c.get("text") or c["data"]["text/plain"] for _, c in outputs]
    assert shown == ["a\n", "b\n", "c\n", "1", "d\n", "2"]


def test_a_flood_loses_nothing(kernel):
    _, outputs = kernel.run("for i in range(100000):\n    print(i)\n")
    text = "".join(c["text"] for t, c in outputs if t == "stream")
    assert text == "".join(f"{i}\n" for i in range(100000))
    assert len(outputs) <= 300


def test_errors_are_rendered_and_leave_the_state(kernel):
    kernel.run("x = 3")
    reply, outputs = kernel.run("print('before')\ny = x + unknown_name\n")
    assert reply["status"] == "error"
    assert reply["ename"] == "NameError"
    assert "unknown_name" in reply["evalue"]
    [error] = [c for t, c in outputs if t == "error"]
    assert error["traceback"] == reply["traceback"]
    assert "unknown_name" in "\n".join(error["traceback"])
    assert kernel.result("x") == ["3"]


@pytest.mark.parametrize("code, name", [
    ("(", "SyntaxError"), ("[" * 100000, None), ("zeros((1000000, 1000000))", "MemoryError"),
])
def test_what_kills_other_kernels_is_an_error(kernel, code, name):
    reply, _ = kernel.run(code)
    assert reply["status"] == "error"
    assert name in (None, reply["ename"])
    assert kernel.result("1+1") == ["2"]


@pytest.mark.parametrize("how", ["message", "signal"])
def test_interrupt_ends_the_cell_and_keeps_the_state(kernel, how):
    parent = start_busy(kernel)
    start = time.monotonic()
    if how == "message":
        kernel.manager.interrupt_kernel()
    else:
        os.kill(kernel.process.pid, signal.SIGINT)
    reply = kernel.reply(parent)["content"]
    assert time.monotonic() - start < 1
    assert (reply["status"], reply["ename"]) == ("error", "KeyboardInterrupt")
    kernel.messages(parent)
    assert kernel.result("n > 0") == ["True"]


def test_interrupt_without_a_cell_does_nothing(kernel):
    # Awaited, since a cell sent meanwhile on another channel may come first.
    assert kernel.control("interrupt_request")["status"] == "ok"
    os.kill(kernel.process.pid, signal.SIGINT)
    assert kernel.result("1+1") == ["2"]


def test_completion_and_inspection_while_busy(kernel):
    kernel.run("burst_length = 3")
    parent = start_busy(kernel)
    matches = kernel.reply(kernel.client.complete("burst_"))["content"]["matches"]
    assert matches == ["burst_length"]
    found = kernel.reply(kernel.client.inspect("print", 3))["content"]
    assert found["found"] and "text/plain" in found["data"]
    kernel.manager.interrupt_kernel()
    assert kernel.reply(parent)["content"]["ename"] == "KeyboardInterrupt"


def test_completion_counts_code_points(kernel):
    code = "'🐦🐦'; le"
    content = kernel.reply(kernel.client.complete(code, len(code)))["content"]
    assert "len" in content["matches"]
    assert (content["cursor_start"], content["cursor_end"]) == (len(code) - 2, len(code))


@pytest.mark.parametrize("code, status", [
    ("x = 1", "complete"), ("def f():", "incomplete"), ("(1,", "incomplete"), ("x = )", "invalid"),
])
def test_is_complete(kernel, code, status):
    assert kernel.reply(kernel.client.is_complete(code))["content"]["status"] == status


def test_cells_behind_a_failure_are_aborted(kernel):
    first = kernel.client.execute("1 / 0")
    second = kernel.client.execute("print('never')")
    assert kernel.reply(first)["content"]["status"] == "error"
    assert kernel.reply(second)["content"]["status"] == "aborted"
    assert kernel.result("1+1") == ["2"]


def test_history_gives_what_was_run(kernel):
    kernel.run("marker_for_history = 1")
    parent = kernel.client.history(hist_access_type="tail", n=1)
    [entry] = kernel.reply(parent)["content"]["history"]
    assert entry[2] == "marker_for_history = 1"


def test_input_is_asked_for_and_refused(kernel):
    parent = kernel.client.execute("name = input('Who? ')\nprint('hello', name)", allow_stdin=True)
    question = kernel.client.get_stdin_msg(timeout=10)
    assert question["content"] == {"prompt": "Who? ", "password": False}
    kernel.client.input("Ada")
    assert kernel.reply(parent)["content"]["status"] == "ok"
    assert any(m["content"].get("text") == "hello Ada\n" for m in kernel.messages(parent))
    assert kernel.run("input()", allow_stdin=False)[0]["status"] == "error"


@pytest.mark.parametrize("busy", [False, True])
@pytest.mark.parametrize("how", ["message", "signal"])
def test_shutdown_ends_the_process(kernel, busy, how):
    if busy:
        start_busy(kernel)
    if how == "message":
        kernel.client.shutdown()
    else:
        kernel.process.send_signal(signal.SIGTERM)
    # 50 ms is the aim; the bound leaves room for a loaded machine.
    assert kernel.wait_for_end(timeout=5) < 1
    assert kernel.process.returncode == 0


@pytest.mark.parametrize("code", ["1", "while True:\n    pass", "input()"])
def test_the_kernel_ends_with_the_process_that_started_it(environment, code):
    script = (
        "import os\n"
        "from kernel_client import Client\n"
        "client = Client(dict(os.environ))\n"
        f"parent = client.client.execute({code!r}, allow_stdin=True)\n"
        "client.messages(parent, until='execute_input')\n"
        "print(client.process.pid, flush=True)\n"
        "os._exit(0)\n")
    env = dict(environment, PYTHONPATH=os.path.dirname(__file__))
    output = subprocess.run(
        [sys.executable, "-c", script], env=env, check=True, capture_output=True, text=True,
        timeout=30)
    pid = int(output.stdout)
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    # It can be read from once the process has ended, whether somebody has waited for it or not.
    ended = select.select([process], [], [], 10)[0]
    if not ended:
        signal.pidfd_send_signal(process, signal.SIGKILL)
    os.close(process)
    assert ended, "the kernel outlived the process that started it"


def test_a_malformed_message_does_no_harm(kernel):
    for frames in ([b""], [b"x"] * 7, [b"<IDS|MSG>"], [b"<IDS|MSG>"] + [b"{}"] * 5):
        kernel.client.shell_channel.socket.send_multipart(frames)
    assert kernel.result("1+1") == ["2"]


@pytest.mark.parametrize("content, words", [
    (None, "no-such-file"), ("", "JSON"), ("{", "JSON"), ("[]", "object"), ("\0\1", "JSON"),
    ('{"shell_port": "x"}', "shell_port"), ('{"shell_port": 0}', "65535"),
    ('{"transport": "udp"}', "tcp or ipc"), ('{"key": "k", "signature_scheme": "hmac-md5"}', "hmac-sha256"),
    ('{"curve_secretkey": "short"}', "40 characters"), ('{"ip": 5}', "a string"),
])
def test_a_bad_connection_file_is_refused_with_words(linnet, tmp_path, content, words):
    path = tmp_path / "no-such-file.json"
    if content is not None:
        path = tmp_path / "connection.json"
        path.write_text(content)
    ended = subprocess.run([linnet, "kernel", "-f", path], capture_output=True, text=True, timeout=10)
    assert ended.returncode == 1
    assert words in ended.stderr
