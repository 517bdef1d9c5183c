"""This runs the user's code and turns its result into the JSON text that the host decodes.

The result has a ``status`` (``success`` or ``run-error``). A success has a ``value``: the JSON text that
``pydantic_core.to_json`` gives, or the string itself with ``bare`` set. It has ``strict``, the same without
NaN and infinities, if there are any, and ``repr``. An error has ``error``, the traceback, and ``advice``, a
sentence or None. ``undrawn`` has the reason why a picture of the run is missing.
"""

import builtins

# Functions take these builtins when they are made. A run that changes the real ones does not reach them.
__builtins__ = dict(vars(builtins))

import asyncio
import contextvars
import gc
import importlib
import inspect
import os
import posix
import sys
import time
import types
import weakref
from json import dumps, loads

import _advice
import _completion
import _console
import _fetching
import _figures
import _folder
import _harmless
import _images
import _imports
import _nesting
import _mcp_run_python as host
import _preload
import _seeds
import _source
import _tracebacks
import _values
import _waiting
from pyodide import webloop

# The guest asks for these at each start.
NESTING_TYPES = _nesting.ADDRESSES
PYTHON_VERSION = ".".join(map(str, sys.version_info[:3]))
MOST_FRAMES = 5000

# The modules of the standard library that code often imports. A saved Python has them, so that no run has to
# read them.
COMMON = (
    "base64 bisect calendar cmath collections copy csv dataclasses datetime decimal enum fractions functools glob "
    "hashlib heapq io itertools json math numbers operator pathlib pprint random re secrets shutil statistics "
    "string struct tempfile textwrap time traceback typing unicodedata urllib.parse uuid"
).split()

_stdout, _stderr = sys.stdout, sys.stderr
# The module `__main__` of runs that keep their variables. The other one is there between runs that do not.
_main = types.ModuleType("__main__")
_idle_main = sys.modules["__main__"]
_kept = vars(_main)
_kept["__builtins__"] = builtins
_task = None
_timeout = 0
_interactive = False
# The features that blocks at the prompt have imported from `__future__`.
_futures = 0
_longest = 0
_handles = weakref.WeakSet()
# The modules that Pyodide's start looks for in `sys.modules`.
_foreign = {}


def preload(names_json):
    """Import these modules.

    It is called once, before this Python is saved. The result has sentences about failures, as JSON.
    """
    for name in COMMON:
        importlib.import_module(name)
    failures = _preload.preload(loads(names_json))
    _values.prepare(_preload.modules())
    if _pending_tasks():
        raise RuntimeError("a package starts a task when it is imported")
    gc.collect()
    # The objects of now stay for good, so no collection needs to look at them.
    gc.freeze()
    return dumps(failures)


def begin(longest, is_restored, is_savable):
    """Prepare for runs.

    It is called once, before the first run. A result is no longer than `longest` characters.
    """
    global _longest
    _longest = longest
    if is_savable:
        _watch_timers()
        names = ("js", "pyodide_js", "_pyodide_core")
        _foreign.update({name: sys.modules[name] for name in names if name in sys.modules})
    if is_restored:
        del sys.path[0]  # Pyodide's start has put it there again.
        renew()


def renew():
    """Renew the parts that Python would else repeat.

    It is called when Python has been put back to its saved state.
    """
    _seeds.reseed({**_preload.modules(), **sys.modules})


def _watch_timers():
    loop = type(asyncio.get_event_loop())
    call_later = loop.call_later

    def watched(self, *values, **named):
        handle = call_later(self, *values, **named)
        _handles.add(handle)
        return handle

    loop.call_later = watched


def suspend(timers):
    """Make this Python ready to be saved. The result is the reason why it cannot be, or None.

    `timers` of JavaScript's timers are waiting. Those that Python has cancelled meanwhile do nothing.
    """
    for task in _pending_tasks():
        return f"a task is pending ({task.get_coro().__qualname__})"
    if timers > sum(handle.cancelled() for handle in _handles):
        return "a timer is waiting"
    for stream in (_stdout, _stderr):
        stream.flush()
    for name, module in _foreign.items():
        sys.modules.setdefault(name, module)


def _pending_tasks():
    return [task for task in asyncio.all_tasks(asyncio.get_event_loop()) if not task.done()]


def resume(longest, is_started, reseeds):
    """Prepare a Python that goes on from a checkpoint, once, in place of `begin`."""
    global _longest
    _longest = longest
    if is_started:
        del sys.path[0]  # Pyodide's start has put it there
    if reseeds:
        renew()


def holder(value):
    """The variable that holds this object of JavaScript's, in words; None without one."""
    for name, own in list(_kept.items()):
        if type(own) is type(value) and own == value:
            return f"the variable {name}"
    return None


def start(code, globals_json, keep, timeout, interactive, console_json, argv_json):
    """Start a run. The result is its JSON, or an awaitable of it when the code has a top-level await.

    With `interactive` the value of each expression statement is displayed as at Python's own prompt. The last
    line's value is the result instead. `console_json` has the environment variables that tell of the
    console, and the cells for `figures`, or "". `argv_json` is the `sys.argv` of a file or of `-c`, or "".
    """
    order = code, globals_json, keep, timeout, interactive, console_json, argv_json
    # A run that keeps nothing gets a context of its own. It has the settings of the run, and those made while
    # the value is shown.
    return _start(*order) if keep else contextvars.copy_context().run(_start, *order)


def _start(code, globals_json, keep, timeout, interactive, console_json, argv_json):
    global _task, _timeout, _interactive, _futures
    _task, _timeout, _interactive = None, timeout, interactive
    try:
        _waiting.begin(keep)
        console = loads(console_json) if console_json else {}
        cells = console.pop("figures", None)
        _console.tell(console)
        # At the prompt a figure is made by one block after the other.
        _images.begin(keep and interactive, cells)
        variables = loads(globals_json)
        namespace = _namespace(variables, keep)
        file = _take_arguments(loads(argv_json), namespace) if argv_json else None
        name = _source.new_name(keep, interactive, file)
        compiled = _source.Code(code, name, _futures if interactive else 0)
        # The host is told before the code runs, since nothing here can be believed afterwards.
        if not keep and (console_json or not _harmless.is_harmless(compiled.tree, variables)):
            host.change()
        if interactive:
            _source.display_all(compiled.tree.body)
        compiled.compile()
        if interactive and keep:
            _futures |= compiled.futures
        if compiled.is_coroutine:
            return _finish_async(compiled.run_async(namespace), namespace)
        value = compiled.run(namespace)
        if not interactive and inspect.isawaitable(value):
            return _finish_async(value, namespace)
        return _success(value, namespace, keep)
    except BaseException as error:
        return _failure(error, keep)


def cancel():
    """End a run that waits in the event loop."""
    if _task is not None:
        _task.cancel()
    _waiting.cancel()


def complete(text):
    """The completed beginnings of a line, as JSON."""
    return dumps(_completion.complete(text, _kept))


async def _finish_async(awaitable, namespace):
    global _task
    keep = namespace is _kept
    _task = asyncio.ensure_future(_waiting.value_of(awaitable, is_shown=_interactive))
    try:
        return _success(await _task, namespace, keep)
    except asyncio.CancelledError as error:
        return _failure(KeyboardInterrupt().with_traceback(error.__traceback__), keep)
    except BaseException as error:
        return _failure(error, keep)
    finally:
        _task = None


def _namespace(variables, keep):
    """The names of the module `__main__`."""
    main = _main if keep else types.ModuleType("__main__")
    sys.modules["__main__"] = main
    namespace = vars(main)
    if not keep:
        # Without this, `eval` would give it the builtins of its caller, which are ours alone.
        namespace["__builtins__"] = builtins
    namespace.update(variables)
    if not keep:
        namespace["__name__"] = "__main__"
    return namespace


def _take_arguments(argv, namespace):
    """Take `sys.argv`. The result is the file's name; None for code of the command line."""
    sys.argv = argv
    file = argv[0]
    if file == "-c":
        return None
    namespace["__file__"] = file
    return file


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
        _console.apply()
        if not _interactive:
            result.update(_values.serialise(value, keep, _longest))
        elif sys.displayhook is _display:
            result.update(_values.show(value))
        else:
            sys.displayhook(value)
            value = None
        if keep and value is not None:
            namespace["_"] = value
    return _encode(result, _images.finish(value, keep and _interactive))


def _failure(error, keep):
    advice = None
    try:
        text = (_tracebacks.tell if _interactive else _tracebacks.describe)(_late(error))
        advice = _tracebacks.advise(error)
    except KeyboardInterrupt as interrupt:  # The error's own text does not end.
        text = _tracebacks.describe(_late(interrupt), _interactive)
    end = _images.drop if _values.is_interrupt(error) or host.isLate() else _images.finish
    reason = end(keep=keep and _interactive)
    result = {"status": "run-error", "error": _tracebacks.shorten(text), "advice": advice}
    if isinstance(error, SystemExit):
        result["exit"] = _tracebacks.exit_of(error.code)
    return _encode(result, reason)


def _late(error):
    """The error in place of the interrupt that ends a run whose time is over."""
    if host.isLate() and _values.is_interrupt(error):
        late = TimeoutError(f"the code ran longer than {_timeout:g} second{'' if _timeout == 1 else 's'}")
        late.__context__, late.__suppress_context__ = error.__context__, error.__suppress_context__
        late.__cause__ = error.__cause__
        error = late.with_traceback(error.__traceback__)
    return error


def _encode(result, undrawn):
    for stream in (_stdout, _stderr):
        try:
            stream.flush()
        except ValueError:
            pass  # The user's code has closed it.
    if undrawn:
        result["undrawn"] = undrawn
    if len(result.get("repr", "")) > _longest:
        result = _values.shorten(result)  # The whole text as JSON may not fit into the memory.
    text = dumps(result, ensure_ascii=False)
    if len(text) > _longest and "repr" in result:
        text = dumps(_values.shorten(result))
    # A lone surrogate is no text that JSON can carry.
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _sleep(seconds, _original=webloop._orig_sleep):
    if not isinstance(seconds, (int, float)) or seconds < 0 or seconds != seconds:
        _original(seconds)  # It raises Python's own error.
        return
    for stream in (_stdout, _stderr):
        stream.flush()
    end = time.monotonic() + seconds
    # The sleep comes in slices, so that bytecode runs in between. An interrupt is noticed there.
    while (left := end - time.monotonic()) > 0:
        host.sleep(min(left, 0.05) * 1000)


def _input(prompt="", /):
    return _ask(prompt, False)


def _ask(prompt, is_hidden):
    for stream in (_stdout, _stderr):
        stream.flush()
    answer = host.ask(str(prompt), is_hidden)
    if isinstance(answer, str):
        return answer
    # JavaScript's undefined, for an interrupt, is None here. Its null, when no user can be asked, is another
    # object.
    raise KeyboardInterrupt if answer is None else EOFError("EOF when reading a line")


def _getpass(prompt="Password: ", stream=None, *, echo_char=None):
    return _ask(prompt, True)  # There is no terminal, so the client asks.


def _take_getpass():
    sys.modules["getpass"].getpass = _getpass


def _set_recursion_limit(limit, /, _original=sys.setrecursionlimit, _most=MOST_FRAMES):
    # At a greater depth the engine's own stack ends before Python's does, and the interpreter ends with it.
    _original(min(limit, _most))


def _refuse_processes(*_):
    raise PermissionError("the sandbox cannot start processes")


# matplotlib draws for `_figures` unless the code sets another backend.
os.environ["MPLBACKEND"] = f"module://{_figures.__name__}"
_imports.when_imported("getpass", _take_getpass)
_imports.watch()
_folder.watch()
builtins.input = _input
sys.displayhook = _display
sys.setrecursionlimit = _set_recursion_limit
time.sleep = _sleep
os.system = posix.system = _refuse_processes
sys.path.remove("/lib/mcp_run_python")
