"""All that a session has survives going back, forks, a kill and the end of all processes."""

import os
import signal

import pytest
from support.peer import Peer
from support.processes import children, is_alive
from support.time_travel import LOOK_AROUND, PACKAGES, SPOIL, STUBBORN, WORLD, run, told, with_file
from support.waiting import eventually
from support.wires import server_pid

EAT_MEMORY = """\
import js
kept = []
print('busy')
while True:
    kept.append(js.Array.new(1 << 22).fill(0.5))"""

# The sandbox has the same tests in Swift; these pass everything through the protocol once more.
pytestmark = pytest.mark.long

OPTIONS = ("--deps", PACKAGES, "--checkpoints", "--checkpoint-files")


@pytest.fixture(scope="module")
def expected(wires):
    """The result of the first look when nothing was saved or restored."""
    peer = Peer(wires.server("--deps", PACKAGES, "--state", "keep"), "2025-06-18")
    peer.greet()
    run(peer, WORLD)
    seen = run(peer, LOOK_AROUND)
    assert ("square 3" in seen, "not flushed!" in seen) == (True, True)
    assert run(peer, LOOK_AROUND) != seen
    assert peer.end() == 0
    return seen


@pytest.fixture
def world(start):
    """A session with all of it."""
    peer = start(*OPTIONS, "--timeout", 10, "--max-rss", 900)
    run(peer, WORLD, undoable=True)
    return peer


def test_going_back(world, expected):
    handle = told(world, "checkpoint")["checkpoint"]
    for spoiling in (SPOIL, LOOK_AROUND, "del text"):
        run(world, spoiling)
        told(world, "restore", checkpoint=handle)
        assert run(world, LOOK_AROUND) == expected


def test_undoing_the_last_run(world, expected):
    run(world, SPOIL)
    assert told(world, "restore", checkpoint="-1")["runs"] == 1
    assert run(world, LOOK_AROUND) == expected


def test_forks_do_not_touch_each_other(world, expected):
    one, other = (told(world, "fork")["session"] for _ in range(2))
    run(world, SPOIL, one)
    assert run(world, LOOK_AROUND, other) == expected
    again = run(world, LOOK_AROUND, other)
    assert run(world, LOOK_AROUND) == expected
    assert run(world, LOOK_AROUND) == again
    late = told(world, "fork", session=other)["session"]
    assert run(world, LOOK_AROUND, other) == run(world, LOOK_AROUND, late) != again


@pytest.mark.parametrize("way", ["timeout", "cancelled", "outside", "memory"])
def test_a_kill_in_the_middle_of_a_run(world, expected, way):
    world.ask("logging/setLevel", {"level": "info"})
    id = world.start_call(f"{SPOIL}\n{EAT_MEMORY if way == 'memory' else STUBBORN}")
    world.printed("busy")
    if way == "cancelled":
        world.cancel(id)
    else:
        for pid in children(server_pid(world.command)) if way == "outside" else ():
            os.kill(pid, signal.SIGKILL)
        notice = world.answer(id)["result"]["structuredContent"]["notice"]
        assert notice.endswith("all variables and files are as they were before this run.")
    assert run(world, LOOK_AROUND) == expected


def test_a_kill_between_two_runs(world, expected):
    # An aside waits until the run before it is saved.
    request = {"name": "run_python_code", "arguments": {"python_code": "None"}}
    world.ask("tools/call", request | {"_meta": {"mcp-run-python/aside": True}})
    for pid in children(server_pid(world.command)):
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: not is_alive(pid), "the interpreter's end")
    assert run(world, LOOK_AROUND) == expected


def test_the_end_of_all_processes(world, start, expected, tmp_path):
    assert not with_file(world, "checkpoint", tmp_path / "world")["result"].get("isError")
    left = children(server_pid(world.command)) | {server_pid(world.command)}
    assert world.end() == 0
    eventually(lambda: not any(map(is_alive, left)), "the end of all processes")
    for _ in range(2):
        peer = start(*OPTIONS)
        assert not with_file(peer, "restore", tmp_path / "world")["result"].get("isError")
        one, other = (told(peer, "fork")["session"] for _ in range(2))
        run(peer, SPOIL, one)
        assert run(peer, LOOK_AROUND) == run(peer, LOOK_AROUND, other) == expected
