"""Errors of programs: what stands on stderr, and the exit status."""

import re

import pytest

# The name of the fault, then the place as name:line:column.
PLACE = re.compile(r"^(?P<name>\w+Error): .+?\n *--> (?P<place>\S+):(?P<line>\d+):\d+$", re.M | re.S)


@pytest.mark.parametrize(
    ("source", "name", "line"),
    [
        ("layer = LSTM(4)\nlayer(zeros((3, 2)))\n", "ShapeError", 2),
        ("total = 1\nprint(totl)\n", "NameError", 2),
        ("x = 1\nprint((x, 2)\ny = 3\n", "SyntaxError", 2),
        ("zeros((1000000, 1000000))\n", "MemoryError", 1),
        ("x = " + "[" * 100_000 + "]" * 100_000 + "\n", "SyntaxError", 1),
        ("def f(n):\n    return f(n + 1)\nf(0)\n", "RecursionError", 2),
        ("print(1 / 0)\n", "ZeroDivisionError", 1),
        ("xs = [1]\nwhile True:\n    xs += xs\n", "MemoryError", 3),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith("Error") else "",
)
def test_an_error_names_its_place(run, tmp_path, source, name, line):
    (tmp_path / "program.star").write_text(source)
    done = run("run", "program.star", "--max-memory", "1G")
    match = PLACE.search(done.stderr)
    assert match, done.stderr[:2000]
    assert (match["name"], match["place"], int(match["line"])) == (name, "program.star", line)
    assert done.returncode == 1
    assert done.stdout == ""


def test_a_misspelt_name_gets_a_hint(run):
    done = run("-c", "total = 1\nprint(totl)")
    assert "did you mean" in done.stderr
    assert "total" in done.stderr


def test_what_was_printed_before_an_error_stays(run):
    done = run("-c", "print('before')\nprint(1 / 0)")
    assert done.stdout == "before\n"
    assert done.returncode == 1


def test_a_program_reads_and_writes_below_its_folder_only(run, tmp_path):
    done = run("-c", "write_text('a.txt', 'hello')\nprint(read_text('a.txt'))")
    assert (done.stdout, done.returncode) == ("hello\n", 0)
    assert (tmp_path / "a.txt").read_text() == "hello"
    done = run("-c", "read_text('/etc/hostname')")
    assert done.returncode == 1
    assert "--allow" in done.stderr


def test_a_wrong_option_is_a_usage_error(run):
    assert run("run", "--no-such-option").returncode == 2


def test_a_file_that_is_missing_is_named(run):
    done = run("run", "missing.star")
    assert done.returncode != 0
    assert "missing.star" in done.stderr
