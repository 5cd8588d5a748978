"""What running code holds on to: cycles are freed, deep values die quietly, and a session outlives its limits."""
import os
import subprocess
from pathlib import Path

import pytest
from conftest import clean_environment
from kernel_client import Client

CIRCLES = """
xs = [number for number in range(10)]
xs.append(xs)
def outer(held=xs):
    def inner(n):
        return inner(n - 1) if n else held
    return inner
"""


GROWING = [
    "xs = []\nwhile True: xs.append(1)",
    "xs = 0\nxs = [n for n in range(1000000000)]",
    "xs = {}\nwhile True: xs[len(xs)] = 1",
]


def peak(pid):
    """The largest resident size that a process had, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def resident(pid):
    """The resident size of a process in bytes."""
    pages = Path(f"/proc/{pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def assert_flat(sizes):
    """No later size is above the first by more than 5 %."""
    assert max(sizes) <= 1.05 * sizes[0], [f"{size / 1e6:.1f} MB" for size in sizes]


def test_statements_that_make_circles_keep_the_size(linnet, tmp_path):
    """Between top-level statements of one cell: sizes at marks, where the program waits for a line."""
    statements = "circle()\n" * 20_000 + "print('mark')\ninput()\n"
    body = CIRCLES.strip().replace("\n", "\n    ")
    (tmp_path / "circles.star").write_text(f"def circle():\n    {body}\n    return outer()\n" + statements * 8)
    with subprocess.Popen(
        [linnet, "run", "circles.star"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path,
        env=clean_environment(tmp_path), text=True, bufsize=1,
    ) as process:
        sizes = []
        for _ in range(8):
            assert process.stdout.readline() == "mark\n"
            sizes.append(resident(process.pid))
            process.stdin.write("\n")
        assert process.wait(20) == 0
    assert_flat(sizes[2:])


def test_a_list_nested_a_million_deep_is_made_and_freed(run):
    code = """
xs = []
for i in range(1000000): xs = [xs]
xs = None
def closures():
    f = None
    for i in range(1000000):
        f = (lambda held: lambda: held)(f)
    return f
f = closures()
f = None
print("freed")
"""
    done = run("-c", code)
    assert (done.stdout, done.returncode) == ("freed\n", 0)


def test_a_list_without_end_is_a_memory_error_and_the_session_lives(environment):
    kernel = Client(environment | {"LINNET_MAX_MEMORY": "400M"})
    try:
        for grow in GROWING:
            reply, _ = kernel.run(grow)
            assert reply["ename"] == "MemoryError", reply
            assert kernel.result("xs = None\n1 + 1") == ["2"]
        assert peak(kernel.process.pid) <= 1.1 * 400 * (1 << 20)
    finally:
        kernel.close()


def test_what_was_freed_counts_no_more(environment):
    """Small blocks, of which the allocator may keep the pages, leave room for a large one."""
    kernel = Client(environment | {"LINNET_MAX_MEMORY": "300M"})
    try:
        reply, _ = kernel.run("xs = [[n, str(n)] for n in range(10000000)]")
        assert reply["ename"] == "MemoryError", reply
        for _ in range(3):
            assert kernel.result("sum(zeros((10, 1000, 1000)).shape)") == ["2010"]
            assert kernel.result("len([str(n) for n in range(300000)])") == ["300000"]
    finally:
        kernel.close()


@pytest.mark.parametrize("grow", GROWING)
def test_what_grows_without_end_stays_within_the_limit(grow, linnet, tmp_path):
    """A full list moves to twice its size: for that moment, too, the limit holds."""
    (tmp_path / "grow.star").write_text(f"{grow}\n")
    command = [linnet, "run", "grow.star", "--max-memory", "600M"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=clean_environment(tmp_path), stderr=subprocess.PIPE, text=True,
    ) as process:
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 1
    assert errors.startswith("MemoryError: ")
    assert " --> grow.star:2:" in errors
    assert usage.ru_maxrss * 1024 <= 1.1 * 600 * (1 << 20)


def test_functions_of_two_cells_call_each_other(kernel):
    kernel.run("def even(n): return True if n == 0 else odd(n - 1)")
    kernel.run("def odd(n): return False if n == 0 else even(n - 1)")
    assert kernel.result("even(10), odd(10)") == ["(True, False)"]
    kernel.run("def odd(n): return \"other\"")
    assert kernel.result("even(10)") == ['"other"']
