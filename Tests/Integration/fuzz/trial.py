"""Runs one input and says what is wrong with how it ended."""

import re
import signal
import subprocess

PLACE = re.compile(rb"(?:-->[^\n]*:\d+:\d+$|line \d+, column \d+)", re.M)
# Of computing: how long that takes on the clock depends on what else the machine does.
SECONDS = 5
# On the clock, for what waits without computing.
PATIENCE = 12 * SECONDS


def verdict(binary, data, folder, environment):
    """None when the process ended by itself in time, each error with its line and column."""
    (folder / "input.star").write_bytes(data)
    command = [binary, "run", "--max-memory", "600M", "--timeout", "3", "input.star"]
    return ending(command, folder, environment)[1]


def ending(command, folder, environment, stdin=b""):
    """The name of the error that a command ended in, and what is wrong with how it ended."""
    limited = ["sh", "-c", f'ulimit -St {SECONDS}; exec "$@"', "sh", *command]
    try:
        done = subprocess.run(
            limited, input=stdin, cwd=folder, capture_output=True, timeout=PATIENCE, env=environment
        )
    except subprocess.TimeoutExpired:
        return None, f"no end after {PATIENCE} seconds"
    if done.returncode == -signal.SIGXCPU:
        return None, f"no end after {SECONDS} seconds of computing"
    if done.returncode not in (0, 1):
        return None, f"status {done.returncode}: {done.stderr[-300:]!r}"
    if done.returncode == 0:
        return None, None
    if not PLACE.search(done.stderr):
        return None, f"an error without a place: {done.stderr[:300]!r}"
    return done.stderr.split(b":")[0].decode(), None
