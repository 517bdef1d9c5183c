"""This sends the value of a run.

Programs get JSON; a prompt gets the `repr`, as does a value without JSON.
"""

import builtins

__builtins__ = dict(vars(builtins))

from itertools import islice
from json import dumps
from operator import is_

# The number of characters that are sent of a `repr` that is too long.
SHORTENED = 100_000

# The fewest characters that an item takes.
_LEAST = 4
# The depth beyond which a value has no JSON.
_DEEPEST = 300
# The largest exact integer of JavaScript.
_LARGEST_EXACT = 2**53 - 1
_CONTAINERS = (list, tuple, dict, set, frozenset, bytes, bytearray)
_PLAIN = frozenset({int, float, bool, type(None)})


def prepare(modules):
    """Prepare the JSON encoder, whose first value takes longest. It is called before this Python is saved."""
    if core := modules.get("pydantic_core"):
        core.to_json([0.5])


def serialise(value, keep, longest):
    """The value as JSON text, or as its `repr` where it has no JSON. With `keep` no iterator is used up."""
    if isinstance(value, str):
        return {"value": str(value), "bare": True, "repr": _representation(value)}
    if type(value) in (bool, int):
        text = dumps(value)
        return {"value": text, "repr": repr(value)}
    if isinstance(value, float) and value.is_integer() and abs(value) <= _LARGEST_EXACT:
        # The original passes its values through JavaScript, where whole numbers are whole.
        return {"value": dumps(int(value)), "repr": _representation(value)}
    shown = None
    try:
        if _is_iterator(value):
            shown = _representation(value)  # Its items are taken later.
        return {**_dump(value, keep, longest), "repr": _representation(value)}
    except BaseException as error:
        if is_interrupt(error) or not _is_of_serialising(error):
            raise
        if shown is not None:
            return {"value": shown, "bare": True, "repr": shown}
        try:
            return show(value)
        except Exception as own:
            # That there is no JSON tells nobody why its own `repr` raises, too.
            is_told = isinstance(error, _Unsendable) or isinstance(own, MemoryError)
            raise (own if is_told else error) from None


def show(value):
    """The value by its `repr` alone."""
    text = repr(value)
    return {"value": text, "bare": True, "repr": text}


def shorten(result):
    """The beginning of a result that is too long."""
    text = result["repr"][:SHORTENED]
    return {"status": "success", "value": text, "bare": True, "repr": text, "shortened": True}


def is_interrupt(error):
    # pydantic hides an exception of a value's own repr, or panics where it expects none.
    wrapped = type(error).__name__ in _HIDING and "KeyboardInterrupt" in str(error)
    return wrapped or isinstance(error, KeyboardInterrupt)


_HIDING = ("PydanticSerializationError", "PanicException")


class _Unsendable(Exception):
    pass


def _is_of_serialising(error):
    return isinstance(error, Exception) or type(error).__name__ in _HIDING


def _representation(value):
    try:
        return repr(value)
    except Exception:
        return object.__repr__(value)  # The value has JSON, which matters more.


def _dump(value, keep, longest):
    from pydantic_core import to_json

    preparation = _Preparation(keep, longest)

    def fallback(inner):
        other = _fallback(inner, longest)
        # pydantic copies a text that its memory is not enough for, and Python ends then.
        if isinstance(other, str):
            preparation.spend(len(other))
        return other

    if keep and _is_iterator(value):
        raise _Unsendable
    value = preparation.prepare(value)
    text = to_json(value, indent=2, fallback=fallback)
    if b"NaN" in text or b"Infinity" in text:
        strict = to_json(value, fallback=fallback, inf_nan_mode="null")
        return {"value": text.decode(), "strict": strict.decode()}
    return {"value": text.decode()}


class _Preparation:
    """A preparation of a value for pydantic, which would use up iterators, and all memory for too many items."""

    def __init__(self, keep, longest):
        self.keep, self.left = keep, longest

    def prepare(self, value, depth=0):
        """The value itself, or a copy with lists in place of iterators."""
        if depth > _DEEPEST:
            raise _Unsendable
        if _is_iterator(value):
            if self.keep:
                return _representation(value)
            value = list(islice(value, self.left // _LEAST + 1))
        if isinstance(value, dict):
            items = self._prepare_all(list(dict.values(value)), depth)
            return value if items is None else dict(zip(dict.keys(value), items))
        for kind in (list, tuple, set, frozenset):
            if isinstance(value, kind):
                items = self._prepare_all(list(kind.__iter__(value)), depth)
                return value if items is None else items
        if hasattr(type(value), "__dataclass_fields__"):
            fields = getattr(value, "__dict__", None)
            if type(fields) is dict and self._prepare_all(list(fields.values()), depth) is not None:
                raise _Unsendable
        elif isinstance(value, (str, bytes, bytearray)):
            self.spend(len(value))
        return value

    def _prepare_all(self, items, depth):
        """The values in place of these; None when they can stay."""
        self.spend(_LEAST * len(items))
        if _PLAIN.issuperset(map(type, items)):
            return None
        prepared = [item if type(item) in _PLAIN else self.prepare(item, depth + 1) for item in items]
        return None if all(map(is_, items, prepared)) else prepared

    def spend(self, characters):
        """Count characters of the JSON, of which there may be too many."""
        self.left -= characters
        if self.left < 0:
            raise _Unsendable


def _is_iterator(value):
    kind = type(value)
    return hasattr(kind, "__next__") and not (
        isinstance(value, _CONTAINERS)
        or hasattr(kind, "__dataclass_fields__")
        or hasattr(kind, "__pydantic_serializer__")
    )


def _fallback(value, longest):
    kind = type(value)
    if kind.__module__ == "numpy":
        if kind.__name__ not in ("ndarray", "matrix"):
            return value.item()
        if value.size > longest // 4:
            raise _Unsendable
        return value.tolist()
    if kind.__module__ == "pyodide.ffi":
        return value.to_py()
    return repr(value)
