"""The specification's demands on the endpoint beyond right answers to right requests."""

import signal
import socket
import time

import pytest
from support.peer import success, text
from support.waiting import eventually

LEGACY, MODERN = "2025-11-25", "2026-07-28"
FORM = {"clientCapabilities": {"elicitation": {}}}


def test_an_unsupported_version_lists_only_what_may_be_named_instead(server, connect):
    peer = connect(server, MODERN, greet=False)
    listed = peer.ask("server/discover").answer["result"]["supportedVersions"]
    for version in (LEGACY, "2099-01-01"):
        message = peer.message("tools/list", protocolVersion=version)
        refused = peer.post(message, {"MCP-Protocol-Version": version})
        assert (refused.status, refused.code) == (400, -32022)
        assert refused.answer["error"]["data"]["supported"] == listed


@pytest.mark.parametrize(("name", "params", "code"), [
    ("tools/call", {"name": "other", "arguments": {}}, -32602),
    ("tools/paint", {}, -32601),
    ("prompts/get", {"name": "other"}, -32602),
])  # fmt: skip
@pytest.mark.parametrize("revision", ["2025-03-26", LEGACY])
def test_errors_do_not_end_the_session_of_an_sdk(server, connect, revision, name, params, code):
    """It takes any other status than 200 for a broken connection."""
    answer = connect(server, revision).ask(name, params)
    assert answer.status == 200
    assert answer.answer["error"]["code"] == code


def test_an_unfit_initialize_is_answered_with_status_200(server, connect):
    peer = connect(server, LEGACY, greet=False)
    answer = peer.ask("initialize", {})
    assert (answer.status, answer.code) == (200, -32602)


def test_modern_errors_have_their_status(server, connect):
    answer = connect(server, MODERN).ask("tools/paint")
    assert (answer.status, answer.code) == (404, -32601)


ASKING_FOR_EVER = "while True:\n  try: input()\n  except EOFError: pass"


@pytest.mark.parametrize("code", ["input()", ASKING_FOR_EVER], ids=["once", "for ever"])
def test_abandoned_questions_hold_no_place(http, connect, mode, code):
    """The time limit of the code counts on after the wait."""
    server = http("--max-sessions", 1, "--input-timeout", 0.2, "--timeout", 2, mode=mode)
    peer = connect(server, MODERN)
    asked = peer.post(peer.call_message(code, **FORM)).answer["result"]
    assert asked["resultType"] == "input_required"
    eventually(lambda: peer.post(peer.call_message("6 * 7")).status == 200, "there is a place")


def test_time_ends_the_wait_in_a_session(http, connect):
    """Its client is told that no answer is wanted any more, and the call ends."""
    server = http("--state", "keep", "--input-timeout", 0.2)
    peer = connect(server, LEGACY, greet=False)
    peer.greet(elicitation={})
    with peer.start_call("try:\n  input()\nexcept EOFError:\n  print('over')") as call:
        messages = call.rest()
    [asked] = [m for m in messages if m.get("method") == "elicitation/create"]
    [taken_back] = [m for m in messages if m.get("method") == "notifications/cancelled"]
    assert taken_back["params"]["requestId"] == asked["id"]
    assert text(messages[-1]) == success(output="over")
    late = {"jsonrpc": "2.0", "id": asked["id"], "result": {"action": "accept", "content": {"value": "late"}}}
    assert peer.post(late).status == 202
    assert peer.call("6 * 7") == success("42")


def test_another_call_ends_the_wait_in_a_session_by_name(http, connect, mode):
    server = http("--state", "keep", mode=mode)
    peer = connect(server, MODERN)
    session = peer.post(peer.call_message("said = 1")).answer["result"]["structuredContent"]["session"]
    code = "try:\n  said = input()\nexcept EOFError:\n  said = 'nothing'"
    asked = peer.post(peer.call_message(code, {"session": session}, **FORM)).answer["result"]
    assert asked["resultType"] == "input_required"
    assert peer.call("said", {"session": session}).startswith(success("nothing"))


def test_listening_ends_with_its_result_at_once(http, connect, mode):
    server = http(mode=mode)
    peer = connect(server, MODERN)
    with peer.open("POST", peer.message("subscriptions/listen", {"notifications": {}})) as stream:
        stream.until(lambda messages: messages, "the acknowledgement")
        begin = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert "result" in stream.rest()[-1]
        assert time.monotonic() - begin < 8, "running calls get ten seconds, which this is not"
    assert server.wait() == 0


@pytest.mark.parametrize("state", [5, None, {}])
def test_a_state_that_is_no_string_is_refused(server, connect, state):
    peer = connect(server, MODERN)
    message = peer.call_message("1")
    message["params"]["requestState"] = state
    refused = peer.post(message)
    assert (refused.status, refused.code) == (400, -32602)


@pytest.mark.parametrize(
    ("coding", "body", "status"),
    [("chunked", b"zz\r\n{}\r\n0\r\n\r\n", b"400"), ("gzip", b"{}", b"501"), ("gzip, chunked", b"2\r\n{}\r\n0\r\n\r\n", b"501")],
)
def test_a_clients_fault_is_never_the_servers(http, coding, body, status):
    server = http("--pool", 0)
    head = (
        f"POST /mcp HTTP/1.1\r\nHost: {server.host}\r\nContent-Type: application/json\r\n"
        f"Accept: application/json, text/event-stream\r\nTransfer-Encoding: {coding}\r\n\r\n"
    )
    port = int(server.direct_url.rpartition(":")[2].removesuffix("/mcp"))
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(head.encode() + body)
        answer = connection.recv(1 << 16)
    # The parser itself refuses a coding that it knows to be wrong.
    assert answer.split(b" ", 2)[1] in (status, b"400"), answer
    assert not any("error" in line and "a request failed" in line for line in server.log)


def test_initialize_begins_a_new_session_whatever_it_names(stateful, connect):
    first = connect(stateful, LEGACY)
    for name in (first.session, "0" * 64, "from another time"):
        message = first.message("initialize", {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}})
        opened = first.post(message, {"Mcp-Session-Id": name})
        assert opened.status == 200 and "result" in opened.answer
        assert opened.headers["mcp-session-id"] not in (name, first.session)
        assert first.request("DELETE", changes={"Mcp-Session-Id": opened.headers["mcp-session-id"]}).status == 204
    assert first.call("1") == success("1")


def test_a_slash_at_the_end_is_no_other_place(server, connect):
    peer = connect(server, MODERN, greet=False)
    answer = peer.post(peer.message("tools/list"), path="/mcp/")
    assert answer.status == 200 and "result" in answer.answer


def test_wrong_arguments_are_told_where_a_model_reads(server, connect):
    for revision in (LEGACY, MODERN):
        peer = connect(server, revision)
        answer = peer.post(peer.call_message("1", {"python_code": 5}))
        assert answer.status == 200
        assert answer.answer["result"]["isError"] is True
        assert "'python_code' must be a string" in text(answer.answer)


@pytest.mark.parametrize("handle", ["0" * 64, "\u00fc"], ids=["possible", "impossible"])
@pytest.mark.parametrize("revision", ["2025-06-18", LEGACY, MODERN])
def test_an_unknown_session_is_told_where_a_model_reads(wires, connect, mode, revision, handle):
    peer = connect(wires.shared_http(mode, "--checkpoints"), revision)
    header = "=?base64?w7w=?=" if handle == "\u00fc" else handle
    message = peer.call_message("1", {"session": handle})
    answer = peer.post(message, {"Mcp-Param-Session": header} if peer.is_modern else {})
    assert answer.status == 200
    if revision < LEGACY:
        assert answer.answer["error"]["code"] == -32602
    else:
        assert answer.answer["result"]["isError"] is True
        assert "There is no session" in text(answer.answer)
