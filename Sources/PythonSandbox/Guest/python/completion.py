"""This completes the beginning of a line. An attribute that raises an exception does not hide the others."""

import builtins

__builtins__ = dict(vars(builtins))

import re
import rlcompleter


def complete(text, namespace):
    """The completed beginnings of the line, in order."""
    word = re.search(r"[\w.]*$", text)[0]
    stem = text[: len(text) - len(word)]
    completer = rlcompleter.Completer(namespace)
    matches = _attributes(completer, word) if "." in word else completer.global_matches(word)
    hidden = word.rpartition(".")[2].startswith("_")
    names = {m for m in matches if hidden or not m.rpartition(".")[2].startswith("_")}
    return [stem + name for name in sorted(names)]


def _attributes(completer, word):
    expression, _, beginning = word.rpartition(".")
    try:
        value = eval(expression, completer.namespace)
    except Exception:
        return []
    matches = []
    for name in _names(value):
        if isinstance(name, str) and name.startswith(beginning):
            matches.append(_with_parentheses(completer, value, name, f"{expression}.{name}"))
    return matches


def _names(value):
    try:
        # The names may be of any type, so `dir`, which sorts them, will not do.
        return {*type(value).__dir__(value), "__class__"}
    except Exception:  # The class has its own way to list names.
        return set(dir(type(value)))


def _with_parentheses(completer, value, name, whole):
    try:
        # A look at a property would run its code.
        if isinstance(getattr(type(value), name, None), property):
            return whole
        return completer._callable_postfix(getattr(value, name), whole)
    except Exception:
        return whole
