"""Frames that no front end sends: each costs at most a line in the log, never the kernel."""
import fcntl
import json
import os
import random
import socket
import time

import pytest
import zmq

from wire_client import DELIMITER, WireKernel

HEADER = {"msg_id": "h", "msg_type": "kernel_info_request", "session": "s"}
JUNK = random.Random(20).randbytes(10_000_000)


def signed(header=HEADER, parent={}, metadata={}, content={}):
    """The four parts of a message that will be signed rightly, as JSON unless they are bytes."""
    parts = (header, parent, metadata, content)
    return [part if isinstance(part, bytes) else json.dumps(part).encode() for part in parts]


UNREADABLE = {
    "an empty frame": ([b""], "<IDS|MSG>"),
    "frames without a mark": ([b"x"] * 7, "<IDS|MSG>"),
    "10 MB of junk": ([JUNK], "<IDS|MSG>"),
    "10 000 empty frames": ([b""] * 10_000, "at most 1024 frames"),
    "nothing behind the mark": ([DELIMITER], "received 0"),
    "too few frames": ([DELIMITER, b"", b"{}", b"{}"], "received 3"),
    "no signature": ([DELIMITER, b"", *signed()], "signature"),
    "a signature of another length": ([DELIMITER, b"ab" * 31, *signed()], "signature"),
    "a signature of junk": ([DELIMITER, b"\xff" * 64, *signed()], "signature"),
    "10 MB of junk as content": ([DELIMITER, b"0" * 64, *signed(content=JUNK)], "signature"),
    "a mark in place of the signature": ([DELIMITER, DELIMITER, *signed()], "signature"),
}

# Signed with the right key, so that it is the content that is refused.
MALFORMED = {
    "a header that is no JSON": signed(header=b"{"),
    "a header that is no UTF-8": signed(header=b'{"msg_id": "\xff\xfe"}'),
    "a header that is a list": signed(header=[]),
    "a header that is empty": signed(header=b""),
    "a header without a type": signed(header={"msg_id": "h"}),
    "a header without an id": signed(header={"msg_type": "kernel_info_request"}),
    "an id that is a number": signed(header=HEADER | {"msg_id": 5}),
    "a type that is a list": signed(header=HEADER | {"msg_type": []}),
    "content that is no JSON": signed(content=b"{]"),
    "content that is no UTF-8": signed(content=b'{"code": "\xc0\xaf"}'),
    "content that is cut off": signed(content=b'{"code": "1+'),
    "content that is a text": signed(content=b'"text"'),
    "10 MB of junk, signed": signed(content=JUNK),
    "deep content": signed(content=b"[" * 1_000_000),
    "half a surrogate pair": signed(header=b'{"msg_id": "\\ud800", "msg_type": "x"}'),
}

WRONG_CONTENT = {
    "code that is missing": ("execute_request", {}),
    "code that is a number": ("execute_request", {"code": 5}),
    "code that is null": ("execute_request", {"code": None}),
    "a flag that is a text": ("execute_request", {"code": "1", "silent": "yes"}),
    "expressions that are a list": ("execute_request", {"code": "1", "user_expressions": []}),
    "an expression that is a number": ("execute_request", {"code": "1", "user_expressions": {"a": 1}}),
    "a cursor that is a text": ("complete_request", {"code": "a", "cursor_pos": "end"}),
    "a cursor that is a fraction": ("inspect_request", {"code": "a", "cursor_pos": 0.5}),
    "an endless cursor": ("complete_request", {"code": "a", "cursor_pos": 10**400}),
    "no such history": ("history_request", {"hist_access_type": "future"}),
    "a session that is a text": ("history_request", {"hist_access_type": "range", "session": "a"}),
    "code that is a list": ("is_complete_request", {"code": []}),
    "a target that is a number": ("comm_info_request", {"target_name": 5}),
}


def one_more_line(wire, before, words):
    """The kernel answers, and has written exactly one short line more."""
    assert wire.is_alive()
    new = wire.log[before:]
    assert len(new) == 1 and words in new[0], new
    assert len(new[0]) < 200 and new[0].isprintable()


@pytest.fixture(scope="module")
def hardened(linnet, environment, tmp_path_factory):
    """One kernel for all of these: what one of them breaks, the next would show."""
    with WireKernel(linnet, tmp_path_factory.mktemp("hostile"), environment) as kernel:
        yield kernel
        assert kernel.is_alive()


@pytest.mark.parametrize("channel", ["shell", "control", "stdin"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_dropped(hardened, name, channel):
    frames, words = UNREADABLE[name]
    before = len(hardened.log)
    hardened.sockets[channel].send_multipart(frames)
    # What comes on another channel may be read before it.
    hardened.logged(words, before)
    one_more_line(hardened, before, f"dropped a message on {channel}")


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_signed_but_malformed_is_dropped(hardened, name):
    parts = MALFORMED[name]
    before = len(hardened.log)
    hardened.sockets["shell"].send_multipart([DELIMITER, hardened.sign(parts), *parts])
    one_more_line(hardened, before, "dropped a message on shell")


@pytest.mark.parametrize("name", WRONG_CONTENT)
def test_wrong_types_are_answered_with_an_error(hardened, name):
    kind, content = WRONG_CONTENT[name]
    request = hardened.send(kind, **content)
    reply = hardened.reply(request)
    assert reply.type == kind.replace("_request", "_reply")
    assert reply.content["status"] == "error" and "expected" in reply.content["evalue"]
    assert [m.line for m in hardened.broadcasts(request)] == ["busy", "idle"]
    assert hardened.is_alive()


@pytest.mark.parametrize("channel", ["shell", "control"])
@pytest.mark.parametrize("kind", ["comm_open", "comm_msg", "comm_close"])
def test_what_is_no_request_gets_no_answer(hardened, kind, channel):
    before = len(hardened.log)
    request = hardened.send(kind, channel, comm_id=["no", "text"])
    assert [m.line for m in hardened.broadcasts(request)] == ["busy", "idle"]
    # An answer would come before that to the next request.
    later = hardened.send("kernel_info_request", channel)
    assert hardened.receive(channel).parent == later
    one_more_line(hardened, before, "expected a string")


def test_a_wrong_key_is_dropped(hardened):
    before = len(hardened.log)
    parts = signed()
    hardened.sockets["shell"].send_multipart([DELIMITER, hardened.sign(parts, b"another key"), *parts])
    one_more_line(hardened, before, "signature")


def test_a_changed_byte_is_dropped(hardened):
    parts = signed(HEADER | {"msg_type": "execute_request"}, content={"code": "changed = 1"})
    signature = hardened.sign(parts)
    for index in range(4):
        before = len(hardened.log)
        changed = [part if place != index else part + b" " for place, part in enumerate(parts)]
        hardened.sockets["shell"].send_multipart([DELIMITER, signature, *changed])
        one_more_line(hardened, before, "signature")
    assert hardened.run("changed")[0]["ename"] == "NameError"


def test_a_repeated_message_is_dropped(hardened):
    hardened.run("counter = 0")
    header, frames = hardened.frames("execute_request", {"code": "counter += 1"})
    hardened.sockets["shell"].send_multipart(frames)
    assert hardened.reply(header).content["status"] == "ok"
    before = len(hardened.log)
    # On whichever channel it comes again.
    hardened.sockets["control"].send_multipart(frames)
    hardened.logged("used before", before)
    hardened.sockets["shell"].send_multipart(frames)
    assert hardened.run("counter")[1][0].content["data"]["text/plain"] == "1"
    assert ["used before" in line for line in hardened.log[before:]] == [True, True]


def test_unknown_messages_cost_a_line(hardened):
    before = len(hardened.log)
    hardened.broadcasts(hardened.send("x" * 100_000 + "\n\x1b[31m_request"))
    one_more_line(hardened, before, "no handler")


def test_a_reply_is_no_request(hardened):
    before = len(hardened.log)
    hardened.broadcasts(hardened.send("execute_reply", status="ok"))
    one_more_line(hardened, before, "no handler")


def test_an_answer_that_nobody_asked_for(hardened):
    before = len(hardened.log)
    hardened.send("input_reply", "stdin", value="surprise")
    hardened.logged("nobody asked", before)
    one_more_line(hardened, before, "nobody asked")


def test_names_of_comms_are_quoted_in_the_log(hardened):
    name = "\x1b[31m\n\u202e" + "e" + "\u0301" * 100_000
    for kind, words in (("comm_open", "comm target"), ("comm_msg", "comm has the id")):
        before = len(hardened.log)
        hardened.broadcasts(hardened.send(kind, comm_id=name, target_name=name))
        one_more_line(hardened, before, words)


def test_a_frame_without_end_is_not_taken(hardened):
    """64 MiB are: Jupyter's server takes 10 of a browser."""
    peer = hardened.open("shell", zmq.DEALER)
    events = peer.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    header, frames = hardened.frames("kernel_info_request", {}, buffers=[bytes(64 << 20)])
    peer.send_multipart(frames)
    assert peer.poll(20_000) and hardened.read(peer.recv_multipart(), "shell").parent == header
    _, frames = hardened.frames("kernel_info_request", {}, buffers=[bytes((64 << 20) + 1)])
    peer.send_multipart(frames)
    assert events.poll(20_000), "who sends that is disconnected"
    assert not peer.poll(0)
    peer.disable_monitor()
    peer.close()
    assert hardened.is_alive()


@pytest.mark.parametrize("channel, kind", [("hb", zmq.DEALER), ("iopub", zmq.XSUB)])
def test_what_has_no_signature_is_short(hardened, channel, kind):
    """A heartbeat is echoed and a topic repeated: nobody shall have the kernel keep megabytes."""
    peer = hardened.open(channel, kind)
    events = peer.get_monitor_socket(zmq.EVENT_DISCONNECTED)
    peer.send(b"\x01" + bytes((64 << 10) - 1))
    assert peer.poll(20_000)
    peer.recv_multipart()
    peer.send(b"\x01" + bytes(64 << 10))
    assert events.poll(20_000), "who sends that is disconnected"
    peer.disable_monitor()
    peer.close()
    assert hardened.is_alive()


def test_a_flood_of_junk_costs_some_lines(start_wire):
    wire = start_wire()
    for _ in range(3000):
        wire.sockets["shell"].send_multipart([b"junk"])
    # Read after the junk, which is counted by then.
    assert wire.ask("kernel_info_request")["status"] == "ok"
    assert len(wire.log) == 100
    assert len(wire.logged("… 2900 more messages dropped", timeout=20)) == 1
    assert len(wire.log) == 101
    # From then on lines are written again.
    wire.sockets["shell"].send_multipart([b"junk"])
    wire.logged("<IDS|MSG>", after=101)


def test_control_is_served_while_junk_comes(start_wire):
    wire = start_wire()
    peer = wire.open("shell", zmq.DEALER, sndhwm=0)
    for _ in range(200_000):
        peer.send(b"junk")
    last = wire.frames("kernel_info_request", {})
    peer.send_multipart(last[1])
    assert wire.ask("kernel_info_request", "control")["status"] == "ok"
    assert not peer.poll(0), "the junk is not read to its end first"
    assert peer.poll(60_000)


def test_a_log_that_nobody_reads_stops_nothing(start_wire):
    """The kernel's standard error is a pipe, and full."""
    reader, writer = os.pipe()
    try:
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, 4096)
        os.set_blocking(writer, False)
        os.write(writer, bytes(4096))
        os.set_blocking(writer, True)
        wire = start_wire(log=writer)
        for _ in range(10):
            wire.sockets["shell"].send_multipart([b"junk"])
        assert wire.is_alive()
    finally:
        os.close(writer)
        os.close(reader)


def test_what_a_subscriber_sends_is_no_message(hardened):
    publisher = hardened.open("iopub", zmq.XSUB)
    for frame in (b"", b"\x02junk", b"\x01", b"\x00never", b"\xff" * 1000):
        publisher.send(frame)
    assert publisher.poll(5000), "the one subscription among them is welcomed"
    assert hardened.is_alive()


@pytest.mark.parametrize("channel", ["shell", "iopub", "stdin", "control", "hb"])
@pytest.mark.parametrize("sent", [b"", b"\xff\x00\x00", b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 100_000])
def test_peers_that_do_not_speak_zeromq(hardened, channel, sent):
    with socket.create_connection(("127.0.0.1", hardened.ports[channel])) as half_open:
        try:
            half_open.sendall(sent)
        except ConnectionError:
            pass
        assert hardened.is_alive()


def test_many_peers_that_say_nothing(hardened):
    peers = [socket.create_connection(("127.0.0.1", port)) for port in hardened.ports.values() for _ in range(50)]
    assert hardened.is_alive()
    for peer in peers:
        peer.close()
    assert hardened.is_alive()


def test_peers_that_vanish(hardened):
    for _ in range(20):
        peer = hardened.open("shell", zmq.DEALER)
        peer.send_multipart(hardened.frames("execute_request", {"code": "1"})[1])
        peer.close(linger=100)
    assert hardened.is_alive()


def test_a_slow_reader_costs_no_message(start_wire):
    """A subscriber that reads nothing meanwhile gets everything afterwards.

    It takes one message from the network at a time, so that what it has not read must lie in the
    kernel: the sockets of the system between them hold a small part of these 40 MB.
    """
    wire = start_wire(listens=False)
    slow = wire.sockets["iopub"] = wire.open("iopub", zmq.SUB, rcvhwm=1, rcvbuf=4096)
    slow.subscribe(b"")
    while wire.receive("iopub").type != "iopub_welcome":
        pass
    before = wire.resident()
    request = wire.execute(
        "text = 'x' * 5000\nfor i in range(8000):\n    print(i)\n    display(text)")
    assert wire.reply(request, timeout=60).content["status"] == "ok"
    assert wire.resident() - before > 20 << 20, "this tests nothing: it lies elsewhere"
    shown = wire.broadcasts(request)
    assert [m.content["text"] for m in shown if m.type == "stream"] == [
        f"{i}\n" for i in range(8000)]
    assert sum(m.type == "display_data" for m in shown) == 8000


def test_more_requests_than_anybody_sends(hardened):
    requests = [hardened.send("kernel_info_request") for _ in range(5000)]
    start = time.monotonic()
    assert [hardened.receive("shell").parent["msg_id"] for _ in requests] == [
        request["msg_id"] for request in requests]
    assert time.monotonic() - start < 20
    hardened.broadcasts(requests[-1])


def test_memory_stays_after_all_that(hardened):
    # 10 MB frames were read above; what they took has been given back or is used again.
    assert hardened.resident() < 200 << 20
