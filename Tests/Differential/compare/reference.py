"""What the reference does in plain Pyodide's Python: Python's own prompt, and the original's way to write a value."""

import ast
import inspect
import linecache
import sys
import traceback

_main = sys.modules["__main__"].__dict__
_first = dict(_main)
# Frames from which a block is run.
_OWN = {"reference.py"}
_numbers = iter(())


def clean():
    """The program begins with the names that `__main__` had at first."""
    global _numbers
    _main.clear()
    _main.update(_first)
    _numbers = iter(range(1, 10_000))
    for name in [name for name in linecache.cache if name == "main.py" or name.startswith("<block ")]:
        del linecache.cache[name]


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
    status = 0
    for block in [source] if is_whole else _blocks(source):
        name = "main.py" if is_whole else f"<block {next(_numbers)}>"
        linecache.cache[name] = len(block), None, block.splitlines(True), name
        error = await _run(block, name)
        if isinstance(error, SystemExit):
            if error.code is None or isinstance(error.code, int):
                return (error.code or 0) & 0xFF
            print(error.code, file=sys.stderr)
            return 1
        if error:
            _show(error)
        flush()
        status = int(error is not None)
    return status


def _blocks(source):
    """Its statements with their lines; what stands in one line is one block. All of it if it is no Python."""
    try:
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


_FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


async def _run(block, name):
    """Gives what the block raises."""
    try:
        tree = compile(block + "\n", name, "exec", _FLAGS | ast.PyCF_ONLY_AST, dont_inherit=True)
        statements = [ast.Interactive([statement]) for statement in tree.body]
        codes = [compile(statement, name, "single", _FLAGS, dont_inherit=True) for statement in statements]
    except BaseException as error:
        return error
    for code in codes:
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
    report = traceback.TracebackException.from_exception(error)
    own = (i for i, frame in enumerate(report.stack) if frame.filename not in _OWN)
    del report.stack[: next(own, len(report.stack))]
    flush()
    sys.stderr.write("".join(report.format()))
