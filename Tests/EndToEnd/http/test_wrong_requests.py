"""The endpoint's answers to wrong requests, one of each kind: status, error code, headers.

All that the specification names are in Swift, within the process: WrongRequestTests.
"""

import dataclasses
import json
from collections.abc import Callable

import pytest
from support import tool
from support.http_peer import JSON, SSE, HTTPPeer

INVALID_REQUEST, METHOD_NOT_FOUND, INVALID_PARAMS, PARSE_ERROR = -32600, -32601, -32602, -32700
HEADER_MISMATCH, UNSUPPORTED_VERSION = -32020, -32022
LEGACY, MODERN = "2025-11-25", "2026-07-28"


@dataclasses.dataclass
class Case:
    """One wrong request: `body` is what is sent instead of a right call of `tools/list`."""

    name: str
    status: int
    code: int | None
    changes: dict[str, str | list[str] | None] = dataclasses.field(default_factory=dict)
    body: Callable[[HTTPPeer], object] = lambda peer: peer.message("tools/list")
    method: str = "POST"
    path: str = "/mcp"
    headers: dict[str, str] = dataclasses.field(default_factory=dict)
    has_id: bool = True
    """True when the answer names the request, since it can be read."""

    def __str__(self) -> str:
        return self.name


def call(arguments: dict | None = None, **changes: object) -> Callable[[HTTPPeer], object]:
    def body(peer: HTTPPeer) -> object:
        message = peer.call_message("1", arguments)
        message["params"] |= changes
        return message

    return body


def without_meta(*names: str) -> Callable[[HTTPPeer], object]:
    def body(peer: HTTPPeer) -> object:
        message = peer.message("tools/list")
        for name in names:
            del message["params"]["_meta"][f"io.modelcontextprotocol/{name}"]
        return message

    return body


def with_version(version: object) -> Callable[[HTTPPeer], object]:
    return lambda peer: peer.message("tools/list", protocolVersion=version)


COMMON = [
    Case("another path", 404, INVALID_REQUEST, path="/", has_id=False),
    Case("another method", 405, INVALID_REQUEST, method="PUT", has_id=False),
    Case("a content type that is not JSON", 415, INVALID_REQUEST, {"Content-Type": "text/plain"}, has_id=False),
    Case("accepts JSON only", 406, INVALID_REQUEST, {"Accept": JSON}, has_id=False),
    Case("a foreign origin", 403, INVALID_REQUEST, {"Origin": "https://evil.example"}, has_id=False),
    Case("a foreign host", 403, INVALID_REQUEST, {"Host": "evil.example:3001"}, has_id=False),
    Case("not JSON", 400, PARSE_ERROR, body=lambda _: b"{", has_id=False),
    Case("another JSON-RPC", 400, INVALID_REQUEST, body=lambda p: p.message("tools/list") | {"jsonrpc": "1.0"}),
    Case("an unknown version", 400, UNSUPPORTED_VERSION, {"MCP-Protocol-Version": "1999-01-01"}),
]

# A modern request that disagrees with itself is told so first.
DISAGREEING = {"an unknown version"}

MODERN_ONLY = [
    Case("no version header", 400, HEADER_MISMATCH, {"MCP-Protocol-Version": None}),
    Case("two method headers", 400, HEADER_MISMATCH, {"Mcp-Method": ["tools/list", "tools/list"]}),
    Case("no name header", 400, HEADER_MISMATCH, {"Mcp-Name": None}, call()),
    Case("both versions unknown", 400, UNSUPPORTED_VERSION, {"MCP-Protocol-Version": "2099-01-01"}, with_version("2099-01-01")),
    Case("no capabilities", 400, INVALID_PARAMS, body=without_meta("clientCapabilities")),
    Case("an unknown method", 404, METHOD_NOT_FOUND, body=lambda p: p.message("tools/paint")),
    Case("an unknown tool", 400, INVALID_PARAMS, body=call(name="other")),
    Case("a state that was never given", 400, INVALID_PARAMS, body=call(requestState="a.1.b", inputResponses={})),
]

LEGACY_ONLY = [
    Case("a session that does not exist", 404, INVALID_REQUEST, {"Mcp-Session-Id": "0" * 64}),
    Case("an unknown method", 200, METHOD_NOT_FOUND, body=lambda p: p.message("tools/paint")),
    Case("reading without accepting", 406, INVALID_REQUEST, {"Accept": JSON}, method="GET", has_id=False),
    Case("an event of no stream", 400, INVALID_REQUEST, {"Last-Event-ID": "99-0"}, method="GET", has_id=False),
    Case("deleting an old session", 404, INVALID_REQUEST, {"Mcp-Session-Id": "x"}, method="DELETE", has_id=False),
]

STATELESS_ONLY = [
    Case("reading", 405, INVALID_REQUEST, method="GET", headers={"allow": "POST"}, has_id=False),
    Case("deleting", 405, INVALID_REQUEST, method="DELETE", headers={"allow": "POST"}, has_id=False),
]


def check(case: Case, peer: HTTPPeer) -> None:
    body = case.body(peer) if case.method == "POST" else b""
    response = (
        peer.post(body, case.changes, case.path)
        if case.method == "POST"
        else peer.request(case.method, case.path, case.changes)
    )
    assert (response.status, response.code) == (case.status, case.code), response.body
    assert response.headers["content-type"] == JSON
    assert case.headers.items() <= response.headers.items()
    error = json.loads(response.body)
    if case.has_id and isinstance(body, dict):
        assert error.get("id") == body["id"]
    if response.code == UNSUPPORTED_VERSION:
        assert error["error"]["data"]["supported"][0] == MODERN
    assert "mcp-session-id" not in response.headers or case.status == 200


@pytest.mark.parametrize("case", COMMON + LEGACY_ONLY, ids=str)
def test_legacy_with_sessions(stateful, connect, case):
    check(case, connect(stateful, LEGACY))


@pytest.mark.parametrize("case", COMMON + STATELESS_ONLY, ids=str)
def test_legacy_without_sessions(stateless, connect, case):
    check(case, connect(stateless, LEGACY))


@pytest.mark.parametrize("case", [c for c in COMMON if c.name not in DISAGREEING] + MODERN_ONLY, ids=str)
def test_modern(server, connect, case):
    check(case, connect(server, MODERN, greet=False))


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"Accept": "*/*"}, id="accepts anything"),
        pytest.param({"Accept": [JSON, SSE]}, id="accepts in two headers"),
        pytest.param({"Accept": "application/*;q=0.5, text/*"}, id="accepts by ranges"),
        pytest.param({"Content-Type": "Application/JSON; charset=utf-8"}, id="content type with parameters"),
        pytest.param({"Origin": "http://localhost:1234"}, id="an origin of this machine"),
        pytest.param({"Host": "localhost:99"}, id="this machine by name"),
        pytest.param({"Host": "[::1]:3001"}, id="this machine by IPv6"),
        pytest.param({"Mcp-Session-Id": "from another time"}, id="a session, which this era ignores"),
    ],
)
def test_right_requests_are_not_refused(server, connect, changes):
    peer = connect(server, MODERN, greet=False)
    response = peer.post(peer.message("tools/list"), changes)
    assert response.status == 200
    assert response.answer["result"]["tools"][0]["name"] == tool.NAME


def test_a_notification_is_taken(server, connect):
    for revision in (LEGACY, MODERN):
        peer = connect(server, revision)
        response = peer.post({"jsonrpc": "2.0", "method": "notifications/roots/list_changed"})
        assert (response.status, response.body) == (202, b"")


def test_a_name_may_be_encoded(server, connect):
    peer = connect(server, MODERN, greet=False)
    encoded = "=?base64?cnVuX3B5dGhvbl9jb2Rl?="
    response = peer.post(peer.call_message("6 * 7"), {"Mcp-Name": encoded})
    assert "42" in response.answer["result"]["content"][0]["text"]


def test_a_request_with_an_id_in_use_is_refused(stateful, connect):
    peer = connect(stateful, LEGACY)
    peer.log("info")
    message = peer.call_message("import time\nprint('running', flush=True)\ntime.sleep(3600)")
    with peer.open("POST", message) as running:
        running.printed("running")
        response = peer.post(peer.message("tools/list") | {"id": message["id"]})
        assert (response.status, response.code) == (400, INVALID_REQUEST)
        cancelled = {"requestId": message["id"]}
        peer.post({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": cancelled})
        assert not any("result" in m for m in running.rest())
