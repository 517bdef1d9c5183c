"""The clients that know 2026-07-28: `mcp` 2, `fastmcp` 4, pydantic-ai 2; and the first two with the handshake."""

import functools
from contextlib import asynccontextmanager

import fastmcp
import mcp
from fastmcp.client.transports import StdioTransport, StreamableHttpTransport
from mcp.client.stdio import StdioServerParameters
from pydantic_ai.mcp import MCPToolset
from support import tool
from support.agents import AgentClient
from support.client import Client, Library, Log, Outcome

MODERN, LEGACY = "2026-07-28", "2025-11-25"


class SessionClient(Client):
    """The client of the SDK or, with the same methods, of fastmcp."""

    def __init__(self, session) -> None:
        self._session = session

    async def tools(self) -> list[tuple[str, dict]]:
        listed = await self._session.list_tools()
        return [(t.name, t.input_schema) for t in getattr(listed, "tools", listed)]

    async def call(self, code: str, variables: dict) -> Outcome:
        arguments = {"python_code": code, "global_variables": variables}
        result = await self._session.call_tool(tool.NAME, arguments)
        return Outcome(text=result.content[0].text, structure=result.structured_content)


def _fast_transport(server):
    if isinstance(server, str):
        return StreamableHttpTransport(server)
    return StdioTransport(server[0], server[1:], keep_alive=False)


@asynccontextmanager
async def sdk(server, level, note, *, mode="auto"):
    async def log(params) -> None:
        note(Log(params.level, params.logger, params.data))

    if not isinstance(server, str):
        server = StdioServerParameters(command=server[0], args=server[1:])
    async with mcp.Client(server, mode=mode, logging_callback=log, log_level=level) as session:
        if level and mode == "legacy":
            await session.set_logging_level(level)
        client = SessionClient(session)
        client.revision = session.protocol_version
        yield client


@asynccontextmanager
async def fast(server, level, note, *, mode="auto"):
    async def log(params) -> None:
        note(Log(params.level, params.logger, params.data))

    async with fastmcp.Client(_fast_transport(server), mode=mode, log_handler=log) as session:
        if level and mode == "legacy":
            await session.set_logging_level(level)
        client = SessionClient(session)
        client.revision = session.session.protocol_version
        yield client


@asynccontextmanager
async def agent(server, level, note):
    async def log(params) -> None:
        note(Log(params.level, params.logger, params.data))

    toolset = MCPToolset(_fast_transport(server), log_handler=log)
    async with toolset:
        client = AgentClient(toolset)
        client.revision = toolset.client.session.protocol_version
        yield client


LIBRARIES = [
    Library("mcp 2", sdk, MODERN),
    Library("mcp 2 with handshake", functools.partial(sdk, mode="legacy"), LEGACY),
    # fastmcp 4 asks for the logs of each modern request by itself.
    Library("fastmcp 4", fast, MODERN, is_silent=False),
    Library("fastmcp 4 with handshake", functools.partial(fast, mode="legacy"), LEGACY),
    Library("pydantic-ai 2", agent, MODERN, is_silent=False),
]
