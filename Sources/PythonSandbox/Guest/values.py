"""How the value of a run is sent: as JSON for programs, by its `repr` to a prompt or where JSON has nothing for it."""

import builtins

__builtins__ = dict(vars(builtins))

from itertools import islice
from json import dumps

# What is sent of a `repr` that is too long to be sent whole.
SHORTENED = 100_000

_CONTAINERS = (list, tuple, dict, set, frozenset, bytes, bytearray)


def serialise(value, keep, longest):
    """The value as JSON text, or as its `repr` where it has no JSON; with `keep` no iterator is used up for that."""
    if isinstance(value, str):
        return {"value": str(value), "bare": True, "repr": _representation(value)}
    if type(value) in (bool, int):
        text = dumps(value)
        return {"value": text, "repr": repr(value)}
    shown = None
    try:
        if _is_iterator(value):
            shown = _representation(value)  # before its items are taken
        return {**_dump(value, keep, longest), "repr": _representation(value)}
    except BaseException as error:
        if is_interrupt(error) or not _is_of_serialising(error):
            raise
        if shown is not None:
            return {"value": shown, "bare": True, "repr": shown}
        try:
            return show(value)
        except Exception:
            raise error from None  # its own `repr` raises, too


def show(value):
    """The value by its `repr` alone."""
    text = repr(value)
    return {"value": text, "bare": True, "repr": text}


def shorten(result):
    """The beginning of what is too long."""
    text = result["repr"][:SHORTENED]
    return {"status": "success", "value": text, "bare": True, "repr": text, "shortened": True}


def is_interrupt(error):
    # pydantic hides what a value's own repr raises, or panics where it expects nothing.
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
        return object.__repr__(value)  # it has JSON, which is what was asked for


def _dump(value, keep, longest):
    from pydantic_core import to_json

    def fallback(inner):
        return _fallback(inner, longest)

    if _is_iterator(value):
        if keep:
            raise _Unsendable
        # Each item takes at least four characters: of more than these there is no value.
        value = list(islice(value, longest // 4 + 1))
    if isinstance(value, _CONTAINERS) and len(value) > longest // (1 if isinstance(value, (bytes, bytearray)) else 4):
        raise _Unsendable
    text = to_json(value, indent=2, fallback=fallback)
    if b"NaN" in text or b"Infinity" in text:
        strict = to_json(value, fallback=fallback, inf_nan_mode="null")
        return {"value": text.decode(), "strict": strict.decode()}
    return {"value": text.decode()}


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
