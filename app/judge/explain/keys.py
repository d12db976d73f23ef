"""PRNG keys that are plainly used twice, read from the source.

Only what a single block does in a row counts, and loops that draw with a key from outside: a key that passes through a
branch, a container or another function may be another one. Invariant: what is reported is a reuse on every way through
the block.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.judge.explain.spelling import Spelling

#: Functions of ``jax.random`` that make or read keys, or derive others by a number that differs.
_NO_USE = frozenset({"key", "PRNGKey", "fold_in", "key_data", "wrap_key_data", "clone", "key_impl", "key_dtype"})
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return)
#: Scopes of their own: what is in them happens elsewhere, or more than once.
_COMPREHENSIONS = ast.ListComp | ast.SetComp | ast.GeneratorExp
_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


@dataclass(frozen=True)
class KeyUse:
    """A key that is used again.

    Attributes:
        name: of its variable.
        line: where it is used again, counted from 1.
        before: where it was used first.
        loop: whether it is used in each turn of a loop; then both lines are the same.
    """

    name: str
    line: int
    before: int
    loop: bool = False


def reused_keys(tree: ast.Module, spelling: Spelling) -> Iterator[KeyUse]:
    """Every reuse, block by block."""
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(node, field, None)
            if isinstance(block, list):
                yield from _in_block(block, spelling)
        if isinstance(node, ast.For | ast.While | _COMPREHENSIONS):
            yield from _in_loop(node, spelling)


def _in_block(block: Sequence[ast.stmt], spelling: Spelling) -> Iterator[KeyUse]:
    used: dict[str, int] = {}
    for statement in block:
        if not isinstance(statement, _SIMPLE):
            used.clear()
            continue
        for name, line, _ in _uses(statement, spelling):
            if name in used:
                yield KeyUse(name, line, used[name])
            used[name] = line
        for name in _stored(statement):
            used.pop(name, None)


def _in_loop(loop: ast.AST, spelling: Spelling) -> Iterator[KeyUse]:
    """Draws in a loop with a key that the loop does not change."""
    stored = set(_stored(loop))
    parts: list[ast.AST] = [*loop.body] if isinstance(loop, ast.For | ast.While) else [getattr(loop, "elt", loop)]
    for part in parts:
        if not isinstance(part, (*_SIMPLE, ast.expr)):
            continue
        for name, line, function in _uses(part, spelling):
            if name not in stored and function != "split":
                yield KeyUse(name, line, line, loop=True)


def _uses(node: ast.AST, spelling: Spelling) -> Iterator[tuple[str, int, str]]:
    """Keys by name that functions of ``jax.random`` are given, with the line and the function."""
    pending: list[ast.AST] = [node]
    while pending:
        current = pending.pop()
        if isinstance(current, _SCOPES) or (isinstance(current, ast.IfExp | ast.BoolOp) and current is not node):
            continue
        pending += reversed(list(ast.iter_child_nodes(current)))
        if not isinstance(current, ast.Call):
            continue
        module, _, function = spelling.dotted(current.func).rpartition(".")
        if module != "jax.random" or function in _NO_USE:
            continue
        given = [*current.args[:1], *(keyword.value for keyword in current.keywords if keyword.arg == "key")]
        for key in given[:1]:
            if isinstance(key, ast.Name):
                yield key.id, current.lineno, function


def _stored(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id
