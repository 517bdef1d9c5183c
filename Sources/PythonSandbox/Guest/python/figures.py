"""The backend of matplotlib here.

It draws as Agg does. A figure is shown by handing it to the host and closing it. matplotlib is imported only
when the code asks for it.
"""

import _images


def __getattr__(name):
    if name not in ("FigureCanvas", "FigureManager"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from matplotlib.backend_bases import FigureManagerBase
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    class FigureManager(FigureManagerBase):
        def show(self):
            _images.show_and_close([self])

        @classmethod
        def pyplot_show(cls, *, block=None):
            _images.show_and_close(_images.open_managers())

    class FigureCanvas(FigureCanvasAgg):
        manager_class = FigureManager

    globals().update(FigureCanvas=FigureCanvas, FigureManager=FigureManager)
    return globals()[name]
