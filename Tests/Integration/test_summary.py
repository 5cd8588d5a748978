"""The summary of script/test counts what the logs say."""

import subprocess
import sys

from conftest import ROOT

PASSED = '✔ Test "adds" passed after 0.250 seconds.\n'
FAILED = '✘ Test "divides" failed after 0.001 seconds with 1 issue.\n'
CASES = '✔ Test "reads" with 14 test cases passed after 1.500 seconds.\n'
SKIPPED = '➜ Test "recorded" skipped: "no recordings"\n'
OTHER = '◇ Test "adds" started.\n✔ Suite JSONTests passed after 9.0 seconds.\n✔ Test run passed\n'
REPORT = """<testsuites><testsuite>
<testcase classname="test_a" name="one" time="3.0"/>
<testcase classname="test_a" name="two" time="0.1"><failure message="no"/></testcase>
<testcase classname="test_a" name="three" time="0.1"><skipped message="no browser"/></testcase>
</testsuite></testsuites>"""


def summary(folder, swift="", python="", *failed_parts):
    (folder / "swift-test.log").write_text(swift)
    if python:
        (folder / "integration.xml").write_text(python)
    return subprocess.run(
        [sys.executable, ROOT / "script" / "summary.py", folder, *failed_parts],
        capture_output=True,
        text=True,
    )


def test_all_passed(tmp_path):
    done = summary(tmp_path, PASSED + CASES + OTHER)
    assert done.stdout.splitlines()[-1] == "2 passed, 0 failed"
    assert done.returncode == 0


def test_failures_are_named_and_counted(tmp_path):
    done = summary(tmp_path, PASSED + FAILED, REPORT, "Swift tests", "Integration tests")
    assert done.stdout.splitlines()[-3:] == [
        "FAILED test: divides",
        "FAILED test: test_a.two",
        "2 passed, 2 failed",
    ]
    assert done.returncode == 1


def test_a_part_that_failed_without_a_failed_test_counts(tmp_path):
    done = summary(tmp_path, PASSED, "", "Swift tests", "Lint")
    assert done.stdout.splitlines()[-1] == "1 passed, 2 failed"
    assert done.returncode == 1


def test_nothing_run_is_no_success(tmp_path):
    assert summary(tmp_path).returncode == 1


def test_skips_are_listed_with_their_reasons(tmp_path):
    text = summary(tmp_path, PASSED + SKIPPED, REPORT).stdout
    assert "2 skipped:" in text
    assert "  recorded (no recordings)" in text
    assert "  test_a.three (no browser)" in text


def test_the_slowest_come_first(tmp_path):
    lines = summary(tmp_path, PASSED + CASES, REPORT).stdout.splitlines()
    assert lines[1:4] == ["     3.00 s  test_a.one", "     1.50 s  reads", "     0.25 s  adds"]
