"""A sandbox for pieces of Python code."""

from __future__ import annotations as _annotations

import json
import os
import tempfile
import warnings
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypedDict, Union, cast

from ._executable import executable
from ._options import Limits, State, server_words
from .checkpoint import Checkpoint
from .main import LoggingLevel, LogHandler, install

if TYPE_CHECKING:
    from mcp import ClientSession
    from mcp.client.session import LoggingFnT
    from mcp.types import LoggingMessageNotificationParams

JsonData: TypeAlias = Union[str, bool, int, float, None, 'list[JsonData]', 'dict[str, JsonData]']
"""A value of Python as JSON can tell it; anything else is its `repr`."""

_FILE = 'mcp-run-python/file'
"""The key in the `_meta` of a call for the file of a checkpoint."""


class CodeImage(TypedDict):
    """A figure or an image that the code made."""

    data: str
    """The bytes of its file, in base64."""
    mime_type: str
    """The format, such as `image/png`."""


class _Extras(TypedDict, total=False):
    images: list[CodeImage]
    """The images, in the order in which they were made; missing when there are none."""
    notice: str
    """A sentence about the run, such as that output was dropped; missing when there is none."""


class RunSuccess(_Extras):
    """The result of code that ran to its end."""

    status: Literal['success']
    output: list[str]
    """The code's output to stdout and stderr, by lines."""
    return_value: JsonData
    """The value of the last line."""


class RunError(_Extras):
    """The result of code that raised an exception, took too long, or did not run for want of its packages."""

    status: Literal['install-error', 'run-error']
    output: list[str]
    """The code's output before the failure, by lines."""
    error: str
    """The traceback, or the installer's reason."""


class SandboxError(RuntimeError):
    """The sandbox cannot save its state, or cannot go on from one; the text is one sentence."""


@dataclass
class CodeSandbox:
    """Python in a sandbox, for the time of one `code_sandbox`."""

    _session: ClientSession
    _keeps_state: bool = False
    _name: str | None = None

    async def eval(self, code: str, globals: dict[str, Any] | None = None) -> RunSuccess | RunError:
        """Runs code. Several at once are run one after the other.

        Args:
            code: Python code; `await` works anywhere, and the value of the last line is the result's.
            globals: Variables that the code finds, as JSON can tell them.

        Returns:
            The result; an error of the code is a result too.

        Raises:
            ValueError: when the server does not take the variables.
        """
        arguments: dict[str, Any] = {'python_code': code}
        if globals is not None:
            arguments['global_variables'] = globals
        result = await self._call('run_python_code', arguments, {})
        contents: list[dict[str, Any]] = result['content']
        if not contents or contents[0]['type'] != 'text':
            raise ValueError(f'Unexpected content type: {contents[0]["type"] if contents else None}')
        try:
            run = json.loads(contents[0]['text'])
        except ValueError as error:
            # The server refused the call, in words.
            raise ValueError(contents[0]['text']) from error
        images = [
            CodeImage(data=content['data'], mime_type=content['mimeType'])
            for content in contents
            if content['type'] == 'image'
        ]
        # A fork's name is of no use to the caller, who has the fork.
        run.pop('session', None)
        if images:
            run['images'] = images
        structure: dict[str, Any] = result.get('structuredContent') or {}
        if notice := structure.get('notice'):
            run['notice'] = notice
        return cast('RunSuccess | RunError', run)

    async def checkpoint(self) -> Checkpoint:
        """Saves the state; the sandbox goes on as if nothing had been. It needs `state='keep'`.

        Raises:
            SandboxError: with the obstacle, such as a task that waits. Nothing has then changed.
        """
        with tempfile.TemporaryDirectory(prefix='mcp-run-python-') as folder:
            file = os.path.join(folder, 'checkpoint')
            await self._ask('checkpoint', {}, {_FILE: file})
            return Checkpoint.read(file)

    async def restore(self, checkpoint: Checkpoint, *, reseed: bool = False) -> None:
        """Goes on from a state of this sandbox, or of another one with the same dependencies.

        Args:
            checkpoint: The state, which stays usable.
            reseed: True when random numbers must differ from those after the checkpoint.

        Raises:
            SandboxError: when it is damaged, or of other dependencies. Nothing has then changed.
        """
        with tempfile.TemporaryDirectory(prefix='mcp-run-python-') as folder:
            file = os.path.join(folder, 'checkpoint')
            checkpoint.write(file)
            try:
                await self._ask('restore', {'reseed': True} if reseed else {}, {_FILE: file})
            except SandboxError as error:
                # Nobody knows the file in between.
                raise SandboxError(str(error).replace(file, 'The data')) from None

    async def fork(self, *, reseed: bool = False) -> CodeSandbox:
        """Begins another sandbox in the state of this one; afterwards neither touches the other.

        It lives as long as the `code_sandbox` that this one belongs to, and can run code at the same time.

        Args:
            reseed: True when random numbers must differ from those of this sandbox.

        Raises:
            SandboxError: when the state cannot be saved, or there are too many forks.
        """
        answer = await self._ask('fork', {'reseed': True} if reseed else {}, {})
        return CodeSandbox(self._session, self._keeps_state, answer['session'])

    async def _ask(self, tool: str, arguments: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
        """Calls a tool that saves states or goes back to them; gives its structured result."""
        if not self._keeps_state:
            raise SandboxError("This sandbox keeps no state to save. Begin it with state='keep'.")
        result = await self._call(tool, arguments, meta)
        if result['isError']:
            raise SandboxError('\n'.join(content.get('text', '') for content in result['content']))
        return cast('dict[str, Any]', result['structuredContent'])

    async def _call(self, tool: str, arguments: dict[str, Any], meta: dict[str, Any]) -> dict[str, Any]:
        if self._name is not None:
            arguments = {**arguments, 'session': self._name}
        result = await self._session.call_tool(tool, arguments, meta=cast(Any, meta or None))
        # The names of fields differ between versions of the SDK, and those on the wire do not.
        return result.model_dump(mode='json', by_alias=True)


@asynccontextmanager
async def code_sandbox(
    *,
    dependencies: list[str] | None = None,
    log_handler: LogHandler | None = None,
    logging_level: LoggingLevel | None = None,
    allow_networking: bool = True,
    state: State | None = None,
    limits: Limits | None = None,
    mounts: Sequence[str] = (),
    resume: Checkpoint | None = None,
) -> AsyncGenerator[CodeSandbox, None]:
    """Runs a sandbox, and ends it on every way out.

    Args:
        dependencies: The packages that the code may import, as for pip.
        log_handler: Gets the code's output while it runs, and the steps of installing packages; those come
            from another thread.
        logging_level: The least level of messages for the handler; by default `info`.
        allow_networking: Lets the code reach the internet, but nothing local.
        state: The state that an evaluation leaves for the next one; by default its files below `/work`, and
            everything when there is a checkpoint to go on from.
        limits: The time, memory and output that the code may use.
        mounts: The folders and files of this machine that the code finds, as `HOST[:GUEST][:ro|rw|overlay]`.
        resume: A state to go on from; by default a new Python.

    Yields:
        The sandbox.

    Raises:
        RuntimeError: when the packages cannot be installed, with the installer's words.
        SandboxError: when it cannot go on from the checkpoint.
    """
    from anyio import get_cancelled_exc_class
    from anyio.to_thread import run_sync
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    kept: State = state or ('reset' if resume is None else 'keep')
    words = server_words(
        'stdio',
        dependencies=dependencies,
        allow_networking=allow_networking,
        return_mode='json',
        state=kept,
        limits=limits,
        mounts=mounts,
    )
    if kept == 'keep':
        # Checkpoints come and go in files: the server belongs to this process.
        words.append('--checkpoint-files')
    await run_sync(install, dependencies, log_handler)
    parameters = StdioServerParameters(command=executable(), args=words, env=dict(os.environ))
    callback = _callback(log_handler)
    failure: BaseException | None = None
    try:
        async with (
            stdio_client(parameters) as (reading, writing),
            ClientSession(reading, writing, logging_callback=callback) as session,
        ):
            try:
                await session.initialize()
                if log_handler:
                    await _set_level(session, logging_level or 'info')
                sandbox = CodeSandbox(session, kept == 'keep')
                if resume is not None:
                    await sandbox.restore(resume)
                yield sandbox
            except get_cancelled_exc_class() as error:
                failure = error
                raise
            except BaseException as error:
                # The SDK would hand it on in groups of exceptions, where nobody looks for it.
                failure = error
    except Exception as error:
        if not _comes_of_closing(error):
            raise
    if failure is not None:
        raise failure


def _comes_of_closing(error: BaseException) -> bool:
    """True for what version 1 of the SDK raises when a message comes after its session's end."""
    from anyio import BrokenResourceError, ClosedResourceError

    members: tuple[BaseException, ...] = getattr(error, 'exceptions', ())
    if members:
        return all(_comes_of_closing(member) for member in members)
    return isinstance(error, (BrokenResourceError, ClosedResourceError))


async def _set_level(session: ClientSession, level: LoggingLevel) -> None:
    with warnings.catch_warnings():
        # Version 2 of the SDK calls it deprecated; this server knows it for good.
        warnings.simplefilter('ignore')
        setting = session.set_logging_level(level)  # pyright: ignore[reportDeprecated]
    await setting


def _callback(handler: LogHandler | None) -> LoggingFnT | None:
    if handler is None:
        return None

    async def log(params: LoggingMessageNotificationParams) -> None:
        handler(params.level, params.data if isinstance(params.data, str) else json.dumps(params.data))

    return log
