"""This tells, before a run, if its code can leave a change in Python's memory.

The next run gets the same memory only if it cannot (`--state reset`). After any other code it gets another
interpreter.
"""

import builtins

__builtins__ = dict(vars(builtins))

import ast

# The names with which code cannot change anything that others see, if it uses only them and its own.
HARMLESS = frozenset(
    "abs all any ascii bin bool bytearray bytes chr complex dict divmod enumerate filter float format frozenset "
    "hash hex int len list map max min next oct ord pow print range repr reversed round set slice sorted str sum "
    "tuple zip ArithmeticError AssertionError Exception IndexError KeyError KeyboardInterrupt LookupError "
    "OverflowError RuntimeError StopIteration TypeError ValueError ZeroDivisionError".split()
)

# The names of the builtins. Python finds a builtin where the code has not set its own name yet.
BUILTINS = frozenset(dir(builtins))

# The functions that look up a codec by a second value, and keep it.
CODING = frozenset({"str", "bytes", "bytearray"})

# The nodes that are allowed. Code must not set, call or climb by attributes, so there is no `match`, `with`,
# `import`, `class` or `await`.
NODES = (
    ast.Module, ast.Expr, ast.Assign, ast.AugAssign, ast.If, ast.For, ast.While, ast.Break, ast.Continue, ast.Pass,
    ast.FunctionDef, ast.Lambda, ast.arguments, ast.arg, ast.keyword, ast.Return, ast.Global, ast.Nonlocal,
    ast.Try, ast.ExceptHandler, ast.Raise, ast.Assert, ast.Yield, ast.YieldFrom,
    ast.BoolOp, ast.NamedExpr, ast.BinOp, ast.UnaryOp, ast.IfExp, ast.Compare, ast.Call, ast.JoinedStr,
    ast.FormattedValue, ast.Constant, ast.Subscript, ast.Slice, ast.Starred, ast.Name, ast.Load, ast.Store,
    ast.Dict, ast.Set, ast.List, ast.Tuple, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    ast.comprehension, ast.boolop, ast.operator, ast.unaryop, ast.cmpop,
)  # fmt: skip


def is_harmless(tree, variables=()):
    """True when this code cannot have changed anything for the next run.

    Such code computes with its own names, these variables (plain data), and a few builtins.
    """
    nodes = list(ast.walk(tree))
    if not all(isinstance(node, NODES) for node in nodes):
        return False
    used, own, plain_coding = set(), set(variables), set()
    for node in nodes:
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else own).add(node.id)
        elif isinstance(node, ast.FunctionDef):
            own.add(node.name)
        elif isinstance(node, ast.arg):
            own.add(node.arg)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            own.add(node.name)
        elif isinstance(node, ast.comprehension) and node.is_async:
            return False
        elif isinstance(node, ast.Call):
            plain_coding.update(_plain_coding(node))
    if any(name.startswith("_") for name in own):
        return False
    if not used <= HARMLESS | (own - BUILTINS):
        return False
    return not _may_end_later(nodes) and all(
        id(node) in plain_coding for node in nodes if isinstance(node, ast.Name) and node.id in CODING
    )


def _may_end_later(nodes):
    """True when a generator may catch its end. It could then go on in another run, when it is collected."""
    kinds = set(map(type, nodes))
    return ast.Try in kinds and (ast.Yield in kinds or ast.YieldFrom in kinds)


def _plain_coding(call):
    """The places where this call names such a function and looks up no codec."""
    if call.keywords or any(isinstance(value, ast.Starred) for value in call.args):
        return
    named = isinstance(call.func, ast.Name)
    if named and call.func.id in CODING and len(call.args) < 2:
        yield id(call.func)
    if named and call.func.id == "map" and len(call.args) == 2:
        yield id(call.args[0])
