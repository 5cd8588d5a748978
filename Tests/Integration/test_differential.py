"""Generated programs print the same in CPython and in Linnet, and end in the same faults."""

import collections
import concurrent.futures
import os
import sys

import pytest
from conftest import clean_environment
from differential import engines
from differential.faults import NAMES
from differential.programs import programs

COUNT = 2000


@pytest.fixture(scope="module")
def generated():
    return list(programs(COUNT))


@pytest.mark.skipif(sys.version_info < (3, 11), reason="faults in expressions lack their line")
def test_programs_agree(generated, linnet, tmp_path):
    """CPython runs here, Linnet beside it in processes of its own."""
    folders = [tmp_path / str(number) for number in range(os.cpu_count() or 1)]
    for folder in folders:
        folder.mkdir()
    environment = clean_environment(tmp_path)

    def run_share(start):
        return [
            engines.linnet(linnet, w.text, folders[start], environment)
            for w in generated[start :: len(folders)]
        ]

    with concurrent.futures.ThreadPoolExecutor(len(folders)) as pool:
        shares = [pool.submit(run_share, start) for start in range(len(folders))]
        expected = [engines.cpython(w.text) for w in generated]
        received = [share.result() for share in shares]
    differences = []
    for number, (w, outcome) in enumerate(zip(generated, expected, strict=True)):
        if outcome != received[number % len(folders)][number // len(folders)]:
            differences.append(number)
        # A program ends as planned: with its fault, or at its end.
        assert (outcome.fault is None) == (w.fault is None), f"program {number}: {outcome.fault}"
    assert not differences, f"python -m differential shows programs {differences[:20]}"


def test_each_construct_is_common(generated, capsys):
    counts = collections.Counter(construct for w in generated for construct in w.constructs)
    faults = collections.Counter(w.fault for w in generated if w.fault)
    with capsys.disabled():
        print(f"\n{COUNT} programs, {sum(faults.values())} with a planned fault")
        for construct, count in sorted(counts.items()):
            print(f"  {count:5} {construct}")
    assert min(counts.values()) >= COUNT / 10, counts.most_common()[-3:]
    assert sum(faults.values()) >= 0.3 * COUNT
    assert set(faults) == set(NAMES)
