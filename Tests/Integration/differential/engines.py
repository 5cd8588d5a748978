"""Runs a program in CPython and in Linnet, and says what it printed and how it ended."""

import builtins
import dataclasses
import functools
import io
import re
import subprocess
import sys
import traceback
import warnings

from . import rules

# The programs convert integers of any size.
sys.set_int_max_str_digits(0)

NAME = "program.star"
FAULT = re.compile(r"^(?P<name>[A-Z]\w*)(?::.*?)?\n *--> \S*:(?P<line>\d+):\d+$", re.M | re.S)


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a program printed, and the name and line of the fault that ended it."""

    output: str
    fault: tuple | None


def cpython(text):
    """Runs a program in this process."""
    written = io.StringIO()
    scope = {
        "__builtins__": vars(builtins)
        | rules.lists()
        | {"print": functools.partial(print, file=written)}
    }
    source = rules.LETTERS["cpython"] + "\n" + text
    try:
        with warnings.catch_warnings(action="ignore"):
            exec(compile(source, NAME, "exec"), scope)
        fault = None
    except SyntaxError as error:
        fault = ("SyntaxError", error.lineno)
    except Exception as error:
        places = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == NAME]
        fault = (type(error).__name__, places[-1])
    return Outcome(rules.normal(written.getvalue()), fault)


def linnet(binary, text, folder, environment):
    """Runs a program with the binary, in a folder of its own."""
    (folder / NAME).write_text(rules.LETTERS["linnet"] + "\n" + text)
    done = subprocess.run(
        [binary, "run", NAME],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        env=environment,
    )
    found = FAULT.search(done.stderr)
    fault = (found["name"], int(found["line"])) if found else None
    if (done.returncode == 0) != (fault is None):
        fault = (f"status {done.returncode}", done.stderr)
    return Outcome(rules.normal(done.stdout), fault)
