"""The look of real sessions, text and styles, in three sizes and three themes.

`RECORD_LOOKS=1 pytest screen/test_looks.py` records the files in `looks` anew. Read the difference before you commit it.
Times and sizes, which vary, are masked.
"""

import itertools
import os
import pathlib
import re

import pytest

LOOKS = pathlib.Path(__file__).with_name("looks")
BLOCKS = [
    "import json, sys",
    "for n in range(100): print('line', n)\r",
    "for n in range(2):\rprint('printed', n)\rn * 10\r",
    "print('to stderr', file=sys.stderr)",
    r"print('\x1b[31mred\x1b[0m', 'of the program')",
    "{'value': [1, 2.5, None]}",
    "x = 'undone soon'",
    ":rewind",
    "json.loads('{')",
]
VARYING = [
    (re.compile(r" +[\d.]+ (?:µs|ms|s)(?= |│|$)"), "9 ms"),
    (re.compile(r" +\d+ MB(?= )"), "99 MB"),
    (re.compile(r" +[\d.]+ k?B(?= )"), "9 B"),
    (re.compile(r" \d\d:\d\d:\d\d(?:\.\d{3})?(?= )"), ""),
]
"""The texts that vary, with the blanks before them, and what stands for them."""


def style(cell) -> str:
    """The style of a cell, in words; a blank has only what can be seen of it."""
    ink = "" if cell.data == " " and not cell.reverse else cell.fg
    words = [word for word, is_set in (("bold", cell.bold), ("underline", cell.underscore), ("reverse", cell.reverse)) if is_set]
    if cell.data == " " and not (cell.underscore or cell.reverse):
        words = []
    paper = f"on {cell.bg}" if cell.bg != "default" else ""
    return " ".join([*([ink] if ink not in ("", "default") else []), *([paper] if paper else []), *words])


def mask(text: str, styles: list[str]) -> str:
    """Put a fixed text in the place of what varies, at its right end."""
    for pattern, fixed in VARYING:
        for match in pattern.finditer(text):
            start, end = match.span()
            ink, paper = styles[end - 1], styles[start]
            text = text[:start] + fixed.rjust(end - start) + text[end:]
            styles[start:end] = [paper] * (end - start - len(fixed)) + [ink] * len(fixed)
    return text


def frame(screen) -> str:
    """The screen as text, and below it the letters of its styles, with what they mean."""
    texts, letters, names = [], [], {"": " "}
    fresh = iter("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    for number in range(len(screen.rows())):
        cells = screen.cells(number)
        styles = [style(cell) for cell in cells]
        text = mask("".join(cell.data or "\0" for cell in cells), styles).replace("\0", "")
        for name in styles:
            if name not in names:
                names[name] = next(fresh)
        texts.append("|" + text.rstrip())
        letters.append("|" + "".join(names[name] for name in styles).rstrip())
    legend = [f"{letter} = {name}" for name, letter in names.items() if name]
    return "\n".join([*texts, "", *letters, "", *legend, ""])


def look_of(repl, word: str) -> str:
    """The style of a word's first letter."""
    row = next(number for number, row in enumerate(repl.rows()) if word in row)
    return style(repl.cells(row)[repl.rows()[row].index(word)])


def play(repl) -> str:
    """Type the session; gives its two looks."""
    repl.wait_ready()
    place = 0
    for block in BLOCKS:
        place += -1 if block == ":rewind" else 1
        repl.enter(block)
        repl.wait_for(lambda: repl.status.startswith(f" main ● ready · #{place} "))
    repl.wait_for("Expecting property name")
    repl.enter(":filter method:tools/call kind:request")
    repl.wait_for(re.compile("messages match"))
    repl.press("M-1", "F2")
    repl.wait_for("? keys")
    repl.wait_for(" MB · F1 help")
    session = frame(repl)
    repl.press("F2")
    repl.wait_for(lambda: "Tab complete" in repl.rule)
    repl.type("str.is")
    repl.wait_for_prompt(">>> str.is")
    repl.press("Tab")
    repl.wait_for("isupper(")
    repl.press("Tab")
    repl.wait_for(lambda: look_of(repl, "isalpha(") != look_of(repl, "isascii("))
    return f"In the console\n{session}\nAt the prompt\n{frame(repl)}"


@pytest.mark.parametrize(("size", "theme"), itertools.product(["80x24", "120x40", "200x60"], ["dark", "light", "mono"]))
def test_it_looks_as_recorded(start, size, theme):
    columns, rows = map(int, size.split("x"))
    seen = play(start("--theme", theme, columns=columns, rows=rows))
    file = LOOKS / f"{size}-{theme}.txt"
    if os.environ.get("RECORD_LOOKS"):
        file.write_text(seen)
    assert seen == file.read_text()
