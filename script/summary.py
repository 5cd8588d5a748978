"""Counts what the logs of script/test say, and names the slowest tests.

Usage: summary.py FOLDER [FAILED_PART...]. Ends with the line `N passed, N failed`; the exit status is
0 only when there is a passed test and no failure. A part that failed without a failed test of its own
(the linter, a crash) counts as one.
"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

SWIFT_RESULT = re.compile(
    r'^\S+\s+Test (?:"(?P<title>.+?)"|(?P<name>\S+\(.*?\)))(?: with \d+ test cases?)? '
    r"(?P<result>passed|failed) after (?P<seconds>[\d.]+) seconds"
)
SWIFT_SKIP = re.compile(r'^\S+\s+Test (?P<title>.+?) skipped(?:: (?P<reason>.*))?$')


def swift_results(log):
    """Yields (title, result, seconds, reason) of each test in the log of `swift test`."""
    if not log.exists():
        return
    for line in log.read_text(errors="replace").splitlines():
        if match := SWIFT_RESULT.match(line):
            title = match["title"] or match["name"]
            yield title, match["result"], float(match["seconds"]), ""
        elif match := SWIFT_SKIP.match(line):
            yield match["title"].strip('"'), "skipped", 0.0, (match["reason"] or "").strip('"')


def python_results(report):
    """Yields (title, result, seconds, reason) of each test in the XML report of pytest."""
    if not report.exists():
        return
    for case in ElementTree.parse(report).iter("testcase"):
        result, reason = "passed", ""
        for child in case:
            if child.tag in ("failure", "error"):
                result = "failed"
            elif child.tag == "skipped":
                result, reason = "skipped", child.get("message", "")
        yield f"{case.get('classname')}.{case.get('name')}", result, float(case.get("time", 0)), reason


def main(folder, *failed_parts):
    swift = list(swift_results(Path(folder, "swift-test.log")))
    python = list(python_results(Path(folder, "integration.xml")))
    results = swift + python
    failures = [f"test: {title}" for title, result, *_ in results if result == "failed"]
    accounted = {
        "Swift tests": any(result == "failed" for _, result, *_ in swift),
        "Integration tests": any(result == "failed" for _, result, *_ in python),
    }
    failures += [f"part: {name}" for name in failed_parts if not accounted.get(name)]
    skipped = [(title, reason) for title, result, _, reason in results if result == "skipped"]
    passed = sum(result == "passed" for _, result, *_ in results)

    # Swift's run beside each other, so their times contain waiting.
    print("Slowest tests:")
    for title, _, seconds, _ in sorted(results, key=lambda row: -row[2])[:10]:
        print(f"  {seconds:7.2f} s  {title}")
    if skipped:
        print(f"{len(skipped)} skipped:")
        for title, reason in skipped:
            print(f"  {title}" + (f" ({reason})" if reason else ""))
    for failure in failures:
        print(f"FAILED {failure}")
    print(f"{passed} passed, {len(failures)} failed")
    return 1 if failures or not passed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
