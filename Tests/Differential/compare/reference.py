"""The reference's part in plain Pyodide's Python: Python's own prompt, and the original's way to write a
value.
"""

import __future__

import ast
import asyncio
import builtins
import decimal
import functools
import importlib
import inspect
import linecache
import logging
import os
import shutil
import sys
import textwrap
import traceback
import warnings

from _pyodide._importhook import add_note_to_module_not_found_error

_main = sys.modules["__main__"].__dict__
_folders = "/tmp", os.getcwd()
_names = {id(place): (place, dict(place)) for place in (_main, vars(builtins), os.environ)}
_lists = {id(place): (place, list(place)) for place in (sys.path, sys.meta_path, warnings.filters, logging.root.handlers)}
_attributes = {name: getattr(sys, name) for name in ("stdout", "stderr", "displayhook", "excepthook")}
_loop = asyncio.get_event_loop()
_context, _limit, _level = decimal.getcontext().copy(), sys.getrecursionlimit(), logging.root.level

_FUTURES = functools.reduce(int.__or__, (getattr(__future__, name).compiler_flag for name in __future__.all_feature_names))
_flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
_numbers = iter(())
# Frames from which a block is run.
_OWN = {"reference.py"}


def clean():
    """The program begins with what the first one found, as far as programs change it."""
    global _numbers, _flags
    for place, first in _names.values():
        place.clear()
        place.update(first)
    for place, first in _lists.values():
        place[:] = first
    for name, first in _attributes.items():
        setattr(sys, name, first)
    decimal.setcontext(_context.copy())
    asyncio._set_running_loop(_loop)
    asyncio.events._get_event_loop_policy().set_event_loop(_loop)
    sys.setrecursionlimit(_limit)
    logging.root.setLevel(_level)
    _clean_files()
    _numbers = iter(range(1, 10_000))
    _flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    for name in [name for name in linecache.cache if name == "main.py" or name.startswith(("<block ", *_folders))]:
        del linecache.cache[name]


def _clean_files():
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(_folders):
            del sys.modules[name]
    os.chdir(_folders[1])
    for folder in _folders:
        for entry in os.scandir(folder):
            shutil.rmtree(entry.path) if entry.is_dir(follow_symlinks=False) else os.unlink(entry.path)
    sys.path_importer_cache.clear()
    importlib.invalidate_caches()


def flush():
    for stream in (sys.stdout, sys.stderr):
        stream.flush()


def dump(value):
    """The value's text by the rules of the original; where that fails it is to be the value's `repr`."""
    if value is None or isinstance(value, str):
        return value
    from pydantic_core import to_json

    try:
        return to_json(value, indent=2, fallback=_fallback).decode()
    except BaseException:
        try:
            return repr(value)
        except Exception:
            pass
        raise


def _fallback(value):
    kind = type(value)
    if kind.__module__ == "numpy":
        return value.tolist() if kind.__name__ in {"ndarray", "matrix"} else value.item()
    if kind.__module__ == "pyodide.ffi":
        return value.to_py()
    return repr(value)


async def prompt(source, is_whole):
    """Runs each block as Python's own prompt would, or all at once as for `-c`; gives the exit status."""
    status, loop = 0, asyncio.get_running_loop()
    for block in [textwrap.dedent(source)] if is_whole else _blocks(source):
        name = "main.py" if is_whole else f"<block {next(_numbers)}>"
        linecache.cache[name] = len(block), None, f"{block}\n".splitlines(True), name
        error = await _run(block, name)
        if isinstance(error, SystemExit):
            if error.code is None or isinstance(error.code, int):
                return (error.code or 0) & 0xFF
            print(error.code, file=sys.stderr)
            return 1
        if error:
            _show(error)
        flush()
        # The event loop goes on between blocks, unless the code has put another in its place.
        if asyncio._get_running_loop() is loop:
            await asyncio.sleep(0)
        status = int(error is not None)
    return status


def _blocks(source):
    """Its statements with their lines; what stands in one line is one block. All of it if it is no Python."""
    try:
        with warnings.catch_warnings(action="ignore"):
            statements = ast.parse(source).body
    except SyntaxError:
        return [source]
    lines = source.splitlines()
    spans = []
    for statement in statements:
        first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))])
        if spans and first <= spans[-1][1]:
            spans[-1][1] = statement.end_lineno
        else:
            spans.append([first, statement.end_lineno])
    return ["\n".join(lines[first - 1 : last]) for first, last in spans]


async def _run(block, name):
    """Gives what the block raises."""
    global _flags
    try:
        tree = compile(block + "\n", name, "exec", _flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        statements = [ast.Interactive([statement]) for statement in tree.body]
        codes = [compile(statement, name, "single", _flags, dont_inherit=True) for statement in statements]
    except BaseException as error:
        return error
    for code in codes:
        _flags |= code.co_flags & _FUTURES
        value, error = _evaluate(code)
        if code.co_flags & inspect.CO_COROUTINE and not error:
            try:
                await value
            except BaseException as raised:
                error = raised
        if error:
            return error


def _evaluate(code):
    # No coroutine of ours stands between the code and its error, which would make another of StopIteration.
    try:
        return eval(code, _main), None
    except BaseException as error:
        return None, error


def _show(error):
    if isinstance(error, ModuleNotFoundError):
        add_note_to_module_not_found_error(error)
    report = traceback.TracebackException.from_exception(error)
    own = (i for i, frame in enumerate(report.stack) if frame.filename not in _OWN)
    del report.stack[: next(own, len(report.stack))]
    flush()
    sys.stderr.write("".join(report.format()))
