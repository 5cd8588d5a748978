"""Runs one input and says what is wrong with how it ended."""

import re
import subprocess

PLACE = re.compile(rb"(?:-->[^\n]*:\d+:\d+$|line \d+, column \d+)", re.M)
SECONDS = 5


def verdict(binary, data, folder, environment):
    """None when the process ended by itself in time, each error with its line and column."""
    (folder / "input.star").write_bytes(data)
    command = [binary, "run", "--max-memory", "600M", "--timeout", "3", "input.star"]
    return ending(command, folder, environment)[1]


def ending(command, folder, environment, stdin=b"", seconds=SECONDS):
    """The name of the error that a command ended in, and what is wrong with how it ended."""
    try:
        done = subprocess.run(
            command, input=stdin, cwd=folder, capture_output=True, timeout=seconds, env=environment
        )
    except subprocess.TimeoutExpired:
        return None, f"no end after {seconds} seconds"
    if done.returncode not in (0, 1):
        return None, f"status {done.returncode}: {done.stderr[-300:]!r}"
    if done.returncode == 0:
        return None, None
    if not PLACE.search(done.stderr):
        return None, f"an error without a place: {done.stderr[:300]!r}"
    return done.stderr.split(b":")[0].decode(), None
