"""The types whose values may hold others, which hold others in turn."""

HAVE_GC = 1 << 14


def _all():
    types = {}
    rest = [object]
    while rest:
        kind = rest.pop()
        # A type may define what is equal to it.
        if id(kind) not in types:
            types[id(kind)] = kind
            rest.extend(type.__subclasses__(kind))
    return [kind for kind in types.values() if type.__dict__["__flags__"].__get__(kind) & HAVE_GC]


_types = _all()  # They stay where they are as long as they are held.
ADDRESSES = ",".join(str(id(kind)) for kind in _types)
