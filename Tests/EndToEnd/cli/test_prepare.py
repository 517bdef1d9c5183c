"""`prepare` installs packages, and prints what a client needs to start the server."""

import json
import shlex

import pytest
from support import product
from support.peer import Peer, success


def prepare(*arguments: object) -> dict:
    result = product.run("prepare", *arguments)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def value_of(code: str, command: str, args: list[str], **environment: str) -> str:
    """The answer of a server that a client starts in this way."""
    peer = Peer([command, *args], "2025-11-25", **environment)
    peer.greet()
    try:
        return peer.call(code)
    finally:
        assert peer.end() == 0


def test_the_command_starts_the_server():
    printed = prepare("stdio", "--deps", "numpy", "--network", "none", "--state", "keep", "--timeout", "30")
    assert set(printed) == {"command", "args", "env"}
    assert printed["args"] == shlex.split("stdio --deps numpy --timeout 30.0 --network none --state keep")
    given = value_of("import numpy\nint(numpy.arange(4).sum())", printed["command"], printed["args"], **printed["env"])
    assert given == success("6")


def test_what_results_are_like_is_kept():
    options = ["--structured", "text", "--tool-errors", "flag", "--input-timeout", "0.5"]
    printed = prepare("stdio", *options)
    assert printed["args"] == ["stdio", *options]
    peer = Peer([printed["command"], *printed["args"]], "2025-11-25")
    peer.greet()
    result = peer.answer(peer.start_call("1 / 0"))["result"]
    assert result["isError"] is True and "structuredContent" not in result
    assert peer.end() == 0
    assert prepare("stdio", "--structured", "both", "--tool-errors", "result", "--input-timeout", "120")["args"] == ["stdio"]


@pytest.mark.parametrize(
    ("client", "key", "more"),
    [
        ("claude-desktop", "mcpServers", {}),
        ("cursor", "mcpServers", {}),
        ("gemini-cli", "mcpServers", {}),
        ("vscode", "servers", {"type": "stdio"}),
        ("windsurf", "mcpServers", {}),
        ("zed", "context_servers", {"source": "custom"}),
    ],
)
def test_the_settings_of_clients(client, key, more):
    printed = prepare("stdio", "--deps", "numpy", "--for", client)
    server = printed[key]["python"]
    assert printed == {key: {"python": more | {"command": server["command"], "args": ["stdio", "--deps", "numpy"]}}}
    assert value_of("import numpy\nint(numpy.arange(4).sum())", server["command"], server["args"]) == success("6")


def test_the_cache_is_named_when_it_was(cache_with_images):
    assert prepare("stdio", "--cache-dir", cache_with_images, "--offline")["args"] == [
        "stdio",
        "--cache-dir",
        str(cache_with_images),
        "--offline",
    ]


@pytest.mark.parametrize("transport", ["streamable-http", "streamable-http-stateless"])
def test_http(transport):
    assert prepare(transport)["args"] == [transport]
    refused = product.run("prepare", transport, "--for", "cursor")
    assert refused.returncode == 64
    assert "--for is for servers that the client starts" in refused.stderr


def test_a_package_that_is_none(package_index):
    refused = product.run("prepare", "stdio", "--deps", "no-such-package-at-all", PIP_INDEX_URL=package_index.url)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "no-such-package-at-all" in refused.stderr
