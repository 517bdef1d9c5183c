"""Checkpoints, rewinding and forks on the full screen."""

import re

import pytest
from support import product
from support.living_state import BEGIN, FIRST, LOOK, SPOIL

STUBBORN = "exec('while True:\\n try:\\n  while True: pass\\n except KeyboardInterrupt: pass')"


@pytest.fixture
def repl(start):
    screen = start()
    screen.wait_ready()
    return screen


def stands(repl, place: str) -> None:
    """Wait until the status line tells this place, such as `#1` or `fork b #1`."""
    *fork, position = place.split()
    name = fork[1] if fork else "main"
    repl.wait_for(lambda: repl.status.startswith(f" {name} ● ready · {position} "))


def look(repl) -> str:
    """The text of the look at the living state."""
    repl.clear()
    repl.run(LOOK)
    return repl.pane[-1]


def command_tells(repl, command: str, sentence: str) -> None:
    repl.clear()
    repl.command(command, sentence)


def test_the_last_runs_are_undone(repl):
    repl.type("x = 1\rx = 2\rx = 3\r")
    stands(repl, "#3")
    repl.command(":rewind 2", 'The last 2 runs are undone: this is #1, after "x = 1')
    stands(repl, "#1")
    rows = [row for row in repl.pane if "▏ x = " in row]
    assert [row.endswith(" undone") for row in rows] == [False, True, True]
    assert repl.colours("x = 2") != repl.colours("x = 1")
    repl.enter("x * 100")
    repl.wait_for("\n100\n")
    stands(repl, "#2")
    repl.command(":rewind 3", "There are 2 runs to undo.")
    file = repl.home / "session.py"
    repl.command(f":save {file}", "Saved to")
    assert re.sub(r" #\d+#", "", file.read_text()) == "x = 1\nx * 100\n"


def test_asking_for_variables_is_no_run(repl):
    repl.run("x = 1")
    repl.command(":vars", re.compile(r"^x +int +1$", re.M))
    repl.command("x?", "type: int")
    stands(repl, "#1")
    repl.command(":reset", "All variables are forgotten.")
    stands(repl, "#2")
    repl.command(":rewind", "The last run is undone: this is #1")
    repl.enter("x")
    repl.wait_for("\n1\n")


def test_everything_survives(start, tmp_path):
    (tmp_path / "begin.py").write_text(BEGIN)
    repl = start("--deps", "pandas")
    repl.wait_ready()
    repl.enter(":run begin.py")
    stands(repl, "#1")
    command_tells(repl, ":checkpoint begun", "Saved #1 as checkpoint begun")
    first = look(repl)
    assert first.startswith(FIRST)
    for _ in range(2):
        repl.run(SPOIL)
        command_tells(repl, ":rewind begun", "Back at checkpoint begun: this is #1")
        stands(repl, "#1")
        assert look(repl) == first
    command_tells(repl, ":rewind begun", "Back at checkpoint begun")

    # Two forks of the same state go their own ways.
    command_tells(repl, ":fork one", "Forked #1 as session one")
    command_tells(repl, ":fork", "Forked #1 as session b")
    repl.run(SPOIL)
    for name in ("one", "b"):
        command_tells(repl, f":session {name}", f"This is fork {name} #1")
        stands(repl, f"fork {name} #1")
        assert look(repl) == first
        repl.run(f"square = '{name}'")
        stands(repl, f"fork {name} #3")
    command_tells(repl, ":session one", "This is fork one #3")
    repl.run("square")
    assert repl.pane[-1] == "'one'"
    command_tells(repl, ":session main", "This is main #2")
    repl.run("square")
    assert repl.pane[-1] == "square 4"

    # A file goes on in another process.
    command_tells(repl, ":rewind begun", "Back at checkpoint begun")
    command_tells(repl, ":checkpoint --save begun state.ckpt", "Saved #1 to begun state.ckpt (")
    repl.leave()
    other = start("--deps", "pandas", "--resume", "begun state.ckpt")
    other.wait_ready()
    other.wait_for("Resumed from begun state.ckpt")
    assert look(other) == first


def test_names_are_listed_and_completed(repl):
    repl.run("x = 'é'")
    repl.command(":checkpoints", 'There is no checkpoint yet; ":checkpoint [NAME]" makes one.')
    repl.command(":checkpoint before", "Saved #1 as checkpoint before")
    repl.command(":rewind bevore", 'There is no checkpoint "bevore". Is "before" meant?')
    repl.command(":session xyz", 'There is no session "xyz"; there is main.')
    repl.enter(":checkpoints")
    repl.wait_for(re.compile(r"^name +at +age +size +last line run$\n^before +#1 +\d+ s +\d+ kB +x = 'é'", re.M))
    repl.command(":fork other", "Forked #1 as session other")
    repl.type(":session o")
    repl.press("Tab")
    repl.wait_for_prompt(">>> :session other")
    repl.press("Enter")
    stands(repl, "fork other #1")
    repl.command(":rewind before", 'The checkpoint "before" is one of the session main')
    repl.enter(":session")
    repl.wait_for(re.compile(r"^main +#1 +x = .*\n^other +#1 +here", re.M))
    repl.command(":session main", "This is main #1")
    repl.type(":rewind b")
    repl.press("Tab")
    repl.wait_for_prompt(">>> :rewind before")
    repl.press("C-c")
    repl.type(":checkp")
    repl.press("Tab")
    repl.wait_for_prompt(">>> :checkpoint")
    repl.press("C-c")


def test_what_goes_wrong_with_files_is_a_sentence(repl):
    repl.run("x = 1")
    repl.command(":checkpoint --save /none/x.ckpt", "The checkpoint cannot be written to /none/x.ckpt")
    repl.command(":checkpoint --save", '":checkpoint --save" wants FILE to write to.')
    repl.enter("x + 1")
    repl.wait_for("\n2\n")
    repl.run("import js; mine = js.Array.new()")
    repl.command(":checkpoint", "mine")
    repl.run("del mine")
    repl.command(":checkpoint", "Saved #4 as checkpoint #4")


def test_a_file_that_is_no_checkpoint(start, tmp_path):
    (tmp_path / "notes.txt").write_text("no checkpoint")
    repl = start("--resume", "notes.txt")
    repl.wait_ready()
    repl.wait_for("The session begins anew.")
    repl.enter("6 * 7")
    repl.wait_for("\n42\n")


def test_a_run_that_has_to_be_killed_is_undone(start):
    repl = start("--timeout", "2")
    repl.wait_ready()
    repl.run("x = 1")
    repl.enter(STUBBORN)
    repl.wait_for("were before this run.")
    stands(repl, "#1")
    assert any("▏ exec(" in row for row in repl.pane)
    assert repl.text().count(" undone") == 1
    repl.enter("x + 1")
    repl.wait_for("\n2\n")
    stands(repl, "#2")


def test_an_interrupted_run_counts(repl):
    repl.run("x = 1")
    repl.enter("x = 2; print('busy'); exec('while True: pass')")
    repl.wait_for("\nbusy\n")
    repl.press("C-c")
    repl.wait_for("KeyboardInterrupt")
    stands(repl, "#2")
    repl.run("x")
    assert repl.pane[-1] == "2"
    repl.command(":rewind 2", "The last 2 runs are undone: this is #1")
    repl.run("x")
    assert repl.pane[-1] == "1"


def test_restarting_says_what_becomes_of_checkpoints(repl):
    repl.run("x = 1")
    repl.command(":checkpoint before", "Saved #1")
    repl.command(":restart", "Its checkpoints and forks are gone with it")
    repl.wait_ready()
    repl.command(":rewind before", 'There is no checkpoint "before"')
    repl.run("'x' in globals()")
    assert repl.pane[-1] == "False"


def test_servers_without_checkpoints(start):
    foreign = start("--", product.EXECUTABLE, "stdio")
    foreign.wait_ready()
    foreign.run("x = 1")
    for command in (":checkpoint", ":rewind", ":fork", ":session main", ":checkpoints"):
        command_tells(foreign, command, "This server has no checkpoints")
    assert foreign.status.startswith(" main ● ready  ")
    own = start("--state", "reset")
    own.wait_ready()
    own.command(":rewind", "There is nothing to go back to: checkpoints need --state keep")


def test_another_server_with_checkpoints(start):
    repl = start("--", product.EXECUTABLE, "stdio", "--checkpoints")
    repl.wait_ready()
    repl.run("x = 1")
    repl.command(":fork", "Forked #1 as session b")
    repl.command(":session b", "This is fork b #1")
    repl.command(":checkpoint --save x.ckpt", "This server neither writes nor reads checkpoint files.")
