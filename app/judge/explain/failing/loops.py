"""What the loops of ``jax.lax`` start with, and what their bodies return.

Invariant: as of ``app.judge.explain.failing``.
"""

from __future__ import annotations

import ast

from app.judge.explain.clues import returns_of
from app.judge.explain.failing.losses import passed
from app.judge.explain.failing.seen import NAME, NOTHING, Because, Seen, names_in
from app.judge.explain.rewriting import code_of
from app.judge.explain.wording import one_line, size_name


def start(seen: Seen) -> Because:
    """A loop that starts with a plain number, so that its carry is a scalar."""
    for call in seen.clues.calls("scan"):
        body = seen.clues.function(call.args[0] if call.args else None)
        if call.lineno not in seen.lines[1:] or body is None or len(call.args) < 2:  # noqa: PLR2004 - no start
            continue
        start, carry = call.args[1], body.args.args[0].arg if body.args.args else ""
        if isinstance(start, ast.Constant) and seen.shapes.get(carry) == ():
            says = (
                f"`{seen.clues.name_of(call)}` in line {call.lineno} starts with the number "
                f"`{seen.clues.piece(start)}`, so `{one_line(carry, NAME)}` is a scalar in the first step"
            )
            return Because(f"{says}{_better(seen, call, body, carry)}", shapes="")
    return NOTHING


def _better(seen: Seen, call: ast.Call, body: ast.FunctionDef, carry: str) -> str:
    """What to start with: the only argument of the right shape that the body does not use."""
    function, wanted = seen.scope(call), _needed(seen, carry)
    arguments = seen.clues.declared(function)[0] if function else {}
    free = {name: shape for name, shape in arguments.items() if name not in names_in(body)}
    fitting = [name for name, shape in free.items() if shape == (wanted,)]
    code, first = code_of(seen.clues, call.func), code_of(seen.clues, call.args[0])
    if wanted is None or len(fitting) != 1 or not code or not first:
        return ": start with the array that the first step is taken from"
    name = one_line(fitting[0], NAME)
    return f". Start with `{name}`, which has shape `({wanted},)`: `{code}({first}, {name}, ...)`"


def _needed(seen: Seen, carry: str) -> str | None:
    """The named size of a vector that fits the matrix by which the carry is multiplied on the line."""
    for node in seen.clues.on(seen.line):
        match node:
            case ast.BinOp(left=ast.Name(id=matrix), op=ast.MatMult(), right=ast.Name(id=other)) if other == carry:
                axis = -1
            case ast.BinOp(left=ast.Name(id=other), op=ast.MatMult(), right=ast.Name(id=matrix)) if other == carry:
                axis = -2
            case _:
                continue
        shape = seen.shapes.get(matrix, ())
        return size_name(shape[axis], seen.sizes) if len(shape) == 2 else None  # noqa: PLR2004 - a matrix
    return None


def body(seen: Seen) -> Because:
    """What the body of a scan returns instead of a pair."""
    function = passed(seen, "scan")
    returns = returns_of(function) if function else []
    if function is None or len(returns) != 1 or not isinstance(returns[0].value, ast.Name):
        return NOTHING
    name = one_line(returns[0].value.id, NAME)
    return Because(
        f"`{one_line(function.name, NAME)}` returns `{name}` alone (line {returns[0].lineno}), and `scan` needs the "
        f"new carry and an output for each step: {_pair(seen, name)}"
    )


def _pair(seen: Seen, name: str) -> str:
    """What to return, by which of the two results of the scan is used."""
    both, alone = f"`return {name}, {name}`", f"`return {name}, None`"
    used = _used(seen)
    if used == {0}:
        return alone
    return both if used else f"{both}, or {alone} where no output is used"


def _used(seen: Seen) -> set[int]:
    """Which results of the only scan on the line are taken; empty where that is not plain."""
    (call,) = [call for call in seen.clues.calls("scan") if call.lineno == seen.line]
    for node in seen.clues.nodes:
        match node:
            case ast.Subscript(value=value, slice=ast.Constant(value=int(index))) if value is call:
                return {index} & {0, 1}
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=first), ast.Name(id=second)])], value=value) if (
                value is call
            ):
                return {place for place, name in enumerate((first, second)) if name.strip("_")}
    return set()
