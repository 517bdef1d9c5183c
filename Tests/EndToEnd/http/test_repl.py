"""`repl --url`: the HTTP client transport, and what the inspector shows of it."""

import http.server
import json
import re
import signal
import threading

import pytest
from support import product
from support.full_screen import FullScreen
from support.waiting import eventually

ERAS = ["2025-11-25", "2026-07-28"]


def repl(server, *arguments: object, stdin: str = ""):
    return product.run("repl", "--url", server.url, *arguments, stdin=stdin)


@pytest.fixture
def keeping(mode, wires):
    return wires.shared_http(mode, "--state", "keep")


@pytest.mark.parametrize("revision", ERAS)
def test_blocks_share_their_variables(keeping, revision):
    ended = repl(keeping, "--protocol", revision, stdin="x = 6\nimport sys\nprint('err', file=sys.stderr)\nx * 7\n")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "42\n", "err\n")


@pytest.mark.parametrize("revision", ERAS)
def test_the_requests_are_as_the_revision_wants_them(keeping, revision):
    before = len(keeping.tap.exchanges)
    ended = repl(keeping, "--protocol", revision, stdin="x = 6\nx * 7\n")
    assert (ended.returncode, ended.stdout) == (0, "42\n"), ended.stderr
    # A client that leaves need not wait for the end of a stream that has brought the answer.
    exchanges = keeping.tap.exchanges[before:]
    calls = [e for e in exchanges if b'"tools/call"' in e.body]
    assert len(calls) == 2
    assert all(e.status in (200, 202, 204) for e in exchanges if e.method == "POST")
    assert all(any('"result"' in text for _, text in call.texts) for call in calls)
    for call in calls:
        assert call.headers["mcp-protocol-version"] == revision
    if revision == "2026-07-28":
        assert [c.headers["mcp-method"] for c in calls] == ["tools/call"] * 2
        assert [c.headers["mcp-name"] for c in calls] == ["run_python_code"] * 2
        assert "mcp-param-session" in calls[1].headers and "mcp-param-session" not in calls[0].headers
    elif "mcp-session-id" in calls[0].headers:
        eventually(lambda: any(e.method == "DELETE" and e.status == 204 for e in keeping.tap.exchanges[before:]), "the end")


@pytest.mark.parametrize("revision", ERAS)
def test_sessions_fork(mode, wires, revision):
    """Also where calls have to name theirs."""
    if (mode, revision) == ("streamable-http-stateless", "2025-11-25"):
        pytest.skip("a server without sessions keeps nothing for a protocol that has no other way to name one")
    server = wires.shared_http(mode, "--checkpoints")
    lines = [":checkpoint begun", "x = [1]", ":fork", "x.append(2)", ":session b", "x", ":session main", "x", ":rewind begun"]
    ended = repl(server, "--protocol", revision, stdin="\n".join([*lines, "'x' in globals()", ""]))
    assert (ended.returncode, ended.stdout) == (0, "[1]\n[1, 2]\nFalse\n")
    assert "Saved #0 as checkpoint begun" in ended.stderr


def test_it_falls_back_to_the_handshake(keeping):
    """With a server that does not know `server/discover`."""
    before = len(keeping.tap.exchanges)
    repl(keeping, "--protocol", "2025-11-25", "-c", "1")
    assert not any(b"server/discover" in e.body for e in keeping.tap.exchanges[before:])
    assert repl(keeping, "-c", "6 * 7").stdout == "42\n"
    assert any(b"server/discover" in e.body for e in keeping.tap.exchanges[before:])


def test_a_lost_connection_is_resumed(http):
    """In the legacy era, without a line twice and without one less."""
    server = http()
    code = "import time\nfor n in range(20):\n  print(n, flush=True)\n  time.sleep(0.1)\n'done'"
    process = product.start("repl", "--url", server.url, "--protocol", "2025-11-25", "-c", code)
    read = [process.stdout.readline() for _ in range(5)]
    server.tap.cut()
    rest, _ = process.communicate(timeout=product.PATIENCE)
    assert process.returncode == 0
    assert b"".join(read) + rest == b"".join(b"%d\n" % n for n in range(20)) + b"'done'\n"
    resumed = [e for e in server.tap.exchanges if e.method == "GET" and "last-event-id" in e.headers]
    assert any(e.status == 200 for e in resumed)


def test_a_lost_connection_ends_a_call_of_the_modern_era(http):
    server = http()
    process = product.start("repl", "--url", server.url, "-c", "print('on', flush=True)\nwhile True: pass")
    assert process.stdout.readline() == b"on\n"
    server.tap.cut()
    _, errors = process.communicate(timeout=product.PATIENCE)
    assert process.returncode == 1
    assert b"ended the stream without an answer" in errors


def test_a_token_is_presented(http, tmp_path):
    file = tmp_path / "token"
    file.write_text("secret\n")
    server = http("--token-file", file, "--pool", 0)
    refused = repl(server, "-c", "1")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "401" in refused.stderr and "bearer token" in refused.stderr
    assert repl(server, "--token-file", file, "-c", "6 * 7").stdout == "42\n"
    (tmp_path / "two lines").write_text("one\ntwo\n")
    refused = repl(server, "--token-file", tmp_path / "two lines", "-c", "1")
    assert refused.returncode == 1 and "must be one line of visible ASCII" in refused.stderr
    assert repl(server, "--header", "Authorization: Bearer secret", "-c", "6 * 7").stdout == "42\n"


def test_a_server_that_is_not_there():
    refused = product.run("repl", "--url", "http://127.0.0.1:1/mcp", "-c", "1")
    assert refused.returncode == 2
    assert refused.stderr == "mcp-run-python: The server cannot be reached at http://127.0.0.1:1/mcp: Connection refused.\n"


def test_something_that_is_no_mcp_server():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_error(418)

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as other:
        threading.Thread(target=other.serve_forever, daemon=True).start()
        refused = product.run("repl", "--url", f"http://127.0.0.1:{other.server_port}/", "-c", "1")
        other.shutdown()
    assert refused.returncode in (1, 2)
    assert "HTTP 418" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--url", "localhost:3001"), "--url wants a URL"),
        (("--url", "http://localhost/mcp", "--deps", "numpy"), "--url is for a server that runs already"),
        (("--header", "X: y"), "are for a server at --url"),
        (("--url", "http://localhost/mcp", "--header", "X"), "--header wants"),
    ],
)
def test_wrong_options_are_usage_errors(arguments, sentence):
    refused = product.run("repl", *arguments)
    assert refused.returncode == 64
    assert sentence in refused.stderr


def test_ctrl_c_cancels_in_both_eras(keeping):
    for revision in ERAS:
        process = product.start("repl", "--url", keeping.url, "--protocol", revision, "-c", "print('on')\nwhile True: pass")
        assert process.stdout.readline() == b"on\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(product.PATIENCE) == 130
        process.stdout.close()
        process.stderr.close()


@pytest.mark.parametrize("revision", ERAS)
def test_status_and_headers_are_in_the_traffic(wires, tmp_path, revision):
    server = wires.shared_http("streamable-http", "--state", "keep")
    header = "Authorization: Bearer secret-of-mine"
    screen = FullScreen("--url", server.url, "--protocol", revision, "--header", header, home=tmp_path, rows=60)
    try:
        screen.wait_ready()
        screen.run("x = 1")
        screen.command(":filter method:tools/call kind:request", re.compile(r"1 of \d+ messages match"))
        screen.press("F6", "g", "Enter", "Tab", "Tab")
        screen.wait_for("Exchange ")
        shown = screen.text()
        assert "HTTP status 200" in shown
        assert "Request headers" in shown and "Response headers" in shown
        assert f"MCP-Protocol-Version: {revision}" in shown
        assert re.search(r"(?i)content-type: (text/event-stream|application/json)", shown)
        assert "Authorization: (hidden)" in shown and "secret-of-mine" not in shown
    finally:
        screen.stop()


def test_the_full_screen_completes_names_of_a_named_session(wires, tmp_path):
    server = wires.shared_http("streamable-http-stateless", "--state", "keep")
    screen = FullScreen("--url", server.url, home=tmp_path)
    try:
        screen.wait_ready()
        screen.run("temperature = 21")
        screen.type("tempera")
        screen.press("Tab")
        screen.wait_for_prompt(">>> temperature")
    finally:
        screen.stop()


def test_the_trace_has_every_message(keeping, tmp_path):
    trace = tmp_path / "trace.jsonl"
    repl(keeping, "--trace", trace, "-c", "6 * 7")
    messages = [json.loads(line) for line in trace.read_text().splitlines()]
    assert any("tools/call" in json.dumps(m) for m in messages)
