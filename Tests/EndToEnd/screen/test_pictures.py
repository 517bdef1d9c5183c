"""Pictures on the full screen: figures for cells, real pixels, enlarged images, and the list of them."""

import base64
import os
import re
import shutil
import struct
import subprocess

import pytest
from support import product, sixel, xterm
from support.full_screen import environment
from support.screen import Screen

DEPS = ("--deps", "matplotlib,pandas")
PICTURE = "from PIL import Image; i = Image.new('RGB', (160, 120), (255, 0, 0)); i.paste((0, 0, 255), (0, 60, 160, 120)); i"
CAPTION = re.compile(r"^image 1: 160x120, image/png, \d+ B; :open or :save-image FILE$", re.M)


@pytest.fixture(scope="module", autouse=True)
def packages():
    result = product.run("install", *DEPS, timeout=10 * product.PATIENCE)
    assert result.returncode == 0, result.stderr


def test_a_picture_is_cells_of_two_colours(start):
    screen = start(*DEPS, rows=40)
    screen.wait_ready()
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    end = next(number for number, row in enumerate(screen.rows()) if row.strip().startswith("image 1:"))
    # 160 pixels are 20 columns, and 15 pixels high then.
    drawn = [row.strip() for row in screen.rows()[:end] if row.strip().startswith("▀")]
    assert drawn == ["▀" * 20] * 8
    colours = [(screen.cells(row)[9].fg, screen.cells(row)[9].bg) for row in range(end - 8, end)]
    assert colours[0] == ("ff0000", "ff0000") and colours[-1] == ("0000ff", "0000ff")
    # It goes with the text, and comes back.
    screen.resize(70, 20)
    screen.wait_for(CAPTION)
    screen.enter("print('\\n' * 30)")
    screen.wait_until_gone("▀")
    screen.press("PgUp", "PgUp")
    screen.wait_for("▀" * 20)


@pytest.mark.parametrize(
    ("arguments", "changes"), [(["--graphics", "none"], {}), ([], {"NO_COLOR": "1"}), ([], {"TERM": "xterm"})], ids=str
)
def test_a_line_where_no_cells_can_be_drawn(start, arguments, changes):
    screen = start(*DEPS, *arguments, **changes)
    screen.wait_ready()
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    assert "▀" not in screen.text()


def start_with_viewer(start, folder):
    """A screen on a desktop whose viewer only copies what it is to show."""
    viewer = folder / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text(f'#!/bin/sh\ncp "$1" {folder}/viewed.png\n')
    viewer.chmod(0o755)
    screen = start(*DEPS, PATH=f"{viewer.parent}{os.pathsep}{os.environ['PATH']}")
    screen.wait_ready()
    return screen


def test_images_are_saved_and_opened(start, tmp_path):
    screen = start_with_viewer(start, tmp_path)
    screen.command(":open", "There is no image yet.")
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    screen.type(":save-i")
    screen.press("Tab")
    screen.wait_for_prompt(">>> :save-image")
    screen.enter(" saved.png")
    screen.wait_for("Saved image 1 to saved.png.")
    screen.command(":open 1", "Opened image 1 with xdg-open.")
    for name in ("saved.png", "viewed.png"):
        assert struct.unpack(">II", (tmp_path / name).read_bytes()[16:24]) == (160, 120)
    screen.command(":open 2", "There is no image 2; there is 1 only.")


def test_tables_are_as_wide_as_the_console(start):
    screen = start(*DEPS, columns=120)
    screen.wait_ready()
    screen.run("import shutil, pandas as pd; table = pd.DataFrame([[10**6] * 30])")
    for columns in (126, 76, 106):
        screen.resize(columns, 24)
        # The rows of the former size are cut at once; the status line is whole when the program has the new one.
        screen.wait_for(lambda: len(screen.rule) == columns and screen.status.endswith(" F1 help"))
        screen.enter(":clear console")
        screen.run("table")
        row = screen.wait_for(re.compile(r"^0 +1000000 .*1000000$", re.M))[0]
        assert columns - 22 < len(row) <= columns - 6
        screen.run("shutil.get_terminal_size().columns")
        screen.wait_for(re.compile(rf"^{columns - 6}$", re.M))


LINE_PLOT = (
    "import matplotlib.pyplot as plt; l = plt.plot([0, 1, 2], [0, 5, 3], label='sales'); "
    "t = plt.title('Umsatz in Bonn'); x = plt.xlabel('month'); y = plt.ylabel('euro'); g = plt.legend(); plt.show()"
)
"""Each value has a name, so that none is displayed."""
FIGURE = re.compile(r"^image 1: \d+x\d+, image/png, \d+ kB; :open or :save-image FILE", re.M)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (200, 60)])
def test_a_figure_is_drawn_for_the_cells_that_there_are(start, columns, rows):
    """Its texts are characters, its lines are braille in their colours, and its axes are lines of characters."""
    screen = start(*DEPS, columns=columns, rows=rows)
    screen.wait_ready()
    screen.enter(LINE_PLOT)
    screen.wait_for(FIGURE)
    shown = screen.text()
    for text in ("Umsatz in Bonn", "month", "sales", "0.0", "2.0"):
        assert text in shown, text
    # The label of the vertical axis stands on end.
    upright = [row[7] for row in screen.rows() if re.match(r" {7}[euro] ", row)]
    assert "".join(upright) == "euro"
    assert re.search("─┐", shown) and re.search("─┬──.*─┬──", shown)
    assert len(re.findall("^[^│]*│.*│", shown, re.M)) > 5
    blue = [
        cell
        for number in range(rows)
        for cell in screen.cells(number)
        if "\u2800" <= cell.data <= "\u28ff" and cell.fg == "0087af"
    ]
    assert len(blue) > 40 and {cell.bg for cell in blue} == {"ffffff"}


def test_the_saved_figure_is_the_original(start, tmp_path):
    """The drawing for cells changes neither the picture nor the figure."""
    screen = start(*DEPS)
    screen.wait_ready()
    screen.run("import matplotlib.pyplot as plt; f, a = plt.subplots(figsize=(5, 4), dpi=90)")
    screen.run("l = a.plot([1, 2]); p = a.get_position().bounds")
    screen.wait_for("image 2: ")
    screen.run("tuple(f.get_size_inches()) == (5, 4), f.dpi, f.stale, a._position.bounds == p")
    screen.wait_for("(True, 90, False, True)")
    screen.command(":save-image 2 screen.png", "Saved image 2 to screen.png.")
    plain = tmp_path / "plain.png"
    code = "import matplotlib.pyplot as plt\nf, a = plt.subplots(figsize=(5, 4), dpi=90)\na.plot([1, 2])\nplt.show()\n"
    product.run("repl", *DEPS, stdin=f"{code}:save-image 2 {plain}\n")
    assert (tmp_path / "screen.png").read_bytes() == plain.read_bytes()


def answer(screen, name, *, attributes="62;22", cell=(20, 10)):
    """Answer the questions of the screen as a terminal."""
    screen.wait_for_bytes(b"\x1b[>q\x1b[16t\x1b[c")
    screen.type(f"\x1bP>|{name}\x1b\\\x1b[6;{cell[0]};{cell[1]}t\x1b[?{attributes}c")


PLACEHOLDER = "\U0010eeee"
DIACRITICS = "\u0305\u030d\u030e\u0310\u0312\u033d\u033e\u033f\u0346\u034a\u034b\u034c\u0350\u0351\u0352\u0357"
"""The first of kitty's combining characters; they stand for 0, 1 and so on."""


def placeholders(screen):
    """The cells of placeholders on the screen: row, column, and the two numbers in each."""
    found = []
    for number, _ in enumerate(screen.rows()):
        for column, cell in enumerate(screen.cells(number)):
            if cell.data.startswith(PLACEHOLDER):
                found.append((number, column, DIACRITICS.find(cell.data[1]), DIACRITICS.find(cell.data[2]), cell.fg))
    return found


@pytest.mark.parametrize("name", ["kitty(0.35.2)", "ghostty 1.1.3"])
def test_real_pixels_stand_in_the_console(start, name):
    screen = start(*DEPS)
    answer(screen, name)
    screen.type("'typed")  # Keys between and after the answers are keys.
    screen.wait_for_prompt(">>> 'typed")
    screen.press("C-c")
    screen.wait_ready()
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    [(keys, png)] = [command for command in screen.graphics() if command[0]["a"] == "T"]
    assert struct.unpack(">II", png[16:24]) == (160, 120)
    assert {k: keys[k] for k in ("U", "f", "q", "c", "r")} == {"U": "1", "f": "100", "q": "2", "c": "16", "r": "6"}
    # Each cell tells its row and column; the colour is the low byte of the number, here 16.
    cells = placeholders(screen)
    top, left = cells[0][:2]
    places = [(row, column) for row in range(6) for column in range(16)]
    assert [(row - top, column - left) for row, column, *_ in cells] == places
    assert [(row, column) for _, _, row, column, _ in cells] == places
    assert {colour for *_, colour in cells} == {"000000"}
    assert int(keys["i"]) & 0xFFFFFF == 16 and int(keys["i"]) >> 24 > 0
    # They scroll and come back, and nothing is sent again.
    screen.enter("print('\\n' * 30)")
    screen.wait_until_gone(PLACEHOLDER)
    screen.press("PgUp", "PgUp")
    screen.wait_for(PLACEHOLDER)
    screen.resize(70, 24)
    screen.wait_for(PLACEHOLDER)
    assert sum(keys["a"] == "T" for keys, _ in screen.graphics()) == 1
    screen.press("Escape")
    screen.leave("C-q")
    deleted = {keys["i"] for keys, _ in screen.graphics() if keys["a"] == "d"}
    assert deleted == {keys["i"] for keys, _ in screen.graphics()}


@pytest.mark.parametrize("name", ["WezTerm 20240203", "Konsole 24.02", "kitty(0.27.1)", "XTerm(390)"])
def test_terminals_that_would_print_placeholders_get_none(start, name):
    screen = start(*DEPS)
    answer(screen, name)
    screen.wait_ready()
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    assert "▀" in screen.text() and not screen.graphics()


def test_an_image_is_enlarged_by_placeholders(start):
    screen = start(*DEPS)
    answer(screen, "kitty(0.35.2)")
    screen.wait_ready()
    screen.run(PICTURE)
    screen.run("i.resize((40, 20))")
    screen.wait_for("image 2: 40x20")
    before = screen.rows()[:-1]
    screen.press("F9")
    screen.wait_for("Esc closes")
    cells = placeholders(screen)
    assert {colour for *_, colour in cells} == {"eeeeee"}
    assert len({row for row, *_ in cells}) == 20 and len({column for _, column, *_ in cells}) == 80
    screen.press("p")
    screen.wait_for(" image 1: 160x120")
    screen.wait_for(lambda: len({column for _, column, *_ in placeholders(screen)}) == 54)
    screen.press("Escape")
    screen.wait_for(lambda: screen.rows()[:-1] == before)


def test_an_image_is_enlarged_by_sixels(start):
    screen = start(*DEPS)
    answer(screen, "XTerm(390)", attributes="64;4;22")
    screen.wait_ready()
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    before = screen.rows()[:-1]
    screen.press("F9")
    screen.wait_for_bytes(b"\x1bP0;1;0q")
    screen.wait_for(lambda: re.search(rb"\x1b7\x1b\[\d+;\d+H\x1bP0;1;0q[^\x1b]*\x1b\\\x1b8", bytes(screen.raw)))
    [(row, column, data)] = re.findall(rb"\x1b7\x1b\[(\d+);(\d+)H\x1bP0;1;0q([^\x1b]*)\x1b\\\x1b8", bytes(screen.raw))
    width, height, pixels = sixel.decode(data.decode())
    # The room has 80 columns of 10 pixels and 20 rows of 20.
    assert height == 400 and abs(width - 400 * 4 / 3) < 2
    assert int(row) == 2 and abs(int(column) - (80 - width / 10) / 2) <= 2
    assert pixels[0, 0] == (100, 0, 0) and pixels[width - 1, height - 1] == (0, 0, 100)
    drawn = len(screen.raw)
    screen.press("Escape")
    screen.wait_for(lambda: screen.rows()[:-1] == before)
    # All cells are drawn again, which takes the pixels away.
    screen.wait_for_bytes(b"image 1: 160x120", drawn)
    screen.wait_for_bytes(b"network public", drawn)


def test_an_image_is_enlarged_in_iterm2(start):
    screen = start(*DEPS, TERM_PROGRAM="iTerm.app")
    answer(screen, "iTerm2 3.5.0")
    screen.wait_ready()
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    screen.press("F9")
    screen.wait_for_bytes(b"\x1b]1337;File=inline=1;")
    screen.wait_for(lambda: re.search(rb"\x1b\]1337;File=([^:]*):([^\x07]*)\x07", bytes(screen.raw)))
    [(options, data)] = re.findall(rb"\x1b\]1337;File=([^:]*):([^\x07]*)\x07", bytes(screen.raw))
    assert b"width=80;height=20;preserveAspectRatio=1" in options
    assert struct.unpack(">II", base64.b64decode(data, validate=True)[16:24]) == (160, 120)


def test_an_image_is_enlarged_in_cells_saved_and_opened(start, tmp_path):
    screen = start_with_viewer(start, tmp_path)
    screen.press("F9")
    screen.wait_for("There is no image yet.")
    screen.run(PICTURE)
    screen.wait_for(CAPTION)
    screen.press("F9")
    screen.wait_for("Esc closes")
    # 20 rows have 40 pixels, and 4 to 3 makes 53 columns.
    screen.wait_for("▀" * 53)
    screen.press("n")
    screen.wait_for("This is the last image.")
    screen.press("o")
    screen.wait_for(lambda: (tmp_path / "viewed.png").exists())
    screen.press("S")
    screen.wait_for_prompt(">>> :save-image 1 image-1.png")
    screen.press("Enter")
    screen.wait_for("Saved image 1 to image-1.png.")
    assert (tmp_path / "image-1.png").read_bytes() == (tmp_path / "viewed.png").read_bytes()


def test_the_plots_pane_lists_the_images(start):
    screen = start(*DEPS)
    screen.wait_ready()
    screen.command(":plots", "There is no image yet.")
    screen.run(PICTURE)
    screen.run("i.resize((40, 20))")
    screen.wait_for("image 2: 40x20")
    screen.press("M-p")
    screen.wait_for(" Plots ")
    assert re.search(r"^  image 1: 160x120, image/png, \d+ B   run 1: from PIL", screen.text(), re.M)
    assert re.search(r"^  image 2: 40x20, image/png, \d+ B   run 2: i.resize\(\(40, 20\)\)", screen.text(), re.M)
    screen.press("k", "Enter")
    screen.wait_for(" image 1: 160x120")
    screen.wait_for("▀" * 53)
    screen.press("Escape")
    screen.wait_for(" Plots ")
    screen.press("Escape")
    screen.wait_until_gone(" Plots ")


def tmux(name, *arguments):
    return subprocess.run(["tmux", "-L", name, *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
@pytest.mark.parametrize("passes", ["on", "off"])
def test_pixels_go_through_tmux_where_it_lets_them(tmp_path, passes):
    """tmux tells its terminal's name; the pictures are wrapped for it, and the placeholders are its cells."""
    name = f"pictures-{os.getpid()}-{passes}"
    variables = environment(tmp_path, PYTHONPATH="")
    variables.pop("TMUX", None)
    outer = Screen(
        ["tmux", "-L", name, "-f", "/dev/null", "new-session", ";", "set", "-g", "allow-passthrough", passes, ";",
         "set", "-g", "status", "off"],
        variables | {"SHELL": "/bin/sh", "PS1": "$ "}, cwd=tmp_path,
    )  # fmt: skip
    try:
        outer.wait_for_bytes(b"\x1b[>q")
        outer.type("\x1bP>|kitty(0.35.2)\x1b\\\x1b[?62;c")
        outer.wait_for(re.compile("^[$#]", re.M))
        outer.wait_for(lambda: "kitty" in tmux(name, "display-message", "-p", "#{client_termtype}"))
        outer.enter(f"{product.EXECUTABLE} repl --deps matplotlib,pandas")
        outer.wait_for(re.compile("^ main ● ready ", re.M))
        outer.enter(PICTURE)
        outer.wait_for("image 1: 160x120, image/png")
        outer.wait_for(PLACEHOLDER if passes == "on" else "▀")
        transmitted = [keys for keys, _ in outer.graphics() if keys["a"] == "T"]
        assert len(transmitted) == (1 if passes == "on" else 0)
    finally:
        subprocess.run(["tmux", "-L", name, "kill-server"], check=False)
        outer.stop()


@pytest.mark.skipif(not xterm.IS_INSTALLED, reason="xterm and Xvfb are not installed")
def test_xterm_shows_an_enlarged_image_and_takes_it_away(tmp_path):
    """The pixels on xterm's own window: half of the picture is red, the other blue, and then they are gone."""
    red, blue = (255, 0, 0), (0, 0, 255)
    (home := tmp_path / "home").mkdir()
    terminal = xterm.XTerm(
        [product.EXECUTABLE, "repl", *DEPS], environment(home, TERM="xterm-256color", LC_ALL="C.UTF-8"), tmp_path
    )
    try:
        terminal.type(PICTURE + "\r")
        # In the console it is made of cells: 20 columns of 8 rows.
        terminal.wait_for(lambda: terminal.count(red) > 100 and terminal.count(blue) > 100)
        small = terminal.count(red)
        terminal.type("\x1b[20~")
        terminal.wait_for(lambda: terminal.count(red) > 5 * small and terminal.count(blue) > 5 * small)
        shares = terminal.count(red), terminal.count(blue)
        assert abs(shares[0] - shares[1]) < max(shares) / 20
        terminal.type("\x1b")
        terminal.wait_for(lambda: terminal.count(red) == small)
    finally:
        terminal.stop()
