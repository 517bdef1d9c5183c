"""Python at the prompt: blocks, indentation, completion, colours."""

import re

from support.full_screen import TIMING, code


def test_a_function_with_automatic_indentation(repl):
    repl.type("def double(n):\rfor _ in range(2):\rprint(n)\rpass\r")
    repl.wait_for_prompt(
        ">>> def double(n):\n...     for _ in range(2):\n...         print(n)\n...         pass\n..."
    )
    # `pass` ends its block.
    repl.type("return 2 * n\r\r")
    repl.wait_for(code(rf"def double\(n\): +{TIMING}$"))
    assert "\n    ▏     return 2 * n\n" in repl.text()
    repl.enter("double(21)")
    repl.wait_for("\n42\n")
    assert repl.prompt == ">>>"


def test_an_incomplete_line_goes_on(repl):
    repl.type("total = (1 +\r2)\r")
    repl.enter("total")
    repl.wait_for("\n3\n")


def test_alt_enter_always_adds_a_line(repl):
    repl.type("first = 1")
    repl.press("M-Enter")
    repl.type("second = 2")
    repl.wait_for_prompt(">>> first = 1\n... second = 2")
    repl.press("Enter")
    repl.enter("first + second")
    repl.wait_for("\n3\n")


def test_up_and_down_walk_lines_and_then_history(repl):
    repl.run("'earlier'")
    repl.type("if True:\r'inside'")
    repl.wait_for_prompt(">>> if True:\n...     'inside'")
    column = repl.cursor[0]
    repl.press("Up")
    repl.wait_for(lambda: repl.cursor[1] == 21)
    assert repl.cursor[0] <= column
    assert repl.prompt == ">>> if True:\n...     'inside'"
    repl.press("Up")
    repl.wait_for(lambda: repl.prompt.startswith(">>> 'earlier'"))
    repl.press("Down")
    repl.wait_for_prompt(">>> if True:\n...     'inside'")


def test_tab_indents_at_a_lines_start(repl):
    repl.press("Tab")
    repl.type("x")
    repl.wait_for_prompt(">>>     x")
    repl.press("Home", "Tab")
    repl.type("y")
    repl.wait_for_prompt(">>>     y    x")


def test_shift_tab_takes_an_indentation_away(repl):
    repl.type("if 1:\rif 2:\r")
    repl.press("S-Tab")
    repl.type("z")
    repl.wait_for_prompt(">>> if 1:\n...     if 2:\n...     z")


def test_ctrl_c_drops_the_block(repl):
    repl.type("def f():\r1/0")
    repl.wait_for_prompt(">>> def f():\n...     1/0")
    repl.press("C-c")
    repl.wait_for_prompt(">>>")
    repl.enter("'after'")
    repl.wait_for("\n'after'\n")
    assert "def f" not in repl.text()


def test_completion_of_an_attribute(repl):
    repl.run("thing = type('Thing', (), {'colour_of_it': 'blue'})()")
    repl.type("thing.col")
    repl.press("Tab")
    repl.wait_for_prompt(">>> thing.colour_of_it")
    repl.press("Enter")
    repl.wait_for("\n'blue'\n")


def test_the_completion_menu(repl):
    repl.run("Thing = type('Thing', (), {'prefix_one': 1, 'prefix_two': 2, 'prefix_three': 3})")
    repl.type("x = Thing.pre")
    repl.press("Tab")
    repl.wait_for("prefix_two")
    repl.wait_for_prompt(">>> x = Thing.prefix_")
    menu = repl.pane[-1]
    assert menu.split() == ["prefix_one", "prefix_three", "prefix_two"]
    repl.type("t")
    repl.wait_for(lambda: repl.pane[-1].split() == ["prefix_three", "prefix_two"])
    repl.press("Tab", "Enter")
    repl.wait_for_prompt(">>> x = Thing.prefix_two")
    repl.enter("")
    repl.enter("x")
    repl.wait_for("\n2\n")


def test_escape_closes_the_completion_menu(repl):
    repl.run("apple_one = apple_two = 1")
    repl.type("apple")
    repl.press("Tab")
    repl.wait_for(" apple_one  ")
    repl.press("Escape")
    repl.wait_until_gone(" apple_one  ")
    assert repl.prompt == ">>> apple_"


def test_completion_of_a_command(repl):
    repl.type(":hist")
    repl.press("Tab")
    repl.wait_for_prompt(">>> :history")


def test_completion_inside_a_block(repl):
    repl.run("import collections")
    repl.type("if True:\rcollections.namedt")
    repl.press("Tab")
    repl.wait_for_prompt(">>> if True:\n...     collections.namedtuple(")


def test_a_question_mark_shows_signature_and_docstring(repl):
    repl.type("def greet(name: str, loud=False):\r'''Say hello to someone.'''\r\r")
    repl.wait_for(lambda: repl.is_ready and repl.prompt == ">>>")
    repl.enter("greet?")
    repl.wait_for("Say hello to someone.")
    assert "greet(name: str, loud=False)" in repl.text()
    repl.enter("greet??")
    repl.wait_for("\ndef greet(name: str, loud=False):\n    '''Say hello to someone.'''\n")
    repl.enter("len?")
    repl.wait_for("Return the number of items in a container.")
    repl.enter("missing?")
    repl.wait_for("NameError: name 'missing' is not defined")


def test_a_question_mark_leaves_the_last_value_alone(repl):
    repl.run("6 * 7")
    repl.enter("len?")
    repl.wait_for("Return the number of items")
    repl.enter("_ + 1")
    repl.wait_for("\n43\n")


def test_a_pasted_file(repl):
    """A thousand lines at once and verbatim: no indentation is added, no line is run before the end."""
    lines = ["def pasted():", "    total = 0"]
    for number in range(332):
        lines += [f"    if {number} >= 0:", f"        total += {number}", "\t" if number == 5 else ""]
    lines += ["    text = 'a\tb'", "    return total, text"]
    assert len(lines) == 1000
    repl.paste("\n".join(lines))
    repl.wait_for(lambda: repl.prompt.endswith("...     return total, text"), timeout=1)
    assert len(repl.prompt.splitlines()) == 10
    repl.press("Enter")
    repl.press("Enter")
    repl.wait_for(lambda: repl.prompt == ">>>" and repl.is_ready)
    repl.enter("pasted()")
    repl.wait_for(f"({sum(range(332))}, 'a\\tb')")


def test_a_paste_is_shown_as_text(repl):
    repl.paste("x = '\x1b]0;title\x07\x03'")
    repl.wait_for("title")
    assert b"\x1b]0;title" not in repl.raw


def test_syntax_colours_while_typing(repl):
    repl.type("while abc: return 'text'  # note")
    repl.wait_for("# note")
    keyword, text, comment = (repl.colours(part) for part in ("while", "'text'", "# note"))
    assert repl.colours("return") == keyword != {"default"}
    assert len({*keyword, *text, *comment, *repl.colours("abc")}) == 4


def test_a_matching_bracket_is_marked(repl):
    repl.type("((1)")
    repl.wait_for_prompt(">>> ((1)")
    row = 22
    looks = lambda: [(cell.bold, cell.fg, cell.bg, cell.reverse, cell.underscore) for cell in repl.cells(row)[4:8]]
    outer, inner, _, close = looks()
    assert inner == close != outer


def test_wide_and_combining_characters(repl):
    repl.enter("'日本語 é e\u0301 🎉'")
    repl.wait_for("\n'日本語 é é 🎉'")  # the emulator composes
    repl.type("'日本'")
    repl.wait_for(lambda: repl.cursor[0] == 4 + 6)
