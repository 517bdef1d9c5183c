"""Colours, styles and progress lines of the program, on the full screen."""

import re

import pytest

STYLES = r"print('\x1b[31mred\x1b[0m \x1b[1;38;5;208mamber\x1b[0m \x1b[48;2;0;0;255mblue\x1b[0m \x1b[4;7mboth\x1b[0m end')"


def cells(screen, text: str) -> list:
    """The cells of a text, where it begins a row of the screen or stands in it last."""
    row = next(number for number, row in reversed(list(enumerate(screen.rows()))) if text in row)
    start = screen.rows()[row].rindex(text)
    return screen.cells(row)[start : start + len(text)]


def looks(screen) -> dict[str, tuple]:
    return {
        word: tuple((cell.fg, cell.bg, cell.bold, cell.underscore, cell.reverse) for cell in cells(screen, word)[:1])[0]
        for word in ("red", "amber", "blue", "both", "end")
    }


@pytest.mark.parametrize("pane", [1, 2])
def test_styles_are_drawn(repl, pane):
    repl.run(STYLES)
    repl.show(pane)
    repl.wait_for(re.compile("^red amber blue both end$", re.M))
    assert looks(repl) == {
        "red": ("red", "default", False, False, False),
        "amber": ("ff8700", "default", True, False, False),
        "blue": ("default", "0000ff", False, False, False),
        "both": ("default", "default", False, True, True),
        "end": ("default", "default", False, False, False),
    }


def test_stderr_has_its_colour_where_the_program_gives_none(repl):
    repl.run("import sys")
    repl.run(r"print('plain \x1b[32mgreen\x1b[m', file=sys.stderr)")
    for pane in (3, 1):
        repl.show(pane)
        repl.wait_for(re.compile("^plain green$", re.M))
        assert {cell.fg for cell in cells(repl, "green")} == {"green"}
        assert {cell.fg for cell in cells(repl, "plain green")[:5]} == {"d78700"}


def test_no_colour_leaves_the_attributes(start):
    repl = start(NO_COLOR="1")
    repl.wait_ready()
    repl.run(STYLES)
    repl.wait_for(re.compile("^red amber blue both end$", re.M))
    assert looks(repl) == {
        "red": ("default", "default", False, False, False),
        "amber": ("default", "default", True, False, False),
        "blue": ("default", "default", False, False, False),
        "both": ("default", "default", False, True, True),
        "end": ("default", "default", False, False, False),
    }
    repl.run("import os; print([os.environ.get(name) for name in ('NO_COLOR', 'FORCE_COLOR', 'TERM')])")
    repl.wait_for("['1', None, 'xterm']")


def test_few_colours(start):
    """The nearest of eight."""
    repl = start(TERM="xterm", columns=100)
    repl.wait_ready()
    repl.run(r"print('\x1b[38;2;250;9;9mrgb\x1b[38;5;21mblue\x1b[92mgreen\x1b[0m')")
    repl.wait_for(re.compile("^rgbbluegreen$", re.M))
    assert {word: cells(repl, word)[0].fg for word in ("rgb", "blue", "green")} == {
        "rgb": "red",
        "blue": "blue",
        "green": "green",
    }


@pytest.fixture
def program(repl, tmp_path):
    """Runs a program on the screen."""

    def program(code: str) -> None:
        (tmp_path / "p.py").write_text(code)
        repl.enter(f":run {tmp_path}/p.py")

    return program


def test_a_sequence_that_is_cut_by_time(repl, program):
    """The parts come in log messages of their own."""
    start = len(repl.raw)
    parts = [r"cut \x1b[3", r"5mhere\x1b[0m \x1b]0;ow", r"ned\x07gone"]
    program("import time\n" + "\n".join(f"print('{part}', end='', flush=True); time.sleep(.3)" for part in parts))
    repl.wait_for(re.compile("^cut here gone$", re.M))
    assert {cell.fg for cell in cells(repl, "here")} == {"magenta"}
    assert b"owned" not in repl.raw[start:] and b"\x1b]" not in repl.raw[start:]


def test_a_progress_line_is_one_line(repl, program):
    program(r"""
import sys, time
for done in range(0, 101, 5):
    sys.stderr.write(f'\r{done:3}%|{chr(0x2588) * (done // 10):<10}| \x1b[32m{done}/100\x1b[0m')
    sys.stderr.flush()
    time.sleep(.02)
""")
    for pane in (3, 1):
        repl.show(pane)
        repl.wait_for(re.compile(r"^100%\|██████████\| 100/100$", re.M))
        assert len(re.findall(r"\d+%\|", repl.text())) == 1


def test_two_bars_are_drawn_anew(repl, program):
    """So does rich.progress: it goes up, and erases the lines."""
    program(r"""
import time
for step in range(4):
    if step: print('\r\x1b[2K\x1b[1A\x1b[2K', end='')
    print(f'\x1b[?25lone {step}\ntwo \x1b[36m{step}\x1b[0m', end='', flush=True)
    time.sleep(.15)
""")
    for pane in (2, 1):
        repl.show(pane)
        repl.wait_for(re.compile("^one 3\ntwo 3$", re.M))
        assert len(re.findall("^(?:one|two) ", repl.text(), re.M)) == 2


def test_search_and_copies_have_the_visible_text(repl, tmp_path):
    repl.run(STYLES)
    repl.show(2)
    repl.press("F3", "/")
    repl.type("red amber\r")
    repl.wait_for(lambda: {cell.bg for cell in cells(repl, "red amber")} == {"ffd700"})
    repl.press("F3", "M-1")
    repl.command(f":save {tmp_path}/console.txt", "Saved to")
    assert "\nred amber blue both end\n" in (tmp_path / "console.txt").read_text()


def test_the_code_knows_the_terminal(repl):
    names = ("TERM", "COLORTERM", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "LINES")
    repl.run(f"import os; print(*[os.environ.get(name) for name in {names}])")
    repl.wait_for(re.compile("^xterm-256color None 2 None 74 20$", re.M))
