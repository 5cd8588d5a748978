"""Runs 100 000 cells and 10 000 figures in one kernel, from two clients at once, and watches its memory.

Usage: soak.py LINNET [CELLS [FIGURES]]: prints the resident size as it goes; fails when it grows by more
than 4 MiB after the first fifth of either part, or when a reply is wrong. It takes a minute or two;
a million cells, `soak.py LINNET 1000000 0`, take about ten.
"""

import importlib.util
import os
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "Tests" / "Integration"))

ALLOWED_GROWTH = 4 << 20
SAMPLES = 10
# A list that holds itself, and a function that holds itself and the list.
CELL = """xs = [{0}] * 10
xs.append(xs)
def outer(held):
    def inner(n): return inner(n - 1) if n else held
    return inner
inner = outer(xs)
inner(2)[0] + 1"""
FIGURE = "plot([{0}, 1, 3, 2])"
# Seconds until a kernel that says nothing counts as one that hangs.
PATIENCE = 60


class Client(threading.Thread):
    """Sends cells one after the other on a socket of its own."""

    def __init__(self, kernel, code, count):
        super().__init__(daemon=True)
        import zmq

        self.kernel, self.code, self.count = kernel, code, count
        self.socket = kernel.open("shell", zmq.DEALER)
        self.done = 0
        self.problem = None

    def run(self):
        for number in range(self.count):
            self.socket.send_multipart(
                self.kernel.frames("execute_request", {"code": self.code.format(number)})[1])
            if not self.socket.poll(PATIENCE * 1000):
                self.problem = f"no reply to cell {number} came in {PATIENCE} s"
                return
            reply = self.socket.recv_multipart()
            if b'"status":"ok"' not in reply[-1]:
                self.problem = reply[-1].decode()
                return
            self.done += 1


def soak(kernel, name, code, count):
    """Runs a cell so often from two clients; gives how many bytes the kernel has grown since warm-up."""
    clients = [Client(kernel, code, count // 2) for _ in range(2)]
    start = time.monotonic()
    for client in clients:
        client.start()
    sizes, heard = [], 0
    while any(client.is_alive() for client in clients) or kernel.sockets["iopub"].poll(200):
        # Everybody hears of everything: iopub must be read, or it would pile up.
        while kernel.sockets["iopub"].poll(10):
            kernel.sockets["iopub"].recv_multipart()
            heard += 1
        done = sum(client.done for client in clients)
        if done >= (len(sizes) + 1) * count // SAMPLES:
            sizes.append(kernel.resident())
    for client in clients:
        client.join()
        if client.problem:
            raise RuntimeError(client.problem)
    sizes.append(kernel.resident())
    seconds = time.monotonic() - start
    shown = " ".join(f"{size / 2**20:.1f}" for size in sizes)
    print(f"{count} {name} in {seconds:.0f} s, {heard} messages; resident MiB: {shown}", flush=True)
    return sizes[-1] - sizes[min(1, len(sizes) - 1)]


def main(binary, cells="100000", figures="10000"):
    if importlib.util.find_spec("zmq") is None:
        print("pyzmq is missing: use the Python of the tests, .venv/bin/python", file=sys.stderr)
        return 1
    from wire_client import WireKernel

    with tempfile.TemporaryDirectory() as folder:
        env = dict(os.environ, HOME=folder)
        with WireKernel(str(Path(binary).resolve()), Path(folder), env, checks=False) as kernel:
            parts = (("cells", CELL, int(cells)), ("figures", FIGURE, int(figures)))
            grown = {
                name: soak(kernel, name, code, count) for name, code, count in parts if count}
    for name, size in grown.items():
        verdict = "flat" if size <= ALLOWED_GROWTH else "GROWS"
        print(f"{name}: {size / 2**20:+.1f} MiB after warm-up: {verdict}")
    return 0 if all(size <= ALLOWED_GROWTH for size in grown.values()) else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
