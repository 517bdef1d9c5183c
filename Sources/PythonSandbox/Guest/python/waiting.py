"""This lets code wait in the event loop at any depth, and ends these waits with the run.

Pyodide has one loop that always runs, and waits for a future by switching stacks. `asyncio.Runner` refuses a
loop that runs, so it is made to wait in this one.
"""

import builtins

__builtins__ = dict(vars(builtins))

import asyncio
import contextvars
import inspect
from asyncio import runners

import pyodide.ffi
import pyodide.webloop

_can_switch = pyodide.ffi.can_run_sync
_switch = pyodide.ffi.run_sync
_loop = asyncio.get_event_loop()

# The futures that calls of this run wait for. The second list has those that the end of the run has
# cancelled.
_waits = []
_ended = []


def begin(keep):
    """Begin a run. Unless it keeps variables, it gets the first loop again."""
    _waits.clear()
    _ended.clear()
    if not keep and asyncio._get_running_loop() is not _loop:
        asyncio._set_running_loop(_loop)
        asyncio.events._get_event_loop_policy().set_event_loop(_loop)


def run_sync(awaitable, /):
    """Wait for an awaitable, and give its result."""
    if not _can_switch():
        return _switch(awaitable)  # It raises the reason.
    future = asyncio.ensure_future(awaitable)
    _waits.append(future)
    try:
        return _switch(future)
    except asyncio.CancelledError as error:
        if any(future is ended for ended in _ended):
            raise KeyboardInterrupt().with_traceback(error.__traceback__) from None
        raise
    finally:
        _waits[:] = [wait for wait in _waits if wait is not future]


async def value_of(awaitable, is_shown):
    """The result of an awaitable.

    A result that is itself awaitable is awaited, too, as JavaScript does for the original. A value that is
    shown stays as it is.
    """
    value = await awaitable
    while not is_shown and inspect.isawaitable(value):
        value = await value
    return value


def cancel():
    """End the waits of the run. Its code sees a cancelled task there, and KeyboardInterrupt after that."""
    for future in list(_waits):
        if not future.done():
            _ended.append(future)
            future.cancel()


def _run(main, *, debug=None, loop_factory=None):
    """Run in place of Pyodide's own. That asks JavaScript for a setting, and a run that does so is not undone."""
    loop = asyncio.events._get_running_loop()
    if loop_factory is None and isinstance(loop, pyodide.webloop.WebLoop):
        return loop.run_until_complete(main)
    return runners.run(main, debug=debug, loop_factory=loop_factory)


def _run_until_complete(self, future):
    self._install_asyncgen_hooks()
    return run_sync(future)


def _begin_runner(self):
    if self._state is runners._State.CLOSED:
        raise RuntimeError("Runner is closed")
    if self._state is runners._State.INITIALIZED:
        return
    self._loop = asyncio.get_running_loop()
    if self._debug is not None:
        self._loop.set_debug(self._debug)
    self._context = contextvars.copy_context()
    self._state = runners._State.INITIALIZED


def _run_in_runner(self, coro, *, context=None):
    """Run code in the embedded event loop."""
    if not inspect.isawaitable(coro):
        raise TypeError("An asyncio.Future, a coroutine or an awaitable is required")
    self._lazy_init()
    if asyncio.iscoroutine(coro):
        coro = self._loop.create_task(coro, context=context or self._context)
    return run_sync(coro)


def _close_runner(self):
    """Shutdown and close event loop."""
    if self._state is runners._State.INITIALIZED:
        self._loop = None
        self._state = runners._State.CLOSED


pyodide.ffi.run_sync = pyodide.webloop.run_sync = run_sync
asyncio.run = _run
pyodide.webloop.WebLoop.run_until_complete = _run_until_complete
runners.Runner._lazy_init = _begin_runner
runners.Runner.run = _run_in_runner
runners.Runner.close = _close_runner
