"""Measures Linnet beside its rivals, as far as they are installed.

Usage: run.py LINNET [WORD...]: runs the rows whose names contain one of the words, or all. A row is the
median of five runs; when it misses its bound it is measured again, up to three times, and the best
counts. A bound holds on the machine that it was set on; elsewhere bounds.py stretches it as much as the
rival is slower here than it was there. The verdict tells which of the two holds.

A word alone may name another suite instead: `seeds`, which takes minutes and measures no time but
tables how training ends over many seeds of the weights, beside the figures of the rivals; `language`,
which runs programs of the language beside CPython; `kernel`, the Jupyter kernel beside
ipykernel; `soak`, whether its memory stays over 100 000 cells; or `interrupts`, how soon an interrupt ends each kind of long step.
"""

import importlib.util
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import interrupts
import kernel
import language
import soak
from bounds import stretched

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Row:
    """What is measured: a program that prints its milliseconds, or a whole process."""

    name: str
    program: str
    bound: float
    is_process: bool = False
    runs: int = 5
    rivals: tuple["Rival", ...] = ()


@dataclass(frozen=True)
class Rival:
    """A program that does the same with another library, the modules that it needs, and the milliseconds
    that it took where the bounds were set."""

    name: str
    program: str
    needs: tuple[str, ...]
    reference: float


ROWS = (
    Row("start: run of one print", "hello.star", 10, is_process=True),
    Row(
        "seed B: training step",
        "burst_step.star",
        0.12,
        rivals=(
            Rival("PyTorch", "torch_burst_step.py", ("torch",), 0.66),
            Rival("JAX", "jax_burst_step.py", ("jax",), 0.61),
        ),
    ),
    Row(
        "seed B: process with figure",
        "burst_process.star",
        100,
        is_process=True,
        rivals=(Rival("PyTorch", "torch_burst_process.py", ("torch", "matplotlib"), 2100),),
    ),
    Row(
        "seed A: 1500 epochs",
        "autoencoder.star",
        6000,
        runs=1,
        rivals=(Rival("Keras", "keras_autoencoder.py", ("keras", "jax"), 14000),),
    ),
)

TABLES = ("seeds_burst.star", "seeds_autoencoder.star")


def seeds(linnet):
    """Prints the tables of how training ends; gives the number of those that failed."""
    failed = 0
    for program in TABLES:
        print(f"\n{program}", flush=True)
        failed += subprocess.run([linnet, "run", "--no-advice", str(HERE / "programs" / program)]).returncode != 0
    return failed


def milliseconds(command, is_process):
    """Runs a program once: the time that it prints last, or the time that the process takes."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE / "programs")
    elapsed = (time.perf_counter() - start) * 1000
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip() or f"exit status {done.returncode}")
    return elapsed if is_process else float(done.stdout.split()[-1])


def median(command, row):
    return statistics.median(milliseconds(command, row.is_process) for _ in range(row.runs))


def rival_time(row, rival):
    """The rival's time, if there is one, and the words that say it."""
    for module in rival.needs:
        if importlib.util.find_spec(module) is None:
            return None, f"{rival.name}: not installed"
    try:
        time = median([sys.executable, str(HERE / "rivals" / rival.program)], row)
        return time, f"{rival.name}: {time:.4g}"
    except (RuntimeError, ValueError, IndexError) as error:
        return None, f"{rival.name}: failed, {str(error).splitlines()[-1]}"


def measure_rivals(row):
    """The row's bound on this machine, and the words that say the rivals' times."""
    times, words = zip(*(rival_time(row, rival) for rival in row.rivals)) if row.rivals else ((), ())
    known = [(time, rival.reference) for time, rival in zip(times, row.rivals) if time is not None]
    return stretched(row.bound, known), "  ".join(words)


def main(binary, *words):
    linnet = str(Path(binary).resolve())
    if words and words[0] in SUITES:
        return 1 if SUITES[words[0]](linnet, *words[1:]) else 0
    chosen = [row for row in ROWS if not words or any(word in row.name for word in words)]
    missed = 0
    print(f"{'milliseconds':30} {'Linnet':>9}  {'bound':20}  {'':17}  rival")
    with tempfile.TemporaryDirectory() as figures:
        for row in chosen:
            command = [linnet, "run", str(HERE / "programs" / row.program)]
            if row.is_process:
                command += ["--figures", figures]
            bound, rivals = measure_rivals(row)
            best = min_until_bound(command, row, bound.set)
            verdict = bound.verdict(best)
            missed += verdict == "MISSED"
            print(f"{row.name:30} {best:9.4g}  {bound!s:20}  {verdict:17}  {rivals}", flush=True)
    return 1 if missed or not chosen else 0


SUITES = {"seeds": seeds, "language": language.main, "interrupts": interrupts.main, "kernel": kernel.main,
          "soak": soak.main}


def min_until_bound(command, row, bound):
    best = float("inf")
    for _ in range(3):
        best = min(best, median(command, row))
        if best <= bound:
            break
    return best


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
