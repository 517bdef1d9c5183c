"""Requests that stand alone (2026-07-28): hanging up, questions, sessions by name."""

import re

import pytest
from support.peer import success, text
from support.processes import children
from support.waiting import eventually

MODERN = "2026-07-28"
FORM = {"clientCapabilities": {"elicitation": {}}}


@pytest.fixture
def peer(server, connect):
    return connect(server, MODERN)


def test_an_answer_alone_is_json(peer):
    eventually(lambda: b"pool_ready 1" in peer.request("GET", "/metrics").body, "an interpreter is ready")
    response = peer.post(peer.call_message("6 * 7"))
    assert response.headers["content-type"] == "application/json"
    assert text(response.answer) == success("42")
    assert "mcp-session-id" not in response.headers


def test_each_call_has_an_interpreter_to_itself(peer):
    peer.call("import sys\nsys.mark = 1\nopen('/tmp/file', 'w').write('1')\nNone")
    assert peer.call("import os, sys\n[hasattr(sys, 'mark'), os.path.exists('/tmp/file')]") == success(
        "[\n  false,\n  false\n]"
    )


def test_hanging_up_cancels_the_run(http, connect, mode):
    server = http("--pool", 0, mode=mode)
    peer = connect(server, MODERN)
    with peer.start_call("print('busy', flush=True)\nwhile True: pass", logLevel="info") as call:
        call.printed("busy")
        assert children(server.process.pid)
    eventually(lambda: not children(server.process.pid), "the interpreter is gone")
    # A run is counted when the call has ended, which is after the interpreter.
    counted = b'runs_total{status="cancelled"} 1\n'
    eventually(lambda: counted in peer.request("GET", "/metrics").body, "the run is counted")


def test_hanging_up_on_a_silent_run_cancels_it_too(http, connect, mode):
    server = http("--pool", 0, mode=mode)
    peer = connect(server, MODERN)
    connection = peer.begin(peer.call_message("while True: pass"))
    eventually(lambda: children(server.process.pid), "the interpreter starts")
    connection.close()
    eventually(lambda: not children(server.process.pid), "the interpreter is gone")


def test_a_legacy_client_without_a_session_cancels_by_hanging_up(http, connect):
    server = http("--pool", 0, mode="streamable-http-stateless")
    peer = connect(server, "2025-11-25")
    with peer.start_call("print('busy', flush=True)\nwhile True: pass") as call:
        call.printed("busy")
    eventually(lambda: not children(server.process.pid), "the interpreter is gone")


def ask(peer, message):
    """Send a call that asks for input; gives its result."""
    result = peer.post(message).answer["result"]
    assert result["resultType"] == "input_required"
    return result


def retry(peer, message, result, value="Ada", **changes):
    """The message that brings what a call asked for."""
    answers = {key: {"action": "accept", "content": {"value": value}} for key in result["inputRequests"]}
    params = message["params"] | {"inputResponses": answers, "requestState": result["requestState"]} | changes
    return message | {"id": f"{message['id']}, again", "params": params}


def test_a_question_is_asked_and_answered(peer):
    message = peer.call_message("print(input('Who? '))\ninput('And? ')", **FORM)
    first = ask(peer, message)
    question = first["inputRequests"]["input"]
    assert (question["method"], question["params"]["message"]) == ("elicitation/create", "Who? ")
    second = ask(peer, retry(peer, message, first))
    answer = peer.post(retry(peer, message, second, "Grace")).answer
    assert text(answer) == success("Grace", "Ada")


def test_what_an_answer_lacks_is_asked_for_again(peer):
    message = peer.call_message("input('Who? ')", **FORM)
    first = ask(peer, message)
    empty = retry(peer, message, first, inputResponses={"other": {}})
    second = ask(peer, empty)
    assert second["inputRequests"] == first["inputRequests"]
    assert second["requestState"] != first["requestState"]
    assert text(peer.post(retry(peer, message, second)).answer) == success("Ada")


def test_a_state_is_good_once_for_the_same_request(peer):
    message = peer.call_message("input()", **FORM)
    result = ask(peer, message)
    state = result["requestState"]
    other = message["params"]["arguments"] | {"python_code": "1"}
    name, expiry, signature = state.split(".")
    for wrong in (
        retry(peer, message, result, arguments=other),
        retry(peer, message, result, requestState=f"{name}.{int(expiry) + 1}.{signature}"),
        retry(peer, message, result, requestState=f"{name}.{expiry}.{signature[::-1]}"),
        retry(peer, message, result, requestState=name),
    ):
        refused = peer.post(wrong)
        assert (refused.status, refused.code) == (400, -32602)
    assert text(peer.post(retry(peer, message, result)).answer) == success("Ada")
    assert peer.post(retry(peer, message, result)).code == -32602, "it has been used"


def test_a_client_that_cannot_ask_is_not_asked(peer):
    assert "EOFError" in peer.call("input()")


def test_sessions_by_name(http, connect, mode):
    server = http("--state", "keep", mode=mode)
    peer = connect(server, MODERN)
    tools = peer.ask("tools/list").answer["result"]["tools"]
    assert tools[0]["inputSchema"]["properties"]["session"]["x-mcp-header"] == "Session"
    first = peer.post(peer.call_message("x = 40")).answer["result"]
    session = first["structuredContent"]["session"]
    assert re.fullmatch(r"[0-9a-f]{64}", session)
    assert first["content"][0]["text"].endswith(f"<session>{session}</session>")
    second = peer.call("x + 2", {"session": session})
    assert second == success("42") + f"\n<session>{session}</session>"
    assert "NameError" in peer.call("x"), "another session"
    unknown = peer.post(peer.call_message("x", {"session": "0" * 64}))
    assert unknown.answer["result"]["isError"] and "There is no session" in text(unknown.answer)
    for changes in ({"Mcp-Param-Session": None}, {"Mcp-Param-Session": "0" * 64}):
        disagreeing = peer.post(peer.call_message("x", {"session": session}), changes)
        assert (disagreeing.status, disagreeing.code) == (400, -32020)
    extra = peer.post(peer.call_message("x"), {"Mcp-Param-Session": session})
    assert extra.code == -32020, "the header says what the body does not"


def test_a_session_by_name_ends_when_it_is_idle(http, connect):
    server = http("--state", "keep", "--session-timeout", 1, "--pool", 0)
    peer = connect(server, MODERN)
    session = peer.post(peer.call_message("x = 1")).answer["result"]["structuredContent"]["session"]
    eventually(lambda: not children(server.process.pid), "the interpreter is gone")
    assert "There is no session" in peer.call("x", {"session": session})


def test_listening_goes_on_until_one_hangs_up(peer):
    with peer.open("POST", peer.message("subscriptions/listen", {"notifications": {}})) as stream:
        told = stream.until(lambda messages: messages, "the acknowledgement")
        assert told[0]["method"] == "notifications/subscriptions/acknowledged"
