"""Runs the user's code and turns what comes of it into the JSON text that the host decodes.

Result: ``status`` (``success`` or ``run-error``), then for a success ``value`` (the JSON text that
``pydantic_core.to_json`` gives, or the string itself with ``bare`` set), ``strict`` (the same without NaN
and infinities, where it has some) and ``repr``; for an error ``error``, the traceback.
"""

import ast
import asyncio
import builtins
import inspect
import json
import linecache
import os
import re
import rlcompleter
import sys
import time
import traceback

from _mcp_run_python import ask as _host_ask
from _mcp_run_python import sleep as _host_sleep
from _pyodide._importhook import add_note_to_module_not_found_error
from pyodide.code import CodeRunner

PYTHON_VERSION = ".".join(map(str, sys.version_info[:3]))
FILENAME = "main.py"

_stdout, _stderr = sys.stdout, sys.stderr
_kept = {"__name__": "__main__", "__builtins__": __builtins__}
_task = None


def start(code, globals_json, keep):
    """Start a run: gives the result, or an awaitable of it when the code has a top-level await."""
    global _task
    _task = None
    try:
        namespace = _namespace(json.loads(globals_json), keep)
        runner = CodeRunner(code, filename=FILENAME, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT).compile()
        if runner.code is not None:
            linecache._register_code(runner.code, code, FILENAME)
            if runner.code.co_flags & inspect.CO_COROUTINE:
                return _finish_async(runner, namespace)
        return _success(runner.run(namespace), namespace, keep)
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
    return json.dumps([stem + name for name in sorted(names)])


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


def _success(value, namespace, keep):
    result = {"status": "success"}
    if value is not None:
        result.update(_dump(value), repr=repr(value))
        if keep:
            namespace["_"] = value
    return _encode(result)


def _failure(error):
    return _encode({"status": "run-error", "error": _format(error)})


def _encode(result):
    for stream in (_stdout, _stderr):
        try:
            stream.flush()
        except ValueError:
            pass  # closed by the user's code
    text = json.dumps(result, ensure_ascii=False)
    # A lone surrogate is no text that JSON can carry.
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _dump(value):
    if isinstance(value, str):
        return {"value": str(value), "bare": True}
    if type(value) in (bool, int):
        return {"value": json.dumps(value)}
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


def _format(error):
    """The traceback from the user's first frame on, in each exception of a chain."""
    if isinstance(error, ModuleNotFoundError):
        add_note_to_module_not_found_error(error)
    report = traceback.TracebackException.from_exception(error)
    for link in _chain(report):
        own = next((i for i, f in enumerate(link.stack) if f.filename == FILENAME), len(link.stack))
        del link.stack[:own]
        for frame in link.stack:
            _show_source(frame)
    text = "".join(report.format())
    header = "Traceback (most recent call last):\n"
    return text if header in text else header + text


def _chain(report):
    links = [report]
    for link in links:
        links += [x for x in (link.__cause__, link.__context__, *(link.exceptions or ())) if x]
    return links


def _show_source(frame):
    """Each run is a `main.py`: give a function of an earlier run the lines it was made of."""
    lines = linecache._getlines_from_code(frame._code) if frame._code else []
    if frame.filename == FILENAME and lines and frame.end_lineno:
        frame._lines = "".join(lines[frame.lineno - 1 : frame.end_lineno])


def _sleep(seconds, _original=time.sleep):
    if not isinstance(seconds, (int, float)) or seconds < 0 or seconds != seconds:
        _original(seconds)  # raises as Python does
        return
    for stream in (_stdout, _stderr):
        stream.flush()
    end = time.monotonic() + seconds
    # In slices, so that bytecode runs in between: that is where an interrupt is noticed.
    while (left := end - time.monotonic()) > 0:
        _host_sleep(min(left, 0.05) * 1000)


def _input(prompt="", /):
    for stream in (_stdout, _stderr):
        stream.flush()
    answer = _host_ask(str(prompt))
    if isinstance(answer, str):
        return answer
    # JavaScript's undefined is None here, its null is not: an interrupt, or nobody to ask.
    raise KeyboardInterrupt if answer is None else EOFError("EOF when reading a line")


def _system(command):
    raise PermissionError("the sandbox cannot start processes")


builtins.input = _input
time.sleep = _sleep
os.system = _system
sys.path.remove("/lib/mcp_run_python")
