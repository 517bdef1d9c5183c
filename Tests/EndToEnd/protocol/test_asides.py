"""The code that a client runs for itself is no run of the session, and takes none along.
"""

from support.peer import UNDOABLE
from support.time_travel import STUBBORN

ASIDE, RUNS = "mcp-run-python/aside", "mcp-run-python/runs"


def call(peer, code, **meta):
    """The result of a run that is asked how many there were."""
    params = {"name": "run_python_code", "arguments": {"python_code": code}, "_meta": {RUNS: True} | meta}
    return peer.ask("tools/call", params)["result"]


def runs(peer, code, **meta) -> int:
    return call(peer, code, **meta)["_meta"][RUNS]


def test_runs_are_counted_for_who_wants_to_know(start):
    peer = start("--state", "keep")
    assert [runs(peer, "x = 1"), runs(peer, "1 / 0"), runs(peer, "x")] == [1, 2, 3]
    params = {"name": "run_python_code", "arguments": {"python_code": "x"}}
    assert "_meta" not in peer.ask("tools/call", params)["result"]


def test_what_can_be_undone_is_told_with_the_count(start):
    peer = start("--state", "keep")
    told = [call(peer, "x = 1", **{UNDOABLE: True})["_meta"][UNDOABLE] for _ in range(3)]
    assert told == [1, 2, 3]
    assert UNDOABLE not in call(start(), "x = 1")["_meta"]


def test_asides_are_not(start):
    peer = start("--state", "keep")
    assert runs(peer, "x = 1") == 1
    assert runs(peer, "print(x)", **{ASIDE: True}) == 1
    assert runs(peer, "x") == 2


def test_an_aside_that_is_killed_takes_nothing_along(start):
    peer = start("--state", "keep", "--timeout", "2")
    assert runs(peer, "x = 1", **{UNDOABLE: True}) == 1
    result = call(peer, STUBBORN, **{ASIDE: True})
    assert result["structuredContent"]["notice"].endswith("all variables and files are as they were before this run.")
    assert result["_meta"][RUNS] == 1
    assert call(peer, "x")["structuredContent"]["return_value"] == 1


def test_a_run_that_is_killed_is_not_counted_any_more(start):
    peer = start("--state", "keep", "--timeout", "2")
    assert runs(peer, "x = 1", **{UNDOABLE: True}) == 1
    assert runs(peer, STUBBORN) == 1
    assert runs(peer, "x") == 2
