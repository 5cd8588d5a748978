"""What cells show, on the wire."""
import time

import pytest

from wire_client import KEYBOARD_INTERRUPT, ending


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


@pytest.mark.parametrize("code", [
    "print('x' * 1000)", "display('x' * 1000)", "clear_output()", "print('x')\n    display('x')",
    "print('x')\n    print('y', file=stderr)",
    "display('x' * 1000000)", "update_display('x' * 1000, display_id='d')",
])
def test_a_flood_can_be_interrupted_and_memory_stays(start_wire, code):
    """A cell makes more than can be sent: it must wait, for what it has made must lie somewhere."""
    wire = start_wire()
    before = wire.resident()
    cell = wire.start(f"display('', display_id='d')\nprint('started')\nwhile True:\n    {code}")
    peak = 0
    end = wire.cpu_seconds() + 0.5
    while wire.cpu_seconds() < end:
        peak = max(peak, wire.resident())
        # Read and thrown away, so that it is not this process that waits.
        for _ in range(100):
            if wire.sockets["iopub"].poll(10):
                wire.sockets["iopub"].recv_multipart()
    asked = wire.cpu_seconds()
    wire.interrupt()
    assert wire.cpu_seconds() - asked < 1
    assert ending(wire.reply(cell).content) == KEYBOARD_INTERRUPT
    assert wire.broadcasts(cell)[-1].line == "idle"
    # Eight MB wait at most, and as much may be on its way through the wire.
    assert peak - before < 48 << 20
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


def test_a_handle_replaces_what_it_has_shown(wire):
    reply, shown = wire.run("first = display(1, display_id=True)\ndisplay(2, display_id=True)\nfirst.update(3)")
    assert reply["status"] == "ok"
    assert [m.type for m in shown] == ["display_data", "display_data", "update_display_data"]
    first, second, update = [m.content["transient"]["display_id"] for m in shown]
    assert first == update != second
    # A handle is no result: what it shows is there already.
    assert [m.type for m in wire.run("display(1, display_id='e')")[1]] == ["display_data"]


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
    assert len(times) == 10 and max(gaps) < 1
