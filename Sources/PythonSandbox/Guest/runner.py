"""Runs the user's code and turns what comes of it into the JSON text that the host decodes.

Result: ``status`` (``success`` or ``run-error``), then for a success ``value`` (the JSON text that
``pydantic_core.to_json`` gives, or the string itself with ``bare`` set), ``strict`` (the same without NaN
and infinities, where it has some) and ``repr``; for an error ``error``, the traceback.
``undrawn`` says why a picture of the run is missing.
"""

import builtins

# Functions take the builtins that stand here when they are made: a run that changes the real ones does not reach them.
__builtins__ = dict(vars(builtins))

import ast
import asyncio
import contextvars
import gc
import inspect
import os
import posix
import re
import rlcompleter
import sys
import time
import weakref
from json import dumps, loads

import _columns
import _figures
import _images
import _imports
import _mcp_run_python as host
import _preload
import _reset
import _tracebacks
from pyodide.code import CodeRunner

PYTHON_VERSION = ".".join(map(str, sys.version_info[:3]))
MOST_FRAMES = 5000

_stdout, _stderr = sys.stdout, sys.stderr
_kept = {"__name__": "__main__", "__builtins__": builtins}
_task = None
_timeout = 0
_keeps_figures = False
_longest = 0
_mark = None
_baseline = None
# What Pyodide's start looks for in `sys.modules`, and what `begin` gave: for checkpoints.
_spending = {}
_awaited = []
_between = []
_handles = weakref.WeakSet()


def preload(names_json):
    """Call once, before this Python is saved: import these. Gives sentences about failures, as JSON."""
    global _baseline
    _reset.watch()
    spending = {name: sys.modules[name] for name in _reset.SPENDING_IMPORTS if name in sys.modules}
    failures = _preload.preload(loads(names_json))
    if _reset.pending_tasks():
        raise RuntimeError("a package starts a task when it is imported")
    _baseline = _reset.Baseline()
    sys.modules.update(spending)  # Pyodide's own start looks for them there
    gc.collect()
    # What is there now is there for good: no collection needs to look at it.
    gc.freeze()
    return dumps(failures)


def begin(longest, is_restored, is_savable):
    """Call once, before the first run. A result is no longer than `longest` characters.

    Gives two functions for runs that keep nothing. The first is called before the answer, and gives an awaitable
    while tasks of the run are left; the second is called after it, and makes the next run find everything as the
    first one did.
    """
    global _baseline, _longest, _mark
    _longest = longest
    if is_savable:
        _watch_timers()
        _spending.update({name: sys.modules[name] for name in _reset.SPENDING_IMPORTS if name in sys.modules})
    if is_restored:
        del sys.path[0]  # Pyodide's start has put it there again
        _reset.reseed({**_preload.modules(), **sys.modules})
    else:
        _reset.watch()
    baseline, _baseline = _baseline or _reset.Baseline(), None
    harmless = []

    def mark(value):
        if not harmless:  # the first word of a run is ours, before its code
            harmless.append(value)

    _mark = mark
    baseline.begin(_stdout, _stderr)
    ours = [sys.modules[__name__], _reset, _preload, _images, _columns, _imports, _tracebacks]
    guard = _reset.make_guard(ours)

    def settle():
        if harmless == [True]:
            return None
        for _ in (1, 2, 3):
            try:
                guard()
                if baseline.is_spent():
                    host.spend()
                tasks = _reset.pending_tasks()
                return _reset.cancel_tasks(tasks) if tasks else None
            except KeyboardInterrupt:
                pass  # meant for the run, which has ended meanwhile

    def reset():
        is_harmless = harmless == [True]
        harmless.clear()
        if is_harmless:
            return
        for _ in (1, 2, 3):
            try:
                guard()
                return baseline.restore()
            except KeyboardInterrupt:
                pass  # meant for the run, which has ended meanwhile

    _between[:] = settle, reset
    return settle, reset


def _watch_timers():
    loop = type(asyncio.get_event_loop())
    call_later = loop.call_later

    def watched(self, *values, **named):
        handle = call_later(self, *values, **named)
        _handles.add(handle)
        return handle

    loop.call_later = watched


def suspend(timers):
    """Make this Python ready to be saved: gives why it cannot be, or None. `wake` undoes it.

    So many of JavaScript's timers are waiting; those that Python has cancelled meanwhile do nothing.
    """
    for task in _reset.pending_tasks():
        return f"a task is pending ({task.get_coro().__qualname__})"
    if timers > sum(handle.cancelled() for handle in _handles):
        return "a timer is waiting"
    for stream in (_stdout, _stderr):
        stream.flush()
    _awaited[:] = [name for name in _spending if name not in sys.modules]
    sys.modules.update({name: _spending[name] for name in _awaited})


def wake():
    """Call when this Python was saved."""
    for name in _awaited:
        sys.modules.pop(name, None)


def resume(longest, is_started, reseeds):
    """Call once in a Python that goes on from a checkpoint, in place of `begin`: gives the same."""
    global _longest
    _longest = longest
    if is_started:
        del sys.path[0]  # Pyodide's start has put it there
    wake()
    if reseeds:
        _reset.reseed({**_preload.modules(), **sys.modules})
    return _between


def holder(value):
    """Which variable stands for this object of JavaScript's, in words; None if none does."""
    for name, own in list(_kept.items()):
        if type(own) is type(value) and own == value:
            return f"the variable {name}"
    return None


def start(code, globals_json, keep, timeout, interactive, columns):
    """Start a run: gives the result, or an awaitable of it when the code has a top-level await.

    With `interactive` all values are displayed as at Python's own prompt, but for the last line's: that is the result.
    `columns` is the width of the console that shows it, or 0.
    """
    global _task, _timeout, _keeps_figures
    # At the prompt a figure is made by one block after the other.
    _task, _timeout, _keeps_figures = None, timeout, keep and interactive
    try:
        _columns.set_columns(columns)
        _images.begin(_keeps_figures)
        namespace = _namespace(loads(globals_json), keep)
        runner = CodeRunner(code, filename=_tracebacks.FILENAME, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        if not keep:
            _mark(columns == 0 and _reset.is_harmless(runner.ast))
        if interactive:
            _display_all(runner.ast.body)
        runner.compile()
        if runner.code is not None:
            _tracebacks.remember(runner.code, code)
            if runner.code.co_flags & inspect.CO_COROUTINE:
                return _finish_async(runner, namespace)
        value = runner.run(namespace) if keep else contextvars.copy_context().run(runner.run, namespace)
        return _success(value, namespace, keep)
    except BaseException as error:
        return _failure(error)


def cancel():
    """End a run that waits in the event loop."""
    if _task is not None:
        _task.cancel()


def complete(text):
    """What a line's beginning can be completed to, as JSON: whole beginnings of a line."""
    word = re.search(r"[\w.]*$", text)[0]
    stem = text[: len(text) - len(word)]
    completer = rlcompleter.Completer(_kept)
    matches = completer.attr_matches(word) if "." in word else completer.global_matches(word)
    hidden = word.rpartition(".")[2].startswith("_")
    names = {m for m in matches if hidden or not m.rpartition(".")[2].startswith("_")}
    return dumps([stem + name for name in sorted(names)])


async def _finish_async(runner, namespace):
    global _task
    _task = asyncio.ensure_future(runner.run_async(namespace))
    try:
        return _success(await _task, namespace, namespace is _kept)
    except asyncio.CancelledError as error:
        return _failure(KeyboardInterrupt().with_traceback(error.__traceback__))
    except BaseException as error:
        return _failure(error)
    finally:
        _task = None


def _namespace(variables, keep):
    if keep:
        _kept.update(variables)
        return _kept
    return {**variables, "__name__": "__main__"}


def _display_all(statements):
    displaying = _Displaying()
    for index, statement in enumerate(statements):
        if index + 1 < len(statements) or not isinstance(statement, ast.Expr):
            statements[index] = displaying.visit(statement)


class _Displaying(ast.NodeTransformer):
    """Displays what statements that are expressions come to, but for those of functions and classes."""

    def visit_FunctionDef(self, node):
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_Expr(self, node):
        hook = ast.parse("__import__('sys').displayhook", mode="eval").body
        call = ast.Call(hook, [node.value], [])
        for new in (call, *ast.walk(hook)):
            ast.copy_location(new, node.value)
        return ast.copy_location(ast.Expr(call), node)


def _display(value, /, _frame=sys._getframe):
    if value is None:
        return
    for stream in (_stdout, _stderr):
        stream.flush()
    text = repr(value) + "\n"
    # A lone surrogate is no text that JSON can carry.
    host.display(text.encode("utf-8", "backslashreplace").decode())
    _images.show_value(value)
    _frame(1).f_globals["_"] = value


def _success(value, namespace, keep):
    result = {"status": "success"}
    if value is not None:
        _columns.apply()
        result.update(_dump(value), repr=repr(value))
        if keep:
            namespace["_"] = value
    return _encode(result, _images.finish(value, _keeps_figures))


def _failure(error):
    try:
        text = _tracebacks.describe(_late(error))
    except KeyboardInterrupt as interrupt:  # the error's own text does not end
        text = _tracebacks.describe(_late(interrupt))
    end = _images.drop if _is_interrupt(error) or host.isLate() else _images.finish
    reason = end(keep=_keeps_figures)
    return _encode({"status": "run-error", "error": _tracebacks.shorten(text)}, reason)


def _late(error):
    """What the interrupt is called that ends a run whose time is over."""
    if host.isLate() and _is_interrupt(error):
        late = TimeoutError(f"the code ran longer than {_timeout:g} second{'' if _timeout == 1 else 's'}")
        late.__context__, late.__suppress_context__ = error.__context__, error.__suppress_context__
        late.__cause__ = error.__cause__
        error = late.with_traceback(error.__traceback__)
    return error


def _is_interrupt(error):
    # pydantic hides what a value's own repr raises, or panics where it expects nothing.
    hiding = ("PydanticSerializationError", "PanicException")
    wrapped = type(error).__name__ in hiding and "KeyboardInterrupt" in str(error)
    return wrapped or isinstance(error, KeyboardInterrupt)


def _encode(result, undrawn):
    for stream in (_stdout, _stderr):
        try:
            stream.flush()
        except ValueError:
            pass  # closed by the user's code
    if undrawn:
        result["undrawn"] = undrawn
    text = dumps(result, ensure_ascii=False)
    if len(text) > _longest:
        error = f"ValueError: the return value takes {len(text)} characters, and at most {_longest} are sent\n"
        text = dumps({"status": "run-error", "error": error})
    # A lone surrogate is no text that JSON can carry.
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _dump(value):
    if isinstance(value, str):
        return {"value": str(value), "bare": True}
    if type(value) in (bool, int):
        return {"value": dumps(value)}
    from pydantic_core import to_json

    text = to_json(value, indent=2, fallback=_fallback)
    if b"NaN" in text or b"Infinity" in text:
        strict = to_json(value, fallback=_fallback, inf_nan_mode="null")
        return {"value": text.decode(), "strict": strict.decode()}
    return {"value": text.decode()}


def _fallback(value):
    kind = type(value)
    if kind.__module__ == "numpy":
        return value.tolist() if kind.__name__ in ("ndarray", "matrix") else value.item()
    if kind.__module__ == "pyodide.ffi":
        return value.to_py()
    return repr(value)


def _sleep(seconds, _original=time.sleep):
    if not isinstance(seconds, (int, float)) or seconds < 0 or seconds != seconds:
        _original(seconds)  # raises as Python does
        return
    for stream in (_stdout, _stderr):
        stream.flush()
    end = time.monotonic() + seconds
    # In slices, so that bytecode runs in between: that is where an interrupt is noticed.
    while (left := end - time.monotonic()) > 0:
        host.sleep(min(left, 0.05) * 1000)


def _input(prompt="", /):
    for stream in (_stdout, _stderr):
        stream.flush()
    answer = host.ask(str(prompt))
    if isinstance(answer, str):
        return answer
    # JavaScript's undefined is None here, its null is not: an interrupt, or nobody to ask.
    raise KeyboardInterrupt if answer is None else EOFError("EOF when reading a line")


def _set_recursion_limit(limit, /, _original=sys.setrecursionlimit, _most=MOST_FRAMES):
    # Deeper than this, the engine's own stack ends before Python's does, and the interpreter with it.
    _original(min(limit, _most))


def _refuse_processes(*_):
    raise PermissionError("the sandbox cannot start processes")


# matplotlib draws for `_figures` unless the code wants it otherwise.
os.environ["MPLBACKEND"] = f"module://{_figures.__name__}"
_imports.watch()
builtins.input = _input
sys.displayhook = _display
sys.setrecursionlimit = _set_recursion_limit
time.sleep = _sleep
os.system = posix.system = _refuse_processes
sys.path.remove("/lib/mcp_run_python")
