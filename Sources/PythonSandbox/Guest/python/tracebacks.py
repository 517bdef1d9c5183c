"""This makes the text of a run's error: its traceback from the user's first frame on, and not too long."""

import builtins

__builtins__ = dict(vars(builtins))

import importlib.util
import linecache
import sys
import traceback

import _advice
import _source
from _pyodide import _importhook

CHARACTERS = 100_000
# The folder of the sandbox's own code, whose frames do not help the reader.
OURS = "/lib/mcp_run_python/"

_hook = sys.excepthook


def tell(error):
    """The text of an error at the prompt; "" where a `sys.excepthook` of the code's own has written it."""
    if isinstance(error, SystemExit):
        return describe(error, for_prompt=True)
    BaseException.with_traceback(error, _own_part(error.__traceback__))
    sys.last_exc = sys.last_value = error
    sys.last_type, sys.last_traceback = type(error), error.__traceback__
    if sys.excepthook is _hook:
        return describe(error, for_prompt=True)
    try:
        sys.excepthook(type(error), error, sys.last_traceback)
        return ""
    except KeyboardInterrupt:
        raise
    except BaseException as failure:
        texts = [describe(one, for_prompt=True) for one in (failure, error)]
        return "Error in sys.excepthook:\n{}\nOriginal exception was:\n{}".format(*texts)


def _own_part(frames):
    """The frames from the first of the code's own on; None for an error of the compiler."""
    while frames is not None and not _source.is_of_run(frames.tb_frame.f_code.co_filename):
        frames = frames.tb_next
    return frames


def describe(error, for_prompt=False):
    """The traceback from the user's first frame on, in each exception of a chain."""
    if isinstance(error, ModuleNotFoundError):
        _importhook.add_note_to_module_not_found_error(error)
    report = traceback.TracebackException.from_exception(error)
    for link in _chain(report):
        # An error that a library has caught has none of the user's frames, so all its frames are shown.
        own = next((i for i, f in enumerate(link.stack) if _source.is_of_run(f.filename)), 0)
        del link.stack[:own]
        link.stack[:] = [frame for frame in link.stack if not frame.filename.startswith(OURS)]
        for frame in link.stack:
            frame.filename = _source.shown_name(frame.filename)
        if hasattr(link, "msg"):  # A SyntaxError has one; its type is deprecated, and code may forbid the warning.
            _show_line(link)
    text = "".join(report.format())
    header = "Traceback (most recent call last):\n"
    # Python's own prompt has no traceback for code that did not run either.
    is_bare = header in text or for_prompt and isinstance(error, SyntaxError)
    return text if is_bare else header + text


def advise(error):
    """A sentence on a way round the error here, or None."""
    try:
        return _advice.advise(error, _importhook.REPODATA_PACKAGES_IMPORT_TO_PACKAGE_NAME, _is_installed)
    except Exception:
        return None  # A look at the code's own exceptions may run any code.


def _is_installed(module):
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def shorten(text, most=CHARACTERS):
    """The text without its middle if it is too long, since the ends of a traceback say most."""
    if len(text) <= most:
        return text
    left_out = len(text) - most
    return f"{text[: most // 2]}\n... {left_out} characters left out ...\n{text[-most // 2 :]}"


def exit_of(code):
    """The process's status that the code asks for, and the text that Python writes about it."""
    if code is None:
        return {"status": 0}
    if isinstance(code, int):
        return {"status": code & 0xFF}
    try:
        return {"status": 1, "message": shorten(str(code))}
    except Exception:
        return {"status": 1, "message": ""}


def _chain(report):
    links = [report]
    for link in links:
        links += [x for x in (link.__cause__, link.__context__, *(link.exceptions or ())) if x]
    return links


def _show_line(link):
    """Set the line of a syntax error. The compiler's later stages do not know the source of their errors."""
    if link.text is None and link.lineno and _source.is_block(link.filename):
        link.text = linecache.getline(link.filename, int(link.lineno)) or None
    link.filename = _source.shown_name(link.filename)
