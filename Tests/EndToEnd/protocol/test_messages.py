"""Messages that are odd or wrong, in each revision: the server answers as JSON-RPC says, and lives on."""

import json
import re

import pytest
from support import tool
from support.peer import success, text

PARSE_ERROR, INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS = -32700, -32600, -32601, -32602


def lives(peer) -> bool:
    return peer.call("1 + 1") == success("2")


def error_about(peer, data: bytes) -> dict:
    """Send bytes; gives the error that answers them, which has no id."""
    before = len(peer.messages)
    peer.send_bytes(data)
    _, message = peer.wait(lambda m: "error" in m and m.get("id") is None, "an error", before)
    return message["error"]


@pytest.mark.parametrize("id", [0, "0", -1, "", "é", 2**53 - 1])
def test_ids_come_back_as_they_are(start, id):
    peer = start(greet=False)
    params = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
    assert "result" in peer.ask("initialize", params, id=id)


def test_ids_0_and_0_as_text_are_two(peer):
    peer.start_call("import time\ntime.sleep(0.3)\n'number'", id=0)
    peer.start_call("'text'", id="0")
    # The greeting's id was 0 as well: ids may be used again once they are answered.
    _, as_text = peer.wait(lambda m: m.get("id") == "0", "the answer to '0'")
    _, as_number = peer.wait(lambda m: m.get("id") == 0 and "content" in m.get("result", {}), "the answer to 0")
    assert (text(as_number), text(as_text)) == (success("number"), success("text"))


@pytest.mark.parametrize("data", [b"{\n", b"hello\n", b'{"jsonrpc": "2.0", "id": 1,}\n', b'"\xff"\n', b"\x00\n"])
def test_what_is_not_json(peer, data):
    assert error_about(peer, data)["code"] == PARSE_ERROR
    assert lives(peer)


@pytest.mark.parametrize("message", [1, None, "hello", {}, {"jsonrpc": "2.0"}, {"jsonrpc": "1.0", "method": "ping"}])
def test_what_is_not_a_message(peer, message):
    assert error_about(peer, json.dumps(message).encode() + b"\n")["code"] == INVALID_REQUEST
    assert lives(peer)


def test_an_id_of_a_wrong_kind(peer):
    message = {"jsonrpc": "2.0", "id": {"a": 1}, "method": "tools/list"}
    assert error_about(peer, json.dumps(message).encode() + b"\n")["code"] == INVALID_REQUEST


def test_an_empty_line_and_carriage_returns(peer):
    params = {"_meta": peer.meta()} if peer.is_modern else {}
    message = json.dumps({"jsonrpc": "2.0", "id": "crlf", "method": "tools/list", "params": params})
    peer.send_bytes(b"\n\r\n" + message.encode() + b"\r\n")
    assert "result" in peer.answer("crlf")


def test_an_unknown_method(peer):
    assert peer.ask("tools/destroy")["error"]["code"] == METHOD_NOT_FOUND


def test_an_unknown_notification(peer):
    before = len(peer.messages)
    peer.notify("notifications/unknown")
    assert lives(peer)
    assert len(peer.messages) == before + 1


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"name": 1},
        {"name": "unknown", "arguments": {}},
        {"name": tool.NAME},
        {"name": tool.NAME, "arguments": []},
        {"name": tool.NAME, "arguments": {"python_code": 1}},
        {"name": tool.NAME, "arguments": {"python_code": "1", "more": 1}},
        {"name": tool.NAME, "arguments": {"python_code": "1", "global_variables": []}},
    ],
)
def test_bad_params(peer, params):
    """From 2025-11-25 on, arguments that do not fit are a tool result, from which a model can learn."""
    answer = peer.ask("tools/call", params)
    of_the_tool = params.get("name") == tool.NAME and isinstance(params.get("arguments", {}), dict)
    if of_the_tool and peer.revision >= "2025-11-25":
        assert answer["result"]["isError"] is True
        assert answer["result"]["content"][0]["text"]
    else:
        assert answer["error"]["code"] == INVALID_PARAMS
        assert answer["error"]["message"]


def test_params_that_are_no_object(peer):
    peer.send({"jsonrpc": "2.0", "id": "list", "method": "tools/list", "params": [1]})
    assert peer.answer("list")["error"]["code"] in (INVALID_REQUEST, INVALID_PARAMS)


def test_a_message_over_the_limit(peer):
    code = "x" * (4 << 20)
    message = {"jsonrpc": "2.0", "id": "huge", "method": "tools/call", "params": {"python_code": code}}
    error = error_about(peer, json.dumps(message).encode() + b"\n")
    assert error["code"] == INVALID_REQUEST
    assert "4194304" in error["message"]
    assert lives(peer)


def test_a_message_just_below_the_limit(peer):
    comment = "#" * ((4 << 20) - 2000)
    assert peer.call(f"{comment}\n'read'") == success("read")


def test_a_message_in_many_pieces(peer):
    params = {"name": tool.NAME, "arguments": {"python_code": "'é'"}} | (
        {"_meta": peer.meta()} if peer.is_modern else {}
    )
    message = {"jsonrpc": "2.0", "id": "pieces", "method": "tools/call", "params": params}
    for byte in json.dumps(message, ensure_ascii=False).encode() + b"\n":
        peer.send_bytes(bytes([byte]))
    assert text(peer.answer("pieces")) == success("é")


def test_overlapping_calls_run_in_order_and_keep_their_output_apart(peer):
    code = (
        "import time\nbegin = time.time_ns()\nfor n in range(3):\n    print(name, n)\n"
        "    time.sleep(0.01)\n[begin, time.time_ns()]"
    )
    names = "abcdefghijkl"
    ids = [peer.start_call(code, {"name": name}) for name in names]
    times = []
    for id, name in zip(ids, names):
        answer = text(peer.answer(id))
        span = [int(time) for time in re.findall(r"\d{15,}", answer)]
        assert answer == success(json.dumps(span, indent=2), output="\n".join(f"{name} {n}" for n in range(3)))
        times += span
    # An answer may overtake another one on its way, a run may not.
    assert times == sorted(times)


def test_a_batch(peer):
    batch = [{"jsonrpc": "2.0", "id": f"batch {n}", "method": "tools/list"} for n in range(2)]
    before = len(peer.messages)
    peer.send(batch)
    if peer.revision == "2025-03-26":
        with peer._news:
            assert peer._news.wait_for(lambda: len(peer.messages) > before, 60)
        [(_, answers)] = peer.messages[before:]
        assert {answer["id"] for answer in answers} == {"batch 0", "batch 1"}
        # Tests that look for a message of their own would trip over a list.
        peer.messages[before:] = []
    else:
        _, message = peer.wait(lambda m: "error" in m, "an error", before)
        assert message["error"]["code"] == INVALID_REQUEST
