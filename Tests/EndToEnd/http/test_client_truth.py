"""The specification's demands on a client, against servers that answer as real ones seldom do."""

import time

import pytest
from support import product
from support.scripted_server import MODERN, TOOL, Reply, ScriptedServer, done, error, modern, result

LEGACY = "2025-11-25"


def repl(server: ScriptedServer, *arguments: object, stdin: str = ""):
    return product.run("repl", "--url", server.url, *arguments, stdin=stdin)


def test_a_version_is_taken_from_the_list():
    """The answers of a modern server that refuses at first; it is never asked to initialize."""
    answer = modern(lambda message, _: done(message))
    count = iter(range(100))

    def refusing(message, headers):
        if message["method"] == "server/discover" and next(count) == 0:
            return error(message, -32022, {"supported": [MODERN], "requested": MODERN})
        return answer(message, headers)

    with ScriptedServer(refusing) as server:
        ended = repl(server, "-c", "6 * 7")
        assert (ended.returncode, "initialize" in server.methods) == (0, False), ended.stderr
        assert server.methods.count("server/discover") == 2


@pytest.mark.parametrize(
    ("code", "data", "told"),
    [
        (-32022, {"supported": ["2030-01-01"], "requested": MODERN}, "2030-01-01"),
        (-32022, {"supported": [LEGACY], "requested": MODERN}, LEGACY),
        (-32020, None, "no"),
        (-32021, {"requiredCapabilities": {"roots": {}}}, "no"),
    ],
)
def test_errors_of_the_modern_era_are_not_taken_for_an_old_server(code, data, told):
    with ScriptedServer(lambda message, _: error(message, code, data)) as server:
        ended = repl(server, "-c", "1")
        assert ended.returncode != 0 and told in ended.stderr
        assert server.methods == ["server/discover"]


def test_tools_with_invalid_annotations_are_left_out():
    def tool(name, **properties):
        return {"name": name, "inputSchema": {"type": "object", "properties": properties}}

    wrong = tool("run_python_code", python_code={"type": "object", "x-mcp-header": "Code"})
    with ScriptedServer(modern(lambda message, _: done(message), [wrong])) as server:
        ended = repl(server, "-c", "1")
        assert ended.returncode != 0
        assert "left out" in ended.stderr and "x-mcp-header" in ended.stderr
        assert "tools/call" not in server.methods
    right = tool("run_python_code", python_code={"type": "string"}, session={"type": "string", "x-mcp-header": "Session"})
    with ScriptedServer(modern(lambda message, _: done(message), [right, tool("other", a={"type": "string", "x-mcp-header": ""})])) as server:
        assert repl(server, "-c", "1").returncode == 0


def test_a_session_that_is_lost_is_begun_anew():
    """The request that met its end is repeated, since nothing of it had begun."""
    sessions = iter(["first" * 8, "second" * 8])
    valid = []

    def answer(message, headers):
        method = message.get("method")
        if method == "initialize":
            valid[:] = [next(sessions)]
            members = {"protocolVersion": LEGACY, "capabilities": {"logging": {}}, "serverInfo": {"name": "s", "version": "1"}}
            return result(message, members, Mcp_Session_Id=valid[0])
        if headers.get("mcp-session-id") != valid[0]:
            return Reply(status=404)
        if method == "tools/list":
            return result(message, {"tools": [TOOL]})
        if method == "tools/call":
            if valid[0].startswith("first"):
                valid[0] = "gone"
                return Reply(status=404)
            return result(message, {"content": [{"type": "text", "text": "42"}]})
        return result(message, {}) if "id" in message else None

    with ScriptedServer(answer) as server:
        ended = repl(server, "--protocol", LEGACY, "-c", "6 * 7")
        assert ended.returncode == 0, ended.stderr
        assert "42" in ended.stdout
        assert "had ended the session" in ended.stderr
        assert server.methods.count("initialize") == 2 and server.methods.count("logging/setLevel") == 2
        assert server.methods.count("notifications/initialized") == 2
        calls = [m for m, _ in server.asked if m.get("method") == "tools/call"]
        assert len(calls) == 2 and calls[0] == calls[1]


def test_a_stream_of_the_modern_era_is_not_resumed():
    told = {"jsonrpc": "2.0", "method": "notifications/message", "params": {"level": "info", "data": "on"}}
    with ScriptedServer(modern(lambda message, _: Reply(told, ids=True))) as server:
        ended = repl(server, "-c", "1")
        assert ended.returncode != 0 and "ended the stream without an answer" in ended.stderr
        assert server.gets == []


def test_a_server_that_wants_to_be_called_again_is_called_at_growing_times():
    times = []

    def call(message, _):
        times.append(time.monotonic())
        if len(times) == 5:
            return done(message)
        return result(message, {"resultType": "input_required", "requestState": "s"})

    with ScriptedServer(modern(call)) as server:
        assert repl(server, "-c", "1").returncode == 0
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    # A pause is never shorter than it is to be.
    assert all(gap >= 0.1 * 2**n for n, gap in enumerate(gaps)), gaps


@pytest.mark.long
def test_a_server_that_always_wants_to_be_called_again_is_given_up():
    endless = lambda message, _: result(message, {"resultType": "input_required", "requestState": "s"})  # noqa: E731
    with ScriptedServer(modern(endless)) as server:
        ended = repl(server, "-c", "1")
        assert ended.returncode != 0 and "times in a row" in ended.stderr
        assert server.methods.count("tools/call") == 11


@pytest.mark.parametrize("ids", [False, True], ids=["json", "events"])
def test_an_answer_to_something_else_ends_the_call(ids):
    other = {"jsonrpc": "2.0", "id": 4711, "result": {"resultType": "complete", "content": []}}
    with ScriptedServer(modern(lambda *_: Reply(other, ids=ids))) as server:
        ended = repl(server, "-c", "1")
        assert ended.returncode != 0
        assert ("not to this request" in ended.stderr) or ("without an answer" in ended.stderr)


def test_an_older_revision_that_is_offered_is_named():
    def answer(message, _):
        return result(message, {"protocolVersion": "2025-03-26", "capabilities": {}, "serverInfo": {"name": "s", "version": "1"}})

    with ScriptedServer(answer) as server:
        ended = repl(server, "--protocol", LEGACY, "-c", "1")
        assert ended.returncode != 0
        assert "2025-03-26" in ended.stderr and "auto" in ended.stderr
