"""This imports modules that the code has written below its current folder, where files live on from run to
run.

Some runs must find Python unchanged. They can import only files of the same run: else one run's code would be
part of the next.
"""

import builtins

__builtins__ = dict(vars(builtins))

import os.path
import sys
from importlib.machinery import FileFinder, SourceFileLoader

import _mcp_run_python as host

FOLDER = "/work"


def watch():
    """Let code import from the folder from now on."""
    sys.path_hooks.insert(0, _finder)
    sys.path_importer_cache.clear()
    sys.path.append(FOLDER)


def _finder(path):
    real = os.path.realpath(path)
    if real != FOLDER and not real.startswith(FOLDER + "/"):
        raise ImportError("it is elsewhere")
    if os.path.isfile(real) and host.isNew(real):
        raise ImportError("it is no folder")  # Other finders can read an archive.
    return _Finder(path, (_Loader, [".py"]))


class _Loader(SourceFileLoader):
    """A loader that compiles at each import, since another run may have left a compiled file."""

    def path_stats(self, path):
        raise OSError("nothing compiled is looked for")


class _Finder(FileFinder):
    def find_spec(self, fullname, target=None):
        self.invalidate_caches()  # A file may be as new as the last look.
        spec = super().find_spec(fullname, target)
        if spec is None or spec.loader is None or host.isNew(spec.origin):
            return spec
        return None
