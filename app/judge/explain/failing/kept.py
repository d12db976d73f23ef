"""A traced value that outlives its function in a list: the line that keeps it, and the one that uses it.

Invariant: said only where the source keeps values in one place and uses them in one.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from app.judge.explain.clues import Clues
from app.judge.explain.failing.seen import NAME, NOTHING, Because, scope
from app.judge.explain.rewriting import code_of
from app.judge.explain.wording import one_line

#: What else keeps values.
_OTHERS = {"cache", "lru_cache", "extend", "insert", "setdefault", "globals", "add"}
#: Most lines that put something into a list, each of which is looked up in the source.
_MOST = 20
_GRADIENTS = ("grad", "value_and_grad")


@dataclass(frozen=True)
class _Kept:
    """A value that a function appends to a list from outside of it."""

    name: str
    call: ast.Call
    function: ast.FunctionDef


def kept(clues: Clues) -> Because:
    """Where a value of a function is kept and used after it; nothing where two lines could have done it."""
    found = _kept(clues)
    if found is None:
        return NOTHING
    reads = (node for node in clues.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    uses = [node for node in reads if node.id == found.name and not _within(found.function, node)]
    if len(uses) != 1:
        return NOTHING
    (use,) = uses
    function, name = one_line(found.function.name, NAME), one_line(found.name, NAME)
    says = (
        f"Line {found.call.lineno} keeps a traced value in the list `{name}`, and line {use.lineno} uses it "
        f"(`{_piece(clues, use)}`) after `{function}` has ended, when it means nothing"
    )
    ways = f"Do not keep it: return what is needed from `{function}`"
    return Because(f"{ways}{_beside(clues, found)}", says=says)


def _kept(clues: Clues) -> _Kept | None:
    """The only place that keeps a value; None if there is another one, such as a global variable or a cache."""
    found: list[_Kept] = []
    appended = 0
    for node in clues.nodes:
        match node:
            case ast.Global() | ast.Nonlocal():
                return None
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in _OTHERS:
                return None
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[_]):
                appended += 1
                function, made = scope(clues, node), clues.made(name)
                if made is None or not isinstance(made.value, ast.List) or function is None or appended > _MOST:
                    return None
                if scope(clues, made) is not function:
                    found.append(_Kept(name, node, function))
            case ast.Assign(targets=[ast.Subscript() | ast.Attribute(), *_]):
                return None
    return found[0] if len(found) == 1 else None


def _within(function: ast.FunctionDef, node: ast.Name) -> bool:
    return function.lineno <= node.lineno <= (function.end_lineno or 0)


def _piece(clues: Clues, use: ast.Name) -> str:
    around = [node for node in clues.nodes if isinstance(node, ast.Subscript) and node.value is use]
    return clues.piece(around[0] if around else use)


def _beside(clues: Clues, found: _Kept) -> str:
    """How a function that is differentiated gives a value beside its gradient."""
    calls = [call for call in clues.calls(*_GRADIENTS) if call.args and clues.function(call.args[0]) is found.function]
    if not calls:
        return ""
    returns = [node for node in ast.walk(found.function) if isinstance(node, ast.Return)]
    value, (kept,) = returns[0].value if len(returns) == 1 else None, found.call.args
    same = value is not None and code_of(clues, value) == code_of(clues, kept) != ""
    is_loss = value is not None and (same or _is_last(value, found.name))
    if is_loss and all(clues.name_of(call) == "grad" for call in calls):
        return ". `jax.value_and_grad` returns the value beside the gradient"
    return ". With `has_aux=True` the function that is differentiated may return `(loss, more)`"


def _is_last(value: ast.expr, name: str) -> bool:
    match value:
        case ast.Subscript(value=ast.Name(id=subject), slice=ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1))):
            return subject == name
    return False
