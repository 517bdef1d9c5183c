"""Puts right, between two runs, what the first may have changed for the second (`--state reset`).

Undone here: changed names and classes of every module that was there before the first run, builtins, `sys`,
the streams, the working directory, the environment, warning filters, signal handlers, tracing, the collector,
random seeds, the locale, root logging and pending tasks. Modules that a run imported stay, with whatever
state they have. What cannot be put right makes the interpreter `spent`: the host takes a new one.
"""

import builtins

# Functions take the builtins that stand here when they are made: a run that changes the real ones does not reach them.
__builtins__ = dict(vars(builtins))

import _locale
import ast
import asyncio
import atexit
import gc
import linecache
import operator
import os
import signal
import sys
import types
import warnings

import _mcp_run_python as host

# What is imported here belongs to no run: what a run adds to these goes, elsewhere a new submodule may stay.
OURS = {"_runner", "_reset", "_preload", "_images", "_figures", "_columns", "_imports", "_tracebacks"}
OURS |= {"_advice", "_completion", "_fetching", "_source", "_values", "_waiting"}
EXACT = {"builtins", "sys", "__main__"} | OURS
# Names that the modules themselves rebind as they work.
OWN = {"_runner": frozenset({"_task", "_timeout", "_interactive", "_futures"}), "_columns": frozenset({"_wanted"})}

LOCALE = _locale.setlocale(_locale.LC_ALL, None)

# Reaching one of these means that JavaScript or raw memory can be changed beyond repair.
SPENDING_IMPORTS = {"js", "pyodide_js", "_pyodide_core"}

# What spent the interpreter, as far as it was noticed.
spendings = set()

# Code that uses no other names than these and its own cannot have changed anything.
HARMLESS = frozenset(
    "abs all any ascii bin bool bytearray bytes chr complex dict divmod enumerate filter float format frozenset "
    "hash hex int len list map max min next oct ord pow print range repr reversed round set slice sorted str sum "
    "tuple zip ArithmeticError AssertionError Exception IndexError KeyError KeyboardInterrupt LookupError "
    "OverflowError RuntimeError StopIteration TypeError ValueError ZeroDivisionError".split()
)

_is = operator.is_


class _Names:
    """What the names of a module or class stood for."""

    def __init__(self, holder, exact=False, own=()):
        self.holder, self.exact, self.own = holder, exact, own
        self.mapping = holder.__dict__
        self.note()

    def note(self):
        self.names, self.values = tuple(self.mapping), tuple(self.mapping.values())

    def are_same(self, _all=all, _map=map, _len=len):
        return _len(self.mapping) == _len(self.values) and _all(_map(_is, self.mapping.values(), self.values))

    def restore(self):
        known = dict(zip(self.names, self.values))
        for name, value in known.items():
            if name not in self.own and self.mapping.get(name, self) is not value:
                self._set(name, value)
        for name in [name for name in self.mapping if name not in known]:
            if self.exact or not isinstance(self.mapping[name], types.ModuleType):
                self._remove(name)
        self.note()

    def _set(self, name, value):
        if isinstance(self.mapping, dict):
            self.mapping[name] = value
        else:
            type.__setattr__(self.holder, name, value)

    def _remove(self, name):
        if isinstance(self.mapping, dict):
            del self.mapping[name]
        else:
            type.__delattr__(self.holder, name)


class Baseline:
    """How everything was before the first run. A snapshot has most of it: what takes time is noted once."""

    def __init__(self):
        self._hide_spending()
        holders = [m for m in sys.modules.values() if type(m) is types.ModuleType]
        self.all_names = [
            _Names(m, m.__name__ in EXACT, OWN.get(m.__name__, ())) for m in dict.fromkeys(holders)
        ]
        self.all_names += [_Names(c) for c in _classes(holders)]

    def begin(self, stdout, stderr):
        """Note the rest, right before the first run."""
        self._hide_spending()
        for names in self.all_names:
            if not names.are_same():
                names.note()
        self.modules = dict(sys.modules)
        self.lists = [(x, list(x)) for x in (sys.path, sys.argv, sys.meta_path, sys.path_hooks, warnings.filters)]
        self.environment = dict(os.environ)
        self.folder = os.getcwd()
        self.descriptors = _descriptors()
        self.next_descriptor = _next_descriptor()
        self.streams = [(s, _stream_state(s)) for s in (stdout, stderr)]
        self.interrupt = signal.getsignal(signal.SIGINT)
        self.recursion = sys.getrecursionlimit()
        self.digits = sys.get_int_max_str_digits()
        self.thresholds = gc.get_threshold()

    @staticmethod
    def _hide_spending():
        for name in SPENDING_IMPORTS:
            sys.modules.pop(name, None)  # so that importing them is an event

    def is_spent(self):
        """Whether something changed that `restore` cannot put right."""
        if _next_descriptor() > self.next_descriptor:
            gc.collect()  # files that nobody holds any more
        return (
            _next_descriptor() != self.next_descriptor
            or _descriptors() != self.descriptors
            or any(_stream_state(stream) != state for stream, state in self.streams)
        )

    def restore(self):
        """Undo what the last run did; cheap when it did nothing."""
        sys.settrace(None)
        sys.setprofile(None)
        for names in self.all_names:
            if not names.are_same():
                names.restore()
        for name, module in self.modules.items():
            if sys.modules.get(name) is not module:
                sys.modules[name] = module
        for values, before in self.lists:
            if values != before:
                values[:] = before
        warnings.onceregistry.clear()
        linecache.clearcache()
        self._restore_process()
        self._restore_interpreter()
        _restore_imported()

    def _restore_process(self):
        if os.environ != self.environment:
            os.environ.clear()
            os.environ.update(self.environment)
        try:
            same = os.getcwd() == self.folder
        except OSError:
            same = False
        if not same:
            os.makedirs(self.folder, exist_ok=True)
            os.chdir(self.folder)

    def _restore_interpreter(self):
        if signal.getsignal(signal.SIGINT) is not self.interrupt:
            signal.signal(signal.SIGINT, self.interrupt)
        sys.setrecursionlimit(self.recursion)
        sys.set_int_max_str_digits(self.digits)
        sys.set_asyncgen_hooks(None, None)
        gc.enable()
        gc.set_debug(0)
        gc.set_threshold(*self.thresholds)
        gc.callbacks.clear()
        atexit._clear()


def make_guard(modules):
    """Gives what puts these modules themselves right, and asks nothing of them that a run could have changed."""
    mappings = [(m.__dict__, dict(m.__dict__), OWN.get(m.__name__, ())) for m in modules]
    mappings += [(m["__builtins__"], dict(m["__builtins__"]), ()) for m, _, _ in mappings]
    classes = [(c, tuple(c.__dict__.items())) for c in _classes(modules) if c.__module__ in EXACT]
    set_class = type.__setattr__

    def guard():
        for mapping, names, own in mappings:
            for name in own:
                names[name] = mapping.get(name)
            mapping.clear()
            mapping.update(names)
        for cls, items in classes:
            current = cls.__dict__
            for name, value in items:
                if current.get(name) is not value:
                    set_class(cls, name, value)

    return guard


def _classes(modules):
    """Python's own classes of these modules; those made in C cannot be changed."""
    found = {}
    for module in modules:
        for value in list(module.__dict__.values()):
            if isinstance(value, type) and value.__flags__ & (1 << 9) and not value.__flags__ & (1 << 8):
                found[value] = None
    return list(found)


def _descriptors():
    """What the three standard descriptors are."""
    return [_identity(descriptor) for descriptor in (0, 1, 2)]


def _next_descriptor():
    """The number that the next file gets: greater if files were left open."""
    try:
        descriptor = os.open("/dev/null", os.O_RDONLY)
    except OSError:
        return -1
    os.close(descriptor)
    return descriptor


def _identity(descriptor):
    try:
        status = os.fstat(descriptor)
    except OSError:
        return None
    return status.st_ino, status.st_rdev


def _stream_state(stream):
    try:
        return stream.closed, stream.encoding, stream.errors, stream.line_buffering, stream.write_through
    except (ValueError, AttributeError):
        return None


def _restore_imported():
    """State of modules that runs often import, where it is plain how it was."""
    modules = sys.modules
    reseed(modules)
    if locale := modules.get("_locale"):
        if locale.setlocale(locale.LC_ALL, None) != LOCALE:
            locale.setlocale(locale.LC_ALL, LOCALE)
    if logging := modules.get("logging"):
        logging.root.handlers.clear()
        logging.root.filters.clear()
        logging.root.setLevel(logging.WARNING)
        logging.disable(logging.NOTSET)
    if socket := modules.get("socket"):
        socket.setdefaulttimeout(None)


def reseed(modules):
    """Makes these modules' random numbers new ones."""
    if random := modules.get("random"):
        random.seed()
    if random := modules.get("numpy.random"):
        random.seed()
    if tempfile := modules.get("tempfile"):
        tempfile._name_sequence = None  # has a generator of its own
    if ssl := modules.get("_ssl"):
        ssl.RAND_add(os.urandom(32), 32.0)


def pending_tasks():
    """Tasks that the run left in the event loop."""
    tasks = asyncio.all_tasks(asyncio.get_event_loop())
    return [task for task in tasks if not task.done()]


async def cancel_tasks(tasks):
    """End them; an interpreter with a task that does not end is spent."""
    for task in tasks:
        task.cancel()
    _, unfinished = await asyncio.wait(tasks, timeout=0.2)
    if unfinished:
        host.spend()


def is_harmless(tree):
    """Whether this code cannot have changed anything for the next run: it computes with its own names and a few
    builtins, and has no attributes to set, to call or to climb by."""
    used, own = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Import, ast.ImportFrom, ast.ClassDef, ast.Await, ast.Delete)):
            return False
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else own).add(node.id)
        elif isinstance(node, ast.FunctionDef):
            own.add(node.name)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
    return used <= HARMLESS | own and not any(name.startswith("_") for name in own)


def watch():
    """From now on what cannot be put right is noticed."""
    sys.addaudithook(_watch)


def _watch(event, values, _imports=frozenset(SPENDING_IMPORTS), _spend=host.spend, _note=spendings.add):
    # Loading the C library itself is part of importing ctypes, which numpy does.
    if event == "import":
        reached = values[0] in _imports
    elif event == "object.__setattr__":
        reached = values[1] == "__code__"
    elif event == "sys.addaudithook":
        reached = True
    else:
        reached = event.startswith("ctypes.") and not (event == "ctypes.dlopen" and values[0] is None)
    if reached:
        _note(event)
        _spend()
