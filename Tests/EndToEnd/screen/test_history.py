"""The history: across starts, whole blocks, search, other REPLs. Nothing here needs an interpreter to be ready."""

import pathlib
import signal
import stat

BLOCK = "def whole(block):\rreturn block\r\r"


def submit(repl, keys: str, echo: str) -> None:
    """Run something, and do not wait for its end."""
    repl.type(keys)
    repl.wait_for(f"▏ {echo}")
    repl.wait_for_prompt(">>>")


def test_across_two_starts(start, tmp_path):
    first = start()
    first.wait_ready()
    submit(first, "'the first'\r", "'the first'")
    first.wait_ready()
    submit(first, BLOCK, "def whole(block):")
    first.wait_ready()
    first.press("C-d")
    assert first.wait() == 0
    file = tmp_path / "state" / "mcp-run-python" / "history"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    second = start()
    second.wait_ready()
    second.press("Up")
    second.wait_for_prompt(">>> def whole(block):\n...     return block")
    second.press("Up", "Up")
    second.wait_for_prompt(">>> 'the first'")
    second.press("Enter")
    second.wait_for("\n'the first'\n")
    second.wait_ready()
    second.press("C-r")
    second.type("whole")
    second.wait_for_prompt(">>> def whole(block):\n...     return block")
    second.press("Enter")
    second.wait_for_prompt(">>> def whole(block):\n...     return block")
    second.press("C-c")
    second.wait_for_prompt(">>>")


def write_history(home: pathlib.Path, *blocks: str) -> None:
    """A file as libedit writes it."""
    folder = home / "state" / "mcp-run-python"
    folder.mkdir(parents=True)
    file = folder / "history"
    lines = [block.replace("\\", "\\134").replace("\n", "\\012").replace(" ", "\\040") for block in blocks]
    file.write_text("\n".join(["_HiStOrY_V2_", *lines, ""]))
    file.chmod(0o600)


def test_search(start, tmp_path):
    write_history(tmp_path, "apples = 1", "pears = 2", "more_apples = 3", "def f():\n    return 'cherry'")
    repl = start()
    repl.wait_ready()
    repl.type("draft")
    repl.press("C-r")
    repl.type("apples")
    repl.wait_for(lambda: repl.prompt == ">>> more_apples = 3" and "apples" in repl.rule)
    repl.press("C-r")
    repl.wait_for_prompt(">>> apples = 1")
    repl.press("Backspace", "Backspace")
    repl.press("C-g")
    repl.wait_for_prompt(">>> draft")
    repl.press("C-r")
    repl.type("cherry")
    repl.wait_for_prompt(">>> def f():\n...     return 'cherry'")
    repl.press("Enter")
    repl.wait_for(lambda: "search" not in repl.rule)
    assert repl.prompt == ">>> def f():\n...     return 'cherry'"
    repl.press("C-c")
    repl.wait_for_prompt(">>>")
    repl.press("C-r")
    repl.type("nowhere")
    repl.wait_for("nothing more")
    repl.press("C-c")
    repl.wait_for_prompt(">>>")
    repl.wait_for(lambda: "nothing more" not in repl.rule)


def test_history_command(start, tmp_path):
    write_history(tmp_path, "apples = 1", "pears = 2")
    repl = start()
    repl.wait_ready()
    repl.command(":history", "pears = 2")
    assert "apples = 1" in repl.pane
    repl.command(":history peaches", "No block holds that.")


def test_it_survives_a_kill(start):
    first = start()
    first.wait_ready()
    submit(first, "'unforgotten'\r", "'unforgotten'")
    first.signal(signal.SIGKILL)
    first.wait()
    second = start()
    second.wait_ready()
    second.press("Up")
    second.wait_for_prompt(">>> 'unforgotten'")


def test_two_at_once(start, tmp_path):
    """Both keep what they were told, and a third one knows all of it."""
    repls = [start(), start()]
    for number, repl in enumerate(repls):
        repl.wait_ready()
        submit(repl, f"'from number {number}'\r", f"'from number {number}'")
    for number, repl in enumerate(repls):
        repl.press("Up")
        repl.wait_for_prompt(f">>> 'from number {number}'")
    third = start()
    third.wait_ready()
    third.command(":history from number", "'from number 0'")
    assert "'from number 1'" in third.pane


def test_vi_keys_of_editrc(start, tmp_path):
    (tmp_path / ".editrc").write_text("bind -v\n")
    repl = start()
    repl.wait_ready()
    repl.type("one two")
    repl.wait_for_prompt(">>> one two")
    repl.press("Escape")
    repl.wait_for(lambda: repl.cursor[0] == 4 + 6)
    assert "vi NORMAL" in repl.status
    repl.type("0dw")
    repl.wait_for_prompt(">>> two")
    repl.type("cwthree")
    repl.wait_for_prompt(">>> three")
    repl.wait_for("vi INSERT")


def test_emacs_keys(start):
    repl = start()
    repl.wait_ready()
    repl.type("one two three")
    repl.press("C-w")
    repl.wait_for_prompt(">>> one two")
    repl.press("C-a")
    repl.press("C-k")
    repl.wait_for_prompt(">>>")
    repl.press("C-y")
    repl.wait_for_prompt(">>> one two")
    repl.press("C-a", "M-f")
    repl.type("!")
    repl.wait_for_prompt(">>> one! two")
