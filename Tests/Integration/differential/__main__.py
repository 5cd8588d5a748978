"""Looks for differences by hand: `python -m differential BINARY [COUNT [SEED]]` in Tests/Integration."""

import collections
import os
import pathlib
import sys
import tempfile

from . import engines
from .programs import programs


def main(binary, count=2000, seed=2026):
    seen = collections.Counter()
    used = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number, w in enumerate(programs(int(count), int(seed))):
            used.update(w.constructs)
            expected = engines.cpython(w.text)
            received = engines.linnet(binary, w.text, pathlib.Path(folder), dict(os.environ))
            if w.fault is None and expected.fault:
                seen["unplanned", expected.fault[0]] += 1
                print("unplanned", expected.fault, w.text.split("\n")[expected.fault[1] - 2][:300])
            if expected == received:
                continue
            print(f"--- program {number}, {w.fault}: {expected.fault} {received.fault}")
            lines = w.text.split("\n")
            for fault in (expected.fault, received.fault):
                if fault and isinstance(fault[1], int): print("   ", lines[fault[1] - 2])
            for left, right in zip(expected.output.split("\n"), received.output.split("\n")):
                if left != right:
                    print("  CPython", left)
                    print("  Linnet ", right)
                    break
    print(seen)
    print(used.most_common()[-12:])


main(*sys.argv[1:])
