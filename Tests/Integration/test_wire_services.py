"""Comms, and what the kernel uses of the machine, on the wire."""
import os

import pytest


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


@pytest.mark.parametrize("busy", [False, True])
def test_usage(wire, busy):
    if busy:
        wire.start()
    else:
        # A first cell runs only when the evaluator has made its session.
        wire.run("1")
        wire.wait_until_idle()
    wire.ask("usage_request", "control")
    if busy:
        wire.wait_until_busy(0.2)
    else:
        wire.wait_until_idle()
    usage = wire.ask("usage_request", "control")
    assert usage["pid"] == wire.process.pid
    assert usage["hostname"] == os.uname().nodename
    assert abs(usage["kernel_memory"] - wire.resident()) < 16 << 20
    assert (usage["kernel_cpu"] > 10) == busy
    memory = usage["host_virtual_memory"]
    assert 0 < memory["free"] <= memory["available"] <= memory["total"]
    assert 0 <= usage["host_cpu_percent"] <= 100 and 1 <= usage["cpu_count"] <= os.cpu_count()
