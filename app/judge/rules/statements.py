"""The Python constructs that a problem may require or forbid by name, and where a source has them.

``STATEMENTS`` is the whole vocabulary of ``required_statements`` and ``forbidden_statements``. Invariant: a name covers
what its entry says and nothing else; the work is linear in the source and nothing recurses.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.judge.rules.scopes import Function, loaded


def _always(_node: Any) -> bool:
    return True


def _written(node: Any) -> bool:
    """Whether a name's context is that of an assignment or of ``del``."""
    return not isinstance(node.ctx, ast.Load)


@dataclass(frozen=True)
class Construct:
    """One construct.

    Attributes:
        title: what a source has, as in "Line 4 has ...".
        covers: what counts and what does not, for authors.
        nodes: the syntax that it is made of.
        among: which of those nodes count.
        nested: whether only those inside a function count.
    """

    title: str
    covers: str
    nodes: tuple[type[ast.AST], ...]
    among: Callable[[Any], bool] = _always
    nested: bool = False


#: Name -> construct, in the order of the documentation.
STATEMENTS: Mapping[str, Construct] = {
    "for": Construct("a `for` loop", "A `for` statement, no comprehension.", (ast.For, ast.AsyncFor)),
    "while": Construct("a `while` loop", "A `while` statement.", (ast.While,)),
    "comprehension": Construct(
        "a comprehension",
        "A list, set or dict comprehension or a generator expression.",
        (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
    ),
    "if": Construct(
        "an `if` statement",
        "An `if` or `elif` statement; no conditional expression, and no filter of a comprehension.",
        (ast.If,),
    ),
    "conditional_expression": Construct(
        "a conditional expression", "`a if condition else b` within an expression.", (ast.IfExp,)
    ),
    "match": Construct("a `match` statement", "A `match` statement.", (ast.Match,)),
    "try": Construct(
        "a `try` statement", "A `try` statement, with `except`, `except*` or `finally`.", (ast.Try, ast.TryStar)
    ),
    "raise": Construct("a `raise` statement", "A `raise` statement.", (ast.Raise,)),
    "assert": Construct("an `assert` statement", "An `assert` statement.", (ast.Assert,)),
    "with": Construct(
        "a `with` statement", "A `with` statement, such as `with jax.named_scope(...)`.", (ast.With, ast.AsyncWith)
    ),
    "lambda": Construct("a `lambda`", "A `lambda` expression.", (ast.Lambda,)),
    "nested_function": Construct(
        "a function inside a function",
        "A `def` inside a function, however deep; a `lambda` is none. (There is no `def`: every solution has one.)",
        (ast.FunctionDef, ast.AsyncFunctionDef),
        nested=True,
    ),
    "decorator": Construct(
        "a decorator",
        "A decorated function or class, such as one below `@jax.jit`.",
        (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
        lambda node: bool(node.decorator_list),
    ),
    "class": Construct("a class", "A `class` statement.", (ast.ClassDef,)),
    "global": Construct(
        "a `global` statement", "A `global` statement; reading a module's names needs none.", (ast.Global,)
    ),
    "nonlocal": Construct("a `nonlocal` statement", "A `nonlocal` statement.", (ast.Nonlocal,)),
    "yield": Construct("a `yield`", "`yield` and `yield from`; no generator expression.", (ast.Yield, ast.YieldFrom)),
    "async": Construct(
        "asynchronous code",
        "`async def`, `async for`, `async with`, `await` and asynchronous comprehensions.",
        (
            ast.AsyncFunctionDef,
            ast.AsyncFor,
            ast.AsyncWith,
            ast.Await,
            ast.ListComp,
            ast.SetComp,
            ast.DictComp,
            ast.GeneratorExp,
        ),
        lambda node: any(part.is_async for part in getattr(node, "generators", ())) or not hasattr(node, "generators"),
    ),
    "del": Construct("a `del` statement", "A `del` statement.", (ast.Delete,)),
    "import": Construct(
        "an import", "An `import` or `from ... import` statement, whatever it imports.", (ast.Import, ast.ImportFrom)
    ),
    "local_import": Construct(
        "an import inside a function",
        "An import statement inside a function.",
        (ast.Import, ast.ImportFrom),
        nested=True,
    ),
    "star_import": Construct(
        "a star import", "`from ... import *`.", (ast.ImportFrom,), lambda node: node.names[0].name == "*"
    ),
    "walrus": Construct("an assignment expression", "`name := value`.", (ast.NamedExpr,)),
    "augmented_assignment": Construct(
        "an augmented assignment", "`x += y` and its like, whatever stands on the left.", (ast.AugAssign,)
    ),
    "in_place_assignment": Construct(
        "an assignment to a subscript",
        "`x[i] = y`, `x[i] += y`, `del x[i]` and the like, of an array, a list or a dict: the source does not tell "
        "them apart. `x.at[i].set(y)` is none.",
        (ast.Subscript,),
        _written,
    ),
    "attribute_assignment": Construct(
        "an assignment to an attribute", "`x.name = y`, `x.name += y`, `del x.name`.", (ast.Attribute,), _written
    ),
    "matmul_operator": Construct(
        "the operator `@`",
        "`a @ b` and `a @= b`, which rules on calls do not see; no decorator.",
        (ast.BinOp, ast.AugAssign),
        lambda node: isinstance(node.op, ast.MatMult),
    ),
}


def statements(tree: ast.Module, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
    """Every place of a wanted construct, as (its name, line).

    Args:
        tree: the whole source.
        wanted: names in ``STATEMENTS``; others are in no source.
    """
    by_node: dict[type[ast.AST], list[str]] = {}
    for name in sorted(STATEMENTS.keys() & set(wanted)):
        for kind in STATEMENTS[name].nodes:
            by_node.setdefault(kind, []).append(name)
    pending: list[tuple[ast.AST, bool]] = [(node, False) for node in loaded(tree)]
    while pending:
        node, inside = pending.pop()
        for name in by_node.get(type(node), ()):
            construct = STATEMENTS[name]
            if construct.among(node) and (inside or not construct.nested):
                yield name, _line(name, node)
        inside = inside or isinstance(node, Function)
        pending += [(child, inside) for child in ast.iter_child_nodes(node)]


def _line(name: str, node: Any) -> int:
    """Where the construct is written: a decorator stands above what it decorates."""
    line: int = node.decorator_list[0].lineno if name == "decorator" else node.lineno
    return line
