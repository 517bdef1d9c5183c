"""This tells Python the width of the console: `shutil.get_terminal_size`, pandas and numpy.

It does so only in runs that have a width. Settings of the code itself stay.
"""

import builtins

__builtins__ = dict(vars(builtins))

import os
import sys

import _imports

# The widths without any setting.
PANDAS_COLUMNS = 80
NUMPY_COLUMNS = 75

# The number that was set last in each place, and the one for this run.
_last = {}
_wanted = 0


def set_columns(columns):
    """Set the width of the console in this run; 0 for an unknown width."""
    global _wanted
    _wanted = columns
    if columns < 1:
        return
    current = os.environ.get("COLUMNS")
    if current is not None:
        current = int(current) if current.isdecimal() else 0
    if _is_free("environment", current, None):
        os.environ["COLUMNS"] = str(columns)
    apply()


def apply():
    """Tell the width to the packages that are there and do not know it yet."""
    if _wanted < 1:
        return
    try:
        _tell_packages()
    except Exception:
        pass  # Another package has that name.


def _tell_packages():
    if (pandas := sys.modules.get("pandas")) and hasattr(pandas, "set_option"):
        if _is_free("pandas", pandas.get_option("display.width"), PANDAS_COLUMNS):
            pandas.set_option("display.width", _wanted)
    if (numpy := sys.modules.get("numpy")) and hasattr(numpy, "set_printoptions"):
        if _is_free("numpy", numpy.get_printoptions()["linewidth"], NUMPY_COLUMNS):
            numpy.set_printoptions(linewidth=_wanted)


def _is_free(place, current, default):
    """True when the code has set nothing there. From now on our number stands there."""
    last = _last.get(place)
    if current != default and not (type(last) is int and current == last):
        return False
    _last[place] = _wanted
    return True


_imports.when_imported("pandas", apply)
_imports.when_imported("numpy", apply)
