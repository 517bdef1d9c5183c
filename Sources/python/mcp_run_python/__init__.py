"""Untrusted Python in a sandbox: Pyodide inside Deno, asked over MCP.

It has the names of pydantic's archived `mcp-run-python` with the same meaning, and some more.
"""

from __future__ import annotations as _annotations

from typing import TYPE_CHECKING as _TYPE_CHECKING

from ._executable import warn_of_the_original as _warn_of_the_original
from ._options import Limits, State
from .checkpoint import Checkpoint
from .code_sandbox import CodeImage, CodeSandbox, JsonData, RunError, RunSuccess, SandboxError, code_sandbox
from .main import (
    DenoEnv,
    LoggingLevel,
    LogHandler,
    Mode,
    ReturnMode,
    async_prepare_deno_env,
    prepare_deno_env,
    run_mcp_server,
)
from .sync import CodeSandboxSync, code_sandbox_sync

if _TYPE_CHECKING:
    __version__: str
    """The version of this distribution."""

__all__ = (
    '__version__',
    'Checkpoint',
    'CodeImage',
    'CodeSandbox',
    'CodeSandboxSync',
    'DenoEnv',
    'JsonData',
    'Limits',
    'LogHandler',
    'LoggingLevel',
    'Mode',
    'ReturnMode',
    'RunError',
    'RunSuccess',
    'SandboxError',
    'State',
    'async_prepare_deno_env',
    'code_sandbox',
    'code_sandbox_sync',
    'prepare_deno_env',
    'run_mcp_server',
)


def __getattr__(name: str) -> str:
    # The version is looked up when asked for: reading metadata takes longer than importing all of this.
    if name == '__version__':
        from importlib.metadata import version

        return version('mcp_run_python_swift')
    raise AttributeError(f'module {__name__!r} has no attribute {name!r}')


_warn_of_the_original()
