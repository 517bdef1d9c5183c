"""Sizes and layouts: resizing at any time, also while something runs."""

import itertools
import re

import pytest


def is_whole(repl, columns: int, rows: int) -> bool:
    """True when every part has its place: tabs above, the rule across, prompt and status below."""
    screen = repl.rows()
    return (
        len(screen) == rows
        and "1 Console" in screen[0]
        and screen[-1].endswith("F1 help")
        and len(screen[-1]) == columns - 1
        and repl.rule.startswith("──")
        and len(repl.rule) == columns
        and repl.prompt.startswith(">>>")
    )


def test_resizing(repl):
    repl.run("print('a line of output')")
    repl.type("typed = [")
    for columns, rows in [(60, 15), (200, 60), (80, 24), (300, 100), (60, 15), (100, 45), (80, 24)]:
        repl.resize(columns, rows)
        repl.wait_for(lambda: is_whole(repl, columns, rows) and repl.prompt == ">>> typed = [")
        assert "a line of output" in repl.text()
        assert repl.cursor == (13, rows - 2)


def test_resizing_while_it_runs(repl):
    repl.run("import time")
    repl.type("for tick in range(10**6): print('tick', tick); time.sleep(0.01)\r\r")
    repl.wait_for("tick 3")
    for columns, rows in [(60, 15), (200, 60), (80, 24)]:
        repl.resize(columns, rows)
        repl.wait_for(lambda: is_whole(repl, columns, rows))
        assert repl.is_running
    ticks = lambda: max(map(int, re.findall(r"tick (\d+)", repl.text())), default=0)
    repl.show(2)
    first = repl.wait_for(ticks)
    repl.wait_for(lambda: ticks() > first)
    repl.press("C-c")
    repl.wait_ready()


def test_a_storm_of_resizes(repl):
    sizes = [(60, 15), (81, 25), (200, 60), (20, 5), (1, 1), (132, 43)]
    for columns, rows in itertools.islice(itertools.cycle(sizes), 40):
        repl.resize(columns, rows)
    repl.resize(80, 24)
    repl.wait_for(lambda: is_whole(repl, 80, 24))
    repl.run("'survived'")
    assert repl.pane[-1] == "'survived'"


@pytest.mark.parametrize(("columns", "rows"), [(59, 24), (80, 14), (30, 8), (20, 4)])
def test_too_small(repl, columns, rows):
    """The prompt works, and a sentence says why nothing else is there."""
    repl.resize(columns, rows)
    repl.wait_for(lambda: len(repl.rows()) == rows and "too small" in " ".join(repl.rows()) or rows < 5)
    repl.enter("small = 40 + 2")
    repl.resize(80, 24)
    repl.wait_ready()
    repl.enter("small")
    repl.wait_for("\n42\n")


def test_wide_terminals_show_all(repl):
    repl.run("import sys")
    repl.run("print('to stdout'); print('to stderr', file=sys.stderr)")
    repl.resize(200, 60)
    repl.wait_for(lambda: is_whole(repl, 200, 60))
    text = repl.text()
    for part in ("1 Console", "2 stdout", "3 stderr", "4 Server", "5 Traffic", "tools/call run_python_code"):
        assert part in text
    console, stdout = zip(*(row.split("│") for row in repl.rows() if "│" in row))
    assert [row for row in stdout if row == "to stdout"] == ["to stdout"]
    # Output with a pane of its own on the screen is not in the console, too.
    assert not any(row.startswith("to stdout") for row in console)


@pytest.mark.parametrize(("mode", "lines"), [("tabs", 1), ("split", 2), ("all", 3)])
def test_layouts(repl, mode, lines):
    repl.resize(130, 40)
    repl.command(f":layout {mode}", f"Layout: {mode}")
    tabs = re.compile(r"(?m)^.*\b[1-5] (?:Console|stdout|stderr|Server|Traffic)[ *].*$")
    repl.wait_for(lambda: len(tabs.findall(repl.text())) == lines)


def test_an_unknown_layout(repl):
    repl.command(":layout round", 'There is no layout "round"')


def test_zoom(repl):
    repl.resize(200, 60)
    repl.wait_for(lambda: is_whole(repl, 200, 60))
    repl.press("F6", "z")
    repl.wait_for("5 Traffic (zoomed)")
    assert "│" not in repl.text()
    repl.press("z")
    repl.wait_until_gone("(zoomed)")
    assert "│" in repl.text()


def test_scrolling(repl):
    repl.type("for number in range(500): print('line', number)\r\r")
    repl.wait_ready()
    repl.press("F3")
    repl.wait_for("line 499")
    repl.press("PgUp")
    repl.wait_until_gone("line 499")
    assert re.search(r"stdout line \d+ of \d+", repl.rule)
    place = repl.pane
    repl.press("i")
    repl.enter("print('later')")
    repl.wait_ready()
    repl.wait_for(lambda: int(re.search(r"of (\d+)", repl.rule)[1]) >= 503)
    assert repl.pane == place
    repl.press("F3", "g")
    repl.wait_for(lambda: "line 0" in repl.pane)
    repl.press("/")
    repl.type("line 250")
    repl.press("Enter")
    repl.wait_for(lambda: "line 250" in repl.pane)
    repl.press("G")
    repl.wait_for(lambda: repl.pane[-1] == "later")


def test_the_wheel(start):
    """With --mouse the wheel scrolls what is under it, and a click on a tab opens it."""
    repl = start("--mouse")
    repl.wait_ready()
    assert b"\x1b[?1000h" in repl.raw and b"\x1b[?1006h" in repl.raw
    repl.press("F1")
    repl.wait_for("Help")
    first = repl.pane[0]
    repl.type("\x1b[<65;10;10M")
    repl.wait_for(lambda: repl.pane[0] != first)
    repl.type("\x1b[<64;10;10M")
    repl.wait_for(lambda: repl.pane[0] == first)
    repl.press("Escape")
    tab = repl.wait_for(lambda: repl.rows()[0].find("5 Traffic") + 1)
    repl.type(f"\x1b[<0;{tab + 1};1M\x1b[<0;{tab + 1};1m")
    repl.wait_for("server/discover")
    repl.press("C-q")
    assert repl.wait() == 0
    assert repl.raw.rindex(b"\x1b[?1000l") > repl.raw.rindex(b"\x1b[?1000h")
