"""`--checkpoints`: tools that save, take back and fork a session; and what `--state keep` saves by itself."""

import os
import re
import signal

import pytest
from support.peer import success, text
from support.processes import children, is_alive
from support.time_travel import LOOK, SESSION, STUBBORN, refused, run, told, with_file
from support.waiting import eventually, until_saved
from support.wires import server_pid


@pytest.fixture
def keeper(start):
    return start("--checkpoints")


def test_without_the_option_there_is_one_tool(start):
    peer = start("--state", "keep")
    assert [tool["name"] for tool in peer.ask("tools/list")["result"]["tools"]] == ["run_python_code"]
    assert peer.ask("tools/call", {"name": "checkpoint", "arguments": {}})["error"]["code"] == -32602


def test_the_option_needs_something_to_keep(start):
    assert start("--checkpoints", "--state", "reset", greet=False).process.wait(30) != 0


def test_the_tools_have_schemas_and_annotations(keeper):
    tools = {tool["name"]: tool for tool in keeper.ask("tools/list")["result"]["tools"]}
    assert list(tools) == ["run_python_code", "checkpoint", "restore", "fork"]
    for name in ("checkpoint", "restore", "fork"):
        assert tools[name]["annotations"]["destructiveHint"] is (name == "restore")
        assert tools[name]["annotations"]["openWorldHint"] is False
        assert tools[name]["outputSchema"]["type"] == "object"
        assert "draft-07" in tools[name]["inputSchema"]["$schema"] == tools[name]["outputSchema"]["$schema"]
    described = [words for tool in tools.values() for words in descriptions(tool)]
    assert len(described) > 20
    assert not [words for words in described if re.match(r"(What|Whether|Of|As|How|Where|Which|Why)\b", words)]


def descriptions(schema: object) -> list[str]:
    """All descriptions in a schema."""
    if isinstance(schema, list):
        return [words for item in schema for words in descriptions(item)]
    if not isinstance(schema, dict):
        return []
    own = [schema["description"]] if isinstance(schema.get("description"), str) else []
    return own + [words for value in schema.values() for words in descriptions(value)]


def test_a_session_goes_back_as_often_as_wanted(keeper):
    assert keeper.call(SESSION) == success()
    saved = told(keeper, "checkpoint", name="before")
    first = keeper.call(LOOK)
    assert "square 3" in first
    for _ in range(2):
        keeper.call("square.side = 4; extra = 1")
        state = told(keeper, "restore", checkpoint=saved["checkpoint"])
        assert (state["runs"], [c["name"] for c in state["checkpoints"]]) == (1, ["before"])
        assert keeper.call(LOOK) == first
        assert keeper.call("'extra' in globals()") == success("false")


def test_random_numbers_are_others_when_asked(keeper):
    keeper.call("import random; random.seed(1)")
    handle = told(keeper, "checkpoint")["checkpoint"]
    first = keeper.call("random.random()")
    told(keeper, "restore", checkpoint=handle, reseed=True)
    assert keeper.call("random.random()") != first


def test_the_last_runs_are_undone(keeper):
    for number in range(4):
        keeper.call(f"x = {number}", undoable=True)
    assert told(keeper, "restore", checkpoint="-2")["runs"] == 2
    assert keeper.call("x") == success("1")
    assert told(keeper, "restore", checkpoint="-3")["runs"] == 0
    assert keeper.call("'x' in globals()") == success("false")
    assert "is not there" in refused(keeper, "restore", checkpoint="-9")


def test_two_forks_diverge(keeper):
    keeper.call("x = [0]")
    one = told(keeper, "fork")["session"]
    keeper.call("x.append('first')")
    other = told(keeper, "fork")["session"]
    assert run(keeper, "x.append('one'); x", one) == [0, "one"]
    assert run(keeper, "x.append('other'); x", other) == [0, "first", "other"]
    assert keeper.call("len(x)") == success("2")
    second = told(keeper, "fork", session=one)["session"]
    assert run(keeper, "x", second) == [0, "one"]


def test_handles_belong_to_their_session(keeper, start):
    keeper.call("x = 1")
    handle = told(keeper, "checkpoint")["checkpoint"]
    fork = told(keeper, "fork")["session"]
    for arguments in ({"checkpoint": handle, "session": fork}, {"checkpoint": "0" * 64}, {"checkpoint": "-0"}):
        assert "no such checkpoint" in refused(keeper, "restore", **arguments)
    for arguments in ({}, {"checkpoint": 1}, {"checkpoint": handle, "more": 1}):
        answer = keeper.ask("tools/call", {"name": "restore", "arguments": arguments})
        assert answer["error"]["code"] == -32602, answer
    stranger = start("--checkpoints")
    assert "no such checkpoint" in refused(stranger, "restore", checkpoint=handle)
    assert "error" in stranger.ask(
        "tools/call", {"name": "run_python_code", "arguments": {"python_code": "x", "session": fork}}
    )


def test_what_cannot_be_saved_is_named(keeper):
    keeper.call("import js; mine = js.Array.new(); None")
    message = "The session cannot be saved now: Python holds a JavaScript object (Array, the variable mine)."
    assert refused(keeper, "checkpoint") == message
    keeper.call("del mine")
    told(keeper, "checkpoint")


def test_a_killed_run_takes_nothing_else_along(start):
    peer = start("--state", "keep", "--timeout", "2")
    assert peer.call(SESSION, undoable=True) == success()
    for _ in range(2):
        answer = peer.answer(peer.start_call(f"next(numbers); square.side = 9\n{STUBBORN}"))
        notice = answer["result"]["structuredContent"]["notice"]
        assert notice.endswith("all variables and files are as they were before this run.")
        assert peer.call("repr(square)", undoable=True) == success("square 3")
    assert text(peer.answer(peer.start_call("next(numbers)"))) == success("1")


def test_a_session_is_saved_in_a_pause(start):
    """The one test of the pace at which a session is saved when no call asks for it."""
    peer = start("--state", "keep")
    assert peer.call(SESSION) == success()
    until_saved()
    for pid in children(server_pid(peer.command)):
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: not is_alive(pid), "the interpreter's end")
    answer = peer.answer(peer.start_call("next(numbers)"))
    assert answer["result"]["structuredContent"]["return_value"] == 1, answer


def test_a_first_run_that_is_killed_loses_nothing(start):
    peer = start("--state", "keep", "--timeout", "1")
    answer = peer.answer(peer.start_call(STUBBORN))
    assert "as they were before this run" in answer["result"]["structuredContent"]["notice"]
    assert peer.call("1 + 1") == success("2")


def test_a_file_survives_all_processes(start, tmp_path):
    file = tmp_path / "session"
    first = start("--checkpoints", "--checkpoint-files")
    first.call(SESSION)
    assert not with_file(first, "checkpoint", file)["result"].get("isError")
    assert file.stat().st_mode & 0o777 == 0o600
    expected = first.call(LOOK)
    first.end()
    second = start("--checkpoints", "--checkpoint-files")
    second.call("other = 1")
    assert not with_file(second, "restore", file)["result"].get("isError")
    assert second.call(LOOK, undoable=True) == expected
    assert told(second, "restore", checkpoint="-1")["runs"] == 0
    assert second.call(LOOK) == expected, "the file is its beginning now"


def test_files_are_for_those_who_may_name_them(start, keeper, tmp_path):
    result = with_file(keeper, "checkpoint", tmp_path / "session")["result"]
    assert (result["isError"], list(tmp_path.iterdir())) == (True, [])
    peer = start("--checkpoints", "--checkpoint-files")
    assert with_file(peer, "restore", "relative")["error"]["code"] == -32602
    (tmp_path / "other").write_text("nothing of ours")
    for path, reason in ((tmp_path / "other", "is not a checkpoint"), (tmp_path / "none", "cannot be read")):
        result = with_file(peer, "restore", path)["result"]
        assert result["isError"] and reason in result["content"][0]["text"]
    assert peer.call("1 + 1") == success("2")
