"""Runs one input and says what is wrong with how it ended."""

import re
import subprocess

PLACE = re.compile(rb"(?:-->[^\n]*:\d+:\d+$|line \d+, column \d+)", re.M)
SECONDS = 5


def verdict(binary, data, folder, environment):
    """None when the process ended by itself in time, each error with its line and column."""
    (folder / "input.star").write_bytes(data)
    command = [binary, "run", "--max-memory", "600M", "--timeout", "3", "input.star"]
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, timeout=SECONDS, env=environment
        )
    except subprocess.TimeoutExpired:
        return f"no end after {SECONDS} seconds"
    if done.returncode not in (0, 1):
        return f"status {done.returncode}: {done.stderr[-300:]!r}"
    if done.returncode == 1 and not PLACE.search(done.stderr):
        return f"an error without a place: {done.stderr[:300]!r}"
    return None
