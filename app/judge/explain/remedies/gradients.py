"""Gradients of the wrong argument, and steps along them.

Invariant: that of the package. An argument of a case is written into code only where the function has it by that name.
"""

from __future__ import annotations

import ast

from app.judge.explain.clues import Clues, number_of
from app.judge.explain.rewriting import grouped

_GRADS = ("grad", "value_and_grad")


def is_gradient(clues: Clues, node: ast.expr) -> bool:
    """Whether an expression is a call of what ``jax.grad`` returned."""
    node = clues.resolved(node)
    function = clues.resolved(node.func) if isinstance(node, ast.Call) else None
    return isinstance(function, ast.Call) and clues.name_of(function) == "grad"


def step_text(clues: Clues, name: str, sign: str, rate: str, *, known: bool) -> str:
    """That a result is the step alone; ``rate`` is a number, or an argument's name if ``known``."""
    returned = clues.returned
    gradient = returned is not None and is_gradient(clues, returned[1])
    word = "gradient" if gradient else "step"
    said = f"This is the {'gradient' if gradient else 'direction of the step'}, not `{name}` after the step."
    wanted = f"The expected result is `{name} {sign} {rate} * {word}`"
    text = grouped(clues, returned[1]) if returned is not None else ""
    # Of something else than a gradient, a number is only what happens to fit.
    sure = clues.is_argument(rate) if known else gradient
    if returned is None or not text or not sure or not clues.is_argument(name):
        return f"{said} {wanted}: return that."
    return f"{said} {wanted}: write `return {name} {sign} {rate} * {text}` in line {returned[0].lineno}."


def differentiated(clues: Clues, found: str, wanted: str) -> str:
    """Which ``argnums`` makes a gradient one with respect to ``found``, and which to ``wanted``."""
    grads = clues.calls(*_GRADS)
    if len(grads) != 1 or not clues.is_argument(found) or not clues.is_argument(wanted):
        return ""
    grad = grads[0]
    applied = [node for node in clues.own if isinstance(node, ast.Call) and clues.resolved(node.func) is grad]
    if len(applied) != 1 or applied[0].keywords:
        return ""
    names = [argument.id if isinstance(argument, ast.Name) else "" for argument in applied[0].args]
    written = next((word.value for word in grad.keywords if word.arg == "argnums"), None)
    number = number_of(written) if written is not None else 0
    if len(grad.args) != 1 or number is None or names.count(found) != 1 or names.count(wanted) != 1:
        return ""
    if not 0 <= number < len(names) or names[number] != found:
        return ""
    right = names.index(wanted)
    said = (
        f"{clues.place(grad)} differentiates with respect to its first argument, `{found}`."
        if written is None
        else f"`argnums={number}` in line {written.lineno} differentiates with respect to `{found}`."
    )
    write = "add" if written is None else "write"
    counted = ", counted from 0" if right else ""
    ending = ", or leave `argnums` out" if right == 0 else ""
    return f"{said} `{wanted}` is argument {right}{counted}: {write} `argnums={right}`{ending}."


def stepped(clues: Clues, name: str) -> str:
    """Where a step is added to an argument, or subtracted from it, and the other sign."""
    found = [
        node
        for node in clues.nodes
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add | ast.Sub)
        and isinstance(node.left, ast.Name)
        and node.left.id == name
    ]
    if len(found) != 1:
        return ""
    does, write = ("adds the step to", "-") if isinstance(found[0].op, ast.Add) else ("subtracts it from", "+")
    return f"Line {found[0].lineno} {does} `{name}`: write `{name} {write} ...` there, and leave the rest as it is."
