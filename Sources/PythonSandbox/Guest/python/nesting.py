"""The types whose values may hold others, which hold others in turn, and those that read such values."""

import builtins

__builtins__ = dict(vars(builtins))

import importlib
import sys
from json import dumps

HAVE_GC = 1 << 14
# They have types of this kind, too, but code imports them late or not at all.
LATE = ("_elementtree", "_queue", "_zoneinfo")


def _imported(name):
    """A module that this Python does not keep. Whoever imports it gets other types with the same functions."""
    before = set(sys.modules)
    module = importlib.import_module(name)
    for other in set(sys.modules) - before:
        del sys.modules[other]
    return module


def _all():
    types = {}
    rest = [object]
    while rest:
        kind = rest.pop()
        # A type may define what is equal to it.
        if id(kind) not in types:
            types[id(kind)] = kind
            rest.extend(type.__subclasses__(kind))
    flags = type.__dict__["__flags__"]
    return [kind for kind in types.values() if flags.__get__(kind) & HAVE_GC]


# All stay where they are as long as they are held.
_late = [_imported(name) for name in LATE]
_values = _all()
_readers = [_imported("_json").make_scanner]
ADDRESSES = dumps({"values": list(map(id, _values)), "readers": list(map(id, _readers))})
