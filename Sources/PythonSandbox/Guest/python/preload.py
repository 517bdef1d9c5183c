"""This imports packages for a snapshot, and puts them aside until code asks for them.

`sys.modules` then has the modules of a fresh Python. The first `import` of a package brings back all modules
that it had brought along. It is like an import at that time, but faster.
"""

import builtins

__builtins__ = dict(vars(builtins))

import importlib
import sys
from importlib.machinery import PathFinder

import _imports

_groups = {}


class _Group:
    """The modules that came with one import."""

    def __init__(self, modules):
        self.modules = modules

    def bring_back(self):
        for name, module in self.modules.items():
            sys.modules.setdefault(name, module)
        _imports.notify(self.modules.keys())


class _Finder:
    """A finder of modules that were put aside, as long as the path would find the same."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        group = _groups.get(name)
        if group is None or target is not None:
            return None
        spec = PathFinder.find_spec(name, path)
        if spec is None or spec.origin != group.modules[name].__spec__.origin:
            return None
        spec.loader = _Loader(group)
        return spec


class _Loader:
    def __init__(self, group):
        self.group = group

    def create_module(self, spec):
        self.group.bring_back()
        module = self.group.modules[spec.name]
        self.spec = module.__spec__
        return module

    def exec_module(self, module):
        module.__spec__ = self.spec


def preload(names):
    """Import these and put them aside. The result has a sentence about each that could not be imported."""
    sys.meta_path.insert(0, _Finder)
    return [failure for name in names if (failure := _preload(name))]


def _preload(name):
    before = set(sys.modules)
    failure = None
    try:
        importlib.import_module(name)
    except BaseException as error:
        failure = f"{name}: {type(error).__name__}: {error}"
    new = {n: m for n, m in sys.modules.items() if n not in before and not _stays(n, m)}
    group = _Group(new)
    for name in new:
        del sys.modules[name]
        _groups.setdefault(name, group)
    return failure


def _stays(name, module):
    return name.partition(".")[0] in sys.stdlib_module_names or getattr(module, "__spec__", None) is None


def modules():
    """The modules that were put aside, by name."""
    return {name: group.modules[name] for name, group in _groups.items()}
