"""This calls back when a module has been imported.

Modules can thus be set up without being imported for that.
"""

import builtins

__builtins__ = dict(vars(builtins))

import sys

# Pairs of a name and a function. A run could leave entries in a dict, so this is a tuple.
_callbacks = ()


def when_imported(name, callback):
    """Call `callback` each time that the module has been imported for the first time, or again after it was
    forgotten."""
    global _callbacks
    _callbacks += ((name, callback),)


def notify(names):
    """Call back for these modules, which are there now without having been looked for."""
    for name, _ in _callbacks:
        if name in names:
            _call(name)


def watch():
    """Notice imports from now on."""
    sys.meta_path.insert(0, _Finder)


def _call(name):
    for watched, callback in _callbacks:
        if watched == name:
            callback()


class _Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if target is not None or all(name != watched for watched, _ in _callbacks):
            return None
        for finder in sys.meta_path:
            spec = None if finder is _Finder else finder.find_spec(name, path)
            if spec is not None:
                spec.loader = spec.loader and _Loader(spec.loader)
                return spec
        return None


class _Loader:
    """A loader that loads as another one does, and then calls back."""

    def __init__(self, loader):
        self._loader = loader

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        module.__spec__.loader = self._loader
        if module.__loader__ is self:
            module.__loader__ = self._loader
        self._loader.exec_module(module)
        _call(module.__name__)
