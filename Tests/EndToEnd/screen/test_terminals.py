"""Terminals of all kinds, and none."""

import re
import subprocess

import pytest
from support import product
from support.full_screen import environment

COLOUR = re.compile(rb"\x1b\[[0-9;]*?\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")


@pytest.mark.parametrize("term", ["dumb", "no-such-terminal", ""])
def test_a_terminal_that_cannot(start, term):
    """The plain prompt, with a word about why; no sequence that such a terminal would show as rubbish."""
    repl = start(TERM=term)
    repl.wait_for("The plain prompt is used.")
    repl.wait_for(">>>")
    repl.enter("6 * 7")
    repl.wait_for("\n42\n>>>")
    assert b"\x1b[?1049h" not in repl.raw
    repl.leave()


def test_plain(start):
    repl = start("--plain")
    repl.wait_for(">>>")
    assert b"\x1b[?1049h" not in repl.raw


@pytest.mark.parametrize("term", ["xterm", "screen-256color", "tmux-256color", "linux", "vt100", "rxvt"])
def test_other_terminals(start, term):
    repl = start(TERM=term)
    repl.wait_for("ready")
    repl.wait_for(">>>")
    repl.type("typed")
    repl.wait_for(">>> typed")
    repl.press("C-c")
    repl.wait_until_gone("typed")
    repl.leave()


def test_no_colour(start):
    repl = start(NO_COLOR="1")
    repl.wait_ready()
    repl.type("while abc: return 'text'")
    repl.wait_for("'text'")
    repl.press("C-c", "F6")
    repl.wait_for("server/discover")
    repl.press("C-q")
    assert repl.wait() == 0
    assert not COLOUR.search(repl.raw)


def test_colours_are_used_without_it(start):
    repl = start()
    repl.wait_ready()
    assert COLOUR.search(repl.raw)


def test_a_locale_without_unicode(start):
    repl = start(LC_ALL="C", LANG="C")
    repl.wait_ready()
    repl.enter("'caf\\xe9 \\u65e5 ' + 'x' * 3")
    repl.wait_for(re.compile(r"^'caf.* xxx'$", re.M))
    repl.wait_ready()
    repl.press("F6")
    repl.wait_for("server/discover")
    repl.press("C-q")
    assert repl.wait() == 0
    assert all(byte < 0x80 for byte in repl.raw)


def test_a_pipe(tmp_path):
    """No screen: the code of the pipe is run, and only its output comes out."""
    result = subprocess.run(
        [product.EXECUTABLE, "repl"],
        input=b"x = 6\nx * 7\n",
        capture_output=True,
        env=environment(tmp_path),
        timeout=product.PATIENCE,
    )
    assert (result.stdout, result.returncode) == (b"42\n", 0)


def test_output_to_a_file(start, tmp_path):
    """Keys come from a terminal, but the output goes elsewhere: no screen there."""
    from support.screen import Screen

    file = tmp_path / "out.txt"
    screen = Screen(
        ["/bin/sh", "-c", f"{product.EXECUTABLE} repl -c '6 * 7' > {file}; echo done"], environment(tmp_path)
    )
    screen.wait_for("done")
    screen.stop()
    assert file.read_text() == "42\n"
