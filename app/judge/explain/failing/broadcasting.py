"""Arrays whose shapes do not match: which of them lacks which axis, and where it was lost.

Invariant: an axis is called missing only where shapes, names of sizes and the source agree on which one it is.
"""

from __future__ import annotations

import ast
import re
from copy import deepcopy

from app.judge.explain.clues import axis_of
from app.judge.explain.failing.seen import NAME, Because, Seen, shape_of
from app.judge.explain.failing.shapes import Shape, shape_after
from app.judge.explain.rewriting import is_short, unparsed
from app.judge.explain.wording import lines_text, listed, one_line, size_name

#: Reductions that can keep the axis they go along.
_REDUCTIONS = {
    *("sum", "mean", "max", "min", "prod", "std", "var", "all", "any", "median", "norm", "logsumexp", "amax", "amin"),
    *("argmax", "argmin"),
}
_MATCHED = "Shapes are matched from the right, and only axes of size 1 stretch"


def broadcast(seen: Seen) -> Because:
    """Which operand lacks an axis, and how it gets it."""
    clash = [shape_of(found) for found in re.findall(r"\(([\d, ]{0,60})\)", seen.text)][:4]
    names = [name for name, shape in seen.shapes.items() if shape in clash]
    shapes = listed([seen.shape(name) for name in names]) if len(names) > 1 else None
    cause = _reduced(seen, clash) or _lacking(seen, clash)
    if cause:
        return Because(cause, shapes=shapes)
    if not seen.clues.nodes or any(True for _ in seen.clues.calls(*_REDUCTIONS)):
        return Because(shapes=shapes)
    return Because(choice=f"{_MATCHED}: add the missing axis with `[:, None]`", shapes=shapes)


def _reduced(seen: Seen, clash: list[Shape]) -> str:
    """Names on the line that a reduction has made, where the line is right once they keep their axis."""
    statements = [*seen.statements()]
    if len(statements) != 1 or not is_short(seen.clues, statements[0]):
        return ""
    value = getattr(statements[0], "value", None)
    made = {name: found for name in seen.shapes if (found := _reduction(seen, name)) is not None}
    if not isinstance(value, ast.expr) or not any(seen.shapes[name] in clash for name in made):
        return ""
    kept = {name: shape for name, (_, _, shape) in made.items()}
    if shape_after(seen, value, {**seen.shapes, **kept}) is None:
        return ""
    needed = [
        name for name in made if shape_after(seen, value, {**seen.shapes, **kept, name: seen.shapes[name]}) is None
    ]
    codes = [_keeping(made[name][0]) for name in needed]
    axes = {made[name][1] for name in needed}
    if not needed or not all(codes) or len(axes) != 1 or any(_is_returned(seen, name) for name in needed):
        return ""
    words = listed([f"`{one_line(name, NAME)}`" for name in needed])
    where = lines_text(made[name][0].lineno for name in needed)
    their, them = ("its", "it") if len(needed) == 1 else ("their", "it")
    return f"{words} lost {their} {axes.pop()} in {where}. Keep {them} there: {listed([f'`{code}`' for code in codes])}"


def _reduction(seen: Seen, name: str) -> tuple[ast.Call, str, Shape] | None:
    """The call that made a name from another on the line, which axis it lost, and its shape with that kept."""
    made = seen.clues.made(name)
    call = made.value if made else None
    if not isinstance(call, ast.Call) or seen.clues.name_of(call) not in _REDUCTIONS:
        return None
    subject, axis = seen.clues.subject(call), axis_of(seen.clues, call)
    if subject is None or axis is None or not isinstance(subject[0], ast.Name):
        return None
    whole, shape = seen.shapes.get(subject[0].id, ()), seen.shapes[name]
    if (
        not -len(whole) <= axis < len(whole)
        or not is_short(seen.clues, call)
        or any(word.arg == "keepdims" for word in call.keywords)
    ):
        return None
    axis %= len(whole)
    if whole[:axis] + whole[axis + 1 :] != shape:
        return None
    words = {len(whole) - 1: "last axis", 0: "first axis"}
    return call, words.get(axis, f"axis {axis}"), (*whole[:axis], 1, *whole[axis + 1 :])


def _keeping(call: ast.Call) -> str:
    kept = deepcopy(call)
    kept.keywords.append(ast.keyword("keepdims", ast.Constant(True)))  # noqa: FBT003 - as it is written
    return unparsed(kept)


def _is_returned(seen: Seen, name: str) -> bool:
    """Whether a name is a result as it is, whose shape must stay."""
    for node in seen.clues.nodes:
        if isinstance(node, ast.Return):
            parts = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            if any(isinstance(part, ast.Name) and part.id == name for part in parts):
                return True
    return False


def _lacking(seen: Seen, clash: list[Shape]) -> str:
    """The only operand that lacks one named axis of another, and the index that adds it."""
    found = {
        (name, axis)
        for small in clash
        for large in clash
        for axis in _missing(seen, small, large)
        for name in _operands(seen, small, large)
    }
    alike = [name for name, shape in seen.shapes.items() if any(shape == seen.shapes[each] for each, _ in found)]
    if len(found) != 1 or len(alike) != 1:  # another one may lack it as well
        return ""
    name, axis = found.pop()
    large = next(shape for shape in clash if len(shape) == len(seen.shapes[name]) + 1)
    index = ", ".join([":"] * axis + ["None"])
    shown = one_line(name, NAME)
    lacks = f"`{shown}` lacks the axis {size_name(large[axis], seen.sizes)}"
    return f"{lacks}: in line {seen.line} write `{shown}[{index}]` instead"


def _missing(seen: Seen, small: Shape, large: Shape) -> list[int]:
    """Which axis of the one shape the other lacks, if every axis has a name of its own or is 1."""
    if len(large) != len(small) + 1 or not all(size == 1 or size_name(size, seen.sizes) for size in large):
        return []
    axes = [axis for axis in range(1, len(large)) if large[:axis] + large[axis + 1 :] == small]
    return axes if len(axes) == 1 and large[axes[0]] != 1 else []


def _operands(seen: Seen, small: Shape, large: Shape) -> set[str]:
    """Names of the one shape that are matched with something of the other on the line."""
    found: set[str] = set()
    for node in seen.clues.on(seen.line):
        match node:
            case ast.BinOp(left=left, right=right) if not isinstance(node.op, ast.MatMult):
                parts = [left, right]
            case ast.Compare(left=left, comparators=others):
                parts = [left, *others]
            case ast.Call(args=parts) if seen.clues.dotted(node).startswith("jax.numpy."):
                pass
            case _:
                continue
        shapes = [shape_after(seen, part, seen.shapes) if is_short(seen.clues, part) else None for part in parts]
        if large in shapes:
            found |= {
                part.id
                for part, shape in zip(parts, shapes, strict=True)
                if isinstance(part, ast.Name) and shape == small
            }
    return found
