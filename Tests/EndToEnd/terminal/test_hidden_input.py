"""`getpass` at a terminal: what is typed is not shown."""

import pytest
from support import product
from support.plain_prompt import SHELL, Terminal

ASK = "import getpass; key = getpass.getpass('Key: ')"
SECRET = "hunter2-é"


@pytest.fixture
def terminal(tmp_path):
    terminal = Terminal(tmp_path)
    yield terminal
    terminal.close()


def ask(terminal) -> None:
    terminal.type(ASK + "\r")
    terminal.wait_for("\r\n")
    terminal.wait_for("Key: ")


def test_what_is_typed_is_not_shown(terminal, tmp_path):
    ask(terminal)
    terminal.type(SECRET + "x\x7f\r")
    assert terminal.wait_for(">>> ").strip() == ""
    assert terminal.enter("len(key), key[-1]") == "(9, 'é')\n"
    assert terminal.leave("\x04") == (0, terminal.settings_before)
    kept = [path.read_text() for path in tmp_path.rglob("*") if path.is_file()]
    assert any("getpass" in text for text in kept)
    assert not any("hunter2" in text for text in kept)


def test_ctrl_c_at_a_hidden_question(terminal):
    ask(terminal)
    terminal.type("hun\x03")
    terminal.wait_for("KeyboardInterrupt")
    terminal.wait_for(">>> ")
    assert terminal.enter("'seen'") == "'seen'\n"
    assert terminal.leave("\x04") == (0, terminal.settings_before)


def test_ctrl_d_at_a_hidden_question(terminal):
    ask(terminal)
    terminal.type("\x04")
    terminal.wait_for("EOFError")
    terminal.wait_for(">>> ")
    assert terminal.leave("\x04") == (1, terminal.settings_before)


@pytest.mark.parametrize("shell", [SHELL, SHELL.replace('"$@"', '"$@" | cat')], ids=["terminal", "pipe"])
def test_in_a_program(tmp_path, shell):
    program = tmp_path / "program.py"
    program.write_text(f"{ASK}\nprint(key.upper())\nprint(input('Name: '))")
    terminal = Terminal(tmp_path, program, is_prompt=False, shell=shell)
    try:
        terminal.wait_for("Key: ")
        terminal.type("hunter\r")
        assert terminal.wait_for("HUNTER").strip() == ""
        terminal.wait_for("Name: ")
        terminal.type("Ada\r")
        assert terminal.wait_for("(?=status)") == "Ada\r\nAda\r\n"
        assert terminal.leave() == (0, terminal.settings_before)
    finally:
        terminal.close()


def test_an_interrupted_program_leaves_the_terminal_as_it_was(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(ASK)
    terminal = Terminal(tmp_path, program, is_prompt=False)
    try:
        terminal.wait_for("Key: ")
        status, settings = terminal.leave("hun\x03")
        assert (status, settings) == (130, terminal.settings_before)
    finally:
        terminal.close()


def test_nobody_to_ask():
    result = product.run("repl", stdin=ASK + "\n")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.endswith("EOFError: EOF when reading a line\n")
