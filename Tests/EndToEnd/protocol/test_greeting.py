"""A server's words about itself, in each revision."""

SERVER = "MCP Run Python"


def test_greeting(peer):
    result = peer.greeting["result"]
    assert result["capabilities"].items() >= {"logging": {}, "tools": {}}.items()
    assert "run_python_code" in result["instructions"]
    if peer.is_modern:
        assert result["supportedVersions"] == ["2026-07-28"]
        assert result["_meta"]["io.modelcontextprotocol/serverInfo"]["name"] == SERVER
    else:
        assert result["protocolVersion"] == peer.revision
        assert result["serverInfo"]["name"] == SERVER


def test_a_revision_from_the_future_is_answered_with_the_newest_handshake(start):
    peer = start(revision="2099-01-01", greet=False)
    assert peer.greet()["result"]["protocolVersion"] == "2025-11-25"


def test_a_modern_request_with_an_unknown_revision_names_what_it_may_name(start):
    peer = start(revision="2026-07-28", greet=False)
    peer.revision = "2099-01-01"
    error = peer.ask("tools/list")["error"]
    assert error["code"] == -32022
    assert error["data"]["requested"] == "2099-01-01"
    # Not those that begin with a handshake: they are refused here, too.
    assert error["data"]["supported"] == ["2026-07-28"]


def test_a_request_before_the_handshake_is_refused(start):
    peer = start(greet=False)
    assert peer.ask("tools/list")["error"]["code"] == -32600
    peer.greet()
    assert "result" in peer.ask("tools/list")


def test_the_modern_revision_has_none_of_the_old_methods(start):
    peer = start(revision="2026-07-28")
    for method in ("ping", "logging/setLevel", "initialize"):
        assert peer.ask(method)["error"]["code"] == -32601


def test_ping(start):
    peer = start(greet=False)
    assert peer.ask("ping")["result"] == {}
    peer.greet()
    assert peer.ask("ping")["result"] == {}
