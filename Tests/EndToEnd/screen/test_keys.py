"""Keys of each place: the command line from everywhere, letters without meaning, messages that fade, help."""

import re


def test_a_colon_opens_the_command_line_in_a_pane(repl):
    repl.run("None")
    repl.type("half typed")
    repl.press("F3", ":")
    repl.wait_for_prompt(">>> :")
    repl.enter("clear stdout")
    # The pane has the keys again, and the prompt its text.
    repl.wait_for_prompt(">>> half typed")
    repl.wait_for("Esc prompt")
    repl.press("F3")
    repl.wait_for("Tab complete")
    repl.type("!")
    repl.wait_for_prompt(">>> half typed!")
    repl.press("C-c")


def test_a_colon_opens_it_in_a_message(repl):
    repl.run("None")
    repl.press("F6", "Enter")
    repl.wait_for("pretty  raw  exchange")
    repl.press(":")
    repl.wait_for_prompt(">>> :")
    repl.press("C-c")
    repl.wait_for_prompt(">>>")
    repl.press("n")
    repl.wait_for("This is the newest message.")
    repl.press("Escape", "Escape")


def test_a_letter_without_meaning_says_so(repl):
    repl.press("F3", "x")
    repl.wait_for('"x" does nothing here; ? shows the keys.')
    # The message fades at the next key.
    repl.press("Down")
    repl.wait_until_gone("does nothing here")
    repl.press("F3")
    repl.wait_for("Tab complete")
    assert repl.prompt == ">>>"
    repl.show(1)
    repl.run("None")
    repl.press("F6", "Enter")
    repl.wait_for("pretty  raw  exchange")
    repl.press("x")
    repl.wait_for('"x" does nothing here; ? shows the keys.')
    repl.press("Escape", "Escape")


def test_each_place_shows_its_own_keys(repl):
    repl.wait_for(lambda: "Tab complete" in repl.rule)
    repl.press("F2")
    repl.wait_for(lambda: "Enter unfold" in repl.rule and "? keys" in repl.rule)
    repl.press("F6")
    repl.wait_for(lambda: "Enter open" in repl.rule and "? keys" in repl.rule)
    repl.press("?")
    repl.wait_for("Keys here")
    assert "In the traffic" in repl.text() and "At the prompt" not in repl.text()
    repl.press("Escape")
    repl.wait_until_gone("Keys here")
    repl.press("F4", "?")
    repl.wait_for("In a pane")
    assert "In the traffic" not in repl.text()
    repl.press("Escape")
    repl.wait_until_gone("Keys here")
    repl.press("Escape")
    repl.wait_for("Tab complete")
    repl.show(1)
    # At the prompt the question mark is Python's.
    repl.enter("len?")
    repl.wait_for("Return the number of items in a container.")


def test_clear_empties_what_it_names(repl):
    repl.run("print('printed')")
    repl.press("M-2")
    repl.wait_for(re.compile("── run"))
    repl.enter(":clear")
    repl.wait_for(lambda: "printed" in repl.pane)
    repl.press("M-1")
    repl.wait_for(lambda: not repl.pane)
    repl.enter(":clear stdout")
    repl.press("M-2")
    repl.wait_for(lambda: not repl.pane)
    repl.press("M-1")
