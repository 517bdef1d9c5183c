"""Servers for other programs: their command lines, and running one."""

from __future__ import annotations as _annotations

import logging
import shutil
import subprocess
import tempfile
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ._executable import cache_words, executable, own_environment
from ._options import dependency_words, server_words

__all__ = 'DenoEnv', 'async_prepare_deno_env', 'prepare_deno_env', 'run_mcp_server'

logger = logging.getLogger(__name__)
LoggingLevel = Literal['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency']
Mode = Literal['stdio', 'streamable_http', 'streamable_http_stateless', 'example']
ReturnMode = Literal['json', 'xml']
LogHandler = Callable[[LoggingLevel, str], None]
"""It gets a level and a line of text."""

_HTTP = ('streamable_http', 'streamable_http_stateless')


def run_mcp_server(
    mode: Mode,
    *,
    http_port: int | None = None,
    http_host: str | None = None,
    dependencies: list[str] | None = None,
    return_mode: ReturnMode = 'xml',
    deps_log_handler: LogHandler | None = None,
    allow_networking: bool = True,
    verbose: bool = False,
) -> int:
    """Installs packages, then runs a server until it ends.

    Args:
        mode: The way in which clients reach it, or `example` to run a small program with numpy.
        http_port: The port for HTTP; by default 3001.
        http_host: The address for HTTP; by default 127.0.0.1. One that others can reach needs a token in
            `MCP_RUN_PYTHON_TOKEN`.
        dependencies: The packages that the code may import, as for pip.
        return_mode: The form of the tool's text result.
        deps_log_handler: Gets each line about the installation.
        allow_networking: Lets the code reach the internet, but nothing local.
        verbose: Lets the server tell more on stderr.

    Returns:
        The server's exit status; 0 when it was stopped from the keyboard.

    Raises:
        RuntimeError: when the packages cannot be installed.
        ValueError: for a port or an address without HTTP.
    """
    words = _words(mode, http_port, http_host, dependencies, return_mode, allow_networking)
    install(dependencies, deps_log_handler)
    if mode in _HTTP:
        logger.info('Running mcp-run-python via %s on port %d...', mode, 3001 if http_port is None else http_port)
    else:
        logger.info('Running mcp-run-python via %s...', mode)
    server = subprocess.Popen([executable(), *words, *(['--verbose'] if verbose else [])], env=own_environment())
    try:
        return server.wait()
    except KeyboardInterrupt:
        # The terminal has interrupted the server too.
        server.wait()
        logger.warning('Server stopped.')
        return 0


@dataclass
class DenoEnv:
    """A server that is ready to be started: by `deno`, or without Deno by `command`, both with `args` in `cwd`."""

    cwd: Path
    """The folder to start it in. It lasts as long as the context."""
    args: list[str]
    """The arguments for Deno, and for `command`."""
    command: str = 'deno'
    """A program that takes the same arguments as Deno, and needs no Deno on the PATH."""


@contextmanager
def prepare_deno_env(
    mode: Mode,
    *,
    http_port: int | None = None,
    http_host: str | None = None,
    dependencies: list[str] | None = None,
    return_mode: ReturnMode = 'xml',
    deps_log_handler: LogHandler | None = None,
    allow_networking: bool = True,
) -> Generator[DenoEnv, None, None]:
    """Installs packages, and says how a server with them is started.

    The server is the executable of this package. Deno is only asked to become it, so that programs that run
    `deno` go on to work; `DenoEnv.command` does without it.

    Args:
        mode: The way in which clients reach it, or `example`.
        http_port: The port for HTTP; by default 3001.
        http_host: The address for HTTP; by default 127.0.0.1.
        dependencies: The packages that the code may import, as for pip.
        return_mode: The form of the tool's text result.
        deps_log_handler: Gets each line about the installation.
        allow_networking: Lets the code reach the internet, but nothing local. Packages are installed anyway.

    Yields:
        The folder, the arguments and the command.

    Raises:
        RuntimeError: when the packages cannot be installed, with the installer's words.
        ValueError: for a port or an address without HTTP.
    """
    words = _words(mode, http_port, http_host, dependencies, return_mode, allow_networking)
    install(dependencies, deps_log_handler)
    folder = Path(tempfile.mkdtemp(prefix='mcp-run-python-'))
    try:
        source = Path(__file__).parent / 'deno'
        for name in ('main.ts', 'command'):
            shutil.copy(source / name, folder / name)
        # Deno needs the right to call the system's execv, and no other.
        arguments = ['run', '--no-config', '--no-lock', '--no-prompt', '--allow-ffi', 'main.ts', executable(), *words]
        yield DenoEnv(cwd=folder, args=arguments, command=str(folder / 'command'))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@asynccontextmanager
async def async_prepare_deno_env(
    mode: Mode,
    *,
    http_port: int | None = None,
    http_host: str | None = None,
    dependencies: list[str] | None = None,
    return_mode: ReturnMode = 'xml',
    deps_log_handler: LogHandler | None = None,
    allow_networking: bool = True,
) -> AsyncGenerator[DenoEnv, None]:
    """The same as `prepare_deno_env`, without blocking: the handler is called in another thread."""
    from anyio.to_thread import run_sync

    context = prepare_deno_env(
        mode,
        http_port=http_port,
        http_host=http_host,
        dependencies=dependencies,
        return_mode=return_mode,
        deps_log_handler=deps_log_handler,
        allow_networking=allow_networking,
    )
    environment = await run_sync(context.__enter__)
    try:
        yield environment
    finally:
        # Removing two files takes no time, and must not be cancelled.
        context.__exit__(None, None, None)


def _words(
    mode: Mode,
    http_port: int | None,
    http_host: str | None,
    dependencies: list[str] | None,
    return_mode: ReturnMode,
    allow_networking: bool,
) -> list[str]:
    if mode not in _HTTP and (http_port is not None or http_host is not None):
        raise ValueError('Port and host are only supported for `streamable_http` mode')
    return server_words(
        mode.replace('_', '-'),
        dependencies=dependencies,
        allow_networking=allow_networking,
        return_mode=return_mode,
        http_host=http_host,
        http_port=http_port,
    )


def install(dependencies: list[str] | None, handler: LogHandler | None) -> None:
    """Fetches the runtime and installs packages, unless all is there.

    Raises:
        RuntimeError: with the lines that the installer wrote at last.
    """
    words = ['install', *dependency_words(dependencies), *cache_words(), *(['--verbose'] if handler else [])]
    logger.info('Installing dependencies %s...', dependencies)
    lines: list[str] = []
    with subprocess.Popen(
        [executable(), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding='utf-8',
        errors='replace',
        env=own_environment(),
    ) as installer:
        try:
            for line in installer.stdout or ():
                lines.append(line.rstrip('\n'))
                if handler:
                    handler(*_entry(lines[-1]))
        except BaseException:
            installer.terminate()
            raise
    if installer.returncode != 0:
        reason = '\n'.join(_entry(line)[1] for line in lines if not line.startswith('install: '))
        raise RuntimeError(f'Failed to install dependencies: {reason or lines}')


def _entry(line: str) -> tuple[LoggingLevel, str]:
    """The level and the text of a line of the installer."""
    if line.startswith('install: '):
        return 'info', line[len('install: ') :]
    if line.startswith('mcp-run-python: '):
        return 'error', line[len('mcp-run-python: ') :]
    return 'info', line
