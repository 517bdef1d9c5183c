"""`repl --plain` as a person meets it: keys go in, the screen's text comes out of a real pseudo-terminal."""

import re
import signal

import pytest

PROMPT, MORE = "\r>>> ", r"\.\.\. "
QUESTION = r"\x1b\[\?2004h"
"""Comes before a question's own line, where pasting is switched on; not before the echo of its code."""

CTRL_C, CTRL_D, CTRL_R, UP = "\x03", "\x04", "\x12", "\x1b[A"


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


def test_a_program_asks(open_terminal, tmp_path):
    program = tmp_path / "program.py"
    program.write_text("print('Hello,', input('Name: '), input())\n")
    terminal = open_terminal(program, is_prompt=False)
    terminal.wait_for("Name: ")
    terminal.type("Ada\r")
    terminal.wait_for("\n")
    terminal.wait_for(QUESTION)
    terminal.type("Lovelace\r")
    terminal.wait_for("Hello, Ada Lovelace\r\n")
    status, settings = terminal.leave()
    assert (status, settings) == (0, terminal.settings_before)
