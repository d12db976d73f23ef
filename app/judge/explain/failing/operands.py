"""Arrays that do not fit each other, or lack an axis: which of them, and the line that made it.

Invariant: as of ``app.judge.explain.failing``.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from app.judge.explain.clues import axis_of
from app.judge.explain.failing.seen import NAME, NOTHING, Because, Seen
from app.judge.explain.rewriting import jnp_name
from app.judge.explain.wording import one_line, size_name

_MATRIX = 2


def product(seen: Seen) -> Because:
    """Which axis of which operand has which size, and which of them to transpose."""
    pairs = []
    for node in seen.clues.on(seen.line):
        match node:
            case ast.BinOp(left=ast.Name(id=left), op=ast.MatMult(), right=ast.Name(id=right)):
                pairs.append((left, right))
    if len(pairs) != 1 or any(len(seen.shapes.get(name, ())) < 1 for name in pairs[0]):
        return NOTHING
    left, right = pairs[0]
    mine, yours = seen.shapes[left], seen.shapes[right]
    place = max(len(yours) - _MATRIX, 0)
    if mine[-1] == yours[place]:
        return NOTHING
    said = (
        f"`{left} @ {right}` sums over the last axis of `{left}`, of size {_size(mine[-1], seen.sizes)}, and "
        f"axis {place} of `{right}`, of size {_size(yours[place], seen.sizes)}."
    )
    ways = []
    if len(yours) >= _MATRIX and mine[-1] == yours[-1]:
        ways.append(f"`{right}`: `{left} @ {_transposed(seen, right)}`")
    if len(mine) >= _MATRIX and mine[-_MATRIX] == yours[place]:
        ways.append(f"`{left}`: `{_transposed(seen, left)} @ {right}`")
    return Because(f"{said} Transpose {', or '.join(ways)}" if ways else f"{said} They must have one size")


def _size(size: int, sizes: Mapping[str, int]) -> str:
    name = size_name(size, sizes)
    return f"{name} = {size}" if name else str(size)


def _transposed(seen: Seen, name: str) -> str:
    return f"{name}.T" if len(seen.shapes[name]) == _MATRIX else f"{jnp_name(seen.clues)}.swapaxes({name}, -1, -2)"


def axis(seen: Seen) -> Because:
    """An array that lacks the axis that is asked for, and the line that made it."""
    for call in (node for node in seen.clues.on(seen.line) if isinstance(node, ast.Call)):
        subject, axis = seen.clues.subject(call), axis_of(seen.clues, call)
        if subject is None or axis is None or not isinstance(subject[0], ast.Name):
            continue
        name = subject[0].id
        made, shape = seen.clues.made(name), seen.shapes.get(name)
        if made is not None and shape is not None and len(shape) <= axis:
            asked = f"{seen.shape(name)}, and `{seen.clues.piece(call)}` asks for axis {axis}, counted from 0"
            return Because(
                f"{asked}. `{name}` is made in line {made.lineno}{_one_by_one(made.value)}",
                says="You ask for an axis that does not exist",
                shapes="",
            )
    return NOTHING


def _one_by_one(made: ast.expr) -> str:
    """Which two arrays an expression combines row by row, where each pair of rows may be meant."""
    pairs = [
        (node.left.id, sign, node.right.id)
        for node in ast.walk(made)
        if isinstance(node, ast.BinOp) and isinstance(node.left, ast.Name) and isinstance(node.right, ast.Name)
        for sign in [{ast.Sub: "-", ast.Add: "+", ast.Mult: "*"}.get(type(node.op))]
        if sign
    ]
    if len(pairs) != 1:
        return ": look there, at what it is reduced over"
    (one, sign, other) = (one_line(text, NAME) for text in pairs[0])
    return (
        f", where `{one} {sign} {other}` pairs row i with row i only; for each pair of rows write "
        f"`{one}[:, None] {sign} {other}[None]`"
    )
