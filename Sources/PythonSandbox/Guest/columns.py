"""Tells Python how wide the console is that shows what it prints: `shutil.get_terminal_size`, pandas, numpy.

Only where a run says so. What the code itself has set stays.
"""

import builtins

__builtins__ = dict(vars(builtins))

import os
import sys

import _imports

# What holds when nobody has set anything.
PANDAS_COLUMNS = 80
NUMPY_COLUMNS = 75

# The number that was set last in each place, and the one that holds for this run.
_last = {}
_wanted = 0


def set_columns(columns):
    """In this run the console has so many columns; 0 for one of unknown width."""
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
    """Tell the packages that are there, as far as they do not know yet."""
    if _wanted < 1:
        return
    try:
        _tell_packages()
    except Exception:
        pass  # one of that name that is another one


def _tell_packages():
    if (pandas := sys.modules.get("pandas")) and hasattr(pandas, "set_option"):
        if _is_free("pandas", pandas.get_option("display.width"), PANDAS_COLUMNS):
            pandas.set_option("display.width", _wanted)
    if (numpy := sys.modules.get("numpy")) and hasattr(numpy, "set_printoptions"):
        if _is_free("numpy", numpy.get_printoptions()["linewidth"], NUMPY_COLUMNS):
            numpy.set_printoptions(linewidth=_wanted)


def _is_free(place, current, default):
    """Whether the code has set nothing there; from now on what stands there is ours."""
    last = _last.get(place)
    if current != default and not (type(last) is int and current == last):
        return False
    _last[place] = _wanted
    return True


_imports.when_imported("pandas", apply)
_imports.when_imported("numpy", apply)
