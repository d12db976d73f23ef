"""A function that is differentiated though it returns an array.

Invariant: whether its mean or its sum is asked for is the problem's to say, so that both are named.
"""

from __future__ import annotations

import ast
import re

from app.judge.explain.clues import returns_of
from app.judge.explain.failing.seen import NAME, NOTHING, Because, Seen, shape_of
from app.judge.explain.rewriting import called, code_of, jnp_name
from app.judge.explain.wording import one_line, shape_text

_SHAPE = re.compile(r"Output had shape: \(([\d, ]{1,60})\)")


def passed(seen: Seen, *names: str) -> ast.FunctionDef | None:
    """The function that the only call of this name on the line is given."""
    calls = [call for call in seen.clues.calls(*names) if call.lineno == seen.line]
    return seen.clues.function(calls[0].args[0]) if len(calls) == 1 and calls[0].args else None


def loss(seen: Seen) -> Because:
    """Which function it is, and the line on which it returns the array."""
    function, found = passed(seen, "grad", "value_and_grad"), _SHAPE.search(seen.text)
    returns = returns_of(function) if function else []
    if function is None or found is None or len(returns) != 1:
        return NOTHING
    value, line = returns[0].value, returns[0].lineno
    if value is None or isinstance(value, ast.Tuple | ast.List | ast.Dict):
        return NOTHING
    shape = shape_text(shape_of(found[1]), seen.sizes)
    cause = (
        f"`{one_line(function.name, NAME)}` returns an array of shape {shape} in line {line}, and `jax.grad` needs one "
        "number"
    )
    module = jnp_name(seen.clues)
    mean = called(f"{module}.mean", code_of(seen.clues, value))
    wrapped = f"`return {mean}`" if mean else f"`return {module}.mean(...)`"
    choice = f"Wrap the whole expression there: {wrapped}, or `{module}.sum(...)` if the problem asks for the sum"
    return Because(cause, choice)
