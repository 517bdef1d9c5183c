"""What a run's error looks like: its traceback from the user's first frame on, and not too long."""

import builtins

__builtins__ = dict(vars(builtins))

import linecache
import traceback

from _pyodide._importhook import add_note_to_module_not_found_error

FILENAME = "main.py"
CHARACTERS = 100_000


def remember(code, source):
    """The source of a run, for tracebacks also of later ones."""
    linecache._register_code(code, source, FILENAME)


def describe(error):
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


def shorten(text, most=CHARACTERS):
    """Without its middle if it is too long: a traceback says most at its ends."""
    if len(text) <= most:
        return text
    left_out = len(text) - most
    return f"{text[: most // 2]}\n... {left_out} characters left out ...\n{text[-most // 2 :]}"


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
