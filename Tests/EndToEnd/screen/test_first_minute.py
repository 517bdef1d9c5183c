"""The first minute: a start screen, a tour, and a status line that says where one is."""

import re
import sys

from support.full_screen import code


def test_the_start_screen_has_five_lines_and_goes_with_the_first_block(start):
    repl = start()
    repl.wait_ready()
    assert len(repl.pane) == 5
    assert re.match(r"Python 3\.\d+\.\d+ in a sandbox, by mcp-run-python .*Ctrl-D leaves", repl.pane[0])
    assert repl.pane[-1] == "Packages: none; repl --deps pandas brings some."
    repl.enter("6 * 7")
    repl.wait_for("\n42\n")
    assert "in a sandbox" not in repl.text()


def test_another_server_is_greeted_by_its_name(start):
    repl = start("--", sys.executable, "-c", "import sys; sys.stdin.read()")
    repl.wait_for(re.compile("The messages of .*python"))
    repl.wait_for(re.compile(r"^:tools +lists its tools", re.M))


def test_the_tour_has_ten_steps(start):
    repl = start()
    repl.wait_ready()
    repl.enter(":tour")
    repl.wait_for("Tour 1/10  Python")
    # All keys work as ever: code runs, and a pane opens.
    repl.enter("6 * 7")
    repl.wait_for(code("6 "))
    repl.wait_for("\n42\n")
    repl.press("F6")
    repl.wait_for("? keys")
    repl.press("F6")
    repl.wait_for("Enter goes on")
    for step in range(2, 11):
        repl.press("Enter")
        repl.wait_for(f"Tour {step}/10")
    repl.wait_for("Enter ends the tour")
    repl.press("Enter")
    repl.wait_until_gone("Tour 10/10")
    repl.enter(":tour")
    repl.wait_for("Tour 1/10")
    repl.press("Escape")
    repl.wait_until_gone("Tour 1/10")


def test_the_status_line_says_where_one_is(start):
    repl = start("--network", "none", columns=140)
    repl.wait_ready()
    assert repl.status.startswith(" main ● ready ")
    assert "no packages · network none" in repl.status
    repl.enter(":checkpoint here")
    repl.wait_for("1 checkpoint ")
    repl.resize(60, 15)
    repl.wait_for(lambda: "no packages" in repl.status)
    assert "Python 3" not in repl.status
