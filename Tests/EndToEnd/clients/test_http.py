"""The official SDK over HTTP does more than call: it resumes, it is asked, and it repeats arguments as
headers.
"""

import importlib.metadata
from contextlib import asynccontextmanager

import mcp
import pytest
from mcp.types import ElicitResult
from support import tool

_IS_MODERN = int(importlib.metadata.version("mcp").split(".")[0]) >= 2
MODERN = "2026-07-28"

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@asynccontextmanager
async def connected(url: str, mode: str, answer=None, note=None):
    """A session of the SDK; `answer` is what the user says, `note` gets the log."""
    async def elicit(context, params) -> ElicitResult:
        return ElicitResult(action="accept", content={"value": answer(params.message)})

    async def log(params) -> None:
        if note:
            note(params.data)

    callbacks = {"elicitation_callback": elicit if answer else None, "logging_callback": log}
    if _IS_MODERN:
        async with mcp.Client(url, mode=mode, log_level="info", **callbacks) as client:
            if mode == "legacy":
                await client.set_logging_level("info")
            yield client
    else:
        from mcp.client.streamable_http import streamable_http_client

        async with (
            streamable_http_client(url) as (reading, writing, *_),
            mcp.ClientSession(reading, writing, **callbacks) as session,
        ):
            await session.initialize()
            await session.set_logging_level("info")
            yield session


MODES = ["auto", "legacy"] if _IS_MODERN else ["legacy"]


async def call(client, code: str, **arguments: object):
    return await client.call_tool(tool.NAME, {"python_code": code} | arguments)


@pytest.mark.parametrize("mode", MODES)
async def test_the_user_is_asked(wires, mode):
    server = wires.shared_http("streamable-http")
    asked = []

    def answer(question: str) -> str:
        asked.append(question)
        return question.upper()

    async with connected(server.url, mode, answer) as client:
        result = await call(client, "input('first? ') + input('second? ')")
    assert asked == ["first? ", "second? "]
    assert "FIRST? SECOND? " in result.content[0].text


async def test_a_lost_connection_is_resumed(wires):
    server = wires.http()
    said = []

    def note(line: str) -> None:
        said.append(line)
        if line == "4":
            server.tap.cut()

    async with connected(server.url, "legacy", note=note) as client:
        code = "import time\nfor n in range(20):\n  print(n, flush=True)\n  time.sleep(0.1)\n'done'"
        result = await call(client, code)
    assert said == [str(n) for n in range(20)]
    assert "done" in result.content[0].text
    assert any("last-event-id" in e.headers and e.status == 200 for e in server.tap.exchanges)


if _IS_MODERN:  # older clients have sessions

    async def test_a_session_is_named_in_a_header(wires):
        server = wires.shared_http("streamable-http-stateless", "--state", "keep")
        async with connected(server.url, "auto") as client:
            await client.list_tools()
            first = await call(client, "x = 40")
            session = first.structured_content["session"]
            second = await call(client, "x + 2", session=session)
        assert second.structured_content["return_value"] == 42
        assert any(e.headers.get("mcp-param-session") == session for e in server.tap.exchanges)
