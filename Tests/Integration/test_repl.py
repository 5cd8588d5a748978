"""The REPL in a terminal of its own."""

import os
import pty
import re
import select
import subprocess
import time

import pytest
from conftest import clean_environment

CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x01|\x02|\r|\x07")


class Terminal:
    """A REPL to type into; `wait_for` gives what it wrote since the last wait."""

    def __init__(self, linnet, home, *arguments):
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [linnet, *arguments], stdin=slave, stdout=slave, stderr=slave, cwd=home,
            start_new_session=True, preexec_fn=lambda: self.control(slave),
            env=clean_environment(home) | {"TERM": "xterm", "NO_COLOR": "1"})
        os.close(slave)
        self.text = ""

    @staticmethod
    def control(slave):
        import fcntl
        import termios

        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

    def type(self, text):
        os.write(self.master, text.encode())

    def wait_for(self, wanted, timeout=10):
        end = time.monotonic() + timeout
        while wanted not in self.text:
            left = end - time.monotonic()
            assert left > 0, f"no {wanted!r} in {self.text!r}"
            if select.select([self.master], [], [], left)[0]:
                self.text += CODES.sub("", os.read(self.master, 65536).decode(errors="replace"))
        seen, self.text = self.text.split(wanted, 1)
        return seen

    def run(self, line):
        self.type(line + "\r")
        self.wait_for("\n")
        return self.wait_for(">>> ")


@pytest.fixture
def repl(linnet, tmp_path):
    terminal = Terminal(linnet, tmp_path)
    terminal.wait_for(">>> ")
    yield terminal
    if terminal.process.poll() is None:
        terminal.process.kill()
    terminal.process.wait()
    os.close(terminal.master)


def test_keeps_names_and_shows_results(repl):
    assert repl.run("x = 20") == ""
    assert repl.run("x + 1") == "21\n"
    assert repl.run("_ * 2") == "42\n"
    assert repl.run("x;") == ""


def test_a_block_goes_on_until_a_blank_line(repl):
    repl.type("for i in range(2):\r")
    repl.wait_for("...     ")
    repl.type("print(i)\r")
    repl.wait_for("...     ")
    repl.type("\r")
    repl.wait_for("\n")
    assert repl.wait_for(">>> ") == "0\n1\n"


def test_tab_completes(repl):
    repl.run("long_name_of_mine = 7")
    repl.type("long_n\t\r")
    repl.wait_for("\n")
    assert repl.wait_for(">>> ") == "7\n"


def test_tab_appends_no_space_and_lists_what_fits(repl):
    repl.run("x = np.zeros((3, 2))")
    repl.type("x.sha\t[0] + len(np.linsp\t(0, 1, 4))\r")
    repl.wait_for("\n")
    assert repl.wait_for(">>> ") == "7\n"
    repl.type("np.log\t\t")
    repl.wait_for("\n")
    assert {"log", "log10", "log1p", "log2"} <= set(repl.wait_for(">>> np.log").split())
    repl.type("\x03")


BLOCK = ["def total(n):", "    s = 0", "    for i in range(n):", "        s += i", "    return s"]


def test_spaces_of_ones_own_replace_those_offered(repl):
    for line in BLOCK:
        repl.type(line + "\r")
        repl.wait_for("... ")
    repl.type("\r")
    repl.wait_for(">>> ")
    assert repl.run("total(5)") == "10\n"


def test_offered_spaces_need_none_of_ones_own(repl):
    repl.type("if True:\r")
    repl.wait_for("...     ")
    repl.type("if True:\r")
    repl.wait_for("...         ")
    repl.type("print(1)\r")
    repl.wait_for("...         ")
    repl.type("\x7f" * 4 + "print(2)\r")
    repl.wait_for("...     ")
    repl.type("\r")
    repl.wait_for("\n")
    assert repl.wait_for(">>> ") == "1\n2\n"


@pytest.mark.parametrize("start, end", [("", ""), ("\x1b[200~", "\x1b[201~")])
def test_takes_what_is_pasted_as_it_stands(repl, start, end):
    repl.type(start + "\r".join([*BLOCK, "", "total(6)"]) + end + "\r")
    repl.wait_for("15")
    repl.wait_for(">>> ")


def test_a_paste_into_a_block_keeps_its_shape(repl):
    repl.type(BLOCK[0] + "\r")
    repl.wait_for("...     ")
    repl.type("\x1b[200~" + "\r".join(BLOCK[1:]) + "\x1b[201~\r")
    repl.wait_for("return s")
    repl.wait_for("... ")
    repl.type("\r")
    repl.wait_for(">>> ")
    assert repl.run("total(4)") == "6\n"


def test_ctrl_d_ends_a_block(repl):
    repl.type("for i in range(2):\r")
    repl.wait_for("...     ")
    repl.type("print(i)\r")
    repl.wait_for("...     ")
    repl.type("\x04")
    assert repl.wait_for(">>> ").split() == ["0", "1"]
    repl.type("print(7,\r")
    repl.wait_for("... ")
    repl.type("\x04")
    assert "SyntaxError" in repl.wait_for(">>> ")


def test_an_error_leaves_the_state(repl):
    repl.run("x = 1")
    assert "NameError" in repl.run("nothing_here")
    assert repl.run("x") == "1\n"


def test_ctrl_c_stops_a_run_and_clears_a_line(repl):
    repl.run("x = 5")
    repl.type("for i in range(10 ** 12): print(f'turn {i}') if i == 0 else None\r")
    repl.wait_for("\n")
    repl.type("\r")
    repl.wait_for("turn 0\n")
    repl.type("\x03")
    assert "KeyboardInterrupt" in repl.wait_for(">>> ")
    repl.type("half a line\x03")
    repl.wait_for("^C\n>>> ")
    assert repl.run("x") == "5\n"


def test_asks_and_draws(repl):
    repl.type('name = input("name? ")\r')
    repl.wait_for("\n")
    repl.wait_for("name? ")
    repl.type("Ada\r")
    repl.wait_for(">>> ")
    assert repl.run("name") == '"Ada"\n'
    assert any("\u2800" <= mark <= "\u28ff" for mark in repl.run("plot([1, 3, 2])"))


@pytest.mark.parametrize("farewell", ["exit\r", "quit()\r", "\x04"])
def test_leaves(repl, farewell):
    repl.type(farewell)
    assert repl.process.wait(timeout=5) == 0


def test_history_lasts(linnet, tmp_path, repl):
    repl.run("12345 + 1")
    repl.type("exit\r")
    repl.process.wait(timeout=5)
    again = Terminal(linnet, tmp_path)
    again.wait_for(">>> ")
    again.type("\x1b[A\r")
    assert "12346" in again.wait_for("\n>>> ")
    again.type("\x04")
    assert again.process.wait(timeout=5) == 0
    os.close(again.master)


def test_goes_on_after_a_file(linnet, tmp_path):
    (tmp_path / "start.star").write_text("y = 8\n")
    terminal = Terminal(linnet, tmp_path, "-i", "start.star")
    terminal.wait_for(">>> ")
    assert terminal.run("y") == "8\n"
    terminal.type("\x04")
    assert terminal.process.wait(timeout=5) == 0
    os.close(terminal.master)
