"""All that a session has survives going back, forks, a kill and the end of all processes."""

import os
import signal

import pytest
from support.peer import Peer
from support.processes import children, is_alive
from support.time_travel import LOOK, PACKAGES, SPOIL, STUBBORN, WORLD, run, told, with_file
from support.waiting import eventually, until_saved
from support.wires import server_pid

OPTIONS = ("--deps", PACKAGES, "--checkpoints", "--checkpoint-files")


@pytest.fixture(scope="module")
def expected(wires):
    """What the first look sees where nothing was saved or restored."""
    peer = Peer(wires.server("--deps", PACKAGES, "--state", "keep"), "2025-06-18")
    peer.greet()
    run(peer, WORLD)
    seen = run(peer, LOOK)
    assert (seen[0], seen[-1], run(peer, LOOK) == seen) == ("square 5", "not flushed!", False)
    assert peer.end() == 0
    return seen


@pytest.fixture
def world(start):
    """A session with all of it."""
    peer = start(*OPTIONS, "--timeout", 10)
    run(peer, WORLD)
    return peer


def test_going_back(world, expected):
    handle = told(world, "checkpoint")["checkpoint"]
    for spoiling in (SPOIL, LOOK, "del text"):
        run(world, spoiling)
        told(world, "restore", checkpoint=handle)
        assert run(world, LOOK) == expected


def test_undoing_the_last_run(world, expected):
    until_saved()
    run(world, SPOIL)
    assert told(world, "restore", checkpoint="-1")["runs"] == 1
    assert run(world, LOOK) == expected


def test_forks_do_not_touch_each_other(world, expected):
    one, other = (told(world, "fork")["session"] for _ in range(2))
    run(world, SPOIL, one)
    assert run(world, LOOK, other) == expected
    again = run(world, LOOK, other)
    assert run(world, LOOK) == expected
    assert run(world, LOOK) == again
    late = told(world, "fork", session=other)["session"]
    assert run(world, LOOK, other) == run(world, LOOK, late) != again


@pytest.mark.parametrize("way", ["timeout", "cancelled", "outside"])
def test_a_kill_in_the_middle_of_a_run(world, expected, way):
    until_saved()
    world.ask("logging/setLevel", {"level": "info"})
    id = world.start_call(f"{SPOIL}\n{STUBBORN}")
    world.printed("busy")
    if way == "cancelled":
        world.cancel(id)
    else:
        for pid in children(server_pid(world.command)) if way == "outside" else ():
            os.kill(pid, signal.SIGKILL)
        notice = world.answer(id)["result"]["structuredContent"]["notice"]
        assert notice.endswith("all variables and files are as they were before this run.")
    assert run(world, LOOK) == expected


def test_a_kill_between_two_runs(world, expected):
    until_saved()
    for pid in children(server_pid(world.command)):
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: not is_alive(pid), "the interpreter's end")
    assert run(world, LOOK) == expected


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
        assert run(peer, LOOK) == run(peer, LOOK, other) == expected
