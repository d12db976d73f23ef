"""Which expressions of a source are arrays, as far as the source alone says it.

Invariant: what is called an array may be chosen by ``jnp.where``; a tuple, a list or a dict never is.
"""

from __future__ import annotations

import ast

from app.judge.explain.failing.seen import Seen

#: Functions of JAX's modules that return several arrays.
_SEVERAL = {
    *("unique", "nonzero", "histogram", "meshgrid", "broadcast_arrays", "split", "array_split", "divmod", "modf"),
    *("frexp", "eigh", "eig", "svd", "qr", "slogdet", "lstsq", "top_k", "scan", "while_loop", "fori_loop", "cond"),
    *("switch", "map", "linalg", "gradient", "ix_", "indices", "unravel_index", "shape", "size", "ndim"),
}
_METHODS = {
    *("sum", "mean", "max", "min", "prod", "std", "var", "reshape", "astype", "dot", "clip", "round", "cumsum"),
    *("argmax", "argmin", "all", "any", "squeeze", "ravel", "flatten", "transpose", "swapaxes", "conj", "trace"),
}
_MODULES = ("jax.numpy.", "jax.nn.", "jax.lax.")
#: Longest chain of assignments that is followed.
_DEEPEST = 3


def is_container(node: ast.expr) -> bool:
    """Whether an expression surely is no single array."""
    match node:
        case ast.Constant(value=value):
            return value is None or isinstance(value, str | bytes)
        case ast.UnaryOp() | ast.BinOp() | ast.Compare() | ast.Call() | ast.Name() | ast.Attribute() | ast.Subscript():
            return False
    return True


def is_array(seen: Seen, node: ast.expr, depth: int = 0) -> bool:
    """Whether an expression surely is an array, or a float that becomes one."""
    while isinstance(node, ast.UnaryOp):
        node = node.operand
    match node:
        case ast.BinOp(left=left, right=right):
            return not is_container(left) and not is_container(right) and not _is_size(node)
        case ast.Constant(value=value):
            return isinstance(value, float | complex)
        case ast.Call():
            return _returns_array(seen, node)
        case ast.Name(id=name):
            made = seen.clues.made(name)
            follows = made is not None and len(made.targets) == 1 and depth < _DEEPEST
            return name in seen.shapes or (made is not None and follows and is_array(seen, made.value, depth + 1))
    return isinstance(node, ast.Compare)


def _returns_array(seen: Seen, call: ast.Call) -> bool:
    dotted = seen.clues.dotted(call)
    if isinstance(call.func, ast.Attribute) and not dotted:
        return call.func.attr in _METHODS
    return dotted.startswith(_MODULES) and seen.clues.name_of(call) not in _SEVERAL


def _is_size(node: ast.expr) -> bool:
    """Whether numbers are made of shapes alone, as sizes are, which must stay Python's."""
    names = [part for part in ast.walk(node) if isinstance(part, ast.Name)]
    shapes = [
        part for part in ast.walk(node) if isinstance(part, ast.Attribute) and part.attr in ("shape", "size", "ndim")
    ]
    return bool(shapes) and len(names) <= len(shapes)
