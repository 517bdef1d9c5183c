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

# The number that was set last in each place.
_last = {}


def set_columns(columns):
    """From now on the console has so many columns; 0 for one of unknown width."""
    if columns < 1:
        return
    _last["wanted"] = columns
    if os.environ.get("COLUMNS") in (None, _last.get("environment")):
        os.environ["COLUMNS"] = _last["environment"] = str(columns)
    apply()


def apply():
    """Tell the packages that are there, as far as they do not know yet."""
    if not (columns := _last.get("wanted")):
        return
    if (pandas := sys.modules.get("pandas")) and hasattr(pandas, "set_option"):
        if pandas.get_option("display.width") in (PANDAS_COLUMNS, _last.get("pandas")):
            pandas.set_option("display.width", columns)
            _last["pandas"] = columns
    if (numpy := sys.modules.get("numpy")) and hasattr(numpy, "set_printoptions"):
        if numpy.get_printoptions()["linewidth"] in (NUMPY_COLUMNS, _last.get("numpy")):
            numpy.set_printoptions(linewidth=columns)
            _last["numpy"] = columns


_imports.when_imported("pandas", apply)
_imports.when_imported("numpy", apply)
