"""Functions of NumPy that are given traced arrays.

Invariant: a line is written anew only where ``jax.numpy`` has every function that it calls, under the same name.
"""

from __future__ import annotations

import ast
from copy import deepcopy

from app.judge.explain.failing.arrays import is_array
from app.judge.explain.failing.seen import NAME, Because, Seen, span
from app.judge.explain.rewriting import is_short, unparsed
from app.judge.explain.wording import listed, one_line

#: What only makes an array of its argument, which is one.
_CONVERTS = ("asarray", "array", "asanyarray", "ascontiguousarray")
#: Functions that ``jax.numpy`` has under the same name, with the same first parameters.
_SAME = frozenset(
    {
        *("abs", "absolute", "add", "all", "allclose", "amax", "amin", "any", "arange", "arccos", "arcsin", "arctan"),
        *("arctan2", "argmax", "argmin", "argsort", "atleast_1d", "atleast_2d", "average", "broadcast_to", "ceil"),
        *("clip", "concatenate", "convolve", "cos", "cosh", "cross", "cumprod", "cumsum", "diag", "diagonal", "diff"),
        *("divide", "dot", "einsum", "equal", "exp", "expand_dims", "expm1", "eye", "flip", "floor", "full", "greater"),
        *("hstack", "identity", "inner", "isclose", "isfinite", "isinf", "isnan", "kron", "less", "linspace", "log"),
        *(
            "log10",
            "log1p",
            "log2",
            "logaddexp",
            "logical_and",
            "logical_not",
            "logical_or",
            "matmul",
            "max",
            "maximum",
        ),
        *("mean", "median", "min", "minimum", "multiply", "negative", "ones", "ones_like", "outer", "pad", "power"),
        *("prod", "ravel", "reciprocal", "repeat", "reshape", "roll", "round", "sign", "sin", "sinh", "sort", "sqrt"),
        *(
            "square",
            "squeeze",
            "stack",
            "std",
            "subtract",
            "sum",
            "swapaxes",
            "take",
            "tan",
            "tanh",
            "tensordot",
            "tile",
        ),
        *("trace", "transpose", "tril", "triu", "var", "vdot", "vstack", "where", "zeros", "zeros_like"),
    }
)


def numpy(seen: Seen) -> Because:
    """The line written with ``jax.numpy``, or which functions to change."""
    calls = [node for node in seen.clues.on(seen.line) if isinstance(node, ast.Call)]
    calls = [call for call in calls if seen.clues.dotted(call).startswith("numpy.")]
    names = dict.fromkeys(one_line(seen.clues.name_of(call), NAME) for call in calls)
    computes = [name for name in names if name not in _CONVERTS]
    converts = [name for name in names if name in _CONVERTS]
    written, says = _written(seen, calls), _given(seen, calls)
    if written:
        return Because(written, says=says, shapes="" if says else None)
    if not computes:
        return Because(says=says)
    said = f"In line {seen.line} write {listed([f'`jnp.{name}`' for name in computes])} of `jax.numpy`"
    if converts:
        return Because(f"{said}, and leave out `np.{converts[0]}`: it is an array already", says=says)
    return Because(f"{said} instead", says=says)


def _given(seen: Seen, calls: list[ast.Call]) -> str:
    """Which function was given which array; empty where two were."""
    given = [
        (call, part.id) for call in calls for part in call.args if isinstance(part, ast.Name) and part.id in seen.shapes
    ]
    if len(given) != 1:
        return ""
    (call, name) = given[0]
    return (
        f"`{seen.clues.piece(call.func)}` is a function of NumPy and was given `{one_line(name, NAME)}`, a traced "
        "array, which has a shape but no values while JAX traces the function"
    )


def _written(seen: Seen, calls: list[ast.Call]) -> str:
    """The whole line for ``jax.numpy``; empty where it may not be right then."""
    statements = [*seen.statements()]
    known = seen.clues.spelling.alias("jax.numpy")
    module = known or "jnp"
    others = any(isinstance(node, ast.Name) and node.id == "jnp" for node in seen.clues.nodes)
    if len(statements) != 1 or not is_short(seen.clues, statements[0]) or (others and not known):
        return ""
    places = {(call.lineno, call.col_offset, call.end_col_offset) for call in calls}
    changed = _Changed(seen, module, places)
    code = unparsed(changed.visit(deepcopy(statements[0])))
    if not calls or changed.unknown or not code:
        return ""
    add = "In" if known else "Add `import jax.numpy as jnp` at the top of the file, and in"
    return f"{add} {span(statements[0].lineno, statements[0].end_lineno)} write `{code}`"


class _Changed(ast.NodeTransformer):
    """Puts functions of ``jax.numpy`` in the place of NumPy's, and leaves out what makes an array of an array."""

    def __init__(self, seen: Seen, module: str, places: set[tuple[int, int, int | None]]) -> None:
        self._seen = seen
        self._clues = seen.clues
        self._module = module
        self._places = places
        #: Whether a function is not known to be the same in both.
        self.unknown = False

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Change one call, and those inside of it."""
        whole = self._clues.dotted(node)
        self.generic_visit(node)
        if (node.lineno, node.col_offset, node.end_col_offset) not in self._places:
            return node
        name = self._clues.name_of(node)
        if name in _CONVERTS and len(node.args) == 1 and not node.keywords and is_array(self._seen, node.args[0]):
            return node.args[0]
        if whole != f"numpy.{name}" or (name not in _SAME and name not in ("array", "asarray")):
            self.unknown = True
        node.func = ast.Attribute(ast.Name(self._module, ast.Load()), name, ast.Load())
        return node
