"""Requests that no client should send, byte by byte and field by field. Nobody takes them for the server's
own fault.
"""

import dataclasses
import json
from collections.abc import Callable

import pytest
from support import tool
from support.raw_requests import Raw, exchange, statuses

LEGACY, MODERN = "2025-11-25", "2026-07-28"
CLIENTS_FAULTS = {-32700, -32600, -32601, -32602, -32020, -32021, -32022}


@dataclasses.dataclass
class Case:
    name: str
    spoil: Callable[[Raw], object]
    status: int = 400
    is_cut: bool = False
    """True when the body is shorter than its announced length."""

    def __str__(self) -> str:
        return self.name


def line(text: str) -> Callable[[Raw], object]:
    return lambda raw: setattr(raw, "line", text.encode("latin-1"))


def replaced(name: str, *values: str) -> Callable[[Raw], object]:
    def spoil(raw: Raw) -> None:
        raw.drop(name)
        for value in values:
            raw.add(name, value)

    return spoil


def body(data: bytes) -> Callable[[Raw], object]:
    return lambda raw: setattr(raw, "body", data)


CODINGS = [
    Case("gzip", lambda r: r.chunked("gzip"), 501),
    Case("gzip, chunked", lambda r: r.chunked("gzip, chunked"), 501),
    Case("identity", lambda r: r.chunked("identity"), 501),
    Case("a coding with a longer name", lambda r: r.chunked("xchunked"), 501),
    Case("a coding with a parameter", lambda r: r.chunked("chunked;q=1"), 501),
    Case("an unknown coding of another type", lambda r: r.drop("Content-Type").chunked("deflate"), 501),
    Case("chunked, gzip", lambda r: r.chunked("chunked, gzip")),
    Case("chunked twice", lambda r: r.chunked("chunked, chunked")),
    Case("chunked in two headers", lambda r: r.chunked().add("Transfer-Encoding", "chunked")),
    Case("no coding", lambda r: r.chunked("")),
    Case("a coding and a length", lambda r: r.chunked().length("5")),
]

CHUNKS = [
    Case("letters", lambda r: r.chunked(size=b"zz")),
    Case("negative", lambda r: r.chunked(size=b"-1")),
    Case("none", lambda r: r.chunked(size=b"")),
    Case("with a prefix", lambda r: r.chunked(size=b"0x10")),
    Case("beyond 64 bits", lambda r: r.chunked(size=b"f" * 17)),
    Case("the largest of 64 bits", lambda r: r.chunked(size=b"f" * 16), is_cut=True),
    Case("the largest with a sign", lambda r: r.chunked(size=b"7" + b"f" * 15), is_cut=True),
    Case("too small", lambda r: r.chunked(size=b"1")),
    Case("the second is wrong", lambda r: r.chunked(end=b"zz\r\n\r\n")),
    Case("a wrong trailer", lambda r: r.chunked(end=b"0\r\nwrong trailer\r\n\r\n")),
    Case("no end", lambda r: r.chunked(end=b""), is_cut=True),
]

LENGTHS = [
    *(Case(repr(value), lambda r, value=value: r.length(value)) for value in ["", "abc", "-1", "+5", "1e2", "0x10", "1 2", "9" * 30]),
    Case("far too large", lambda r: r.length(str(2**63 - 1)), 413),
    Case("two that differ", lambda r: r.length("5", "6")),
    Case("two that are the same", lambda r: r.length(*[str(len(r.body))] * 2)),
    Case("too small", lambda r: r.length("5")),
    Case("more than what comes", lambda r: r.length(str(len(r.body) + 1)), is_cut=True),
]

HOSTS = [
    Case("none", replaced("Host")),
    Case("empty", replaced("Host", "")),
    Case("twice the same", replaced("Host", "localhost", "localhost")),
    Case("two that differ", replaced("Host", "localhost", "evil.example")),
    Case("two that differ, in the other order", replaced("Host", "evil.example", "localhost")),
    Case("two in one", replaced("Host", "localhost, evil.example")),
    Case("a port that is none", replaced("Host", "localhost:port")),
    Case("with a user", replaced("Host", "evil.example@localhost")),
    Case("not UTF-8", replaced("Host", "\xff\xfe")),
    Case("a foreign one", replaced("Host", "evil.example"), 403),
]

LINES = [
    *(Case(method, line(f"{method} /mcp HTTP/1.1"), 405) for method in ["PUT", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "HEAD"]),
    *(Case(f"{method!r}, no method", line(f"{method} /mcp HTTP/1.1")) for method in ["BREW", "post", "P@ST", "", "A" * 10_000]),
    Case("CONNECT", line("CONNECT evil.example:80 HTTP/1.1"), 404),
    *(Case(f"{version!r}, no version", line(f"POST /mcp {version}")) for version in ["HTTP/2.0", "HTTP/3.7", "HTTX/1.1", ""]),
    *(Case(f"{path!r}, no path", line(f"POST {path} HTTP/1.1")) for path in ["mcp", "/mcp\0", "/m cp", "/\xff", "http:"]),
    *(Case(f"{path!r}, another path", line(f"POST {path} HTTP/1.1"), 404) for path in ["/%zz", "/../mcp", "//mcp", "*", "/" + "a" * 7000]),
    Case("a path without an end", line(f"POST /{'a' * 200_000} HTTP/1.1")),
]

HEADERS = [
    Case("100 KB", lambda r: r.add("X-Long", "a" * 100_000)),
    Case("20,000 of them", lambda r: [r.add(f"X-{n}", "a") for n in range(20_000)]),
    Case("a control character", lambda r: r.add("X-A", "a\x01b")),
    Case("a null", lambda r: r.add("X-A", "a\0b")),
    Case("a return", lambda r: r.add("X-A", "a\rb")),
    Case("a space in the name", lambda r: r.add("X A", "1")),
    Case("a space behind the name", lambda r: r.add("X-A ", "1")),
    Case("no name", lambda r: r.add("", "1")),
    Case("folded", lambda r: r.add("X-A", "1\r\n 2")),
    Case("no content type", replaced("Content-Type"), 415),
    *(Case(f"content type {t!r}", replaced("Content-Type", t), 415) for t in ["", "json", "text/json", "application/jsonl", "multipart/form-data; boundary=x", "\xff"]),
    Case("two content types", lambda r: r.add("Content-Type", "text/plain"), 415),
    *(Case(f"accept {t!r}", replaced("Accept", t), 406) for t in ["", ";;,,//,*", "\xff", "text/html", "application/json;q=0, */*;q=0"]),
    Case("a version that is not UTF-8", replaced("MCP-Protocol-Version", "\xff")),
]  # fmt: skip

BODIES = [
    *(
        Case(repr(data[:16]), body(data))
        for data in [
            b"", b" ", b"{", b"nul", b"{'a': 1}", b'{"a":1,}', b"[1,]", b"{} {}", b"{}x", b"NaN", b"-", b"01", b'"\n"', b'"\\x"', b'"\\ud800', b"\0",
            b'"\xff"', b'"\xc0\xaf"', b'"\xed\xa0\x80"', b'"\xf4\x90\x80\x80"', b'"\xe2\x82"', "{}".encode("utf-16"), b"[" * 100_000,
            b'{"jsonrpc":"2.0","id":1,"method":"ping"', b"\x1f\x8b\x08\x00",
            b"1", b'"a"', b"null", b"true", b"[]", b"[[]]", b"{}", b'{"jsonrpc":"2.0"}', b'{"id":1,"method":"ping"}',
        ]
    )
]  # fmt: skip

CASES = {
    "coding": CODINGS, "chunk": CHUNKS, "length": LENGTHS, "host": HOSTS, "line": LINES, "header": HEADERS, "body": BODIES,
}  # fmt: skip


@pytest.fixture(params=[LEGACY, MODERN])
def peer(request, server, connect):
    return connect(server, request.param)


def check_that_it_serves(server, peer) -> None:
    answer = peer.ask("tools/list")
    assert answer.status == 200 and answer.answer["result"]["tools"][0]["name"] == tool.NAME
    assert not [line for line in server.log if "a request failed" in line]


@pytest.mark.parametrize("kind", CASES)
def test_what_is_no_request_is_refused(server, peer, kind):
    wrong = []
    for case in CASES[kind]:
        raw = Raw(peer, f"localhost:{server.port}")
        case.spoil(raw)
        received = exchange(server, raw.encoded, case.is_cut)
        found = statuses(received)
        # The rest of a body with a wrong length is a wrong request in its turn.
        if not found or found[0] != case.status or not set(found[1:]) <= {400}:
            wrong.append((case.name, case.status, received[:300]))
    assert not wrong
    check_that_it_serves(server, peer)


@pytest.mark.parametrize("case", [*CODINGS[:6], *CHUNKS[:2], LENGTHS[8]], ids=str)
def test_nothing_is_served_after_a_body_without_an_end(server, peer, case):
    """Whatever follows could be part of it: something in front of the server may see it so."""
    right = Raw(peer, "localhost").encoded
    raw = Raw(peer, "localhost").drop("Connection")
    assert statuses(exchange(server, raw.encoded + right)) == [200, 200]
    case.spoil(raw)
    received = exchange(server, raw.encoded + right)
    assert statuses(received) == [case.status]
    assert b"connection: close" in received.lower()


def test_a_readable_refusal_leaves_the_connection_usable(server, peer):
    right = Raw(peer, "localhost").encoded
    raw = Raw(peer, "localhost").drop("Content-Type").drop("Connection")
    assert statuses(exchange(server, raw.encoded + right)) == [415, 200]


CALL = {"name": tool.NAME, "arguments": {"python_code": "1", "global_variables": {}}}
COMPLETION = {"ref": {"type": "ref/prompt", "name": "python"}, "argument": {"name": "code", "value": "im"}}
# By method: right parameters, and the types that some of their fields must have.
FIELDS = {
    "tools/list": ({}, {("jsonrpc",): (), ("id",): (int, str), ("method",): (), ("params",): (dict,)}),
    "tools/call": (
        CALL,
        {
            ("params", "name"): (), ("params", "arguments"): (dict,), ("params", "arguments", "python_code"): (str,),
            ("params", "arguments", "global_variables"): (dict,),
        },
    ),
    "prompts/get": (
        {"name": "python", "arguments": {"code": "1"}},
        {("params", "name"): (), ("params", "arguments"): (dict,), ("params", "arguments", "code"): (str,)},
    ),
    "completion/complete": (
        COMPLETION,
        {
            ("params", "ref"): (), ("params", "ref", "type"): (), ("params", "ref", "name"): (), ("params", "argument"): (),
            ("params", "argument", "name"): (str,), ("params", "argument", "value"): (str,),
        },
    ),
}  # fmt: skip
FIELDS_OF_LEGACY = FIELDS | {
    "logging/setLevel": ({"level": "info"}, {("params", "level"): ()}),
    "initialize": (
        {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
        {("params", "protocolVersion"): (str,), ("params", "capabilities"): (dict,)},
    ),
}
META = "io.modelcontextprotocol/"
FIELDS_OF_MODERN = FIELDS | {
    "server/discover": (
        {},
        {
            ("params", "_meta"): (), ("params", "_meta", META + "protocolVersion"): (),
            ("params", "_meta", META + "clientCapabilities"): (dict,),
        },
    ),
    "subscriptions/listen": ({"notifications": {}}, {("params", "notifications"): (dict,)}),
}  # fmt: skip
VALUES = [None, True, 5, -1.5, 10**400, "x", "", "\0", "\ud800", [], [1], [[[[[]]]]], {}, {"a": {"b": [None]}}]
ERAS = [*((LEGACY, method) for method in FIELDS_OF_LEGACY), *((MODERN, method) for method in FIELDS_OF_MODERN)]


@pytest.mark.parametrize(("revision", "method"), ERAS)
def test_a_field_of_another_type_is_refused(server, connect, revision, method):
    peer = connect(server, revision)
    params, fields = (FIELDS_OF_MODERN if revision == MODERN else FIELDS_OF_LEGACY)[method]
    wrong = []
    for path, types in fields.items():
        for value in VALUES:
            if type(value) in types:
                continue
            message = json.loads(json.dumps(peer.message(method, params)))
            place = message
            for name in path[:-1]:
                place = place[name]
            place[path[-1]] = value
            headers = {"Mcp-Method": method, "Mcp-Name": params.get("name")} if peer.is_modern else {}
            answer = peer.post(message, headers)
            if not is_refused(answer):
                wrong.append((path, value, answer.status, answer.body[:200], answer.events))
    assert not wrong
    check_that_it_serves(server, peer)


def is_refused(answer) -> bool:
    """A client of the legacy era gets errors with status 200, and a model the errors of its arguments."""
    if 400 <= answer.status < 500:
        return answer.code in CLIENTS_FAULTS
    if answer.status != 200:
        return False
    told = answer.answer
    return told["error"]["code"] in CLIENTS_FAULTS if "error" in told else told["result"].get("isError") is True
