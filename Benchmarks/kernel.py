"""Measures the kernel beside ipykernel and xeus-python, all spoken to frame by frame by the same client.

Usage: kernel.py LINNET [WORD...]: the rows whose names contain one of the words, or all; only what they
need is measured. The kernels take turns, five times; of the medians (and the 99th percentiles) the best
counts, of memory and of what may be lost the worst. Bounds on times were set on a machine where ipykernel
took what ROWS says of it; where it is slower, bounds.py stretches them. It needs pyzmq, and for the
comparison the rivals in the same Python: run it with that of the tests, .venv/bin/python, or use
script/bench.
"""

import importlib.util
import json
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bounds import Bound, stretched

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests" / "Integration"))

TURNS = 5
RUNS = 500
# Seconds until a kernel that says nothing counts as one that hangs.
PATIENCE = 60
# Of these the worst counts, not the best.
WORST = ("worst", "resident", "lost", "dead")
COMPLETE = {"code": "prin", "cursor_pos": 4}
LOOP = "print('started')\nwhile True:\n    pass"


@dataclass(frozen=True)
class Row:
    """A line of the table: its name, unit, the most that Linnet may take, the part of the measurement
    that gives it, and what ipykernel took where the bound was set: none where it has no such figure, and
    for what is counted."""

    name: str
    unit: str
    bound: float
    part: str
    reference: float | None = None

    def bound_here(self, rival):
        """The bound on this machine, where ipykernel takes so much, if it could be measured."""
        if self.reference is None or rival is None:
            return Bound(self.bound, self.bound)
        return stretched(self.bound, [(rival, self.reference)])


@dataclass(frozen=True)
class Rival:
    """Another kernel: the module that starts it, and whether it can stand every row.

    xeus-python ends at an interrupt, and hangs at a flood of lines and at a malformed message.
    """

    module: str
    is_sturdy: bool


RIVALS = {"ipykernel": Rival("ipykernel_launcher", True), "xeus-python": Rival("xpython_launcher", False)}

ROWS = (
    Row("spawn to kernel_info_reply", "ms", 40, "start", 201),
    Row("execute 1+1, reply, median", "ms", 0.3, "execute", 3.0),
    # A fifth of ipykernel's.
    Row("execute 1+1, reply, 99 %", "ms", 0.76, "execute", 3.8),
    Row("execute 1+1, with idle, median", "ms", 0.45, "execute", 3.6),
    Row("complete, median", "ms", 1, "complete", 46),
    # ipykernel does not complete while it is busy.
    Row("complete while busy, median", "ms", 1, "busy"),
    Row("kernel_info on control, median", "ms", 0.3, "control", 0.8),
    Row("kernel_info on control while busy, median", "ms", 0.5, "busy", 42),
    Row("interrupt to reply and idle, median", "ms", 10, "interrupt", 8.5),
    Row("interrupt to reply and idle, worst", "ms", 100, "interrupt"),
    Row("resident after start", "MiB", 20, "start"),
    Row("resident after 1000 cells", "MiB", 25, "cells"),
    Row("100 000 printed lines", "s", 0.3, "lines", 0.43),
    Row("100 000 printed lines, messages", "", 300, "lines"),
    Row("100 000 printed lines, lost", "", 0, "lines"),
    Row("shutdown to exit, idle", "ms", 50, "shutdown", 67),
    Row("shutdown to exit, busy", "ms", 50, "busy shutdown"),
    Row("dead after a malformed message", "", 0, "malformed"),
)
# The parts of which some kernel dies.
HARDSHIPS = {"busy", "interrupt", "lines", "malformed", "busy shutdown"}


class Silence(Exception):
    """A kernel said nothing for so long that it hangs."""


class Measured:
    """One kernel process, and how long it takes."""

    def __init__(self, command, folder):
        # Imported late: the other benchmarks need no pyzmq.
        from wire_client import WireKernel

        env = dict(os.environ, HOME=str(folder), IPYTHONDIR=str(folder / "ipython"))
        start = time.perf_counter()
        self.wire = WireKernel(None, folder, env, command=command, checks=False)
        try:
            self.ask("kernel_info_request")
        except BaseException:
            self.wire.close()
            raise
        self.spawned = milliseconds(start)

    def ask(self, kind, channel="shell", **content):
        """Milliseconds from a request to its reply."""
        self.drain()
        header, frames = self.wire.frames(kind, content)
        start = time.perf_counter()
        self.wire.sockets[channel].send_multipart(frames)
        self.await_parent(channel, header)
        return milliseconds(start)

    def receive(self, channel):
        """The frames of the next message of a channel."""
        if not self.wire.sockets[channel].poll(PATIENCE * 1000):
            raise Silence(f"nothing came on {channel} in {PATIENCE} s")
        return self.wire.sockets[channel].recv_multipart()

    def await_parent(self, channel, header, word=None):
        """Waits for the answer to a request; on iopub for one whose header or content has a word."""
        while True:
            parts = self.receive(channel)
            own, parent, _, content = parts[-4:]
            if header["msg_id"].encode() not in parent:
                continue
            if word is None or word in own or word in content:
                return

    def drain(self):
        while self.wire.sockets["iopub"].poll(0):
            self.wire.sockets["iopub"].recv_multipart()

    def execute(self, code):
        """Milliseconds to the reply, and to idle."""
        self.drain()
        header, frames = self.wire.frames("execute_request", {"code": code})
        start = time.perf_counter()
        self.wire.sockets["shell"].send_multipart(frames)
        self.await_parent("shell", header)
        replied = milliseconds(start)
        self.await_parent("iopub", header, b'"idle"')
        return replied, milliseconds(start)

    @contextmanager
    def busy(self):
        """A loop runs meanwhile."""
        header = self.start()
        yield
        self.stop(header)

    def start(self):
        self.drain()
        header, frames = self.wire.frames("execute_request", {"code": LOOP})
        self.wire.sockets["shell"].send_multipart(frames)
        self.await_parent("iopub", header, b'"stream"')
        return header

    def stop(self, header):
        """Milliseconds from an interrupt to the reply and idle."""
        start = time.perf_counter()
        self.interrupt()
        # Now and then ipykernel ends the cell but never says so.
        if not self.wire.sockets["shell"].poll(3000):
            return milliseconds(start)
        self.await_parent("shell", header)
        self.await_parent("iopub", header, b'"idle"')
        return milliseconds(start)

    def interrupt(self):
        header, frames = self.wire.frames("interrupt_request", {})
        self.wire.sockets["control"].send_multipart(frames)
        self.await_parent("control", header)

    def lines(self, count):
        """Seconds until printed lines have come, the messages that brought them, and those lost."""
        self.drain()
        code = f"for i in range({count}):\n    print(i)"
        header, frames = self.wire.frames("execute_request", {"code": code})
        start = time.perf_counter()
        self.wire.sockets["shell"].send_multipart(frames)
        text, messages = [], 0
        while True:
            parts = self.receive("iopub")
            content = json.loads(parts[-1])
            if "text" in content:
                text.append(content["text"])
                messages += 1
            elif content.get("execution_state") == "idle" and header["msg_id"].encode() in parts[-3]:
                break
        seconds = time.perf_counter() - start
        self.await_parent("shell", header)
        lost = {str(i) for i in range(count)}.difference("".join(text).split())
        return seconds, messages, len(lost)

    def survives_malformed_message(self):
        """Whether it answers after a message with the right signature and a header that is no JSON."""
        parts = [b"{", b"{}", b"{}", b"{}"]
        self.wire.sockets["shell"].send_multipart([b"<IDS|MSG>", self.wire.sign(parts), *parts])
        try:
            self.wire.ask("kernel_info_request")
            return True
        except AssertionError:
            return False

    def shut_down(self):
        """Milliseconds until the process has ended."""
        start = time.perf_counter()
        self.wire.send("shutdown_request", "control", restart=False)
        # A poll as fine as what is measured; no longer than a front end waits before it kills.
        while self.wire.process.poll() is None and milliseconds(start) < 5000:
            time.sleep(0.0005)
        passed = milliseconds(start)
        self.wire.close()
        return passed


def milliseconds(start):
    return (time.perf_counter() - start) * 1000


def measure(command, parts, ours):
    """One turn: a value for each row of some parts. A kernel that hangs has those that it came to."""
    found = {}
    try:
        if parts - {"busy shutdown"}:
            with started(command) as kernel:
                measure_easy(found, kernel, parts, ours)
                measure_hardships(found, kernel, parts, ours)
                if "shutdown" in parts:
                    found["shutdown to exit, idle"] = kernel.shut_down()
        if "busy shutdown" in parts:
            with started(command) as kernel:
                kernel.start()
                found["shutdown to exit, busy"] = kernel.shut_down()
    except (Silence, AssertionError) as problem:
        print(f"{command[0]}: {problem}", file=sys.stderr, flush=True)
    return found


@contextmanager
def started(command):
    """A kernel in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        kernel = Measured(command, Path(folder))
        try:
            yield kernel
        finally:
            kernel.wire.close()


def measure_easy(found, kernel, parts, ours):
    """The parts that every kernel can stand."""
    found["spawn to kernel_info_reply"] = kernel.spawned
    found["resident after start"] = kernel.wire.resident() / 2**20
    kernel.execute("1+1")
    if "execute" in parts:
        pairs = [kernel.execute("1+1") for _ in range(RUNS)]
        replies = sorted(reply for reply, _ in pairs)
        found["execute 1+1, reply, median"] = statistics.median(replies)
        found["execute 1+1, reply, 99 %"] = replies[len(replies) * 99 // 100]
        found["execute 1+1, with idle, median"] = statistics.median(idle for _, idle in pairs)
    if "complete" in parts:
        # ipykernel's take a second for twenty.
        found["complete, median"] = statistics.median(
            kernel.ask("complete_request", **COMPLETE) for _ in range(RUNS if ours else 50))
    if "control" in parts:
        found["kernel_info on control, median"] = statistics.median(
            kernel.ask("kernel_info_request", "control") for _ in range(RUNS))
    if "cells" in parts:
        for number in range(1000):
            kernel.execute(f"x{number % 10} = [{number}] * 10")
        found["resident after 1000 cells"] = kernel.wire.resident() / 2**20


def measure_hardships(found, kernel, parts, completes_while_busy):
    """The parts of which some kernel dies."""
    if "busy" in parts:
        with kernel.busy():
            found["kernel_info on control while busy, median"] = statistics.median(
                kernel.ask("kernel_info_request", "control") for _ in range(50))
            if completes_while_busy:
                # A kernel that completes on its only thread would not answer.
                found["complete while busy, median"] = statistics.median(
                    kernel.ask("complete_request", **COMPLETE) for _ in range(RUNS))
    if "interrupt" in parts:
        delays = []
        for _ in range(20):
            header = kernel.start()
            delays.append(kernel.stop(header))
        found["interrupt to reply and idle, median"] = statistics.median(delays)
        found["interrupt to reply and idle, worst"] = max(delays)
    if "lines" in parts:
        names = ("100 000 printed lines", "100 000 printed lines, messages", "100 000 printed lines, lost")
        found.update(zip(names, kernel.lines(100_000)))
    if "malformed" in parts:
        found["dead after a malformed message"] = 0 if kernel.survives_malformed_message() else 1


def figure(value):
    """A value as the table shows it; a dash for what could not be measured."""
    return "-" if value is None else f"{value:.2f}"


def main(binary, *words):
    if importlib.util.find_spec("zmq") is None:
        print("pyzmq is missing: use the Python of the tests, .venv/bin/python", file=sys.stderr)
        return 1
    wanted = [row for row in ROWS if not words or any(word in row.name for word in words)]
    commands = {"Linnet": [str(Path(binary).resolve()), "kernel"]} | {
        name: [sys.executable, "-m", rival.module]
        for name, rival in RIVALS.items() if importlib.util.find_spec(rival.module)}
    best = {name: {} for name in commands}
    parts = {row.part for row in wanted}
    for turn in range(TURNS):
        for name, command in commands.items():
            stood = parts if name not in RIVALS or RIVALS[name].is_sturdy else parts - HARDSHIPS
            for row, value in measure(command, stood, name == "Linnet").items():
                choose = max if any(word in row for word in WORST) else min
                best[name][row] = choose(value, best[name].get(row, value))
        print(f"turn {turn + 1} of {TURNS}", file=sys.stderr, flush=True)
    missed = 0
    rivals = [name for name in commands if name != "Linnet"]
    print(f"{'':45}{'Linnet':>10}  {'at most':20}" + "".join(f"{name:>13}" for name in rivals))
    for row in wanted:
        value = best["Linnet"].get(row.name)
        bound = row.bound_here(best.get("ipykernel", {}).get(row.name))
        verdict = bound.verdict(value)
        missed += verdict == "MISSED"
        shown = "".join(f"{figure(best[name].get(row.name)):>13}" for name in rivals)
        print(f"{row.name:45}{figure(value):>10}  {bound!s:20}{shown}  {row.unit:4} {verdict}")
    return 1 if missed or not wanted else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
