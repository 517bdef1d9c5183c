"""Runs: values, output while it comes, Ctrl-C, questions, floods."""

import re

import pytest
from support.full_screen import TIMING, code

BUSY = "while True: pass"


def start_busy(repl):
    repl.enter("for _ in range(10**12): pass")
    repl.enter("")
    repl.wait_running()


def test_a_value_is_shown_by_repr_with_the_time_it_took(repl):
    repl.enter("{'text': 'é', 'none': None}")
    repl.wait_for("\n{'text': 'é', 'none': None}\n")
    repl.wait_for(code(rf"{{'text': 'é', 'none': None}} +{TIMING}$"))


def test_none_is_not_shown(repl):
    repl.run("None")
    repl.run("7")
    assert repl.pane[-1] == "7"
    assert "\nNone" not in repl.text()


def test_the_last_value(repl):
    repl.run("20 + 1")
    repl.enter("_ * 2")
    repl.wait_for("\n42\n")


def test_all_values_are_shown(repl):
    repl.type("for n in range(2):\rprint('now', n)\rn * 10\r\r")
    repl.wait_for("\nnow 0\n0\nnow 1\n10\n")
    assert repl.colours("10\n".strip()) != {"default"}
    repl.enter("_")
    repl.wait_for(re.compile(r"\n10\n\n *\d+ ▏ _"))
    repl.show(2)
    assert [row for row in repl.pane if row.isdigit()] == []


def test_a_traceback_in_colour(repl):
    repl.type("def divide(n):\rreturn n / 0\r\r")
    repl.wait_for(re.compile(rf"divide\(n\): +{TIMING}$", re.M))
    repl.enter("divide(1)")
    repl.wait_for("ZeroDivisionError: division by zero")
    assert "Traceback (most recent call last):" in repl.text()
    assert repl.colours("ZeroDivisionError:") != {"default"}
    assert repl.is_ready


def test_what_can_be_done_about_an_error_is_said_after_it(repl):
    repl.enter("import surely_none")
    repl.wait_for(re.compile(r"^ModuleNotFoundError: .*\n'surely_none' is not installed", re.M))


def test_top_level_await(repl):
    repl.run("import asyncio")
    repl.enter("await asyncio.sleep(0.01, 'awaited')")
    repl.wait_for("\n'awaited'\n")


def test_output_is_seen_while_the_run_goes_on(repl):
    repl.run("import sys, time")
    repl.type("print('to stdout'), print('to stderr', file=sys.stderr), time.sleep(60)\r")
    repl.show(2)
    repl.wait_for(lambda: "to stdout" in repl.pane)
    repl.show(3)
    repl.wait_for(lambda: "to stderr" in repl.pane)
    assert "to stdout" not in repl.text()
    repl.show(1)
    repl.wait_for(re.compile("\nto stdout\nto stderr\n"))
    assert repl.is_running
    repl.press("C-c")
    repl.wait_ready()


def test_the_first_half_of_a_line_is_seen(repl):
    repl.run("import time")
    repl.type("print('Loading', end='', flush=True), time.sleep(60)\r")
    repl.show(2)
    repl.wait_for(lambda: "Loading" in repl.pane)
    assert repl.is_running
    repl.press("C-c")
    repl.wait_ready()


def test_runs_are_marked_off(repl):
    repl.run("print('one')")
    repl.run("print('two')")
    repl.show(2)
    repl.wait_for(lambda: repl.pane[-1] == "two")
    first, one, second, two = repl.pane[-4:]
    assert (one, two) == ("one", "two")
    number = int(re.fullmatch(r"── run (\d+) ─+", first)[1])
    assert re.fullmatch(rf"── run {number + 1} ─+", second)


def test_a_tab_has_a_star_when_its_pane_has_something_new(repl):
    repl.press("M-2", "M-1")
    repl.run("print('news')")
    repl.wait_for("2 stdout*")
    repl.show(2)
    repl.wait_until_gone("2 stdout*")


def test_ctrl_c_in_a_busy_loop_keeps_the_state(repl):
    repl.run("kept = 'still here'")
    start_busy(repl)
    repl.press("C-c")
    repl.wait_ready()
    repl.wait_for("KeyboardInterrupt")
    repl.enter("kept")
    repl.wait_for("\n'still here'\n")


def test_ctrl_c_in_a_sleep(repl):
    repl.run("import time")
    repl.type("time.sleep(60)\r")
    repl.wait_running()
    repl.press("C-c")
    repl.wait_ready()
    repl.wait_for("KeyboardInterrupt")


def test_cancel_command(repl):
    start_busy(repl)
    repl.enter(":cancel")
    repl.wait_ready()
    repl.wait_for("KeyboardInterrupt")
    repl.command(":cancel", "Nothing runs.")


def start_stubborn(repl):
    """A run that an interrupt does not end, from when it has said that it is there."""
    repl.type("while True:\rtry:\rprint('stub' + 'born')\rwhile True: pass\r")
    repl.press("S-Tab")
    repl.type("except BaseException: pass\r\r\r")
    repl.wait_for("\nstubborn\n")


def test_a_second_ctrl_c_restarts_after_asking(repl):
    question, answer = "Restart the interpreter? All variables are lost. (y/n)", "Restarting the interpreter."
    repl.run("lost = 1")
    for _ in range(5):
        start_stubborn(repl)
        repl.press("C-c")
        repl.wait_for("Cancelling")
        repl.press("C-c")
        seen = repl.wait_for(lambda: question if question in repl.text() else repl.is_ready)
        repl.press("y")
        repl.wait_for(lambda: answer in repl.text() or repl.prompt == ">>> y")
        if answer in repl.text():
            assert seen == question
            break
        # 2 s after the first Ctrl-C the run was killed, and the question is gone: the machine is busy.
        repl.press("C-c")
        repl.clear()
    repl.wait_ready()
    repl.enter("'lost' in globals()")
    repl.wait_for("\nFalse\n")


def test_no_leaves_the_run_alone(repl):
    start_busy(repl)
    repl.press("C-c", "C-c")
    repl.wait_for(lambda: "Restart the interpreter?" in repl.rule or repl.is_ready)
    repl.press("n")
    repl.wait_until_gone("Restart the interpreter?")
    repl.wait_ready()


def test_what_is_typed_while_busy_is_kept(repl):
    start_busy(repl)
    repl.type("'typed' + ' ahead'")
    repl.wait_for_prompt(">>> 'typed' + ' ahead'")
    repl.press("C-c")
    repl.wait_ready()
    assert repl.prompt == ">>> 'typed' + ' ahead'"
    repl.press("Enter")
    repl.wait_for("\n'typed ahead'\n")


def test_a_block_waits_for_the_run(repl):
    repl.run("import time")
    repl.type("time.sleep(0.5)\r'next'\r")
    repl.wait_for("The block waits for the run to end.")
    repl.wait_for("\n'next'\n")


def test_several_blocks_typed_ahead_run_in_turn(repl):
    """A line that is typed while a program runs is read after it, like at any prompt."""
    repl.run("import time; seen = []")
    repl.type("time.sleep(0.5)\rseen.append(1)\rseen.append(2)\rseen\r")
    repl.wait_for("\n[1, 2]\n")


def test_a_block_waits_for_the_server(start):
    repl = start()
    repl.wait_for(">>>")
    repl.enter("'typed' + ' early'")
    repl.wait_for("\n'typed early'\n")


def test_input_is_answered_at_the_prompt(repl):
    repl.enter("name = input('Who are you? ')")
    repl.wait_for_prompt("Who are you?")
    assert "input" in repl.status
    repl.type("Ada Lovelace")
    repl.wait_for_prompt("Who are you? Ada Lovelace")
    repl.press("Enter")
    repl.wait_ready()
    assert "Who are you? Ada Lovelace" in repl.pane
    repl.enter("name")
    repl.wait_for("\n'Ada Lovelace'\n")


def test_a_hidden_answer_is_shown_nowhere(repl):
    repl.enter("import getpass; key = getpass.getpass('Key: ')")
    repl.wait_for_prompt("Key:")
    repl.type("hunter2")
    repl.wait_for_prompt("Key: *******")
    repl.press("Enter")
    repl.wait_ready()
    repl.enter("len(key)")
    repl.wait_for("\n7\n")
    assert "hunter2" not in "\n".join(repl.pane)
    assert "Key:" in repl.pane


def test_two_questions_in_one_run(repl):
    repl.enter("int(input('a: ')) + int(input('b: '))")
    repl.wait_for_prompt("a:")
    repl.enter("40")
    repl.wait_for_prompt("b:")
    repl.enter("2")
    repl.wait_for("\n42\n")


def test_end_of_input(repl):
    repl.enter("input('more? ')")
    repl.wait_for_prompt("more?")
    repl.press("C-d")
    repl.wait_for("EOFError")
    repl.wait_ready()


def test_ctrl_c_at_a_question(repl):
    repl.enter("input('more? ')")
    repl.wait_for_prompt("more?")
    repl.press("C-c")
    repl.wait_for("KeyboardInterrupt")
    repl.wait_ready()
    assert repl.prompt == ">>>"
    repl.run("'still there'")
    assert repl.pane[-1] == "'still there'"


def test_a_question_leaves_the_typed_block_alone(repl):
    repl.run("import time")
    # In one piece, so that the draft is there before the question.
    repl.type("time.sleep(0.5); answer = input('now? ')\r'draft'")
    repl.wait_for_prompt("now?")
    repl.enter("yes")
    repl.wait_for_prompt(">>> 'draft'")
    repl.wait_ready()


def test_input_in_the_legacy_era(start):
    repl = start("--protocol", "2025-11-25", columns=120)
    repl.wait_ready()
    assert "MCP 2025-11-25" in repl.status
    repl.enter("'Hello ' + input('Who? ')")
    repl.wait_for_prompt("Who?")
    repl.enter("you")
    repl.wait_for("\n'Hello you'\n")
    repl.enter("import time; print('live'); time.sleep(60)")
    repl.wait_for("\nlive\n")
    assert repl.is_running
    repl.press("C-c")
    repl.wait_for("KeyboardInterrupt")
    repl.wait_ready()


def test_a_flood_leaves_the_prompt_answering(repl):
    """The typed text is seen while the lines come, and Ctrl-C works."""
    repl.type("for number in range(10**9): print('line', number)\r\r")
    repl.wait_for(re.compile(r"line \d{3,}\n"))
    # Far above what it takes, for a slow machine; behind a flood without end it would be never.
    assert repl.type_through() < 5
    assert repl.is_running
    repl.press("C-c")
    repl.wait_ready()
    repl.wait_for("KeyboardInterrupt")
    assert repl.prompt == ">>> xxxxxxxxxx"
    repl.press("C-c")
    repl.wait_for_prompt(">>>")
    repl.run("'alive'")
    # The output of the cancelled run stands before it.
    assert repl.pane[-1] == "'alive'"
    assert not re.search(r"▏ 'alive'.*\nline", repl.text(), re.M)


def test_a_flood_to_its_end(repl):
    """All of it arrives; what there is no room for is told."""
    repl.type("for number in range(200_000): print('line', number)\r\r")
    repl.wait_running()
    repl.show(2)
    repl.wait_for(lambda: repl.pane and repl.pane[-1] == "line 199999", timeout=300)
    repl.wait_ready()
    repl.press("F3", "g")
    repl.wait_for(re.compile(r"^… [\d,.\u202f  ]+ older lines were dropped$", re.M))


NASTY = {
    "title": r"\x1b]0;owned\x07",
    "clear": r"\x1b[2J\x1b[H",
    "c1": r"\x9b31m\x9d0;owned\x9c",
    "alternate screen": r"\x1b[?1049l",
    "carriage return": r"visible\rhidden",
    "backspace": r"abc\b\b\bxyz",
    "right to left": r"\u202eevil",
    "null and bell": r"\x00\x07\x0e\x0f",
}


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_control_characters_never_reach_the_terminal(repl, text):
    start = len(repl.raw)
    row = repl.rows()[0]
    repl.run(f"nasty = '{text}'")
    repl.run("print('<', nasty, '>')")
    repl.enter("class Nasty(Exception): __repr__ = lambda self: nasty")
    repl.enter("")
    repl.enter("Nasty()")
    repl.enter("")
    repl.wait_ready()
    repl.enter("raise Nasty(nasty)")
    repl.wait_for("Traceback")
    repl.wait_ready()
    for pane in (2, 5, 1):
        repl.show(pane)
    assert repl.rows()[0][:10] == row[:10]
    written = bytes(repl.raw[start:])
    raw = text.encode().decode("unicode_escape").encode()
    assert raw not in written
    assert b"owned\x07" not in written and b"\x1b]" not in written
    assert not re.search(rb"[\x00\x07\x0e]|\xc2[\x80-\x9f]|\xe2\x80\xae|\x1b\[2J|\x1b\[\?1049", written)


def test_nothing_of_a_question_drives_the_terminal(repl):
    start = len(repl.raw)
    repl.enter(r"input('\x1b]0;owned\x07name: ')")
    repl.wait_for_prompt("^[]0;owned^Gname:")
    repl.enter("me")
    repl.wait_for("\n'me'\n")
    assert b"\x1b]0;owned" not in repl.raw[start:]
