"""Sessions of clients that begin with `initialize`."""

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from support.peer import LEGACY, success
from support.processes import children
from support.product import PATIENCE
from support.waiting import eventually


@pytest.mark.parametrize("revision", LEGACY)
def test_a_session_in_each_revision(stateful, connect, revision):
    peer = connect(stateful, revision, greet=False)
    response = peer.greet()
    assert response.headers["content-type"] == "application/json"
    assert response.answer["result"]["protocolVersion"] == revision
    assert re.fullmatch(r"[0-9a-f]{64}", peer.session)
    assert peer.call("6 * 7") == success("42")
    assert peer.delete().status == 204
    assert peer.ask("ping").status == 404


def test_an_unknown_revision_is_answered_with_the_newest_legacy_one(stateful, connect):
    peer = connect(stateful, "1999-01-01", greet=False)
    response = peer.post(peer.message("initialize", {"protocolVersion": "1999-01-01", "capabilities": {}}))
    assert response.answer["result"]["protocolVersion"] == "2025-11-25"
    peer.session, peer.revision = response.headers["mcp-session-id"], "2025-11-25"
    peer.delete()


def test_initialize_that_fails_leaves_no_session(stateful, connect):
    peer = connect(stateful, greet=False)
    response = peer.post(peer.message("initialize", {}))
    assert (response.status, response.code) == (200, -32602)
    assert "mcp-session-id" not in response.headers


def test_sessions_share_nothing(http, connect):
    server = http("--state", "keep")
    first, second = connect(server), connect(server)
    assert first.session != second.session
    first.call("x = 1\nopen('/tmp/file', 'w').write('1')\nNone")
    assert first.call("x") == success("1")
    assert second.call("import os\n['x' in globals(), os.path.exists('/tmp/file')]") == success(
        "[\n  false,\n  false\n]"
    )
    assert first.post(first.message("tools/list")).answer["result"]["tools"][0]["inputSchema"]["properties"].keys() == {
        "python_code",
        "global_variables",
    }, "the protocol has sessions, so the tool needs none"


def test_a_batch_is_answered_message_by_message(stateful, connect):
    peer = connect(stateful, "2025-03-26")
    first, second = peer.call_message("1"), peer.message("ping")
    response = peer.post([first, {"jsonrpc": "2.0", "method": "notifications/roots/list_changed"}, second])
    assert {message["id"] for message in response.messages} == {first["id"], second["id"]}
    assert all("result" in message for message in response.messages)
    assert peer.post([{"jsonrpc": "2.0", "method": "notifications/roots/list_changed"}]).status == 202
    refused = peer.post([peer.message("initialize", {"protocolVersion": "2025-03-26", "capabilities": {}})])
    assert (refused.status, refused.code) == (400, -32600)
    assert peer.post([]).status == 400


def test_a_session_ends_when_it_is_idle(http, connect):
    server = http("--session-timeout", 3, "--pool", 0)
    peer = connect(server)
    assert peer.call("1") == success("1")
    assert children(server.process.pid)
    eventually(lambda: not children(server.process.pid), "the interpreter is gone")
    assert peer.ask("ping").status == 404


def test_a_session_in_use_is_not_idle(http, connect):
    peer = connect(http("--session-timeout", 3))
    assert peer.call("import time\ntime.sleep(6)") == success()
    assert peer.call("1") == success("1")


def test_deleting_a_session_ends_what_runs_in_it(http, connect):
    server = http("--pool", 0)
    peer = connect(server)
    peer.log("info")
    with peer.start_call("print('running', flush=True)\nwhile True: pass") as call:
        call.printed("running")
        assert peer.delete().status == 204
        assert not any("id" in m for m in call.rest())
    eventually(lambda: not children(server.process.pid), "the interpreter is gone")


def test_past_the_limit_new_clients_are_told_to_wait(http, connect):
    server = http("--max-sessions", 2)
    first, second = connect(server), connect(server)
    late = connect(server, greet=False)
    response = late.greet()
    assert response.status == 503
    assert int(response.headers["retry-after"]) > 0
    assert "2 Python sessions" in response.answer["error"]["message"]
    modern = connect(server, "2026-07-28")
    refused = modern.post(modern.call_message("1"))
    assert (refused.status, refused.answer["error"]["code"]) == (503, -32603)
    assert int(refused.headers["retry-after"]) > 0
    assert modern.ask("tools/list").status == 200, "what needs no Python is not refused"
    for peer in (first, second):
        assert peer.call("1") == success("1")
    second.delete()
    assert eventually(lambda: late.greet().status == 200, "there is room again")


def test_an_interpreter_of_the_pool_is_used(http, connect):
    server = http()
    probe = connect(server, greet=False)
    eventually(lambda: "pool_ready 1" in metrics(probe), "an interpreter is ready")
    peer = connect(server)
    peer.call("1")
    assert 'pool_hits_total 1\n' in metrics(probe)
    assert 'pool_misses_total 0\n' in metrics(probe)
    assert 'runs_total{status="success"} 1\n' in metrics(probe)
    assert re.search(r"run_seconds_count 1\n", metrics(probe))
    assert re.search(r"interpreter_memory_bytes [1-9]\d{7}", metrics(probe))
    assert "mcp_sessions 1\n" in metrics(probe)


def metrics(peer) -> str:
    response = peer.request("GET", "/metrics")
    assert response.status == 200
    assert response.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return response.body.decode()


def test_what_operators_ask(http, connect):
    server = http()
    probe = connect(server, greet=False)
    assert probe.request("GET", "/healthz").body == b"ok\n"
    eventually(lambda: probe.request("GET", "/readyz").status == 200, "it is ready")
    head = probe.request("HEAD", "/healthz")
    assert (head.status, head.body) == (200, b"")
    told = parsedate_to_datetime(head.headers["date"])
    assert abs(told - datetime.now(UTC)) < timedelta(minutes=5)
    assert probe.request("POST", "/healthz").status == 405
    assert probe.request("GET", "/metric").status == 404


def test_it_is_not_ready_without_what_it_needs(tmp_path, http, connect):
    server = http("--cache-dir", tmp_path / "empty", "--offline")
    probe = connect(server, greet=False)
    eventually(lambda: any("error" in line for line in server.log), "the failure is logged")
    assert probe.request("GET", "/readyz").status == 503
    assert probe.request("GET", "/healthz").status == 200
    peer = connect(server)
    assert "install-error" in peer.call("1")


def test_many_interpreters_are_kept_ready(http, connect):
    server = http("--pool", 2)
    probe = connect(server, greet=False)
    eventually(lambda: "pool_ready 2" in metrics(probe), "two are ready", 2 * PATIENCE)
