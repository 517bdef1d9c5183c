"""This hands the host a run's pictures as PNG: figures of matplotlib, PIL images, and values with
`_repr_png_`.

`show_...` hand over at once, and `finish` hands over the rest when the run ends. The host limits the number
and size of pictures. The run never fails here: the reason why a picture could not be drawn is told beside its
result.
"""

import builtins

__builtins__ = dict(vars(builtins))

import sys
from binascii import a2b_base64, b2a_base64
from json import dumps

import _cells
import _mcp_run_python as host

REASON_CHARACTERS = 500

# The types whose values have no picture. Most values have one of them.
PLAIN = frozenset({bool, bytes, complex, dict, float, int, list, set, str, tuple, type(None)})

_streams = sys.stdout, sys.stderr

# The cells that figures are drawn for too, as columns and rows; None for no such drawings.
_size = None

# The figures that were shown and left open, and the reasons why pictures of this run could not be drawn.
_shown = []
_reasons = []


def begin(keep, cells=None):
    """Begin a run; with `keep` it may go on with the figures of the one before.

    Figures are drawn for so many `cells` too, such as "80x20".
    """
    global _size
    _size = tuple(map(int, cells.split("x"))) if cells else None
    if not keep:
        _shown.clear()
    _reasons.clear()


def show_png(data, drawing=""):
    # Output that was printed before has to come before the picture.
    for stream in _streams:
        try:
            stream.flush()
        except ValueError:
            pass  # The user's code has closed it.
    host.image(b2a_base64(data, newline=False).decode(), drawing)


def show_figure(figure):
    """Draw the figure now."""
    from io import BytesIO

    if len(figure.get_children()) == 1:
        return  # The figure has only its background.
    drawing = _drawing(figure) if _size else ""
    file = BytesIO()
    try:
        figure.savefig(file, format="png", bbox_inches="tight")
    finally:
        figure.stale = False  # It is shown again once the code changes it.
    show_png(file.getvalue(), drawing)


def _drawing(figure):
    """The figure as a drawing for cells, in JSON; "" when there is none, because the picture alone will do."""
    try:
        return dumps(_cells.draw(figure, *_size))
    except Exception:
        return ""


def show_and_close(managers):
    """Draw the figures of these managers, and close them even if that fails."""
    try:
        for manager in managers:
            show_figure(manager.canvas.figure)
    finally:
        close(managers)


def close(managers):
    for manager in managers:
        _gcf().destroy(manager)


def open_managers():
    """The managers of matplotlib's open figures, by number."""
    gcf = _gcf()
    return sorted(gcf.figs.values(), key=lambda manager: manager.num) if gcf else []


def show_value(value):
    """Show the picture of a value that is displayed during the run, if it has one."""
    with _noting_failure:
        if _is_figure(value):
            _shown.append(value)
            show_figure(value)
        elif (data := _png(value)) is not None:
            show_png(data)


def finish(value=None, keep=False):
    """Show open figures and the picture of the run's value, and close the figures.

    With `keep` the figures stay open for the next run, which shows those again that it changes. The result is
    the reason why a picture of this run was not drawn, or None.
    """
    if type(value) in PLAIN and not _reasons and _gcf() is None:
        return None  # Most runs end here.
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
    """Close all figures without showing them, unless they have to stay open."""
    if not keep:
        close(open_managers())
    open_figures = _figures()
    _shown[:] = [figure for figure in open_figures if any(figure is shown for shown in _shown)]
    _reasons.clear()


class _NotingFailure:
    """A context that notes the errors of drawing, and lets an interrupt through."""

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
    """The PNG that a value makes of itself, or None.

    The methods are those of its class, since an object may claim to have any.
    """
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
