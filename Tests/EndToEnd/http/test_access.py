"""Who may talk to the server, and how much of it one client can take."""

import contextlib
import socket
import subprocess
import time
from http.client import HTTPResponse
from multiprocessing.connection import wait as readable

import pytest
from support import product
from support.http_peer import HTTPPeer
from support.peer import success
from support.product import PATIENCE
from support.waiting import eventually

TOKEN = "a-token-of-some-length"


@pytest.fixture
def guarded(http, tmp_path):
    file = tmp_path / "token"
    file.write_text(f"  {TOKEN}\n")
    return http("--token-file", file, "--pool", 0)


@pytest.mark.parametrize("revision", ["2025-11-25", "2026-07-28"])
def test_the_token_opens_the_server(guarded, connect, revision):
    for scheme in ("Bearer", "bearer", "BEARER "):
        connect(guarded, revision, Authorization=f"{scheme} {TOKEN}")


@pytest.mark.parametrize(
    "presented",
    [None, "", TOKEN, f"Basic {TOKEN}", "Bearer", "Bearer ", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", "Bearer é"],
)
@pytest.mark.parametrize("path", ["/mcp", "/metrics"])
def test_nothing_else_does(guarded, connect, presented, path):
    peer = connect(guarded, greet=False)
    changes = {"Authorization": presented.encode("latin-1") if presented else None}
    response = peer.request("GET", path, changes)
    assert (response.status, response.code) == (401, -32600)
    challenge = response.headers["www-authenticate"]
    assert challenge.startswith("Bearer realm=")
    assert ("invalid_token" in challenge) == bool(presented)


def test_probes_need_no_token(guarded, connect):
    assert connect(guarded, greet=False).request("GET", "/healthz").status == 200


def test_the_token_of_the_environment(http, connect):
    server = http("--pool", 0, MCP_RUN_PYTHON_TOKEN=TOKEN)
    assert connect(server, greet=False).greet().status == 401
    connect(server, Authorization=f"Bearer {TOKEN}")


def test_an_answer_to_a_question_belongs_to_who_was_asked(http, connect):
    server = http(MCP_RUN_PYTHON_TOKEN=TOKEN)
    peer = connect(server, "2026-07-28", Authorization=f"Bearer {TOKEN}")
    message = peer.call_message("input()", clientCapabilities={"elicitation": {}})
    result = peer.post(message).answer["result"]
    answers = {"input": {"action": "accept", "content": {"value": "Ada"}}}
    again = {"inputResponses": answers, "requestState": result["requestState"]}
    retry = message | {"id": "again", "params": message["params"] | again}
    assert peer.post(retry, {"Authorization": f"bearer {TOKEN}"}).code == -32602
    assert peer.post(retry).status == 200


def test_a_public_address_needs_a_token():
    refused = product.run("streamable-http", "--host", "0.0.0.0", "--port", 0)
    assert refused.returncode == 1
    assert "--token-file" in refused.stderr and "--insecure" in refused.stderr
    assert refused.stdout == ""


@pytest.mark.parametrize("arguments", [("--host", "0.0.0.0", "--insecure"), ("--host", "::", "--insecure")])
def test_insecure_serves_under_no_name_that_could_be_rebound(http, connect, arguments):
    server = http("--pool", 0, *arguments)
    peer = connect(server, "2026-07-28", greet=False)

    def status(**headers: str) -> int:
        return peer.post(peer.message("tools/list"), headers).status

    same = {"Host": "mcp.example.org", "Origin": "https://mcp.example.org"}
    assert status(Host="mcp.example.org") == status(**same) == status(Host="192.0.2.1") == 403
    for address in _addresses():
        host = f"[{address}]:80" if ":" in address else address
        assert status(Host=host) == status(Host=host, Origin=f"http://{host}") == 200
        assert status(Host=host, Origin="https://evil.example") == 403


def _addresses() -> list[str]:
    """This machine's own, of which there is one at least."""
    lines = subprocess.run(["hostname", "-I"], capture_output=True, check=True, text=True).stdout.split()
    return [*lines, "127.0.0.1"]


def test_a_public_address_with_a_token_serves_under_any_name(http, connect):
    server = http("--pool", 0, "--host", "0.0.0.0", MCP_RUN_PYTHON_TOKEN=TOKEN)
    peer = connect(server, "2026-07-28", greet=False, Authorization=f"Bearer {TOKEN}")
    same = {"Host": "mcp.example.org", "Origin": "https://mcp.example.org"}
    assert peer.post(peer.message("tools/list"), same).status == 200
    assert peer.post(peer.message("tools/list"), same | {"Origin": "https://evil.example"}).status == 403


@pytest.mark.parametrize(
    ("request_line", "headers", "status"),
    [
        ("GET /healthz", "Host: localhost\r\nHost: evil.example", 400),
        ("GET /healthz", "Host: localhost\r\nHost: localhost", 400),
        ("POST /mcp", "Host: localhost\r\nTransfer-Encoding: xchunked", 501),
        ("POST /mcp", "Host: localhost\r\nTransfer-Encoding: chunked, identity", 400),
        ("POST /mcp", "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}", 400),
        ("POST /mcp", "Host: localhost\r\nTransfer-Encoding: chunked\r\n\r\nnone\r\n{}", 400),
    ],
)
def test_a_request_that_could_be_understood_in_two_ways(stateful, request_line, headers, status):
    types = "Content-Type: application/json\r\nAccept: */*\r\n"
    with socket.create_connection((stateful.host, stateful.port), timeout=PATIENCE) as client:
        client.sendall(f"{request_line} HTTP/1.1\r\n{types}{headers}\r\n\r\n".encode())
        assert int(client.recv(1000).split()[1]) == status


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("http://{own}/healthz", 200),
        ("http://localhost/healthz", 200),
        ("http://evil.example/healthz", 403),
        ("https://evil.example:80/healthz", 403),
        ("http://user@localhost/healthz", 400),
        ("http:///healthz", 400),
    ],
)
def test_the_host_of_a_target_counts(stateful, target, status):
    own = f"{stateful.host}:{stateful.port}"
    with socket.create_connection((stateful.host, stateful.port), timeout=PATIENCE) as client:
        client.sendall(f"GET {target.format(own=own)} HTTP/1.1\r\nHost: {own}\r\n\r\n".encode())
        assert int(client.recv(1000).split()[1]) == status


def test_allowed_hosts_and_origins(http, connect):
    server = http(
        "--pool", 0, "--allow-host", "mcp.example.org", "--allow-host", "other.example.org:99",
        "--allow-origin", "https://app.example.org",
    )  # fmt: skip
    peer = connect(server, "2026-07-28", greet=False)

    def status(**headers: str) -> int:
        return peer.post(peer.message("tools/list"), headers).status

    assert status(Host="mcp.example.org") == status(Host="MCP.example.org:8080") == 200
    assert status(Host="other.example.org:99") == 200
    assert status(Host="other.example.org:98") == status(Host="example.org") == 403
    assert status(Origin="https://app.example.org") == 200
    assert status(Origin="https://app.example.org.evil.example") == status(Origin="http://app.example.org") == 403


def test_pages_of_an_allowed_site_may_ask_and_read(http, connect, mode):
    site = "https://app.example.org"
    server = http("--pool", 0, "--allow-origin", site, mode=mode, MCP_RUN_PYTHON_TOKEN=TOKEN)
    peer = connect(server, "2026-07-28", greet=False, Authorization=f"Bearer {TOKEN}")
    names = "authorization,content-type,mcp-method"
    asking = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": names}
    allowed = peer.request("OPTIONS", changes={"Origin": site, "Authorization": None} | asking)
    assert allowed.status == 204, "a browser asks without credentials"
    assert allowed.headers["access-control-allow-origin"] == site
    assert allowed.headers["access-control-allow-headers"] == names
    assert "POST" in allowed.headers["access-control-allow-methods"]
    response = peer.post(peer.message("tools/list"), {"Origin": site})
    assert response.headers["access-control-allow-origin"] == site
    assert "Mcp-Session-Id" in response.headers["access-control-expose-headers"]
    assert response.headers["vary"] == "Origin"
    refused = peer.request("OPTIONS", changes={"Origin": "https://evil.example"} | asking)
    assert refused.status == 403
    assert "access-control-allow-origin" not in refused.headers
    assert peer.request("OPTIONS").status == 405, "that is no question of a browser"


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(stateful):
    body = b'{"jsonrpc":"2.0","method":"x"}'
    head = (
        b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: */*\r\n"
        b"MCP-Protocol-Version: 2026-07-28\r\nExpect: 100-continue\r\nContent-Length: %d\r\n\r\n"
    )
    with socket.create_connection((stateful.host, stateful.port), timeout=PATIENCE) as client:
        client.sendall(head % len(body))
        assert client.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(body)
        assert client.recv(1000).startswith(b"HTTP/1.1 202 ")
    with socket.create_connection((stateful.host, stateful.port), timeout=PATIENCE) as client:
        client.sendall(head % 1_000_000_000)
        assert client.recv(1000).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--port", "65536"), "--port must be"),
        (("--max-sessions", "0"), "--max-sessions must be"),
        (("--session-timeout", "0"), "'0' is invalid for '--session-timeout <seconds>'"),
        (("--pool", "-1"), "--pool"),
        (("--allow-host", "http://x"), "--allow-host wants"),
        (("--allow-origin", "app.example.org"), "--allow-origin wants"),
    ],
)
def test_wrong_options_are_usage_errors(arguments, sentence):
    refused = product.run("streamable-http", *arguments)
    assert refused.returncode == 64
    assert sentence in refused.stderr


def test_a_token_file_that_is_not_there(tmp_path):
    refused = product.run("streamable-http", "--token-file", tmp_path / "none")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "cannot be read" in refused.stderr
    (tmp_path / "empty").write_text("\n")
    assert "must be one line" in product.run("streamable-http", "--token-file", tmp_path / "empty").stderr


def test_a_port_that_is_taken():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = product.run("streamable-http", "--port", taken.getsockname()[1], "--pool", 0)
    assert refused.returncode == 1
    assert "Cannot listen on 127.0.0.1" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


# The share that one client can take


def test_a_body_over_the_limit(http, connect):
    server = http("--max-message", 10_000, "--pool", 0)
    peer = connect(server, "2026-07-28", greet=False)
    message = peer.call_message("#" * 20_000)
    for changes in ({}, {"Transfer-Encoding": "chunked", "Content-Length": None}):
        body = message if not changes else _chunked(str(message).encode())
        response = peer.post(body, changes | dict(list(peer.headers_for(message).items())))
        assert (response.status, response.code) == (413, -32600)
        assert response.headers["connection"] == "close"
    assert peer.ask("tools/list").status == 200


def _chunked(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data)


def test_a_body_that_is_announced_too_large_is_not_waited_for(stateful):
    with socket.create_connection((stateful.host, stateful.port), timeout=PATIENCE) as client:
        client.sendall(
            b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Accept: */*\r\nContent-Length: 1000000000\r\n\r\n"
        )
        assert client.recv(100).startswith(b"HTTP/1.1 413 ")


def test_the_largest_body_that_is_allowed(stateful, connect):
    peer = connect(stateful, "2026-07-28", greet=False)
    message = peer.call_message("")
    message["params"]["arguments"]["python_code"] = "#" * ((4 << 20) - 1000)
    assert peer.post(message).status == 200


@pytest.mark.parametrize(
    "bytes_sent",
    [
        pytest.param(b"", id="no request"),
        pytest.param(b"POST /mcp HTTP/1.1\r\nHost: loc", id="half a header"),
        pytest.param(
            b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: */*\r\n"
            b"Content-Length: 100\r\n\r\n{",
            id="half a body",
        ),
    ],
)
def test_clients_that_stop_are_disconnected(http, bytes_sent):
    server = http("--pool", 0, "--client-timeout", 1)
    start = time.monotonic()
    with socket.create_connection((server.host, server.port), timeout=PATIENCE) as client:
        client.sendall(bytes_sent)
        while client.recv(1000):
            pass
        assert 0.5 <= time.monotonic() - start


def test_a_client_that_drips_its_body_is_disconnected(http):
    server = http("--pool", 0, "--client-timeout", 1)
    with socket.create_connection((server.host, server.port), timeout=PATIENCE) as client:
        client.sendall(
            b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: */*\r\n"
            b"Content-Length: 100000\r\n\r\n"
        )
        with pytest.raises(OSError):
            while True:
                client.sendall(b" ")
                time.sleep(0.05)


GET = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
BODY = b"POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n"


@pytest.mark.parametrize(
    "opening",
    [
        pytest.param(GET + b"\r\n" + GET + b"X: ", id="the headers of a second request"),
        pytest.param(BODY % b"/healthz", id="a body that nobody wants"),
        pytest.param(BODY % b"/none", id="a body for nothing"),
        pytest.param(BODY % b"/mcp", id="a body of no type"),
    ],
)
def test_a_client_that_drips_what_nobody_reads_is_disconnected(http, opening):
    server = http("--pool", 0, "--client-timeout", 1)
    with socket.create_connection((server.host, server.port), timeout=PATIENCE) as client:
        client.sendall(opening)
        deadline = time.monotonic() + PATIENCE
        with pytest.raises(OSError):
            while time.monotonic() < deadline:
                client.sendall(b"a")
                time.sleep(0.05)


def test_a_client_that_takes_its_time_between_requests_stays_connected(http):
    server = http("--pool", 0, "--client-timeout", 1)
    with socket.create_connection((server.host, server.port), timeout=PATIENCE) as client:
        for _ in range(2):
            client.sendall(GET + b"\r\n")
            assert b"200 OK" in client.recv(1000)
            time.sleep(2)


def test_bodies_in_work_have_a_budget_together(http, connect):
    server = http("--pool", 0, "--client-timeout", 600)
    head = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: */*\r\n"
    with contextlib.ExitStack() as clients:
        sending = []
        # One more than there is room for; none of them ends.
        for _ in range(17):
            address = (server.host, server.port)
            client = clients.enter_context(socket.create_connection(address, timeout=PATIENCE))
            sending.append(client)
            client.sendall(head + b"Content-Length: 4194304\r\n\r\n" + b" " * ((4 << 20) - 1))
        refused = HTTPResponse(readable(sending, PATIENCE)[0])
        refused.begin()
        assert refused.status == 503
        assert (refused.headers["retry-after"], refused.headers["connection"]) == ("1", "close")
    peer = connect(server, "2026-07-28", greet=False)
    eventually(lambda: peer.post(peer.message("tools/list")).status == 200, "the service")


def test_connections_have_a_limit(http):
    """A few more than that may be taken at once, but not all."""
    server = http("--pool", 0, "--max-connections", 2)
    with contextlib.ExitStack() as clients:
        waiting = []
        for _ in range(60):
            client = socket.create_connection((server.host, server.port), timeout=PATIENCE)
            waiting.append(clients.enter_context(client))
            client.sendall(GET + b"\r\n")
        answered = []
        while served := readable(waiting, 2):
            answered += served
            waiting = [client for client in waiting if client not in served]
        assert answered and waiting
        while waiting:
            for client in answered:
                assert b"200 OK" in client.recv(1000)
                client.close()
            answered = readable(waiting, PATIENCE)
            assert answered
            waiting = [client for client in waiting if client not in answered]


def test_a_client_that_does_not_read_is_disconnected(http, connect):
    server = http("--client-timeout", 1, "--max-output", 1 << 30)
    peer = connect(server, "2026-07-28")
    message = peer.call_message("while True: print('x' * 10000)", logLevel="info")
    with contextlib.closing(peer.begin(message)):
        deadline = time.monotonic() + PATIENCE
        while b'runs_total{status="cancelled"} 1' not in peer.request("GET", "/metrics").body:
            assert time.monotonic() < deadline
            time.sleep(0.1)


def test_a_quiet_stream_is_kept_alive(http, connect):
    server = http("--keep-alive", 1, "--pool", 0)
    peer = connect(server)
    with peer.open("GET") as own:
        while not own.comments:
            assert own.read()
    assert peer.call("1") == success("1")
    modern = HTTPPeer(server, "2026-07-28")
    with modern.start_call("import time\ntime.sleep(2)") as call:
        assert call.rest()[-1]["result"]["structuredContent"]["status"] == "success"
        assert call.comments
