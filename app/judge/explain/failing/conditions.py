"""Conditions that Python asks of arrays, written for arrays: ``&`` for ``and``, ``|`` for ``or``, ``~`` for ``not``.

Invariant: what is written has the same truth for single numbers; ``&``, ``|`` and ``~`` stand only between what is
surely True or False, for of other numbers they take the bits.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from app.judge.explain.failing.seen import Seen
from app.judge.explain.rewriting import code_of, jnp_name

#: Attributes of an array that are known while it is traced.
_KNOWN = {"shape", "ndim", "size", "dtype"}
#: Last names of functions whose result is True or False.
_BOOLEAN = {
    *("all", "any", "isnan", "isinf", "isfinite", "isclose", "allclose", "array_equal", "logical_and", "logical_or"),
    *("logical_not", "logical_xor", "less", "less_equal", "greater", "greater_equal", "equal", "not_equal"),
}
_ORDERED = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)


@dataclass(frozen=True)
class Condition:
    """A condition for arrays.

    Attributes:
        test: to be put into ``jnp.where``.
        swapped: whether it is the opposite of what was asked.
        changed: whether it is written otherwise than it was.
        boolean: whether it is surely True or False.
        code: as it stands in the source, where it is not changed.
    """

    test: ast.expr
    swapped: bool
    changed: bool
    boolean: bool
    code: str


def traced_names(seen: Seen, node: ast.expr) -> list[str]:
    """The arrays that an expression reads the values of; none where it reads anything else beside modules."""
    skipped = {id(part.value) for part in ast.walk(node) if isinstance(part, ast.Attribute) and part.attr in _KNOWN}
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name) and id(part) not in skipped]
    others = [name for name in names if name.id not in seen.shapes and not seen.clues.spelling.dotted(name)]
    return [] if others else [*dict.fromkeys(name.id for name in names if name.id in seen.shapes)]


def condition_of(seen: Seen, test: ast.expr, *, whole: bool = False) -> Condition | None:
    """A condition for arrays; None where it cannot be one.

    Args:
        seen: what the exception shows.
        test: what Python asks.
        whole: a ``not`` around all of it is kept, where else the results are swapped.
    """
    code = code_of(seen.clues, test)
    if not code:
        return None
    inner, swapped = test, False
    while not whole and isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.Not):
        inner, swapped = inner.operand, not swapped
    written = _written(seen, inner)
    if written is None:
        return None
    changed = written[0] is not inner
    return Condition(written[0], swapped, changed, written[1], "" if changed else code_of(seen.clues, inner))


#: A condition for arrays, and whether it is surely True or False.
_Written = tuple[ast.expr, bool] | None


def _written(seen: Seen, node: ast.expr) -> _Written:
    match node:
        case ast.Compare():
            return _compared(node)
        case ast.BoolOp():
            return _combined(seen, node)
        case ast.UnaryOp(op=ast.Not()):
            return _negated(seen, node)
        case ast.Call(func=ast.Name(id="bool"), args=[argument], keywords=[]):
            inner = _written(seen, argument)
            return inner if inner is None or inner[1] else (_astype(argument), True)
    plain = ast.Call | ast.Name | ast.Attribute | ast.Subscript | ast.BinOp | ast.UnaryOp | ast.Constant
    boolean = isinstance(node, ast.Call) and seen.clues.name_of(node) in _BOOLEAN
    return (node, boolean) if isinstance(node, plain) else None


def _compared(node: ast.Compare) -> _Written:
    """Each comparison of a chain by itself."""
    if not all(isinstance(operator, _ORDERED) for operator in node.ops):
        return None
    if len(node.ops) == 1:
        return node, True
    sides = [node.left, *node.comparators]
    pairs = [ast.Compare(sides[i], [operator], [sides[i + 1]]) for i, operator in enumerate(node.ops)]
    return _joined(pairs, ast.BitAnd()), True


def _combined(seen: Seen, node: ast.BoolOp) -> _Written:
    written = [_written(seen, value) for value in node.values]
    found = [part for part in written if part is not None]
    if len(found) < len(written):
        return None
    is_and = isinstance(node.op, ast.And)
    if all(boolean for _, boolean in found):
        return _joined([part for part, _ in found], ast.BitAnd() if is_and else ast.BitOr()), True
    whole = found[0][0]
    for part, _ in found[1:]:
        whole = _call(seen, "logical_and" if is_and else "logical_or", whole, part)
    return whole, False  # of other values, ``and`` and ``or`` give one of the two


def _negated(seen: Seen, node: ast.UnaryOp) -> _Written:
    inner = _written(seen, node.operand)
    if inner is None:
        return None
    # Of Python's own True, ``~`` makes -2.
    surely = inner[1] and bool(traced_names(seen, node.operand))
    return (ast.UnaryOp(ast.Invert(), inner[0]) if surely else _call(seen, "logical_not", inner[0])), True


def _joined(parts: Sequence[ast.expr], operator: ast.operator) -> ast.expr:
    whole: ast.expr = parts[0]
    for part in parts[1:]:
        whole = ast.BinOp(whole, operator, part)
    return whole


def _call(seen: Seen, name: str, *arguments: ast.expr) -> ast.expr:
    function = ast.parse(f"{jnp_name(seen.clues)}.{name}", mode="eval").body
    return ast.Call(function, [*arguments], [])


def _astype(node: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(node, "astype", ast.Load()), [ast.Name("bool", ast.Load())], [])
