"""What a line's beginning can be completed to. An attribute that raises stands in the way of no other."""

import builtins

__builtins__ = dict(vars(builtins))

import re
import rlcompleter


def complete(text, namespace):
    """Whole beginnings of a line, in order."""
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
        # Not `dir`, which sorts them: they may be of any type.
        return {*type(value).__dir__(value), "__class__"}
    except Exception:  # the class says itself what it lists
        return set(dir(type(value)))


def _with_parentheses(completer, value, name, whole):
    try:
        # To look at a property is to run it.
        if isinstance(getattr(type(value), name, None), property):
            return whole
        return completer._callable_postfix(getattr(value, name), whole)
    except Exception:
        return whole
