"""Pictures on the full screen: cells of two colours in the console, or a line."""

import os
import re
import struct

import pytest
from support import product

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


def test_images_are_saved_and_opened(start, tmp_path):
    viewer = tmp_path / "bin" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text(f'#!/bin/sh\ncp "$1" {tmp_path}/viewed.png\n')
    viewer.chmod(0o755)
    screen = start(*DEPS, PATH=f"{viewer.parent}{os.pathsep}{os.environ['PATH']}")
    screen.wait_ready()
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
    for columns in (120, 70, 100):
        screen.resize(columns, 24)
        screen.wait_for(lambda: len(screen.rule) == columns)
        screen.enter(":clear console")
        screen.run("table")
        row = screen.wait_for(re.compile(r"^0 +1000000 .*1000000$", re.M))[0]
        assert columns - 22 < len(row) <= columns - 6
        screen.run("shutil.get_terminal_size().columns")
        screen.wait_for(re.compile(rf"^{columns - 6}$", re.M))
