"""This compiles a run's code into a body and a last value, and keeps the source for later questions."""

import builtins

__builtins__ = dict(vars(builtins))

import __future__
import ast
import inspect
import linecache
import os
from textwrap import dedent

from pyodide.code import should_quiet

FILENAME = "main.py"

_FUTURES = 0
for _name in __future__.all_feature_names:
    _FUTURES |= getattr(__future__, _name).compiler_flag

_numbers = {"run": 0, "block": 0}
# The files that the code of runs comes from, by the names of the runs.
_files = {}


def new_name(keep, interactive, file=None):
    """The file name of a run's code. Functions may outlive a run that keeps variables, so its code has a name
    of its own.

    `file` is the name in the result's text.
    """
    if not keep:
        return FILENAME
    kind = "block" if interactive else "run"
    _numbers[kind] += 1
    name = f"<{kind} {_numbers[kind]}>"
    if file:
        _files[name] = file
    return name


class Code:
    """A run's code. Its `tree` may be changed until it is compiled."""

    def __init__(self, source, filename, futures=0):
        self.source, self.filename = dedent(source), filename
        self.flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | futures
        # The source must be known before a warning about one of its lines.
        remember(self.filename, self.source)
        self.tree = compile(self.source, filename, "exec", self.flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        self.body = self.value = None

    def compile(self):
        statements = self.tree.body
        is_valued = statements and isinstance(statements[-1], ast.Expr)
        if is_valued and not (";" in self.source and should_quiet(self.source)):
            last = statements.pop()
        else:
            last = None
        if statements or last is None:
            self.body = compile(self.tree, self.filename, "exec", self.flags, dont_inherit=True)
            self.flags |= self.futures
        if last is not None:
            expression = ast.Expression(last.value)
            self.value = compile(expression, self.filename, "eval", self.flags, dont_inherit=True)

    @property
    def futures(self):
        """The names that it imports from `__future__`, as flags of the compiler."""
        return self.body.co_flags & _FUTURES if self.body else 0

    @property
    def is_coroutine(self):
        return any(part and part.co_flags & inspect.CO_COROUTINE for part in (self.body, self.value))

    def run(self, namespace):
        if self.body:
            eval(self.body, namespace)
        return eval(self.value, namespace) if self.value else None

    async def run_async(self, namespace):
        value = None
        for part in (self.body, self.value):
            if part:
                value = eval(part, namespace)
                if part.co_flags & inspect.CO_COROUTINE:
                    value = await value
        return value if self.value else None


def remember(filename, source):
    """Make the source known to `linecache`, where tracebacks, warnings, `inspect` and `pdb` look for it."""
    lines = [line + "\n" for line in source.replace("\r\n", "\n").removesuffix("\n").split("\n")]
    entry = (len(source), None, lines, filename)
    linecache.cache[filename] = entry
    if filename == FILENAME and not os.path.exists(filename):
        # The debugger takes the name for that of a file, and asks for it by its path.
        linecache.cache[os.path.abspath(filename)] = entry


def is_of_run(filename):
    return filename == FILENAME or filename.startswith("<run ") or is_block(filename)


def is_block(filename):
    return filename is not None and filename.startswith("<block ")


def shown_name(filename):
    """The file's name in the text of a result, since a tool's client knows one file."""
    return _files.get(filename, FILENAME) if filename is not None and filename.startswith("<run ") else filename


def display_all(statements):
    displaying = _Displaying()
    for index, statement in enumerate(statements):
        if index + 1 < len(statements) or not isinstance(statement, ast.Expr):
            statements[index] = displaying.visit(statement)


class _Displaying(ast.NodeTransformer):
    """A transformer that displays the values of expression statements, but not those in functions and
    classes."""

    def visit_FunctionDef(self, node):
        return node

    visit_AsyncFunctionDef = visit_ClassDef = visit_FunctionDef

    def visit_Expr(self, node):
        hook = ast.parse("__import__('sys').displayhook", mode="eval").body
        call = ast.Call(hook, [node.value], [])
        for new in (call, *ast.walk(hook)):
            ast.copy_location(new, node.value)
        return ast.copy_location(ast.Expr(call), node)
