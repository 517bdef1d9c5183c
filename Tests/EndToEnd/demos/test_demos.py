"""Every demo runs as it stands, and says what it is to say; those of clients are in `clients/test_demos.py`."""

import os
import pathlib
import re
import subprocess

from support import product
from support.demos import run

DEMOS = pathlib.Path(__file__).parents[3] / "demos"


def run_on_terminal(path, *command) -> str:
    master, terminal = os.openpty()
    environment = product.environment(
        PATH=path, MCP_RUN_PYTHON_CACHE=product.CACHE, TERM="xterm-256color", LC_ALL="C.UTF-8"
    )
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(list(map(str, command)), stdout=terminal, env=environment, start_new_session=True) as process:
        os.close(terminal)
        written = b""
        try:
            while chunk := os.read(master, 1 << 16):
                written += chunk
        except OSError:
            pass  # nobody has the terminal open any more
        os.close(master)
        assert process.wait(product.PATIENCE) == 0
    return written.decode()


def test_matplotlib_in_the_repl(path, tmp_path):
    file = tmp_path / "a picture.png"
    assert run(path, DEMOS / "matplotlib", file) == ""
    assert file.read_bytes().startswith(b"\x89PNG\r\n\x1a\n")
    file.unlink()
    picture, said = run_on_terminal(path, DEMOS / "matplotlib", file).split("image 1: ")
    # The figure is drawn for the cells: its curves are braille.
    assert len(re.findall("[\u2801-\u28ff]", picture)) > 50
    assert f"Saved image 1 to {file}." in said
    assert file.exists()


def test_the_one_liner(path):
    assert run(path, DEMOS / "one-liner") == "('Grace', 85)\n"


def test_the_isolation(path):
    said = run(path, DEMOS / "isolation")
    assert said.count("failed as it should") == 8
    assert "CVE-2026-25905" in said and "CVE-2026-25904" in said
    assert "WORKED" not in said


def test_the_swift_program(path):
    program = pathlib.Path(product.EXECUTABLE).parent / "embed-demo"
    assert run(path, program).splitlines() == [
        "Python says: 3 ages",
        "mean 67.66666666666667, deviation 22.425184255405547",
        "the sandbox 4, its fork 13, another process 9",
    ]
