"""Checkpoints, rewinding and forks at the plain prompt."""

import pytest
from support import product
from support.living_state import BEGIN, FIRST, LOOK, SPOIL

CTRL_C, CTRL_D = "\x03", "\x04"


@pytest.fixture(scope="module", autouse=True)
def images() -> None:
    """That an image is made is told on stderr, where these tests count the lines."""
    for dependencies in ([], ["--deps", "pandas"]):
        product.run("install", *dependencies, timeout=10 * product.PATIENCE).check_returncode()


def test_back_and_forth(open_terminal):
    terminal = open_terminal()
    for number in (1, 2, 3):
        terminal.enter(f"x = {number}")
    assert terminal.enter(":rewind 2") == 'The last 2 runs are undone: this is #1, after "x = 1".\n'
    assert terminal.enter("x") == "1\n"
    assert terminal.enter(":checkpoint here").startswith("Saved #2 as checkpoint here (")
    terminal.enter("x = 5")
    assert terminal.enter(":fork") == 'Forked #3 as session b: ":session b" goes there.\n'
    assert terminal.enter(":session b") == 'This is fork b #3, after "x = 5".\n'
    terminal.enter("x = 6")
    assert terminal.enter(":session main") == 'This is main #3, after "x = 5".\n'
    assert terminal.enter("x") == "5\n"
    assert terminal.enter(":rewind here") == 'Back at checkpoint here: this is #2, after "x".\n'
    assert terminal.enter("x") == "1\n"
    assert terminal.enter(":rew\t he\t").startswith("Back at checkpoint here: ")
    assert terminal.enter(":rewind her") == 'There is no checkpoint "her". Is "here" meant?\n'
    listed = terminal.enter(":checkpoints").splitlines()
    assert listed[0].split() == ["name", "session", "at", "age", "size", "last", "line", "run"]
    assert listed[1].split()[:3] == ["here", "main", "#2"]
    assert terminal.leave(CTRL_D) == (0, terminal.settings_before)


def test_an_interrupted_run_counts(open_terminal):
    terminal = open_terminal()
    terminal.enter("x = 1")
    terminal.type("x = 2; print('busy'); exec('while True: pass')\r")
    terminal.wait_for("busy\r\n")
    terminal.type(CTRL_C)
    assert "KeyboardInterrupt" in terminal.wait_for(">>> ")
    assert terminal.enter(":rewind") == 'The last run is undone: this is #1, after "x = 1".\n'
    assert terminal.enter("x") == "1\n"


def piped(*arguments: object, lines: list[str]):
    return product.run("repl", *arguments, stdin="\n".join([*lines, ""]))


def test_a_file_goes_on_in_another_process(tmp_path):
    file = tmp_path / "begun state.ckpt"
    saved = piped("--deps", "pandas", lines=[BEGIN, f":checkpoint --save {file}", LOOK, SPOIL])
    assert (saved.returncode, saved.stderr.count("\n")) == (0, 1)
    assert f"to {file} (" in saved.stderr
    first = next(line for line in saved.stdout.splitlines() if line.startswith(FIRST))
    for _ in range(2):
        resumed = product.run("repl", "--deps", "pandas", "--resume", file, "-c", LOOK)
        assert (resumed.returncode, resumed.stdout, resumed.stderr) == (0, first + "\n", "")
    resumed = piped("--deps", "pandas", "--resume", file, lines=[LOOK, ":checkpoint a", SPOIL, ":rewind a", "add()"])
    assert resumed.stdout.splitlines() == [first, "3", "0", "3"]


def test_back_in_a_script():
    counting = [f"x.append({number})" for number in range(1, 15)]
    result = piped(lines=["x = []", *counting, ":rewind 5", "x[-1]", ":rewind 10", "x", "x.append('on')", ":rewind", "x"])
    assert (result.returncode, result.stdout.splitlines()) == (0, ["9", "[]", "[]"]), result.stderr


DRAW = "import random; random.random()"


def test_other_random_numbers(tmp_path):
    file = tmp_path / "dice.ckpt"
    back = [":rewind", DRAW, ":rewind --reseed", DRAW, ":fork other --reseed", ":session other", DRAW]
    result = piped(lines=["import random", f":checkpoint --save {file}", DRAW, *back, ":session main", DRAW])
    first, again, *others = result.stdout.splitlines()
    assert first == again
    assert len({first, *others}) == 4
    assert result.stderr.count("Random numbers are others from here.") == 2
    resumed = [product.run("repl", "--resume", file, *option, "-c", DRAW).stdout.strip() for option in ([], ["--reseed"])]
    assert resumed[0] == first
    assert resumed[1] not in (first, *others) and float(resumed[1]) < 1


def test_forks_in_a_script():
    result = piped(lines=["x = [0]", ":fork one", "x.append('main')", ":session one", "x", ":session main", "x"])
    assert (result.returncode, result.stdout.splitlines()) == (0, ["[0]", "[0, 'main']"])


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--resume", "none.ckpt"], "none.ckpt"),
        (["--resume", product.EXECUTABLE], "is not a checkpoint"),
    ],
)
def test_a_file_that_is_no_checkpoint(arguments, sentence):
    result = product.run("repl", *arguments, "-c", "print('not run')")
    assert (result.returncode, result.stdout) == (1, "")
    assert len(result.stderr.splitlines()) == 1 and sentence in result.stderr


def test_a_file_of_other_packages(tmp_path):
    file = tmp_path / "state.ckpt"
    piped("--deps", "pandas", lines=["x = 1", f":checkpoint --save {file}"])
    result = product.run("repl", "--resume", file, "-c", "x")
    assert (result.returncode, result.stdout, len(result.stderr.splitlines())) == (1, "", 1)
    assert "pandas. Start with the same dependencies." in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["--resume", "x", "--url", "http://127.0.0.1:1/mcp"],
        ["--resume", "x", "--replay", "y"],
        ["--resume", "x", "--state", "reset"],
        ["--resume", "x", "--", "some-server"],
        ["--reseed"],
    ],
)
def test_what_cannot_be_resumed(arguments):
    result = product.run("repl", *arguments)
    assert result.returncode == 64 and "--resume" in result.stderr


def test_servers_without_checkpoints():
    lines = ["x = 1", ":rewind", ":checkpoints", "x"]
    own = piped("--state", "reset", lines=lines[:3])
    assert own.stderr.count("There is nothing to go back to: checkpoints need --state keep") == 2
    foreign = piped("--", product.EXECUTABLE, "stdio", "--state", "keep", "--return-mode", "json", lines=lines)
    assert foreign.stderr.count("This server has no checkpoints") == 2
    assert foreign.stdout == "1\n"


def test_an_old_protocol_is_told_of():
    result = piped("--protocol", "2024-11-05", lines=["x = 1", ":checkpoint", "x"])
    assert "Checkpoints need MCP 2025-06-18 or later; this is 2024-11-05." in result.stderr
    assert result.stdout == "1\n"
