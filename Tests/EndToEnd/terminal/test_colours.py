"""Colours, styles and progress lines of the program at the plain prompt, and none where nobody looks."""

import re
import subprocess

import pytest
from support import product
from support.full_screen import environment
from support.screen import Screen

STYLES = r"print('\x1b[1;31mred\x1b[0m \x1b[38;2;9;8;7mrgb\x1b[0m \x1b]8;;http://a\x1b\\link\x1b]8;;\x07 \x1b[2J\x1b]0;t\x07end')"


@pytest.fixture
def run(tmp_path):
    """Runs code on a terminal: gives what it wrote there, and the screen that came of it."""
    screens = []

    def run(code: str, **changes: object) -> tuple[str, Screen]:
        screen = Screen([product.EXECUTABLE, "repl", "-c", code], environment(tmp_path, **changes))
        screens.append(screen)
        assert screen.wait() == 0
        return screen.raw.decode(), screen

    yield run
    for screen in screens:
        screen.stop()


@pytest.mark.parametrize(
    ("changes", "red", "rgb"),
    [
        ({"COLORTERM": "truecolor"}, "1;31", "38;2;9;8;7"),
        ({}, "1;31", "38;5;232"),
        ({"TERM": "xterm"}, "1;31", "30"),
        ({"NO_COLOR": "1"}, "1", ""),
        ({"TERM": "dumb"}, "", ""),
    ],
    ids=str,
)
def test_styles_are_written_anew(run, changes, red, rgb):
    """Only sequences of our own renderer come to the terminal."""
    written, _ = run(STYLES, **changes)

    def styled(numbers: str, text: str) -> str:
        return f"\x1b[{numbers}m{text}\x1b[0m" if numbers else text

    assert written == f"{styled(red, 'red')} {styled(rgb, 'rgb')} link end\r\n"


def test_a_progress_line_is_drawn_over(run):
    code = r"""
import time
for done in range(0, 101, 20):
    print(f'\r\x1b[K{done}% \x1b[32m{"#" * (done // 20)}\x1b[0m', end='', flush=True)
    time.sleep(.02)
print('\n\x1b[9A\r\x1b[2Kup\n\x1b[9Bdown')
"""
    written, screen = run(code)
    assert screen.text().strip() == "up\ndown"
    # The code cannot go up past its own first line.
    assert re.findall(r"\x1b\[\d+[AB]", written) == ["\x1b[1A"]


def test_a_cut_sequence_and_the_next_prompt(open_terminal):
    terminal = open_terminal()
    terminal.type("import time; print('\\x1b[3', end='', flush=True); time.sleep(.3); print('1mred')\r")
    terminal.wait_for(re.escape("\x1b[31mred\x1b[0m\r\n"))
    terminal.wait_for(">>> ")
    # A style or sequence that the code leaves open ends with its block.
    terminal.type("print('\\x1b[31m\\x1b]0;never ended')\r")
    terminal.wait_for(">>> ")
    assert terminal.enter("print('plain')") == "plain\n"
    assert "\x1b[31m" not in terminal._child.before


def test_the_code_knows_the_terminal(run):
    names = ("TERM", "COLORTERM", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES")
    code = f"import os; print(*[os.environ.get(name) for name in {names}])"
    assert run(code, COLORTERM="24bit")[0] == "xterm-256color truecolor 3 None 80 24\r\n"
    assert run(code, NO_COLOR="1")[0] == "xterm None None 1 80 24\r\n"
    assert product.run("repl", "-c", code, TERM="xterm-256color").stdout == "None None None None None None\n"


def test_a_pipe_gets_every_byte(tmp_path):
    """A script gets what the code has written, as from python3."""
    result = subprocess.run(
        [product.EXECUTABLE, "repl", "-c", r"print('\x1b[31mred\x1b[0m\r\x1b]0;t\x07\x9b')"],
        capture_output=True,
        env=environment(tmp_path),
        timeout=product.PATIENCE,
    )
    assert result.stdout == "\x1b[31mred\x1b[0m\r\x1b]0;t\x07\x9b\n".encode()
