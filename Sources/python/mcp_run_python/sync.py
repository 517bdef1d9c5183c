"""The sandbox for programs without an event loop."""

from __future__ import annotations as _annotations

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from ._options import Limits, State
from .checkpoint import Checkpoint
from .code_sandbox import CodeSandbox, RunError, RunSuccess, code_sandbox
from .main import LoggingLevel, LogHandler

if TYPE_CHECKING:
    from anyio.from_thread import BlockingPortal


@dataclass
class CodeSandboxSync:
    """A `CodeSandbox` whose methods wait; any thread may call them."""

    _sandbox: CodeSandbox
    _portal: BlockingPortal

    def eval(self, code: str, globals: dict[str, Any] | None = None) -> RunSuccess | RunError:
        """Runs code, as `CodeSandbox.eval` does."""
        result: RunSuccess | RunError = self._portal.call(self._sandbox.eval, code, globals)
        return result

    def checkpoint(self) -> Checkpoint:
        """Saves the state, as `CodeSandbox.checkpoint` does."""
        return self._portal.call(self._sandbox.checkpoint)

    def restore(self, checkpoint: Checkpoint, *, reseed: bool = False) -> None:
        """Goes on from a state, as `CodeSandbox.restore` does."""
        self._portal.call(partial(self._sandbox.restore, checkpoint, reseed=reseed))

    def fork(self, *, reseed: bool = False) -> CodeSandboxSync:
        """Begins another sandbox in the same state, as `CodeSandbox.fork` does."""
        return CodeSandboxSync(self._portal.call(partial(self._sandbox.fork, reseed=reseed)), self._portal)


@contextmanager
def code_sandbox_sync(
    *,
    dependencies: list[str] | None = None,
    log_handler: LogHandler | None = None,
    logging_level: LoggingLevel | None = None,
    allow_networking: bool = True,
    state: State | None = None,
    limits: Limits | None = None,
    mounts: Sequence[str] = (),
    resume: Checkpoint | None = None,
) -> Generator[CodeSandboxSync, None, None]:
    """The same as `code_sandbox`; an event loop runs in a thread of its own, which calls the handler."""
    from anyio.from_thread import start_blocking_portal

    context = code_sandbox(
        dependencies=dependencies,
        log_handler=log_handler,
        logging_level=logging_level,
        allow_networking=allow_networking,
        state=state,
        limits=limits,
        mounts=mounts,
        resume=resume,
    )
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(context) as sandbox:
        yield CodeSandboxSync(sandbox, portal)
