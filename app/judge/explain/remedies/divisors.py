"""A division by zero, and what stands in its place.

Invariant: that of the package. The divisor is made safe before it divides, which keeps NaN out of gradients too.
"""

from __future__ import annotations

import ast

from app.judge.explain.clues import Clues
from app.judge.explain.rewriting import exact, grouped, jnp_name


def safe_division(clues: Clues, kept: str) -> str:
    """The only division of the source, written so that it is finite, and the argument ``kept`` where it was not.

    ``kept`` is the argument that is expected where the divisor is 0, or empty; its shape is the result's.
    """
    found = [node for node in clues.nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)]
    if len(found) != 1 or not (divisor := exact(clues, found[0].right)):
        return ""
    quotient, counted = found[0], _is_count(clues, found[0].right)
    jnp, alone = jnp_name(clues), grouped(clues, quotient.right)
    safe = f"{jnp}.maximum({divisor}, 1)" if counted else f"{jnp}.where({alone} == 0, 1, {divisor})"
    said = f"In line {quotient.lineno} divide by `{safe}`."
    if not kept:
        return f"{said} Then choose with `{jnp}.where` what stands where the divisor is 0."
    has = f"{alone} {'> 0' if counted else '!= 0'}"
    place = _returned(clues, quotient)
    if place is None or not clues.is_argument(kept):
        return f"{said} Then keep `{kept}` where the divisor is 0, as is expected: `{jnp}.where({has}, ..., {kept})`."
    line, name = place
    return (
        f"{said} Then in line {line} return `{jnp}.where({has}, {name}, {kept})` instead of `{name}`: where the "
        f"divisor is 0, `{kept}` is expected."
    )


def _returned(clues: Clues, quotient: ast.BinOp) -> tuple[int, str] | None:
    """The line that returns the quotient by a name, and the name."""
    names = [
        part
        for statement in clues.own
        if isinstance(statement, ast.Return) and statement.value is not None
        for part in (statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value])
        if isinstance(part, ast.Name) and clues.resolved(part) is quotient
    ]
    return (names[0].lineno, names[0].id) if len(names) == 1 else None


def _is_count(clues: Clues, divisor: ast.expr) -> bool:
    """Whether a divisor counts something, so that it is a whole number: a sum of a one-hot matrix, or ``bincount``."""
    while isinstance(divisor, ast.Subscript):
        divisor = divisor.value
    made = clues.resolved(divisor)
    if not isinstance(made, ast.Call):
        return False
    if clues.name_of(made) == "bincount":
        return not made.keywords or all(word.arg != "weights" for word in made.keywords)
    subject = clues.subject(made)
    if clues.name_of(made) != "sum" or subject is None:
        return False
    counted = clues.resolved(subject[0])
    return isinstance(counted, ast.Compare) or (isinstance(counted, ast.Call) and clues.name_of(counted) == "one_hot")
