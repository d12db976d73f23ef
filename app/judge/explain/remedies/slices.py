"""Windows that are cut one entry beside, or too short, and axes that an index adds.

Invariant: that of the package. The ends of a slice are moved only where both are written and none counts from the end.
"""

from __future__ import annotations

import ast

from app.judge.explain.clues import Clues
from app.judge.explain.rewriting import exact, grouped

_WINDOWS = ("convolve", "correlate", "convolve2d", "correlate2d")
#: Calls, keywords and operators by which an axis of size 1 can come about, or be needed.
_AXIS_MAKERS = ("expand_dims", "reshape", "newaxis", "atleast_1d", "atleast_2d", "einsum", "dot", "matmul", "stack")


def window(clues: Clues, *, short: bool) -> str:
    """Which mode of a convolution makes its result too short, or too long."""
    mode = "valid" if short else "full"
    found = [call for call in clues.calls(*_WINDOWS) if _mode_of(call) == mode]
    if len(found) != 1:
        return ""
    made = "leaves out the ends, where the kernel reaches beyond the input" if short else "adds entries at both ends"
    kept = "as many entries as the input has" if short else "the middle, as long as the input"
    return f'`mode="{mode}"` in line {found[0].lineno} {made}: write `mode="same"`, which keeps {kept}.'


def _mode_of(call: ast.Call) -> object:
    named = next((keyword.value for keyword in call.keywords if keyword.arg == "mode"), None)
    written = named or (call.args[2] if len(call.args) > 2 else None)  # noqa: PLR2004 - the third is the mode
    return written.value if isinstance(written, ast.Constant) else None


def moved(clues: Clues, *, late: bool) -> str:
    """The slice that is returned, and what it is one entry further on, or further back."""
    value = clues.returned[1] if clues.returned else None
    match value:
        case ast.Subscript(value=array, slice=ast.Slice(upper=ast.expr() as upper, step=None) as cut):
            lower = cut.lower or ast.Constant(0)
        case _:
            return ""
    cut_text, parts = exact(clues, cut), ast.walk(clues.resolved(upper))
    # A slice that ends where its array does cannot be moved on: it would only get shorter.
    if not cut_text or ast.dump(array) in map(ast.dump, parts):
        return ""
    ends = [_one_further(clues, node, 1 if late else -1) for node in (lower, upper)]
    if not all(ends):
        return ""
    word, change = ("early", "add 1 to") if late else ("late", "take 1 off")
    return (
        f"The slice `[{cut_text}]` in line {value.lineno} begins and ends one entry too {word}: {change} both ends, "
        f"`[{ends[0]} : {ends[1]}]`."
    )


def _one_further(clues: Clues, node: ast.expr, step: int) -> str:
    """An index with 1 added or taken off; empty where it may count from the end, or would."""
    if isinstance(clues.resolved(node), ast.UnaryOp):
        return ""
    match node:
        case ast.Constant(value=int(number)):
            return str(number + step) if number + step >= 0 else ""
        case ast.BinOp(op=ast.Add() | ast.Sub() | ast.Mult() | ast.FloorDiv()):
            text = exact(clues, node)
        case _:
            text = grouped(clues, node)
    return f"{text} {'+' if step > 0 else '-'} 1" if text else ""


def added_axis(clues: Clues) -> str:
    """The only index that adds an axis, where nothing else could have, or needs it."""
    indices = [node for node in clues.nodes if isinstance(node, ast.Subscript) and _adds(node.slice)]
    others = [node for node in clues.nodes if _makes_axes(clues, node)]
    if len(indices) != 1 or others:
        return ""
    parts = indices[0].slice.elts if isinstance(indices[0].slice, ast.Tuple) else [indices[0].slice]
    plain = sum(_is_none(part) for part in parts) == 1 and all(
        _is_none(part) or (isinstance(part, ast.Slice) and not (part.lower or part.upper or part.step))
        for part in parts
    )
    array = exact(clues, indices[0].value)
    if not plain or not array:
        return ""
    return f"{clues.place(indices[0])} adds an axis: write `{array}`."


def _adds(index: ast.expr) -> bool:
    return any(map(_is_none, index.elts if isinstance(index, ast.Tuple) else [index]))


def _is_none(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and part.value is None


def _makes_axes(clues: Clues, node: ast.AST) -> bool:
    match node:
        case ast.keyword(arg="keepdims" | "ndmin") | ast.BinOp(op=ast.MatMult()):
            return True
        case ast.Attribute(attr="newaxis" | "T" | "mT"):
            return True
        case ast.Call():
            return clues.name_of(node) in _AXIS_MAKERS
    return False


def added_up(clues: Clues, index: str) -> str:
    """The only ``.at[index].set(values)`` on zeros, and what adds the values up."""
    found = []
    for node in clues.nodes:
        match node:
            case ast.Call(
                func=ast.Attribute(
                    value=ast.Subscript(value=ast.Attribute(value=base, attr="at"), slice=ast.Name(id=name)),
                    attr="set",
                ),
                args=[values],
            ):
                found.append((node, base, name, values))
    if len(found) != 1:
        return ""
    call, base, name, values = found[0]
    base = clues.resolved(base)
    zeros = isinstance(base, ast.Call) and clues.name_of(base) in ("zeros", "zeros_like")
    text = exact(clues, values)
    if not zeros or name != index or not text:
        return ""
    return f"In line {call.end_lineno} write `.add({text})`, which adds them up."
