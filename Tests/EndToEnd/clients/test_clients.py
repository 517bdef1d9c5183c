"""The clients that people use, with the server: what they list, what they get, and when.

The virtual environment decides which: see `legacy` and `modern` beside this file.
"""

import importlib
import importlib.metadata

import pytest
from support import tool

_IS_MODERN = int(importlib.metadata.version("mcp").split(".")[0]) >= 2
LIBRARIES = importlib.import_module("clients.modern" if _IS_MODERN else "clients.legacy").LIBRARIES

pytestmark = [pytest.mark.anyio, pytest.mark.parametrize("library", LIBRARIES, ids=str)]


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def logs():
    return []


@pytest.fixture(params=["stdio", "streamable-http", "streamable-http-stateless"])
def transport(request):
    return request.param


@pytest.fixture
def server(transport, wires):
    """The command that starts a server, or the URL of one that runs."""
    return wires.server() if transport == "stdio" else wires.shared_http(transport).url


async def test_the_tool_and_its_results(library, transport, server, logs):
    async with library.connect(server, None, logs.append) as client:
        assert client.revision == library.revision
        assert await client.tools() == [(tool.NAME, tool.INPUT_SCHEMA)]
        right = await client.call(tool.CODE, tool.VARIABLES)
        wrong = await client.call(tool.WRONG_CODE, {})
    # A stateless server cannot remember what a client with a handshake asks for, so it gets what most want.
    is_told = transport == "streamable-http-stateless" and library.revision != "2026-07-28"
    assert logs == [] or is_told or not library.is_silent, "logs that nobody asked for"
    for outcome, text, structure in (
        (right, tool.TEXT, tool.STRUCTURE),
        (wrong, tool.WRONG_TEXT, tool.WRONG_STRUCTURE),
    ):
        assert outcome.text in (text, None)
        assert outcome.structure in (structure, None)
        assert outcome.text or outcome.structure


async def test_logs_arrive_while_the_code_runs(library, server, logs):
    async with library.connect(server, "info", logs.append) as client:
        outcome = await client.call(tool.TALKING_CODE, {})
    said = [log for log in logs if log.logger in ("stdout", "stderr")]
    assert [(log.level, log.logger, log.data) for log in said] == [
        ("info", "stdout", "first"),
        ("warning", "stderr", "careful"),
        ("info", "stdout", "second"),
    ]
    assert outcome.time - said[0].time >= 0.5
