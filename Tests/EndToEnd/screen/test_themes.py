"""Themes by role and by the terminal's background, files of one's own, and the bar of a selected row."""

import re
import subprocess

import pytest
from support import product

DARK, LIGHT = "d78700", "af5f00"
"""The colour of stderr in the two themes."""


def shown_stderr(repl) -> set[str]:
    repl.run("import sys; print('amber', file=sys.stderr)")
    repl.wait_for("\namber\n")
    row = next(number for number, row in enumerate(repl.rows()) if row.strip() == "amber")
    return {cell.fg for cell in repl.cells(row) if cell.data != " "}


@pytest.mark.parametrize(
    ("theme", "variables", "colour"),
    [
        ("dark", {}, DARK),
        ("light", {}, LIGHT),
        ("mono", {}, "default"),
        ("auto", {}, DARK),
        ("auto", {"COLORFGBG": "0;15"}, LIGHT),
        ("dark", {"COLORFGBG": "0;15"}, DARK),
    ],
)
def test_a_theme_is_chosen(start, theme, variables, colour):
    repl = start("--theme", theme, **variables)
    repl.wait_ready()
    assert shown_stderr(repl) == {colour}


def test_the_environment_chooses_too(start):
    repl = start(MCP_RUN_PYTHON_THEME="light")
    repl.wait_ready()
    assert shown_stderr(repl) == {LIGHT}


@pytest.mark.parametrize(("paper", "colour"), [("fdf6/e3e3/d5d5", LIGHT), ("0000/2b2b/3636", DARK)])
def test_the_terminal_is_asked_for_its_background(start, paper, colour):
    """The text that is typed around its answer is kept."""
    repl = start(COLORFGBG="15;0" if colour == LIGHT else "0;15")
    repl.wait_for_bytes(b"\x1b]11;?\x1b\\")
    repl.type(f"'before' \x1b]11;rgb:{paper}\x1b\\+ 'after'")
    repl.wait_for_prompt(">>> 'before' + 'after'")
    repl.press("C-c")
    repl.wait_ready()
    assert shown_stderr(repl) == {colour}


def test_nobody_is_asked_for_a_theme_that_is_chosen(start):
    repl = start("--theme", "dark")
    repl.wait_ready()
    assert b"\x1b]11" not in repl.raw


def test_a_theme_of_ones_own(start, tmp_path):
    (tmp_path / "my.theme").write_text("base = light\nstderr = 201 underline\n")
    repl = start("--theme", "my.theme")
    repl.wait_ready()
    assert shown_stderr(repl) == {"ff00ff"}


def test_a_mistake_in_a_theme_is_told(tmp_path):
    file = tmp_path / "my.theme"
    file.write_text("base = dark\nstderr = purplish\n")
    run = subprocess.run(
        [product.EXECUTABLE, "repl", "--theme", file, "-c", "1"],
        env=product.environment(),
        capture_output=True,
        text=True,
    )
    assert run.returncode == 1
    assert f'{file}, line 2: "purplish" is no look; expected a colour (0 to 255, #rrggbb' in run.stderr
    run = subprocess.run(
        [product.EXECUTABLE, "repl", "--theme", "drak", "-c", "1"],
        env=product.environment(),
        capture_output=True,
        text=True,
    )
    assert 'The theme "drak" is none of auto, dark, light, mono' in run.stderr


def backgrounds(repl, text: str) -> set[tuple[str, str]]:
    row = next(number for number, row in enumerate(repl.rows()) if text in row)
    return {(cell.bg, "default" if cell.data == " " else cell.fg) for cell in repl.cells(row)}


def test_a_selected_row_is_one_bar(repl):
    repl.run("None")
    repl.press("F6")
    repl.wait_for(re.compile("tools/call"))
    repl.press("Home")
    repl.wait_for(lambda: {paper for paper, _ in backgrounds(repl, "→")} == {"005f87"})
    assert {ink for _, ink in backgrounds(repl, "→")} <= {"eeeeee", "default"}
    repl.press("F6", "C-p")
    repl.wait_for("Command:")
    repl.type("help")
    repl.wait_for("Command: help")
    row = next(number for number, row in enumerate(repl.rows()) if ":help" in row)
    bar = [cell for cell in repl.cells(row) if cell.bg == "005f87"]
    assert len(bar) == 80 and {cell.fg for cell in bar} == {"eeeeee"}
    repl.press("Escape")
