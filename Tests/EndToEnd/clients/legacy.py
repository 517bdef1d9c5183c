"""The clients of the handshake's time: `mcp` 1, `fastmcp` 3, pydantic-ai 1."""

from contextlib import asynccontextmanager

import fastmcp
import mcp
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client
from pydantic_ai.mcp import MCPServerStdio, MCPServerStreamableHTTP
from support import tool
from support.agents import AgentClient
from support.client import Client, Library, Log, Outcome

REVISION = "2025-11-25"


class SessionClient(Client):
    """A `ClientSession` of the SDK or, with the same methods, the client of fastmcp."""

    def __init__(self, session) -> None:
        self._session = session

    async def tools(self) -> list[tuple[str, dict]]:
        listed = await self._session.list_tools()
        return [(t.name, t.inputSchema) for t in getattr(listed, "tools", listed)]

    async def call(self, code: str, variables: dict) -> Outcome:
        arguments = {"python_code": code, "global_variables": variables}
        result = await self._session.call_tool(tool.NAME, arguments)
        structure = getattr(result, "structured_content", None) or getattr(result, "structuredContent", None)
        return Outcome(text=result.content[0].text, structure=structure)


def _streams(server):
    if isinstance(server, str):
        return streamable_http_client(server)
    return stdio_client(mcp.StdioServerParameters(command=server[0], args=server[1:]))


@asynccontextmanager
async def sdk(server, level, note):
    async def log(params) -> None:
        note(Log(params.level, params.logger, params.data))

    async with (
        _streams(server) as (reading, writing, *_),
        mcp.ClientSession(reading, writing, logging_callback=log) as session,
    ):
        greeting = await session.initialize()
        if level:
            await session.set_logging_level(level)
        client = SessionClient(session)
        client.revision = greeting.protocolVersion
        yield client


@asynccontextmanager
async def fast(server, level, note):
    async def log(params) -> None:
        note(Log(params.level, params.logger, params.data))

    if isinstance(server, str):
        transport = StreamableHttpTransport(server)
    else:
        transport = StdioTransport(server[0], server[1:], keep_alive=False)
    async with fastmcp.Client(transport, log_handler=log) as session:
        if level:
            await session.set_logging_level(level)
        client = SessionClient(session)
        client.revision = session.initialize_result.protocolVersion
        yield client


@asynccontextmanager
async def agent(server, level, note):
    async def log(params) -> None:
        note(Log(params.level, params.logger, params.data))

    options = {"log_level": level, "log_handler": log, "timeout": 30}
    if isinstance(server, str):
        toolset = MCPServerStreamableHTTP(server, **options)
    else:
        toolset = MCPServerStdio(server[0], server[1:], **options)
    async with toolset:
        yield AgentClient(toolset)


LIBRARIES = [
    Library("mcp 1", sdk, REVISION),
    Library("fastmcp 3", fast, REVISION),
    Library("pydantic-ai 1", agent, None),
]
