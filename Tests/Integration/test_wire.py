"""Frames, signatures, topics, status and transports, on the wire."""
import json
import os
import signal
import socket
import stat
import subprocess
import time

import pytest
import zmq
from zmq.utils.monitor import recv_monitor_message

from wire_client import CHANNELS, DELIMITER


def test_every_answer_carries_identities_and_the_whole_header(wire):
    extra = {"subject": {"nested": [1, 2.5, None, "é🐦"]}}
    request = wire.send("kernel_info_request", header=extra)
    reply = wire.reply(request)
    # ROUTER takes the first identity away on the way back; nothing else stands before the mark.
    assert reply.identities == []
    assert reply.parent == request and reply.parent["subject"] == extra["subject"]
    for message in wire.broadcasts(request):
        assert message.parent == request


def test_further_identities_come_back(wire):
    header, frames = wire.frames("kernel_info_request", {})
    wire.sockets["shell"].send_multipart([b"hop 1", b"\x00hop 2", *frames])
    assert wire.reply(header).identities == [b"hop 1", b"\x00hop 2"]


def test_the_parent_header_is_the_very_bytes_that_were_sent(wire):
    parts = [b'{ "msg_type":"kernel_info_request",\n"msg_id": "odd",  "session":"s" }', b"{}", b"{}", b"{}"]
    wire.sockets["shell"].send_multipart([DELIMITER, wire.sign(parts), *parts])
    assert wire.receive("shell").parent_frame == parts[0]


def test_buffers_are_taken_and_ignored(wire):
    header, frames = wire.frames("kernel_info_request", {}, buffers=[b"\x00" * 1000, b""])
    wire.sockets["shell"].send_multipart(frames)
    assert wire.reply(header).content["status"] == "ok"


def test_topics_are_those_of_ipykernel(wire):
    request = wire.execute("print(1)\n2")
    for message in wire.broadcasts(request):
        [topic] = message.identities
        assert topic.decode() == f"kernel.{message.header['session']}.{message.type}"


def test_every_subscriber_is_welcomed(wire):
    for topic in (b"", b"", b"kernel."):
        late = wire.open("iopub", zmq.SUB)
        late.subscribe(topic)
        assert late.poll(5000)
        message = wire.read(late.recv_multipart(), "iopub")
        assert message.type == "iopub_welcome"
        assert message.identities == [topic]
        assert message.content == {"subscription": topic.decode()}
        assert message.parent == {}


def test_a_cell_waits_for_who_connects_its_iopub_last(start_wire):
    """A client's sockets connect one by one: what its first cell shows must not be lost."""
    wire = start_wire(listens=False)
    request = wire.execute("print('first')")
    assert wire.ask("kernel_info_request", "control")["status"] == "ok"
    assert not wire.sockets["shell"].poll(0)
    wire.listen()
    assert [m.line for m in wire.broadcasts(request)] == ["busy", "execute_input", "stream", "idle"]
    assert wire.reply(request).content["status"] == "ok"


def test_a_client_without_iopub_is_served_too(start_wire):
    wire = start_wire(listens=False)
    assert wire.ask("execute_request", code="1")["status"] == "ok"


def test_message_ids_are_unique_and_of_one_session(wire):
    requests = [wire.execute("print(1)") for _ in range(20)]
    messages = [message for request in requests for message in wire.broadcasts(request)]
    messages += [wire.receive("shell") for _ in requests]
    assert len({m.header["msg_id"] for m in messages}) == len(messages) == 100
    assert len({m.header["session"] for m in messages}) == 1


@pytest.mark.parametrize("channel, kind, content", [
    ("shell", "kernel_info_request", {}), ("control", "kernel_info_request", {}),
    ("shell", "complete_request", {"code": "pri", "cursor_pos": 3}),
    ("shell", "inspect_request", {"code": "print", "cursor_pos": 3}),
    ("shell", "history_request", {"hist_access_type": "tail", "n": 1}),
    ("shell", "is_complete_request", {"code": "1"}), ("shell", "comm_info_request", {}),
    ("control", "comm_info_request", {}), ("control", "usage_request", {}),
    ("control", "interrupt_request", {}), ("control", "create_subshell_request", {}),
    ("control", "list_subshell_request", {}), ("shell", "complete_request", {"code": 5}),
    ("shell", "execute_request", {"code": ""}), ("shell", "no_such_request", {}),
    ("control", "no_such_request", {}), ("shell", "comm_msg", {"comm_id": "none", "data": {}}),
])
def test_each_request_is_bracketed_by_busy_and_idle(wire, channel, kind, content):
    lines = [m.line for m in wire.broadcasts(wire.send(kind, channel, **content))]
    assert lines[0] == "busy" and lines[-1] == "idle"
    assert lines.count("busy") == lines.count("idle") == 1


def test_idle_is_the_last_of_a_cell(wire):
    request = wire.execute("print(1)\ndisplay(2)\n3")
    assert [m.line for m in wire.broadcasts(request)] == [
        "busy", "execute_input", "stream", "display_data", "execute_result", "idle"]
    other = wire.execute("4")
    assert all(m.parent["msg_id"] == other["msg_id"] for m in wire.broadcasts(other))


def test_a_small_request_leaves_the_running_cell_busy(wire):
    cell = wire.start()
    small = wire.send("complete_request", code="le", cursor_pos=2)
    wire.broadcasts(small)
    again = wire.receive("iopub")
    assert (again.line, again.parent["msg_id"]) == ("busy", cell["msg_id"])
    wire.interrupt()
    assert wire.broadcasts(cell)[-1].line == "idle"


def test_the_heartbeat_echoes_even_while_a_cell_runs(wire):
    heartbeat = wire.open("hb", zmq.REQ)
    for beat in (b"ping", b"", b"\x00" * 10_000):
        heartbeat.send(beat)
        assert heartbeat.poll(5000) and heartbeat.recv() == beat
    wire.start()
    heartbeat.send(b"busy")
    assert heartbeat.poll(1000) and heartbeat.recv() == b"busy"


def test_an_empty_key_means_unsigned(start_wire):
    kernel = start_wire(key="")
    assert kernel.is_alive()
    header, frames = kernel.frames("kernel_info_request", {}, signature=b"whatever stands here")
    kernel.sockets["shell"].send_multipart(frames)
    assert kernel.reply(header).content["status"] == "ok"


def test_ipc_sockets(start_wire):
    kernel = start_wire(transport="ipc")
    assert kernel.is_alive()
    assert stat.S_ISSOCK(os.stat(f"{kernel.connection['ip']}-1").st_mode)


def test_ipv6(start_wire):
    """All five sockets, the heartbeat's included."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            pass
    except OSError as problem:
        pytest.skip(f"this machine has no ::1: {problem}")
    kernel = start_wire(ip="::1")
    assert kernel.is_alive()
    heartbeat = kernel.open("hb", zmq.REQ)
    heartbeat.send(b"ping")
    assert heartbeat.poll(5000) and heartbeat.recv() == b"ping"


def test_an_encrypted_kernel(start_wire):
    public, secret = zmq.curve_keypair()
    kernel = start_wire(curve_publickey=public.decode(), curve_secretkey=secret.decode())
    assert kernel.is_alive()
    heartbeat = kernel.open("hb", zmq.REQ)
    heartbeat.send(b"ping")
    assert heartbeat.poll(5000) and heartbeat.recv() == b"ping"
    # Who does not encrypt is not served.
    plain = kernel.context.socket(zmq.DEALER)
    plain.linger = 0
    # Which failure it is depends on who sees first that the other end speaks otherwise.
    failures = zmq.EVENT_HANDSHAKE_FAILED_NO_DETAIL | zmq.EVENT_HANDSHAKE_FAILED_PROTOCOL
    handshakes = plain.get_monitor_socket(zmq.EVENT_HANDSHAKE_SUCCEEDED | failures)
    plain.connect(kernel.endpoint("shell"))
    plain.send_multipart(kernel.frames("kernel_info_request", {})[1])
    assert handshakes.poll(5000)
    assert recv_monitor_message(handshakes)["event"] & failures
    plain.disable_monitor()
    assert not plain.poll(0)
    assert kernel.is_alive()


def test_two_clients_at_once(wire):
    other = wire.open("shell", zmq.DEALER, identity=b"other")
    header, frames = wire.frames("execute_request", {"code": "mine = 1"}, {"session": "other"})
    other.send_multipart(frames)
    mine = wire.execute("yours = 2")
    assert other.poll(5000)
    assert wire.read(other.recv_multipart(), "shell").parent == header
    assert wire.reply(mine).parent == mine
    # Everybody hears of both.
    waiting = {header["msg_id"], mine["msg_id"]}
    while waiting:
        message = wire.receive("iopub")
        if message.line == "idle":
            waiting.discard(message.parent["msg_id"])


def test_a_client_that_comes_back_under_its_name(wire):
    for _ in range(3):
        wire.sockets["shell"].close(linger=0)
        wire.sockets["shell"] = wire.open("shell", zmq.DEALER, identity=wire.session.encode())
        # While the old connection ends a first question may go down with it; front ends ask again.
        for _ in range(10):
            wire.send("kernel_info_request")
            if wire.sockets["shell"].poll(1000):
                break
        assert wire.is_alive()


@pytest.mark.parametrize("busy", [False, True])
def test_iopub_tells_of_kernel_info_soon_after_its_reply(wire, busy):
    """nbclient asks again when nothing of its request appears there within 0.2 s."""
    if busy:
        wire.start()
    request = wire.send("kernel_info_request")
    wire.reply(request)
    start = time.monotonic()
    assert [m.line for m in wire.broadcasts(request)] == ["busy", "idle"]
    # The bound leaves room for a loaded machine.
    assert time.monotonic() - start < 1


@pytest.mark.parametrize("where", ["idle", "cell", "input"])
@pytest.mark.parametrize("how", ["shell", "control", "signal"])
def test_shutdown_from_anywhere(wire, how, where):
    if where == "cell":
        wire.start()
    elif where == "input":
        wire.execute("input()", allow_stdin=True)
        wire.receive("stdin")
    if how == "signal":
        wire.process.send_signal(signal.SIGTERM)
    else:
        request = wire.send("shutdown_request", how, restart=True)
        assert wire.reply(request, how).content == {"status": "ok", "restart": True}
        shown = wire.broadcasts(request)
        assert [m.content["restart"] for m in shown if m.type == "shutdown_reply"] == [True]
    # 50 ms is the aim; the bound leaves room for a loaded machine.
    assert wire.wait_for_end() < 1
    assert wire.process.returncode == 0


def test_no_file_but_ours_is_left_after_shutdown(start_wire):
    kernel = start_wire(transport="ipc")
    folder = kernel.file.parent
    kernel.send("shutdown_request", "control")
    kernel.wait_for_end()
    assert sorted(os.listdir(folder)) == ["connection.json", "log.txt"]


def ipc_connection(folder):
    """Writes a connection file for sockets in a folder: socket-1 is shell's, socket-5 the heartbeat's."""
    ports = {f"{name}_port": port for port, name in enumerate(CHANNELS, start=1)}
    file = folder / "connection.json"
    file.write_text(json.dumps({"transport": "ipc", "ip": str(folder / "socket"), "key": ""} | ports))
    return file


def test_no_file_is_left_after_a_start_that_failed(linnet, environment, tmp_path):
    # Nothing can listen where a folder stands.
    (tmp_path / "socket-4").mkdir()
    ended = subprocess.run(
        [linnet, "kernel", "-f", ipc_connection(tmp_path)], env=environment, capture_output=True,
        text=True, timeout=10)
    assert ended.returncode == 1 and "socket-4" in ended.stderr
    assert sorted(os.listdir(tmp_path)) == ["connection.json", "socket-4"]


def test_an_interrupt_as_soon_as_the_kernel_listens(linnet, environment, tmp_path):
    """A front end may interrupt once it sees a socket; the kernel must be ready for it by then."""
    file = ipc_connection(tmp_path)
    for _ in range(20):
        kernel = subprocess.Popen([linnet, "kernel", "-f", file], env=environment)
        try:
            deadline = time.monotonic() + 10
            while not any(name.startswith("socket") for name in os.listdir(tmp_path)):
                assert time.monotonic() < deadline
            kernel.send_signal(signal.SIGINT)
            with zmq.Context() as context, context.socket(zmq.REQ) as heartbeat:
                heartbeat.linger = 0
                heartbeat.connect(f"ipc://{tmp_path}/socket-5")
                heartbeat.send(b"alive")
                assert heartbeat.poll(5000), f"it ended with {kernel.poll()}"
            kernel.send_signal(signal.SIGTERM)
            assert kernel.wait(5) == 0
        finally:
            kernel.kill()
            kernel.wait()


def test_a_taken_port_is_refused_with_words(wire, linnet, environment):
    other = wire.file.with_name("again.json")
    other.write_text(json.dumps(wire.connection))
    ended = subprocess.run(
        [linnet, "kernel", "-f", other], env=environment, capture_output=True, text=True, timeout=10)
    assert ended.returncode == 1
    assert "in use" in ended.stderr
