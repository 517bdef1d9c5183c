"""Imports what the code has written below its current folder, where files live on from run to run.

Where each run is to find Python as it was, only what the same run has written is imported: else the code of one run
would be part of the next.
"""

import builtins

__builtins__ = dict(vars(builtins))

import os.path
import sys
from importlib.machinery import FileFinder, SourceFileLoader

import _mcp_run_python as host

FOLDER = "/work"


def watch():
    """From now on code can import from there."""
    sys.path_hooks.insert(0, _finder)
    sys.path_importer_cache.clear()
    sys.path.append(FOLDER)


def _finder(path):
    real = os.path.realpath(path)
    if real != FOLDER and not real.startswith(FOLDER + "/"):
        raise ImportError("it is elsewhere")
    if os.path.isfile(real) and host.isNew(real):
        raise ImportError("it is no folder")  # an archive, which others can read
    return _Finder(path, (_Loader, [".py"]))


class _Loader(SourceFileLoader):
    """Compiles at each import: whoever wrote what was compiled before may not have compiled this."""

    def path_stats(self, path):
        raise OSError("nothing compiled is looked for")


class _Finder(FileFinder):
    def find_spec(self, fullname, target=None):
        self.invalidate_caches()  # a file may be as new as the last look
        spec = super().find_spec(fullname, target)
        if spec is None or spec.loader is None or host.isNew(spec.origin):
            return spec
        return None
