"""`--checkpoints` over HTTP: sessions of a protocol and sessions by name."""

import pytest
from support.time_travel import LOOK_AROUND, PACKAGES, SPOIL, STUBBORN, WORLD

MODERN = "2026-07-28"


def use(peer, tool, **arguments):
    """The result of a tool."""
    return peer.post(peer.message("tools/call", {"name": tool, "arguments": arguments})).answer["result"]


def told(peer, tool, **arguments):
    result = use(peer, tool, **arguments)
    assert not result.get("isError"), result
    return result["structuredContent"]


def run(peer, code, **arguments):
    return told(peer, "run_python_code", python_code=code, **arguments)


@pytest.fixture
def keeper(http, mode):
    return http("--checkpoints", "--max-sessions", 4, mode=mode)


def test_named_sessions_go_back_and_fork(keeper, connect):
    peer = connect(keeper, MODERN)
    tools = {tool["name"]: tool for tool in peer.ask("tools/list").answer["result"]["tools"]}
    assert list(tools) == ["run_python_code", "checkpoint", "restore", "fork"]
    session = run(peer, "x = iter([1, 2, 3])\nnext(x)")["session"]
    saved = told(peer, "checkpoint", session=session, name="one")
    assert (saved["name"], saved["runs"]) == ("one", 1)
    fork = told(peer, "fork", session=session)["session"]
    assert [run(peer, "next(x)", session=name)["return_value"] for name in (session, fork, fork)] == [2, 2, 3]
    assert told(peer, "restore", session=session, checkpoint=saved["checkpoint"])["runs"] == 1
    assert run(peer, "next(x)", session=session)["return_value"] == 2
    assert use(peer, "restore", session=fork, checkpoint=saved["checkpoint"])["isError"], "another session's"
    assert use(peer, "checkpoint")["isError"], "a session must be named"


def test_forks_take_the_places_of_sessions(keeper, connect):
    peer = connect(keeper, MODERN)
    session = run(peer, "x = 1")["session"]
    for _ in range(3):
        told(peer, "fork", session=session)
    refused = peer.post(peer.message("tools/call", {"name": "fork", "arguments": {"session": session}}))
    assert "Python sessions of this server are in use" in refused.answer["error"]["message"]


def test_a_protocols_session_has_forks(http, connect):
    server = http("--checkpoints", "--max-sessions", 3)
    peer, other = connect(server), connect(server)
    run(peer, "x = 1")
    fork = told(peer, "fork")["session"]
    run(peer, "x = 2", session=fork)
    assert (run(peer, "x")["return_value"], run(peer, "x", session=fork)["return_value"]) == (1, 2)
    handle = told(peer, "checkpoint")["checkpoint"]
    assert use(other, "restore", checkpoint=handle)["isError"], "another client's"
    assert use(other, "fork", session=fork)["isError"], "another client's fork"
    peer.delete()
    peer.session = None
    third = connect(server)
    assert run(third, "1 + 1")["return_value"] == 2, "both places are free again"


@pytest.mark.long
def test_all_that_a_session_has_survives(http, connect):
    server = http("--checkpoints", "--deps", PACKAGES, "--timeout", 10)
    peer = connect(server, MODERN)

    def look(session):
        result = run(peer, LOOK_AROUND, session=session)
        assert result["status"] == "success", result
        return result["return_value"]

    session = run(peer, WORLD)["session"]
    saved = told(peer, "checkpoint", session=session)["checkpoint"]
    fork = told(peer, "fork", session=session)["session"]
    expected = look(session)
    assert look(fork) == expected != look(fork)
    run(peer, SPOIL, session=session)
    assert told(peer, "restore", session=session, checkpoint=saved)["runs"] == 1
    killed = run(peer, f"{SPOIL}\n{STUBBORN}", session=session)
    assert killed["notice"].endswith("all variables and files are as they were before this run.")
    assert look(session) == expected
