"""The three shells complete commands, options and values, in a real terminal."""

import shutil
import signal

import pytest
from support import product
from support.screen import Screen

pytestmark = pytest.mark.long

BASH = ["bash", "--norc", "--noprofile", "-i"]
ZSH = ["zsh", "-f", "-i"]
FISH = ["fish", "--private", "--no-config", "-i"]


@pytest.fixture
def shell(installed, tmp_path, request):
    """A shell that has read what was installed for it, and finds the executable."""
    command, file, setup = request.param
    if shutil.which(command[0]) is None:
        pytest.fail(f"{command[0]} is missing: .ci/system-packages {command[0]}")
    path = f"{installed / 'bin'}:/usr/bin:/bin"
    environment = product.environment(HOME=tmp_path, PATH=path, TERM="xterm-256color", LC_ALL="C.UTF-8", PS1="$ ")
    screen = Screen(command, environment, columns=120)
    place = installed / "share" / file
    screen.enter(setup.format(file=place, folder=place.parent))
    # The text on the screen is the answer, and not the line that was typed.
    screen.enter("echo re''ady")
    screen.wait_for("\nready")
    yield screen
    # An interactive shell does not end by SIGTERM.
    screen.signal(signal.SIGHUP)
    screen.stop()


SHELLS = [
    pytest.param((BASH, "bash-completion/completions/mcp-run-python", "source {file}"), id="bash"),
    pytest.param(
        (ZSH, "zsh/site-functions/_mcp-run-python", "fpath=({folder} $fpath); autoload -U compinit; compinit -D -u"),
        id="zsh",
    ),
    pytest.param((FISH, "fish/vendor_completions.d/mcp-run-python.fish", "source {file}"), id="fish"),
]


@pytest.mark.parametrize("shell", SHELLS, indirect=True)
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("mcp-run-python do", "mcp-run-python doctor"),
        ("mcp-run-python repl --mo", "mcp-run-python repl --mouse"),
        ("mcp-run-python prepare --for vs", "mcp-run-python prepare --for vscode"),
        ("mcp-run-python repl --protocol 2026", "mcp-run-python repl --protocol 2026-07-28"),
    ],
)
def test_completion(shell, typed, completed):
    shell.type(typed)
    shell.wait_for(typed)
    shell.press("Tab")
    shell.wait_for(completed)


@pytest.mark.parametrize("shell", SHELLS, indirect=True)
def test_a_file_is_completed_as_a_file(shell, tmp_path):
    (tmp_path / "recorded.jsonl").write_text("")
    shell.enter(f"cd {tmp_path}")
    shell.type("mcp-run-python repl --replay rec")
    shell.wait_for("--replay rec")
    shell.press("Tab")
    shell.wait_for("--replay recorded.jsonl")
