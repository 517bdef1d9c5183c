"""Python as a toolset for agents of Pydantic AI, version 1 or 2. It needs `pydantic-ai-slim[mcp]`."""

from __future__ import annotations as _annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ._executable import executable, own_environment
from ._options import Limits, State, server_words

if TYPE_CHECKING:
    from pydantic_ai.toolsets import AbstractToolset

__all__ = ('python_toolset',)


def python_toolset(
    *,
    dependencies: list[str] | None = None,
    allow_networking: bool = True,
    state: State = 'reset',
    limits: Limits | None = None,
    mounts: Sequence[str] = (),
    timeout: float = 120,
) -> AbstractToolset[Any]:
    """Makes a toolset with the tool `run_python_code`, and with `state='keep'` also those for checkpoints.

    Args:
        dependencies: The packages that the code may import, as for pip.
        allow_networking: Lets the code reach the internet, but nothing local.
        state: The state that a run leaves for the next one.
        limits: The time, memory and output that the code may use.
        mounts: The folders and files of this machine that the code finds, as `HOST[:GUEST][:ro|rw|overlay]`.
        timeout: Seconds that the server's start may take.

    Returns:
        The toolset; it starts and ends its server with the agent's context.
    """
    words = server_words(
        'stdio',
        dependencies=dependencies,
        allow_networking=allow_networking,
        state=state,
        limits=limits,
        mounts=mounts,
    )
    try:
        from fastmcp.client.transports import StdioTransport
        from pydantic_ai.mcp import MCPToolset
    except ImportError:
        return _by_its_own_client(words, timeout)
    transport = StdioTransport(executable(), words, env=own_environment(), keep_alive=False)
    return MCPToolset(transport, init_timeout=timeout)


def _by_its_own_client(words: list[str], timeout: float) -> AbstractToolset[Any]:
    """Makes the toolset of the earlier releases, which know no fastmcp."""
    from pydantic_ai import mcp

    toolset: AbstractToolset[Any] = getattr(mcp, 'MCPServerStdio')(  # noqa: B009
        executable(), words, env=own_environment(), timeout=timeout
    )
    return toolset
