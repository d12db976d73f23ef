"""Arrays that are changed in place, arrays that do not become one, and names that a module does not have.

Invariant: as of ``app.judge.explain.failing``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from app.judge.explain.failing.seen import NAME, NOTHING, Because, Seen, shape_of
from app.judge.explain.rewriting import code_of
from app.judge.explain.wording import lines_text, listed, one_line, shape_text

#: The method of ``x.at[i]`` for an operator that changes ``x[i]``.
_UPDATES: dict[type[ast.operator], str] = {ast.Add: "add", ast.Mult: "multiply", ast.Div: "divide", ast.Pow: "power"}
#: Most other lines that are listed.
_MOST = 5
_TOGETHER = ("array", "asarray", "stack", "concatenate", "hstack", "vstack")


def in_place(seen: Seen) -> Because:
    """The line that assigns to an element, written with ``.at``, and which other lines do the same."""
    found = [node for node in seen.statements() if isinstance(node, ast.Assign | ast.AugAssign)]
    if len(found) != 1 or (changed := _changed(found[0])) is None:
        return NOTHING
    node, name = found[0], one_line(changed.id, NAME)
    code = _update(seen, node, name)
    if not code:
        return NOTHING
    others = [
        other.lineno
        for other in _own(seen.scope(node))
        if isinstance(other, ast.Assign | ast.AugAssign) and other is not node
        if (subject := _changed(other)) is not None and subject.id == changed.id
    ]
    also = f", and change {lines_text(others)} likewise" if 0 < len(others) <= _MOST else ""
    return Because(f"In line {node.lineno} write `{code}`{also}")


def _own(function: ast.FunctionDef | None) -> Iterator[ast.stmt]:
    """The statements of a function, without those of functions inside."""
    waiting: list[ast.AST] = list(function.body) if function else []
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.stmt):
            yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr):
            waiting += ast.iter_child_nodes(node)


def _changed(node: ast.Assign | ast.AugAssign) -> ast.Name | None:
    """The array that an assignment changes an element of, if it does that alone."""
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    match targets:
        case [ast.Subscript(value=ast.Name() as subject)]:
            return subject
    return None


def _update(seen: Seen, node: ast.Assign | ast.AugAssign, name: str) -> str:
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    assert isinstance(target, ast.Subscript)
    index, value = code_of(seen.clues, target.slice), code_of(seen.clues, node.value)
    method = "set" if isinstance(node, ast.Assign) else _UPDATES.get(type(node.op), "")
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub):
        method, value = "add", value and f"-({value})"
    return f"{name} = {name}.at[{index}].{method}({value})" if index and value and method else ""


def near_name(seen: Seen) -> Because:
    """What was meant, by the name that the source has for its module."""
    found = re.search(r"module '([\w.]{1,60})' has no attribute '(\w{1,40})'; did you mean '(\w{1,40})'", seen.text)
    for node in seen.clues.on(seen.line) if found else ():
        if isinstance(node, ast.Attribute) and found and node.attr == found[2]:
            module = seen.clues.spelling.dotted(node.value)
            code = code_of(seen.clues, node.value)
            if module == found[1] and code:
                return Because(f"Write `{code}.{found[3]}`")
    return NOTHING


def unequal(seen: Seen) -> Because:
    """The parts of what should become one array, each with its shape."""
    shapes = [shape_of(found) for found in re.findall(r"\(([\d, ]{0,60})\)", seen.text)]
    calls = [call for call in seen.clues.calls(*_TOGETHER) if call.lineno == seen.line]
    match calls:
        case [ast.Call(args=[ast.List(elts=parts) | ast.Tuple(elts=parts), *_]) as call] if len(parts) == len(shapes):
            # ``jnp.array`` gives each part a new first axis before it joins them.
            is_new = seen.clues.name_of(call) in ("array", "asarray")
            shapes = (
                [shape[1:] for shape in shapes] if is_new and all(shape[:1] == (1,) for shape in shapes) else shapes
            )
        case _:
            return NOTHING
    codes = [code_of(seen.clues, part) for part in parts]
    known = zip(parts, shapes, strict=True)
    if not all(codes) or any(
        isinstance(part, ast.Name) and seen.shapes.get(part.id, shape) != shape for part, shape in known
    ):
        return NOTHING
    told = [f"`{code}` has shape {shape_text(shape, seen.sizes)}" for code, shape in zip(codes, shapes, strict=True)]
    return Because(shapes=listed(told)) if len(told) <= 4 else NOTHING  # noqa: PLR2004 - more are not read
