"""What the body of a ``jax.lax.scan`` lacks, and which of its two results is meant.

Invariant: that of the package; a source with two scans is left alone.
"""

from __future__ import annotations

import ast

from app.judge.explain.clues import Clues, own_nodes, returns_of
from app.judge.explain.rewriting import exact, grouped


def in_each_step(clues: Clues, template: str) -> str:
    """The line that makes the new carry, with a function around it."""
    body, pair = _body(clues)
    match pair:
        case ast.Tuple(elts=[ast.Name(id=carry), ast.Name(id=output)]) if body is not None and carry == output:
            stores = [
                node
                for node in own_nodes(body)
                if isinstance(node, ast.Name) and node.id == carry and not isinstance(node.ctx, ast.Load)
            ]
            made = [
                node
                for node in own_nodes(body)
                if isinstance(node, ast.Assign) and len(node.targets) == 1 and node.targets[0] in stores
            ]
            if len(stores) == len(made) == 1 and (bare := exact(clues, made[0].value)):
                written = template.format(bare=bare, grouped=grouped(clues, made[0].value))
                return f"In line {made[0].lineno} write `{carry} = {written}`."
    return ""


def every_state(clues: Clues) -> str:
    """Which of the two results of a scan that puts out its carry has every step."""
    scan, (_, pair), returned = _scan(clues), _body(clues), clues.returned
    if scan is None or returned is None or not isinstance(pair, ast.Tuple):
        return ""
    carry, output = (ast.dump(part) for part in pair.elts)
    if carry != output:
        return ""
    meant = "The states of all steps are the second result"
    match returned[1]:
        case ast.Subscript(value=value, slice=ast.Constant(value=0)) as taken if clues.resolved(value) is scan:
            return f"`[0]` in line {taken.end_lineno} takes the last carry. {meant}: write `[1]`."
        case ast.Name(id=name) if (line := _unpacked(clues, scan, name)) is not None:
            return (
                f"`{name}` is the last carry of the `scan` in line {line}. {meant} of it: give that one a name there, "
                "and return it."
            )
    return ""


def _unpacked(clues: Clues, scan: ast.Call, name: str) -> int | None:
    """The line that names the carry of the scan so, and nothing else does."""
    for node in clues.own:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=[ast.Name(id=first), _])], value=value) if first == name:
                stored = [other for other in clues.own if isinstance(other, ast.Name) and other.id == name]
                alone = sum(not isinstance(other.ctx, ast.Load) for other in stored) == 1
                return node.lineno if value is scan and alone else None
    return None


def _scan(clues: Clues) -> ast.Call | None:
    scans = clues.calls("scan")
    return scans[0] if len(scans) == 1 and scans[0].args else None


def _body(clues: Clues) -> tuple[ast.FunctionDef | None, ast.expr | None]:
    """The body of the only scan, and the pair that it returns."""
    scan = _scan(clues)
    body = clues.function(scan.args[0]) if scan is not None else None
    returns = returns_of(body) if body is not None else []
    pair = returns[0].value if len(returns) == 1 else None
    is_pair = isinstance(pair, ast.Tuple) and len(pair.elts) == 2  # noqa: PLR2004 - carry and output
    return (body, pair) if is_pair else (None, None)
