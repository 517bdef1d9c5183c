"""Hands the host what a run shows as pictures, as PNG: figures of matplotlib, PIL images, values with `_repr_png_`.

`show_...` hand over at once; `finish` does for what is left when the run ends. How many pictures there may be, and how
large, is the host's to say. Nothing here makes the run fail: why a picture could not be drawn is told beside its result.
"""

import builtins

__builtins__ = dict(vars(builtins))

import sys
from binascii import a2b_base64, b2a_base64

import _mcp_run_python as host

REASON_CHARACTERS = 500

# Values of these have no picture, which is most that there are.
PLAIN = frozenset({bool, bytes, complex, dict, float, int, list, set, str, tuple, type(None)})

_streams = sys.stdout, sys.stderr

# Figures that were shown and left open, and why pictures of this run could not be drawn.
_shown = []
_reasons = []


def begin(keep):
    """A run begins; whether it may go on with the figures of the one before."""
    if not keep:
        _shown.clear()
    _reasons.clear()


def show_png(data):
    # What was printed before stands before it.
    for stream in _streams:
        try:
            stream.flush()
        except ValueError:
            pass  # closed by the user's code
    host.image(b2a_base64(data, newline=False).decode())


def show_figure(figure):
    """Draws it now."""
    from io import BytesIO

    if len(figure.get_children()) == 1:
        return  # nothing but its background
    file = BytesIO()
    try:
        figure.savefig(file, format="png", bbox_inches="tight")
    finally:
        figure.stale = False  # until the code changes it
    show_png(file.getvalue())


def show_and_close(managers):
    """Draws the figures of these, and closes them whatever comes of that."""
    try:
        for manager in managers:
            show_figure(manager.canvas.figure)
    finally:
        close(managers)


def close(managers):
    for manager in managers:
        _gcf().destroy(manager)


def open_managers():
    """matplotlib's open figures, by number."""
    gcf = _gcf()
    return sorted(gcf.figs.values(), key=lambda manager: manager.num) if gcf else []


def show_value(value):
    """Shows the picture of a value that is displayed while the run goes on, if it has one."""
    with _noting_failure:
        if _is_figure(value):
            _shown.append(value)
            show_figure(value)
        elif (data := _png(value)) is not None:
            show_png(data)


def finish(value=None, keep=False):
    """Shows open figures and the picture of the run's value, and closes the figures.

    With `keep` they stay open, as the next run may go on with them; then it shows those again that it changes. Gives why
    a picture of this run was not drawn, if so.
    """
    try:
        for figure in _figures():
            if figure is not value and (figure.stale or not any(figure is shown for shown in _shown)):
                with _noting_failure:
                    _shown.append(figure)
                    show_figure(figure)
        if type(value) not in PLAIN:
            show_value(value)
        return _reasons[0] if _reasons else None
    finally:
        drop(keep)


def drop(keep=False):
    """Closes all figures, unseen, unless they are to stay open."""
    if not keep:
        close(open_managers())
    open_figures = _figures()
    _shown[:] = [figure for figure in open_figures if any(figure is shown for shown in _shown)]
    _reasons.clear()


class _NotingFailure:
    """Errors of what draws are noted; an interrupt goes on."""

    def __enter__(self):
        pass

    def __exit__(self, kind, error, trace):
        if not isinstance(error, Exception):
            return False
        try:
            reason = " ".join(f"{kind.__name__}: {error}".split())
        except Exception:
            reason = kind.__name__
        _reasons.append(reason[:REASON_CHARACTERS])
        return True


_noting_failure = _NotingFailure()


def _figures():
    return [manager.canvas.figure for manager in open_managers()]


def _gcf():
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    return helpers and helpers.Gcf


def _is_figure(value):
    module = sys.modules.get("matplotlib.figure")
    return module is not None and isinstance(value, module.Figure)


def _png(value):
    """The PNG that a value knows to make of itself, or None. Methods are its class's: an object may claim any."""
    kind = type(value)
    if method := getattr(kind, "_repr_png_", None):
        data = method(value)
    elif method := getattr(kind, "_repr_mimebundle_", None):
        data = method(value, include={"image/png"}, exclude=None)
        data = data[0] if isinstance(data, tuple) else data
        data = data.get("image/png") if isinstance(data, dict) else None
    else:
        return None
    data = data[0] if isinstance(data, tuple) else data
    if isinstance(data, str):
        return a2b_base64(data)
    return bytes(data) if isinstance(data, (bytes, bytearray, memoryview)) else None
