"""This tells Python of the console that shows the output: environment variables, and the width for tables.

It does so only in runs that have a console. Settings of the code itself stay.
"""

import builtins

__builtins__ = dict(vars(builtins))

import os
import sys

import _imports

# The widths without any setting.
PANDAS_COLUMNS = 80
NUMPY_COLUMNS = 75

# The variables that are set now, but for those that the code has set since.
_told = {}
# The width that was set last in each package, and the one for this run; 0 for an unknown one.
_last = {}
_wanted = 0


def tell(variables):
    """Set the environment variables that tell of the console in this run; {} for no console."""
    global _wanted
    for name in {**_told, **variables}:
        if os.environ.get(name) != _told.get(name):
            continue  # The code has set it, or has removed ours.
        if name in variables:
            os.environ[name] = _told[name] = variables[name]
        elif name in _told:
            del os.environ[name], _told[name]
    _wanted = int(variables.get("COLUMNS", 0))
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
