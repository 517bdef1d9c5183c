"""This draws a figure of matplotlib for the cells of a terminal.

A small picture cannot have letters that are read. So the figure is laid out anew for the cells that there are: its
texts are told apart, for characters, and the rest is drawn without them. The figure is afterwards as it was.
"""

import builtins

__builtins__ = dict(vars(builtins))

import contextlib
import re
from binascii import b2a_base64

# The size of a cell in pixels. Its dots, two beside each other and four above, have nine each.
WIDTH, HEIGHT = 6, 12
DESCENT = 3
# Ten points, the usual size of text, are as high as a cell.
DPI = HEIGHT * 72 / 10
# The points of the thinnest line, and the factor for lines that are meant to be seen.
THINNEST = 1.6
THICKER = 1.7
# The points of one pixel, for the lines of axes and grids: the host draws such lines with characters for them.
HAIRLINE = 72 / DPI
SMALLEST = 24, 8
MOST_TEXTS = 1000

SCRIPTS = {
    "^": str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ"),
    "_": str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}


def draw(figure, columns, rows):
    """The drawing as an object for JSON; it takes at most so many cells."""
    columns, rows = _fitting(figure, columns, rows)
    renderer = _renderer(columns, rows)
    with _laid_out(figure, renderer, columns, rows):
        figure.draw(renderer)
    return {"columns": columns, "rows": rows, "picture": _png(renderer), "texts": renderer.texts[:MOST_TEXTS]}


def _fitting(figure, columns, rows):
    """The cells for the figure, in about its shape: up to a third wider, since wide drawings are clearer."""
    width, height = figure.get_size_inches()
    # A cell is twice as high as wide.
    shape = 2 * width / height
    columns = min(columns, round(rows * shape * 4 / 3))
    rows = min(rows, round(columns / shape))
    return max(columns, SMALLEST[0]), max(rows, SMALLEST[1])


def _width(text):
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _renderer(columns, rows):
    from matplotlib.backends.backend_agg import RendererAgg

    class Renderer(RendererAgg):
        """Draws all but texts, which it collects."""

        # The text that was laid out last, which is the one that is drawn.
        text = None

        def __init__(self):
            super().__init__(columns * WIDTH, rows * HEIGHT, DPI)
            self.texts = []
            collection = self.draw_path_collection
            self.draw_path_collection = lambda *values: collection(*values[:8], _thick(values[8]), *values[9:])

        def draw_path(self, gc, path, transform, rgbFace=None):
            width = gc.get_linewidth()
            gc.set_linewidth(HAIRLINE if 0 < width <= 1 and _is_straight(path, transform) else _thick([width])[0])
            try:
                super().draw_path(gc, path, transform, rgbFace)
            finally:
                gc.set_linewidth(width)

        def get_text_width_height_descent(self, s, prop, ismath):
            return _width(_plain(s) if ismath else s) * WIDTH, HEIGHT, DESCENT

        def draw_text(self, gc, x, y, s, prop, angle, ismath=False, mtext=None):
            text = _plain(s) if ismath else s
            if not text.strip():
                return
            vertical = self.text is not None and _is_turned(self.text)
            if vertical:
                # The text begins below and goes up; its cells begin above.
                x, y, align = x - HEIGHT / 2 + DESCENT, y - len(text) * HEIGHT / 2, 0.5
            else:
                align = {"left": 0, "right": 1}.get(self.text and self.text.get_ha(), 0.5)
                x, y = x + align * _width(text) * WIDTH, y - HEIGHT / 2 + DESCENT
            box = gc.get_clip_rectangle()
            if box is not None and not (box.x0 <= x <= box.x1 and box.y0 <= self.height - y <= box.y1):
                return
            *colour, alpha = gc.get_rgb()
            colour = [round(255 * (part * alpha + 1 - alpha)) for part in colour]
            bold = prop.get_weight() in ("bold", "heavy", "black", "semibold", "extra bold")
            self.texts.append(
                [float(x) / self.width, float(y) / self.height, align, vertical, text[:200], colour, bold]
                + [float(prop.get_size_in_points())]
            )

        def draw_mathtext(self, gc, x, y, s, prop, angle):
            self.draw_text(gc, x, y, s, prop, angle, ismath=True)

        def draw_tex(self, gc, x, y, s, prop, angle, *, mtext=None):
            self.draw_text(gc, x, y, s, prop, angle, ismath=True)

    return Renderer()


def _thick(widths):
    return [max(THINNEST, width * THICKER) if width > 1 else THINNEST if width > 0 else 0 for width in widths]


def _is_straight(path, transform):
    """True for a line from left to right or from top to bottom."""
    if len(path.vertices) != 2:
        return False
    (left, top), (right, bottom) = transform.transform(path.vertices)
    return abs(left - right) < 0.5 or abs(top - bottom) < 0.5


def _is_turned(text):
    """True for a text that is drawn with one letter below the other."""
    return 30 <= text.get_rotation() % 180 <= 150


@contextlib.contextmanager
def _laid_out(figure, renderer, columns, rows):
    """Lay the figure out for the cells, and afterwards as before."""
    import warnings

    from matplotlib.layout_engine import TightLayoutEngine
    from matplotlib.text import Text

    size, dpi, canvas = figure.get_size_inches(), figure.dpi, figure.canvas
    engine, stale = figure._layout_engine, figure.stale
    names = "left", "bottom", "right", "top", "wspace", "hspace"
    margins = {name: getattr(figure.subplotpars, name) for name in names}
    places = [(axes, axes.get_position(True).frozen(), axes.get_position().frozen()) for axes in figure.axes]
    layout = Text._get_layout
    try:
        Text._get_layout = _layout_of(layout)
        # A text with an outline would be drawn as a path.
        Text.get_path_effects = lambda self: []
        canvas.get_renderer = lambda: renderer
        figure.set_dpi(DPI)
        figure.set_size_inches(columns * WIDTH / DPI, rows * HEIGHT / DPI, forward=False)
        if engine is None:
            figure._layout_engine = TightLayoutEngine(pad=0.4)
        with warnings.catch_warnings():
            # A figure with little room is drawn as well as it goes.
            warnings.simplefilter("ignore")
            yield
    finally:
        Text._get_layout = layout
        if "get_path_effects" in vars(Text):
            del Text.get_path_effects
        del canvas.get_renderer
        figure._layout_engine = engine
        figure.set_dpi(dpi)
        figure.set_size_inches(size, forward=False)
        figure.subplotpars.update(**margins)
        for axes, original, active in places:
            axes._set_position(original, which="original")
            axes._set_position(active, which="active")
        figure.stale = stale


def _layout_of(original):
    def layout(self, renderer):
        if getattr(renderer, "texts", None) is None:
            return original(self, renderer)
        renderer.text = self
        spacing, rotation, content = self._linespacing, self._rotation, self._text
        align = self._horizontalalignment
        self._linespacing = 1
        try:
            if not _is_turned(self):
                self._rotation = 0
                return original(self, renderer)
            # A letter below the other takes twice the room of one beside the other.
            lines = content.split("\n")
            self._rotation, self._text = 90, "\n".join("x" * (2 * _length(self, line)) for line in lines)
            if rotation not in (90, 270):
                self._horizontalalignment = "center"
            box, parts, descent = original(self, renderer)
            return box, [(line, *part[1:]) for line, part in zip(lines, parts)], descent
        finally:
            self._linespacing, self._rotation, self._text = spacing, rotation, content
            self._horizontalalignment = align

    return layout


def _length(text, line):
    line, is_math = text._preprocess_math(line)
    return len(_plain(line) if is_math else line)


def _plain(text):
    """The text of a formula in plain characters, as far as there are any."""
    from matplotlib._mathtext_data import tex2uni

    def sign(found):
        name = found[1]
        code = tex2uni.get(name)
        return chr(code) if code else name if name in FUNCTIONS else ""

    def script(found):
        inner = (found[2] or found[3]).strip()
        raised = inner.translate(SCRIPTS[found[1]])
        if not set(raised) & set(inner):
            return raised
        return f"{found[1]}{inner}" if len(inner) == 1 else f"{found[1]}({inner})"

    text = re.sub(r"(?<!\\)\$", "", text)
    text = re.sub(r"\\([$%#&_{}])", lambda found: {"{": "\ue000", "}": "\ue001"}.get(found[1], found[1]), text)
    text = re.sub(r"\\frac\{([^{}]*)\}\{([^{}]*)\}", r"\1/\2", text)
    text = re.sub(r"\\sqrt\{([^{}]*)\}", r"√(\1)", text)
    text = re.sub(r"\\([a-zA-Z]+) ?", sign, text)
    text = re.sub(r"\\[,;:! ]", " ", text)
    text = re.sub(r"\{\}", "", text)
    for _ in range(3):
        text = re.sub(r"([\^_])(?:\{([^{}]*)\}|([^{}\s]))", script, text)
        text = re.sub(r"(?<![\^_])\{([^{}]*)\}", r"\1", text)
    return text.replace("\ue000", "{").replace("\ue001", "}")


FUNCTIONS = frozenset("arccos arcsin arctan cos cosh exp lim ln log max min sin sinh tan tanh".split())


def _png(renderer):
    from io import BytesIO

    import numpy
    from PIL import Image

    pixels = numpy.asarray(renderer.buffer_rgba()).astype(float)
    opacity = pixels[:, :, 3:] / 255
    pixels = pixels[:, :, :3] * opacity + 255 * (1 - opacity)
    file = BytesIO()
    Image.fromarray(pixels.round().astype("uint8")).save(file, "png")
    return b2a_base64(file.getvalue(), newline=False).decode()
