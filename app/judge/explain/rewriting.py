"""Pieces of a learner's source as code that can be typed in again: whole, on one line, or not at all.

Invariant: what is returned is short, printable and has no backtick in it, which would end a quotation.
"""

from __future__ import annotations

import ast

from app.judge.explain.clues import Clues

#: Longest code that is written out, in characters; it bounds how deep an expression that is walked can be.
_CODE = 110


def code_of(clues: Clues, node: ast.expr | ast.stmt) -> str:
    """A piece as it stands in the source; empty where it is long."""
    last = node.end_lineno or node.lineno
    if last == node.lineno:
        line = clues.lines[node.lineno - 1].encode()
        return _fit(line[node.col_offset : node.end_col_offset].decode(errors="replace"))
    return unparsed(node) if _extent(clues, node) <= 2 * _CODE else ""


def exact(clues: Clues, node: ast.expr) -> str:
    """A piece of one line just as it stands, so that places in it are places in the line; empty as ``code_of``."""
    return code_of(clues, node) if node.lineno == node.end_lineno else ""


def grouped(clues: Clues, node: ast.expr) -> str:
    """An exact piece that anything may stand beside, in brackets where it needs them; empty as ``exact``."""
    piece = exact(clues, node)
    simple = ast.Name | ast.Call | ast.Attribute | ast.Subscript | ast.Constant
    return piece if isinstance(node, simple) or not piece else f"({piece})"


def _extent(clues: Clues, node: ast.expr | ast.stmt) -> int:
    last = node.end_lineno or node.lineno
    if last - node.lineno > _CODE:
        return 3 * _CODE
    return sum(len(line.strip()) for line in clues.lines[node.lineno - 1 : last])


def is_short(clues: Clues, node: ast.expr | ast.stmt) -> bool:
    """Whether a piece may be walked and written anew: a long one may nest too deeply for that."""
    return code_of(clues, node) != ""


def unparsed(node: ast.AST) -> str:
    """The code of a tree that was put together; empty where it is long."""
    try:
        return _fit(ast.unparse(node))
    except (RecursionError, ValueError):  # too deep, or an f-string that Python cannot write again
        return ""


def _fit(text: str) -> str:
    return text if len(text) <= _CODE and text.isprintable() and "`" not in text else ""


def jnp_name(clues: Clues) -> str:
    """What the source calls ``jax.numpy``, or can call it once ``import_text`` is heeded."""
    known = clues.spelling.alias("jax.numpy")
    return known or ("jax.numpy" if clues.spelling.alias("jax") == "jax" else "jnp")


def import_text(clues: Clues) -> str:
    """What must be imported before ``jnp_name`` is known; empty if nothing."""
    return (
        "Add `import jax.numpy as jnp` at the top of the file" if jnp_name(clues) == "jnp" and not _known(clues) else ""
    )


def _known(clues: Clues) -> bool:
    return clues.spelling.alias("jax.numpy") != ""


def called(function: str, *arguments: str) -> str:
    """A call in code; empty where an argument is, or where it becomes long."""
    return _fit(f"{function}({', '.join(arguments)})") if all(arguments) else ""
