"""Compares the language's speed with CPython's, on programs that are valid in both.

Usage: language.py LINNET [WORD...]: the programs whose names contain one of the words, or all. Times are
processor time, without that of an empty program. Both take turns, and the median of the ratios of fifteen
rounds counts: on a machine that others use, too, the speed changes from second to second, for both alike.
The outputs must be equal.
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAMS = Path(__file__).resolve().parent / "language"
ROUNDS = 15
# How often a program is measured again whose time is lost in that of the empty one.
ATTEMPTS = 10

# The time relative to CPython that each may take.
BOUNDS = {
    "fib": 0.8,
    "float_loops": 0.5,
    "lists": 1,
    "word_count": 1,
    "strings": 1,
    "sieve": 1,
    "closures": 1,
    "sort": 1,
    "nested_fill": 0.6,
    "top_level": 0.8,
    "life": 1,
    "big_integers": 1,
}
MEAN_BOUND = 0.75


def run(command):
    """The processor seconds that a command took, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def net(command, empty, file):
    """The processor seconds of a program, less those of an empty one, and what it printed."""
    for _ in range(ATTEMPTS):
        nothing, _ = run([*command, str(empty)])
        seconds, output = run([*command, str(file)])
        if seconds > nothing:
            return seconds - nothing, output
    raise RuntimeError(f"{' '.join(command)}: an empty program takes longer than {file.name}")


def compare(linnet, program, folder):
    """Median processor seconds of Linnet and of CPython, less those of an empty program, and of their ratio."""
    empty = Path(folder) / "empty.py"
    empty.write_text("")
    copy = Path(folder) / "program.py"
    copy.write_text("import math\n" + program.read_text())
    commands = ([linnet, "run"], [sys.executable])
    times = ([], [])
    for _ in range(ROUNDS):
        printed = []
        for command, file, taken in zip(commands, (program, copy), times):
            seconds, output = net(command, empty, file)
            taken.append(seconds)
            printed.append(output)
        if printed[0] != printed[1]:
            raise RuntimeError(f"{program.name}: {printed[0]!r} where CPython prints {printed[1]!r}")
    ratios = [ours / theirs for ours, theirs in zip(*times)]
    return [statistics.median(values) for values in (*times, ratios)]


def main(binary, *words):
    linnet = str(Path(binary).resolve())
    ratios = []
    missed = 0
    print(f"{'seconds':14} {'Linnet':>8} {'CPython':>8} {'ratio':>6} {'bound':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for name, bound in BOUNDS.items():
            if words and not any(word in name for word in words):
                continue
            ours, theirs, ratio = compare(linnet, PROGRAMS / f"{name}.star", folder)
            ratios.append(ratio)
            missed += ratios[-1] > bound
            verdict = "within" if ratios[-1] <= bound else "MISSED"
            print(
                f"{name:14} {ours:8.3f} {theirs:8.3f} {ratios[-1]:6.2f} {bound:6}  {verdict}",
                flush=True,
            )
    if not ratios:
        return 1
    mean = statistics.geometric_mean(ratios)
    verdict = "within" if mean <= MEAN_BOUND else "MISSED"
    print(f"{'geometric mean':31} {mean:6.2f} {MEAN_BOUND:6}  {verdict}")
    return 1 if missed or mean > MEAN_BOUND else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
