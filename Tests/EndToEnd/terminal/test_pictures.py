"""Pictures at the plain prompt: each terminal gets them in the way that it knows, and `:open` and `:save-image` work."""

import base64
import os
import re
import stat
import struct

import pexpect
import pytest
from support import product, sixel

ESC = "\x1b"
PICTURE = "from PIL import Image; i = Image.new('RGB', (16, 12), (255, 0, 0)); i.paste((0, 0, 255), (0, 6, 16, 12)); i"
"""Red above blue. At the prompt the value is shown as an image, then as text."""
CAPTION = r"image (\d+): 16x12, image/png, \d+ B\r\n"
VALUE = "<PIL.Image.Image image mode=RGB size=16x12 at 0x"


@pytest.fixture(scope="module", autouse=True)
def packages():
    result = product.run("install", "--deps", "matplotlib,pandas", timeout=10 * product.PATIENCE)
    assert result.returncode == 0, result.stderr


@pytest.fixture
def prompt(tmp_path):
    """Opens prompts: `prompt(["--graphics", "none"], TERM=...)`."""
    children = []

    def open_prompt(*arguments, **variables):
        environment = product.environment(
            **{"TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": tmp_path} | variables
        )
        for name in ("NO_COLOR", "COLORTERM", "TERM_PROGRAM", "KITTY_WINDOW_ID", "LC_TERMINAL", "TMUX", "STY"):
            if name not in variables:
                environment.pop(name, None)
        child = pexpect.spawn(
            product.EXECUTABLE,
            ["repl", "--plain", "--deps", "matplotlib,pandas", *arguments],
            env=environment,
            encoding="utf-8",
            timeout=product.PATIENCE,
            dimensions=(40, 80),
            use_poll=True,
        )
        children.append(child)
        child.expect(">>> ")
        return child

    yield open_prompt
    for child in children:
        child.close(force=True)


def show(child, code=PICTURE, caption=CAPTION):
    """The bytes that the terminal gets of a picture; the caption follows it."""
    child.send(code + "\r")
    child.expect("\r\n")
    child.expect(caption)
    picture = child.before
    child.expect(">>> ")
    return picture


def size(png):
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize(
    "variables", [{"TERM": "xterm-kitty"}, {"KITTY_WINDOW_ID": "1"}, {"TERM_PROGRAM": "ghostty"}], ids=str
)
def test_kitty(prompt, variables):
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", show(prompt(**variables)))
    assert pieces[0][0].split(",") == ["a=T", "f=100", "q=2", "m=0"]
    assert size(base64.b64decode(pieces[0][1], validate=True)) == (16, 12)


def test_kitty_takes_a_large_picture_in_pieces_and_makes_it_fit(prompt):
    child = prompt(TERM="xterm-kitty")
    code = "import os; from PIL import Image; Image.frombytes('L', (900, 20), os.urandom(18000))"
    pieces = re.findall(r"\x1b_G([^;]*);([^\x1b]*)\x1b\\", show(child, code, "image 1: 900x20, .*\r\n"))
    assert pieces[0][0].split(",") == ["a=T", "f=100", "q=2", "c=80", "m=1"]
    assert [piece[0] for piece in pieces[1:]] == ["m=1"] * (len(pieces) - 2) + ["m=0"]
    assert all(len(piece[1]) <= 4096 for piece in pieces)
    assert size(base64.b64decode("".join(piece[1] for piece in pieces), validate=True)) == (900, 20)


@pytest.mark.parametrize("variables", [{"TERM_PROGRAM": "iTerm.app"}, {"LC_TERMINAL": "iTerm2"}], ids=str)
def test_iterm2(prompt, variables):
    [(options, data)] = re.findall(r"\x1b\]1337;File=([^:]*):([^\x07]*)\x07", show(prompt(**variables)))
    png = base64.b64decode(data, validate=True)
    assert size(png) == (16, 12)
    assert f"size={len(png)}" in options and "inline=1" in options


def test_a_terminal_that_says_so_gets_sixels(prompt):
    child = prompt()
    child.send(PICTURE + "\r")
    child.expect_exact(ESC + "[c")
    child.send(ESC + "[?62;4;22c")
    child.expect(CAPTION)
    [data] = re.findall(r"\x1bP[\d;]*q([^\x1b]*)\x1b\\", child.before)
    width, height, pixels = sixel.decode(data)
    assert (width, height) == (16, 12)
    assert pixels == {(x, y): (100, 0, 0) if y < 6 else (0, 0, 100) for x in range(16) for y in range(12)}
    child.expect(">>> ")
    # It is asked once, and its answer is no input.
    assert ESC + "[c" not in show(child)


@pytest.mark.parametrize(
    ("depth", "upper", "lower"),
    [("truecolor", "38;2;255;0;0", "48;2;0;0;255"), ("", "38;5;196", "48;5;21")],
    ids=["true colour", "256 colours"],
)
def test_cells(prompt, depth, upper, lower):
    """Sixteen pixels are two columns; a row of cells has two pixels, one above the other."""
    assert f"{ESC}[{upper};{lower}m▀▀{ESC}[0m\r\n" in show(prompt("--graphics", "blocks", COLORTERM=depth))


def test_a_figure_is_drawn_for_the_terminals_cells(prompt):
    child = prompt("--graphics", "blocks", COLORTERM="truecolor")
    code = "import matplotlib.pyplot as plt; l = plt.plot([0, 2]); t = plt.title('Umsatz in Bonn'); plt.show()"
    drawn = re.sub(r"\x1b\[[\d;?]*[a-z]", "", picture := show(child, code, r"image 1: \d+x\d+, image/png, \d+ kB\r\n"))
    assert "Umsatz in Bonn" in drawn and re.search("[\u2801-\u28ff]", drawn) and re.search("┌─{40}", drawn)
    assert f"{ESC}[0;38;2;31;119;180;48;2;255;255;255m" in picture
    rows = [row for row in drawn.split("\r\n") if row]
    assert len(rows) == 24 and max(map(len, rows)) <= 79


def test_a_terminal_that_does_not_answer_gets_cells(prompt):
    assert "▀" in show(prompt())


@pytest.mark.parametrize("variables", [{"NO_COLOR": "1"}, {"LC_ALL": "C"}, {"TERM": "linux"}], ids=str)
def test_a_terminal_that_can_show_none_gets_a_line(prompt, variables):
    picture = show(prompt(**variables))
    assert "▀" not in picture and f"{ESC}P" not in picture and f"{ESC}_" not in picture


def test_graphics_can_be_switched_off(prompt):
    picture = show(prompt("--graphics", "none", TERM="xterm-kitty"))
    assert not any(mark in picture for mark in ("▀", f"{ESC}P", f"{ESC}_", f"{ESC}]"))


def test_a_plot_is_seen_while_the_code_runs(prompt):
    child = prompt("--graphics", "none")
    child.send("import matplotlib.pyplot as plt, time; plt.plot([1]); plt.show(); print('so'); time.sleep(3600)\r")
    child.expect(r"image 1: \d+x\d+, image/png, ")
    child.expect("so\r\n")
    child.sendintr()
    child.expect("KeyboardInterrupt")


def test_a_figure_is_made_block_by_block(prompt):
    """It is shown again when a block has changed it, until plt.show() has closed it."""
    child = prompt("--graphics", "none")

    def shown(code):
        child.send(code + "\r")
        child.expect("\r\n")
        child.expect(">>> ")
        return [int(number) for number in re.findall(r"image (\d+): ", child.before)]

    assert shown("import matplotlib.pyplot as plt") == []
    assert shown("line, = plt.plot([1, 2])") == [1]
    assert shown("6 * 7") == []
    assert shown("t = plt.title('both')") == [2]
    assert shown("1 / 0") == []
    assert shown("len(plt.gca().lines), plt.gca().get_title()") == []
    assert "(1, 'both')" in child.before
    assert shown("plt.savefig('/tmp/a.png')") in ([], [3])
    assert len(shown("plt.show()")) == 1
    assert shown("plt.get_fignums()") == []
    assert "[]" in child.before


def test_images_are_saved_and_opened(prompt, tmp_path):
    viewed = tmp_path / "viewed.png"
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text(f'#!/bin/sh\ncase "$1" in *.png) cp "$1" {viewed}.new && mv {viewed}.new {viewed} ;; esac\n')
    viewer.chmod(0o755)
    child = prompt("--graphics", "none", PATH=f"{viewer.parent}{os.pathsep}{os.environ['PATH']}", TMPDIR=tmp_path)

    def command(line, answer):
        child.send(line + "\r")
        child.expect("\r\n")
        child.expect_exact(answer)
        child.expect(">>> ")

    command(":open", "There is no image yet.")
    show(child)
    show(child, "Image.new('L', (3, 4))", "image 2: 3x4, .*\r\n")
    command(f":save-image {tmp_path}/last.png", "Saved image 2 to ")
    command(f":save-image 1 {tmp_path}/first one.png", "Saved image 1 to ")
    assert size((tmp_path / "last.png").read_bytes()) == (3, 4)
    assert size((tmp_path / "first one.png").read_bytes()) == (16, 12)
    command(":open 1", "Opened image 1 with xdg-open.")
    assert size(viewed.read_bytes()) == (16, 12)
    [file] = tmp_path.glob("mcp-run-python-*.png")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    command(":open 3", "There is no image 3; there is 1 to 2.")
    command(":open plot", '":open" wants the number of an image')
    command(":save-image 1", '":save-image" wants FILE')
    command(f":save-image {tmp_path}/none/a.png", "cannot be written")
    command(":help", ":save-image [N] FILE")
    viewer.write_text("#!/bin/sh\nexit 3\n")
    command(":open", "xdg-open found no viewer")


def test_a_viewer_that_is_missing_is_named(prompt, tmp_path):
    (tmp_path / "empty").mkdir()
    # The server finds what it needs by its path.
    child = prompt("--graphics", "none", PATH=tmp_path / "empty")
    show(child)
    child.send(":open\r")
    child.expect_exact("xdg-open was not found. It is in the package xdg-utils. :save-image FILE saves the image.")


@pytest.mark.parametrize("arguments", [["-c", PICTURE], []], ids=["code", "pipe"])
def test_without_a_terminal_only_stderr_tells_of_them(arguments, tmp_path):
    file = tmp_path / "a.png"
    stdin = "" if arguments else f"{PICTURE}\n:save-image {file}\n"
    result = product.run("repl", "--deps", "matplotlib,pandas", *arguments, stdin=stdin)
    assert result.stdout.startswith(VALUE) and len(result.stdout.splitlines()) == 1
    lines = result.stderr.splitlines()
    assert re.fullmatch(r"image 1: 16x12, image/png, \d+ B", lines[0])
    assert result.returncode == 0
    if not arguments:
        assert lines[1:] == [f"Saved image 1 to {file}."]
        assert size(file.read_bytes()) == (16, 12)


@pytest.mark.parametrize("columns", [None, 120])
def test_tables_in_a_pipe_are_as_wide_as_columns_says(columns):
    code = "import shutil; shutil.get_terminal_size().columns"
    changes = {"COLUMNS": columns} if columns else {}
    assert product.run("repl", "-c", code, **changes).stdout == f"{columns or 80}\n"
