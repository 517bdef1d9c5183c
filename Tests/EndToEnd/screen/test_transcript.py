"""The transcript: all in the order in which it happened, numbered blocks, marks at the right, folds."""

import re
import time

import pytest
from support.full_screen import TIMING, code

BAR = "005f87"
"""The colour of the selected line."""


def run_program(repl, tmp_path, text: str) -> None:
    (tmp_path / "p.py").write_text(text)
    repl.run("None")
    repl.enter(f":run {tmp_path}/p.py")


def selected(repl) -> str:
    """The text of the selected line, which is one bar; empty when there is none."""
    bars = [row for row in range(len(repl.rows())) if repl.cells(row)[0].bg == BAR]
    assert len(bars) < 3
    is_whole = all(cell.bg == BAR for row in bars for cell in repl.cells(row)[:80])
    return " ".join(repl.rows()[row].strip() for row in bars) if is_whole else ""


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (200, 60)])
def test_all_is_there_in_order_whatever_else_is_open(repl, columns, rows):
    repl.resize(columns, rows)
    repl.run("import sys")
    repl.type("for _ in [1]: print('one'); print('two', file=sys.stderr); print('three'); 'value'\r\r")
    repl.wait_for(re.compile(r"\none *(│.*)?\ntwo *(│.*)?\nthree *(│.*)?\n'value'"))
    repl.wait_ready()
    for key in ("F3", "F4", "F2"):
        repl.press(key)
    repl.wait_for(re.compile(r"\none *(│.*)?\ntwo *(│.*)?\nthree *(│.*)?\n'value'"))
    repl.press("Escape")


def test_streams_have_panes_of_their_own(repl):
    repl.resize(200, 60)
    repl.run("import sys")
    repl.wait_for(lambda: "2 stdout" in repl.rows()[0] and "stderr  5" not in repl.rows()[0])
    # An empty stream takes no place.
    assert "──" in repl.rows()[0] and not any("── run" in row for row in repl.rows())
    repl.type("print('only here'), print('and there', file=sys.stderr)\r")
    repl.wait_for(re.compile(r"│only here$", re.M))
    repl.wait_for(re.compile(r"│and there$", re.M))
    assert len(re.findall("^only here", repl.text(), re.M)) == 1


def test_blocks_are_numbered_and_stand_apart(start, tmp_path):
    repl = start()
    repl.wait_ready()
    run_program(repl, tmp_path, "print('a file', 'has no number')")
    repl.wait_for("a file has no number\n")
    repl.wait_ready()
    repl.run("1")
    repl.run("2")
    repl.enter("1 / 0")
    repl.wait_for(code(rf"1 / 0 +{TIMING} ✗$"))
    rows = repl.pane
    first, second = (next(n for n, row in enumerate(rows) if row.split("▏")[-1].startswith(f" {i} #")) for i in "12")
    assert rows[first + 1 : second] == ["1", ""]
    numbers = [int(rows[row].split("▏")[0]) for row in (first, second)]
    assert numbers[1] == numbers[0] + 1
    # A traceback calls a block by the same number.
    assert f'  File "<block {numbers[1] + 1}>", line 1, in <module>' in rows


def test_a_run_counts_its_time_at_its_line(repl):
    repl.run("import time")
    repl.type("time.sleep(60)\r")
    repl.wait_for(code(r"time.sleep\(60\) +[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] 0\.[2-9] s$|.* +[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] \d+\.\d s$"))
    repl.press("C-c")
    repl.wait_for(code(rf"time.sleep\(60\) +{TIMING} ✗$"))


def test_a_long_output_is_folded(repl, tmp_path):
    repl.resize(120, 40)
    run_program(repl, tmp_path, "for n in range(10_000): print('line', n)\n")
    repl.wait_for("▸ 9,960 lines (Enter unfolds)")
    repl.wait_ready()
    assert re.search(r"line 19\n▸ 9,960 lines \(Enter unfolds\)\nline 9980\n", repl.text())
    repl.press("F2")
    repl.wait_for(lambda: "9,960 lines" in selected(repl))
    repl.press("Enter")
    repl.wait_for(re.compile(r"▾ 9,960 lines \(Enter folds\)\nline 20\n"))
    repl.press("Enter")
    repl.wait_for("▸ 9,960 lines (Enter unfolds)")
    # Elsewhere Enter goes to the prompt.
    repl.press("Down")
    repl.wait_for(lambda: "line 9980" in selected(repl))
    repl.press("Up", "Up")
    repl.wait_for(lambda: "line 19" in selected(repl))
    repl.press("Enter")
    repl.type("typed")
    repl.wait_for_prompt(">>> typed")
    repl.press("C-c")


def test_a_click_unfolds(start, tmp_path):
    repl = start("--mouse")
    repl.wait_ready()
    run_program(repl, tmp_path, "for n in range(100): print('line', n)\n")
    repl.wait_for("line 99")
    repl.wait_ready()
    repl.press("PgUp")
    repl.wait_for("▸ 60 lines (Enter unfolds)")
    row = next(number for number, row in enumerate(repl.rows()) if "▸ 60 lines" in row)
    repl.type(f"\x1b[<0;10;{row + 1}M\x1b[<0;10;{row + 1}m")
    repl.wait_for("▾ 60 lines (Enter folds)")
    repl.wait_for("line 20\n")


def test_frames_of_libraries_are_folded(repl):
    repl.run("import json")
    repl.enter("json.loads('{')")
    repl.wait_for("▸ 3 frames in json (Enter unfolds)")
    assert "decoder.py" not in repl.text()
    repl.press("F2")
    repl.wait_for(lambda: "3 frames in json" in selected(repl))
    repl.press("Enter")
    repl.wait_for("decoder.py")
    repl.press("Escape")


def test_long_values_are_folded(repl):
    repl.run("long = list(range(3000))")
    repl.enter("long")
    repl.wait_for(re.compile(r"▸ [\d,]+ characters \(Enter unfolds\)"))
    repl.wait_ready()
    repl.press("F2", "Enter", "End")
    repl.wait_for("2998, 2999]")
    repl.press("Escape")


def test_a_search_unfolds(repl, tmp_path):
    run_program(repl, tmp_path, "for n in range(1000): print('line', n)\n")
    repl.wait_for("line 999")
    repl.wait_ready()
    repl.press("F2", "/")
    repl.type("line 500\r")
    repl.wait_for(re.compile(r"^line 500$", re.M))
    repl.wait_for(lambda: selected(repl) == "line 500")
    repl.press("Escape")


def test_folds_are_walked(repl, tmp_path):
    run_program(repl, tmp_path, "for n in range(100): print('first', n)\n")
    repl.wait_for("first 99")
    run_program(repl, tmp_path, "for n in range(200): print('second', n)\n")
    repl.wait_for("second 199")
    repl.wait_ready()
    repl.press("F2", "[")
    repl.wait_for(lambda: "160 lines" in selected(repl))
    repl.press("[")
    repl.wait_for(lambda: "60 lines" in selected(repl) and "160" not in selected(repl))
    repl.press("[")
    repl.wait_for("There is no fold above.")
    repl.press("]")
    repl.wait_for(lambda: "160 lines" in selected(repl))
    repl.press("Escape")


def test_a_screen_without_unicode_has_it_in_ascii(start, tmp_path):
    repl = start(LC_ALL="C", LANG="C")
    repl.wait_ready()
    run_program(repl, tmp_path, "for n in range(100): print('line', n)\n")
    repl.wait_for("line 99")
    repl.press("PgUp")
    repl.wait_for("> 60 lines (Enter unfolds)")
    repl.press("PgUp")
    repl.wait_for(re.compile(r"^    \| :run ", re.M))
    assert repl.text().isascii()


def test_the_saved_text_is_whole(repl, tmp_path):
    run_program(repl, tmp_path, "for n in range(100): print('line', n)\n")
    repl.wait_for("line 99")
    repl.command(f":save {tmp_path}/console.txt", "Saved to")
    text = (tmp_path / "console.txt").read_text()
    assert "\n\n>>> :run " in text and "line 49\nline 50\n" in text and "unfolds" not in text
