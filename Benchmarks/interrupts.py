"""Measures how soon Ctrl-C ends each kind of long step: milliseconds from the signal to the error.

Usage: interrupts.py LINNET [WORD...]: the steps whose text contains one of the words, or all.
"""

import select
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BOUND = 100

PREPARE = """
xs = list(range(5000000))
ys = list(range(5000000))
words = [str(v) for v in range(1000000)]
text = "ab" * 10000000
wide = "[" + "1," * 3000000 + "1]"
long = 3 ** 300000
"""

# Each takes some seconds unless it is interrupted.
STEPS = (
    "while True: pass",
    "[x for x in range(10 ** 9)]",
    "for _ in range(1000): sum(xs)",
    "for _ in range(1000): max(xs)",
    "for _ in range(1000): list(range(10 ** 7))",
    "for _ in range(1000): sorted(xs, key=lambda v: -v)",
    "for _ in range(1000): set(range(10 ** 7))",
    "for _ in range(1000): dict([(i, i) for i in range(10 ** 7)])",
    "for _ in range(1000): zip(xs, ys)",
    "for _ in range(1000): enumerate(xs)",
    "for _ in range(1000): map(str, xs)",
    "for _ in range(1000): -1 in xs",
    "for _ in range(1000): xs.index(4999999)",
    "for _ in range(1000): xs == ys",
    "for _ in range(1000): set(xs) | set(ys)",
    "for _ in range(1000): xs + ys",
    "for _ in range(1000): xs[::-1]",
    "for _ in range(1000): repr(xs)",
    "for _ in range(1000): ','.join(words)",
    "for _ in range(1000): text.replace('ab', 'xyz')",
    "for _ in range(1000): text.split('a')",
    "for _ in range(1000): text.find('abc')",
    "for _ in range(1000): text.upper()",
    "for _ in range(1000): text.title()",
    "for _ in range(1000): text.swapcase()",
    "for _ in range(1000): ['%s %5d %r' % (v, v, v) for v in xs]",
    "for _ in range(1000): str(long)",
    "for _ in range(1000): int('7' * 300000)",
    "pow(3, 10 ** 3000, 10 ** 3000 + 7)",
    "for _ in range(1000): json.encode(xs)",
    "for _ in range(1000): json.decode(wide)",
    "for _ in range(1000): json.indent(wide)",
    "time.sleep(1000)",
    "for _ in range(1000): ones((4000, 4000)) @ ones((4000, 4000))",
    "for _ in range(1000): random.randn(10 ** 8)",
    "for _ in range(1000): random.permutation(10 ** 8)",
    "for _ in range(1000): sort(random.rand(10 ** 7))",
    "for _ in range(1000): cumsum(ones(10 ** 8))",
    "for _ in range(1000): ones(3 * 10 ** 7).tolist()",
    "for _ in range(1000): tensor(xs)",
    "for _ in range(1000): pad_sequences([[1]] * 10 ** 6, maxlen=100)",
    "for _ in range(1000): Dense(8000)(zeros((1, 8000)))",
    "for _ in range(1000): LSTM(512)(zeros((64, 500, 64)))",
)


def delay(linnet, step, folder, start):
    """Milliseconds from a signal sent `start` seconds into the step to the first word of the error."""
    program = Path(folder) / "step.star"
    program.write_text(f"{PREPARE}\nprint('ready')\n{step}\n")
    with subprocess.Popen(
        [linnet, "run", str(program)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.readline()
        time.sleep(start)
        sent = time.perf_counter()
        process.send_signal(signal.SIGINT)
        ready, _, _ = select.select([process.stderr], [], [], 20)
        passed = (time.perf_counter() - sent) * 1000
        words = process.stderr.readline() if ready else "nothing"
        process.kill()
    if not words.startswith("KeyboardInterrupt"):
        raise RuntimeError(f"{step}: {words.strip()}")
    return passed


def main(binary, *words):
    linnet = str(Path(binary).resolve())
    late = 0
    print(f"milliseconds to the error, at most {BOUND}")
    with tempfile.TemporaryDirectory() as folder:
        for step in STEPS:
            if words and not any(word in step for word in words):
                continue
            worst = max(delay(linnet, step, folder, start) for start in (0.1, 0.35, 0.7))
            late += worst > BOUND
            print(f"{worst:8.1f}  {'LATE' if worst > BOUND else '    '}  {step}", flush=True)
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
