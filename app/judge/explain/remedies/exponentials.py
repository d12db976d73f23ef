"""Exponentials that overflow, and functions of single elements that are too much at the end.

Invariant: that of the package. What is written instead is the same function wherever it does not overflow.
"""

from __future__ import annotations

import ast

from app.judge.explain.clues import Clues, axis_written
from app.judge.explain.rewriting import exact, grouped, jnp_name

#: Functions that return the logarithm of another one of ``jax.nn``.
_LOGARITHMS = {"log_softmax": "softmax", "log_sigmoid": "sigmoid"}


def overflow(clues: Clues, axes: int) -> str:
    """The exponential of a softmax, or of the logarithm of a sum, written so that it stays finite."""
    exps = clues.calls("exp")
    if len(exps) != 1 or len(exps[0].args) != 1 or exps[0].keywords or not exact(clues, exps[0].args[0]):
        return ""
    return _softmax(clues, exps[0], axes) or _logarithm(clues, exps[0])


def place_of(clues: Clues, argument: str) -> str:
    """Where the exponential of just this argument is taken, if nothing else is an exponential."""
    match clues.calls("exp"):
        case [ast.Call(args=[ast.Name(id=name)]) as call] if name == argument and clues.is_argument(argument):
            return clues.place(call) if clues.is_own(call) else ""
    return ""


def _softmax(clues: Clues, exp: ast.Call, axes: int) -> str:
    quotients = [
        node
        for node in clues.nodes
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and clues.resolved(node.left) is exp
    ]
    if len(quotients) != 1:
        return ""
    divisor = clues.resolved(_without_index(quotients[0].right))
    if not isinstance(divisor, ast.Call) or not _is_sum_of(clues, divisor, exp):
        return ""
    argument = exp.args[0]
    bare, alone, written = exact(clues, argument), grouped(clues, argument), axis_written(clues, divisor)
    axis = exact(clues, written) if written is not None else ""
    if written is not None and not axis:
        return ""
    peak = f"{alone}.max(axis={axis}, keepdims=True)" if axis else f"{alone}.max()"
    own = clues.is_own(exp)
    what = "the maximum of each row" if own and axes == 2 and axis in ("-1", "1") else "the maximum"  # noqa: PLR2004
    said = f"In line {exp.lineno} subtract {what} first: `{exact(clues, exp.func)}({alone} - {peak})`."
    return f"{said} `jax.nn.softmax({bare}, axis={axis})` does that for you." if axis else said


def _logarithm(clues: Clues, exp: ast.Call) -> str:
    for call in clues.calls("log", "log1p"):
        inside = clues.resolved(call.args[0]) if len(call.args) == 1 else None
        bare = exact(clues, exp.args[0])
        if clues.name_of(call) == "log" and isinstance(inside, ast.Call) and _is_sum_of(clues, inside, exp):
            written = axis_written(clues, inside)
            axis = f", axis={exact(clues, written)}" if written is not None else ""
            keep = ", keepdims=True" if any(word.arg == "keepdims" for word in inside.keywords) else ""
            better = f"jax.nn.logsumexp({bare}{axis}{keep})"
        elif inside is not None and _is_softplus(clues, call, inside, exp):
            better = f"{jnp_name(clues)}.logaddexp(0, {bare})"
        else:
            continue
        return f"In line {call.lineno} write `{better}` for {_quoted(clues, call)}: it does not overflow."
    return ""


def _quoted(clues: Clues, call: ast.Call) -> str:
    return f"`{text}`" if (text := exact(clues, call)) else "the logarithm"


def _is_softplus(clues: Clues, call: ast.Call, inside: ast.expr, exp: ast.Call) -> bool:
    if clues.name_of(call) == "log1p":
        return inside is exp
    match inside:
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            one, power = (left, right) if isinstance(left, ast.Constant) else (right, left)
            return isinstance(one, ast.Constant) and one.value == 1 and clues.resolved(power) is exp
    return False


def _is_sum_of(clues: Clues, call: ast.Call, exp: ast.Call) -> bool:
    subject = clues.subject(call)
    plain = all(
        word.arg == "axis" or (word.arg == "keepdims" and isinstance(word.value, ast.Constant) and word.value.value)
        for word in call.keywords
    )
    return clues.name_of(call) == "sum" and plain and subject is not None and clues.resolved(subject[0]) is exp


def _without_index(node: ast.expr) -> ast.expr:
    """What stands before an index that only adds an axis."""
    match node:
        case ast.Subscript(value=value, slice=ast.Tuple(elts=parts)) if all(map(_is_no_choice, parts)):
            return value
    return node


def _is_no_choice(part: ast.expr) -> bool:
    match part:
        case ast.Constant(value=None) | ast.Slice(lower=None, upper=None, step=None):
            return True
        case ast.Constant(value=value):
            return value is ...
    return False


def too_much(clues: Clues, template: str) -> str:
    """The function that what is returned was put through at the end, and what to return instead."""
    value = clues.returned[1] if clues.returned else None
    value = clues.resolved(value) if value is not None else None
    if not isinstance(value, ast.Call):
        return ""
    name, function = clues.name_of(value), template.partition("(")[0]
    if function == "jnp.log" and name in _LOGARITHMS:
        text = exact(clues, value.func)
        better = text.replace(name, _LOGARITHMS[name]) if "." in text else f"jax.nn.{_LOGARITHMS[name]}"
        return f"`{text}` in line {value.lineno} returns logarithms. Write `{better}`."
    kept = exact(clues, value.args[0]) if len(value.args) == 1 and not value.keywords else ""
    if not kept or not clues.dotted(value) or name != function.rpartition(".")[2] or "." not in function:
        return ""
    return f"Leave it out in line {value.lineno}: write `{kept}` for `{exact(clues, value)}`."
