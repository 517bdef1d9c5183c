"""`repl --plain` as a person meets it: keys go in, the screen's text comes out of a real pseudo-terminal."""

import os
import pathlib
import re
import signal

import pexpect
import pytest
from support import processes, product

SHELL = 'trap : INT; stty -g; "$0" repl --plain; echo "status $?"; stty -g'
"""Shows the terminal's settings before and after; the trap lets Ctrl-C reach the prompt alone."""

PROMPT, MORE = "\r>>> ", r"\.\.\. "
QUESTION = r"\x1b\[\?2004h"
"""Comes before a question's own line, where pasting is switched on; not before the echo of its code."""

CTRL_C, CTRL_D, CTRL_R, UP = "\x03", "\x04", "\x12", "\x1b[A"
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]")


class Terminal:
    """The prompt in a terminal."""

    def __init__(self, state: pathlib.Path) -> None:
        environment = product.environment(TERM="xterm", XDG_STATE_HOME=state, LC_ALL="C.UTF-8")
        self._child = pexpect.spawn(
            "/bin/sh",
            ["-c", SHELL, product.EXECUTABLE],
            env=environment,
            encoding="utf-8",
            timeout=product.PATIENCE,
            dimensions=(24, 80),
            use_poll=True,
        )
        self.settings_before = self._setting()
        self.wait_for("leaves\\.")
        self.wait_for(">>> ")

    def _setting(self) -> str:
        self._child.expect("([0-9a-f]+:[0-9a-f:]+)\r\n")
        return self._child.match[1]

    def type(self, keys: str) -> None:
        self._child.send(keys)

    def wait_for(self, pattern: str) -> str:
        """Wait until the screen shows `pattern`; gives what came before it, without control sequences."""
        self._child.expect(pattern)
        return _CONTROL.sub("", self._child.before)

    def enter(self, line: str) -> str:
        """Type a line; gives what the screen shows until the next prompt, without the line itself."""
        self.type(line + "\r")
        self.wait_for("\r\n")
        return self.wait_for(">>> ").replace("\r\n", "\n")

    def signal(self, number: int) -> None:
        """To the REPL, which is the shell's child."""
        os.kill(min(processes.children(self._child.pid)), number)

    def leave(self, keys: str = "") -> tuple[int, str]:
        """Type keys and wait for the end; gives the exit status and the terminal's settings."""
        self.type(keys)
        self._child.expect(r"status (\d+)\r\n")
        status = int(self._child.match[1])
        settings = self._setting()
        self._child.expect(pexpect.EOF)
        return status, settings

    def close(self) -> None:
        self._child.close(force=True)


@pytest.fixture
def open_terminal(tmp_path):
    """Opens terminals that share one history."""
    terminals = []

    def open_terminal() -> Terminal:
        terminals.append(Terminal(tmp_path / "state"))
        return terminals[-1]

    yield open_terminal
    for terminal in terminals:
        terminal.close()


def test_a_session(open_terminal):
    terminal = open_terminal()
    assert terminal.enter("6 * 7") == "42\n"
    assert terminal.enter("x = 'kept'") == ""
    assert terminal.enter("print('é')") == "é\n"

    terminal.type("def double(n):\r")
    terminal.wait_for(MORE)
    terminal.type("return 2 * n\r")
    terminal.wait_for(MORE)
    terminal.type("\r")
    terminal.wait_for(">>> ")
    assert terminal.enter("double(21)") == "42\n"

    assert "ZeroDivisionError" in terminal.enter("1/0")

    terminal.type("print('busy')\rwhile True: pass\r\r")
    terminal.wait_for("busy\r\n")
    terminal.wait_for(MORE)
    terminal.wait_for("\n")
    terminal.type(CTRL_C)
    assert "KeyboardInterrupt" in terminal.wait_for(">>> ")
    assert terminal.enter("x") == "'kept'\n"

    terminal.type("nonsense" + CTRL_C)
    terminal.wait_for("KeyboardInterrupt")
    terminal.wait_for(">>> ")

    terminal.type(UP)
    terminal.wait_for("x")
    terminal.type("\r")
    terminal.wait_for("'kept'")
    terminal.wait_for(">>> ")

    assert terminal.leave(CTRL_D) == (0, terminal.settings_before)


def test_history_outlives_the_session(open_terminal):
    first = open_terminal()
    first.enter("'remember ' + 'me'")
    first.leave(CTRL_D)
    second = open_terminal()
    second.type(UP)
    second.wait_for(re.escape("'remember ' + 'me'"))
    second.type("\r")
    second.wait_for("'remember me'")


def test_the_exit_status_after_a_failure(open_terminal):
    terminal = open_terminal()
    terminal.enter("1/0")
    assert terminal.leave(CTRL_D) == (1, terminal.settings_before)


def test_control_characters_of_the_code_do_not_reach_the_terminal(open_terminal):
    terminal = open_terminal()
    terminal.type("print('a\\x1b]0;title\\x07b')\r")
    terminal.wait_for("\r\n")
    terminal._child.expect(">>> ")
    assert "\x1b]" not in terminal._child.before
    assert "\x07" not in terminal._child.before


def test_input(open_terminal):
    terminal = open_terminal()
    terminal.type("name = input('first line\\nname\\x1b? ')\r")
    terminal.wait_for(r"first line\r\n")
    terminal.wait_for(QUESTION + re.escape("name^[? "))
    terminal.type("Ada\r")
    terminal.wait_for(">>> ")
    assert terminal.enter("name") == "'Ada'\n"
    terminal.type("input('more? ')\r")
    terminal.wait_for(QUESTION + r"more\? ")
    terminal.type(CTRL_D)
    assert "EOFError" in terminal.wait_for(">>> ")
    terminal.type("input('stop? ')\r")
    terminal.wait_for(QUESTION + r"stop\? ")
    terminal.type(CTRL_C)
    assert "KeyboardInterrupt" in terminal.wait_for(">>> ")
    assert terminal.enter("name") == "'Ada'\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it(open_terminal, number):
    terminal = open_terminal()
    terminal.type("half a line")
    terminal.wait_for("half a line")
    terminal.signal(number)
    assert terminal.leave() == (128 + number, terminal.settings_before)
