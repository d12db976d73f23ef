"""The shape of an expression, as far as names, numbers and functions of single elements make it.

Invariant: None means that the shapes do not match, or that the expression has something else in it.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from app.judge.explain.failing.seen import Seen

Shape = tuple[int, ...]

#: Functions that match the shapes of all their arguments by position.
_ELEMENTWISE = frozenset(
    {
        *("sqrt", "exp", "log", "log1p", "expm1", "abs", "square", "tanh", "sin", "cos", "sign", "negative", "power"),
        *("where", "maximum", "minimum", "add", "subtract", "multiply", "divide", "logaddexp", "reciprocal", "rsqrt"),
    }
)


def shape_after(seen: Seen, node: ast.expr, shapes: Mapping[str, Shape]) -> Shape | None:
    """The shape of an expression of names with these shapes; None if it has none, or none that is known."""
    match node:
        case ast.Name(id=name):
            return shapes.get(name)
        case ast.Constant(value=int() | float()):
            return ()
        case ast.UnaryOp(operand=operand):
            return shape_after(seen, operand, shapes)
        case ast.BinOp(left=left, right=right) if not isinstance(node.op, ast.MatMult):
            return _together(seen, [left, right], shapes)
        case ast.Call(args=parts, keywords=[]) if (
            seen.clues.dotted(node).startswith("jax.") and seen.clues.name_of(node) in _ELEMENTWISE
        ):
            return _together(seen, parts, shapes)
    return None


def _together(seen: Seen, parts: list[ast.expr], shapes: Mapping[str, Shape]) -> Shape | None:
    whole: Shape | None = ()
    for part in parts:
        shape = shape_after(seen, part, shapes)
        whole = None if whole is None or shape is None else _matched(whole, shape)
    return whole


def _matched(one: Shape, other: Shape) -> Shape | None:
    """What two shapes become together, matched from the right; None if they do not match."""
    axes = max(len(one), len(other))
    pairs = zip(*((1,) * (axes - len(shape)) + shape for shape in (one, other)), strict=True)
    sizes = [{*pair} - {1} or {1} for pair in pairs]
    return tuple(min(each) for each in sizes) if all(len(each) == 1 for each in sizes) else None
