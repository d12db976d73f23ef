"""Results whose length depends on values: which call makes one, and the size that it takes as a Python number.

Invariant: an argument is named as the size's source only where the problem's declaration leaves no other.
"""

from __future__ import annotations

import ast
import re

from app.judge.explain.failing.seen import NAME, NOTHING, Because, Seen
from app.judge.explain.rewriting import code_of
from app.judge.explain.wording import one_line

#: Functions by their last name, and the keyword that gives the length of what they return.
_KEYWORDS = {
    **dict.fromkeys(("unique", "nonzero", "flatnonzero", "argwhere", "where"), "size"),
    "bincount": "length",
    "repeat": "total_repeat_length",
    **dict.fromkeys(("segment_sum", "segment_prod", "segment_max", "segment_min"), "num_segments"),
}
#: Functions whose result may be replaced by a choice of each element.
_POSITIONS = ("nonzero", "flatnonzero", "argwhere", "where")
#: Where the size may be given by position.
_PLACES = {"num_segments": 2, "total_repeat_length": 3}


def size(seen: Seen) -> Because:
    """Which call lacks its size, and where to take it from."""
    found = [call for call in seen.clues.on(seen.line) if isinstance(call, ast.Call) and _lacks(seen, call)]
    if len(found) != 1:
        return NOTHING
    (call,) = found
    name = seen.clues.name_of(call)
    keyword, function = _KEYWORDS[name], code_of(seen.clues, call.func)
    if not function:
        return NOTHING
    needs = f"`{function}` in line {call.lineno} needs `{keyword}`"
    if source := _source(seen, call):
        size, argument, axis = source
        known = f"{one_line(argument, NAME)}.shape[{axis}]"
        return Because(
            f"{needs}: the result has {size} entries, as `{one_line(argument, NAME)}` has, so pass `{keyword}={known}`"
        )
    mask = "; or keep every element, with `jnp.where(condition, x, 0)`" if name in _POSITIONS else ""
    return Because(
        f"{needs}, the number of entries of its result, as a Python number such as `x.shape[0]`: `{keyword}=...`{mask}"
    )


def _lacks(seen: Seen, call: ast.Call) -> bool:
    keyword = _KEYWORDS.get(seen.clues.name_of(call))
    if (
        keyword is None
        or not re.search(rf"\b{keyword}\b", seen.text)
        or any(word.arg in (keyword, None) for word in call.keywords)
    ):
        return False
    dotted = seen.clues.dotted(call)
    if not dotted.startswith("jax.") and not isinstance(call.func, ast.Attribute):
        return False
    if seen.clues.name_of(call) == "where" and len(call.args) != 1:
        return False
    return len(call.args) <= _PLACES.get(keyword, len(call.args))


def _source(seen: Seen, call: ast.Call) -> tuple[str, str, int] | None:
    """The declared size of the result, and the only argument, with its axis, that has it."""
    function = seen.scope(call)
    if function is None or not _is_result(function, call):
        return None
    arguments, returns = seen.clues.declared(function)
    size = returns[0] if returns else None
    if returns is None or not isinstance(size, str) or (len(returns) > 1 and not _is_returned(function, call)):
        return None
    places = [(name, axis) for name, shape in arguments.items() for axis, each in enumerate(shape) if each == size]
    return (size, *places[0]) if len(places) == 1 else None


def _is_returned(function: ast.FunctionDef, call: ast.Call) -> bool:
    return any(isinstance(node, ast.Return) and node.value is call for node in function.body)


def _is_result(function: ast.FunctionDef, call: ast.Call) -> bool:
    """Whether a call is what is returned, or an operand of it, so that it has its length."""
    waiting: list[ast.expr] = [
        node.value for node in function.body if isinstance(node, ast.Return) and node.value is not None
    ]
    while waiting:
        node = waiting.pop()
        if node is call:
            return True
        match node:
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() | ast.Pow(), right=right):
                waiting += [left, right]
            case ast.UnaryOp(operand=operand):
                waiting.append(operand)
    return False
