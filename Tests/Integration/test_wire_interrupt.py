"""Interrupts, whatever the kernel does, on the wire."""
import os
import random
import signal
import time

import pytest

from wire_client import KEYBOARD_INTERRUPT, WireKernel, ending


@pytest.mark.parametrize("code", [
    "while True:\n    pass", "while True:\n    sorted(xs, key=lambda v: -v)",
    "for _ in range(10**6):\n    ','.join(words)", "for _ in range(10**6):\n    text.replace('ab', 'xyz')",
    "for _ in range(10**6):\n    json.encode(xs)", "ones((6000, 6000)) @ ones((6000, 6000))",
    "for _ in range(10**6):\n    plot(wave)", "model.fit(x, y, epochs=10**6, verbose=0)",
    "import time\ntime.sleep(1000)", "[v for v in range(10**9)]",
    "while True:\n    hist(large)", "plot(large)", "while True:\n    large[large > 0.5]",
    "while True:\n    display(1)", "while True:\n    clear_output()",
])
def test_interrupts_anywhere(busy_kernel, code):
    for how in ("message", "signal"):
        cell = busy_kernel.execute(f"print('started')\n{code}")
        busy_kernel.broadcasts(cell, until="stream")
        # Well within what is to be interrupted: a sleeping cell has begun to sleep, others compute.
        if "sleep" in code:
            busy_kernel.wait_until_idle()
        else:
            busy_kernel.wait_until_busy()
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
            "large = random.rand(10**7)\n"
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


@pytest.mark.parametrize("how", ["message", "signal"])
def test_an_interrupt_at_any_moment(wire, how):
    """Before a cell, within it, at its very end: the cell ends one way or the other, and no other does."""
    seeds = random.Random(64)
    endings = []
    for number in range(200):
        rounds = number * 20 if number < 100 else 10**9
        cell = wire.execute(f"x = 0\nfor i in range({rounds}):\n    x += i")
        if number >= 100:
            wire.broadcasts(cell, until="execute_input")
        # A moment within the cell; the only event to wait for is that time passes.
        end = time.perf_counter() + seeds.random() * 0.003
        while time.perf_counter() < end:
            pass
        if how == "message":
            assert wire.interrupt() == {"status": "ok"}
        else:
            os.kill(wire.process.pid, signal.SIGINT)
        endings.append(ending(wire.reply(cell).content))
        assert wire.broadcasts(cell)[-1].line == "idle"
        reply, _ = wire.run("y = 1")
        assert reply["status"] == "ok"
    assert set(endings) == {("ok", None), KEYBOARD_INTERRUPT}
    # All of the long cells, which no machine ends by itself in time.
    assert endings[100:] == [KEYBOARD_INTERRUPT] * 100


def test_a_storm_of_signals_breaks_no_call(wire):
    for _ in range(200):
        for _ in range(5):
            os.kill(wire.process.pid, signal.SIGINT)
        assert wire.ask("kernel_info_request")["status"] == "ok"
    assert wire.is_alive()


def test_an_interrupt_while_much_is_drawn(wire):
    """What a cell has drawn is shown when it ends, but not when that would make the user wait."""
    for little in ("plot([1, 2])", "imshow(random.rand(300, 300))"):
        few = wire.start(f"{little}\nprint('started')\nwhile True:\n    pass")
        wire.interrupt()
        assert "display_data" in [m.type for m in wire.broadcasts(few)]
    for much in ("for _ in range(1000):\n    plot([1, 2])", "bar(list(range(100000)))"):
        many = wire.start(f"{much}\nprint('started')\nwhile True:\n    pass")
        wire.interrupt()
        assert {m.type for m in wire.broadcasts(many)} == {"error", "status"}


@pytest.mark.parametrize("how", ["message", "signal"])
def test_an_interrupt_ends_input(wire, how):
    cell = wire.execute("input('? ')", allow_stdin=True)
    wire.receive("stdin")
    if how == "message":
        wire.interrupt()
    else:
        os.kill(wire.process.pid, signal.SIGINT)
    assert ending(wire.reply(cell).content) == KEYBOARD_INTERRUPT
    # A late answer is nobody's.
    wire.answer("late")
    assert wire.is_alive()
    wire.logged("nobody asked")


def test_training_for_more_epochs_than_can_be_counted(busy_kernel):
    """The display counts with the largest numbers too, and what it says comes to an end."""
    for first, last in ((10**17, 2**62), (2**63 - 2, 2**63 - 1), (0, 2**63 - 1)):
        cell = busy_kernel.execute(f"model.fit(x, y, epochs={last}, initial_epoch={first})")
        shown = busy_kernel.broadcasts(cell, until="display_data")
        if last - first > 1:
            busy_kernel.broadcasts(cell, until="update_display_data")
            busy_kernel.interrupt()
        assert ending(busy_kernel.reply(cell).content) == (
            KEYBOARD_INTERRUPT if last - first > 1 else ("ok", None))
        assert busy_kernel.broadcasts(cell)[-1].line == "idle"
        assert shown[-1].content["data"]["text/plain"]
    assert busy_kernel.is_alive()
