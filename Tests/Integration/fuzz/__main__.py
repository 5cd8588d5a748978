"""`python -m fuzz BINARY [COUNT [SEED]]` in Tests/Integration: many inputs, a line for each failure.

The inputs that failed are kept in the folder `build/fuzz` of the repository.
"""

import collections
import concurrent.futures
import os
import sys
import tempfile
from pathlib import Path

from .inputs import inputs
from .trial import verdict

KEPT = Path(__file__).resolve().parents[3] / "build" / "fuzz"


def main(binary, count=10_000, seed=1):
    binary = str(Path(binary).resolve())
    workers = os.cpu_count() or 1
    cases = list(inputs(int(count), seed))

    def share(first):
        failures = []
        with tempfile.TemporaryDirectory() as folder:
            for number in range(first, len(cases), workers):
                problem = verdict(binary, cases[number][1], Path(folder), dict(os.environ))
                if problem:
                    failures.append((number, problem))
        return failures

    with concurrent.futures.ThreadPoolExecutor(workers) as pool:
        failures = sorted(failure for part in pool.map(share, range(workers)) for failure in part)
    for kind, number in sorted(collections.Counter(kind for kind, _ in cases).items()):
        print(f"{number:6} {kind}")
    for number, problem in failures:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{seed}-{number}.star").write_bytes(cases[number][1])
        print(f"{cases[number][0]}, build/fuzz/{seed}-{number}.star: {problem}")
    print(f"{len(cases)} inputs, {len(failures)} failures")
    return 1 if failures else 0


sys.exit(main(*sys.argv[1:]))
