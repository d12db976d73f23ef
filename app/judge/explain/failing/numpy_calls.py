"""Functions of NumPy that are given traced arrays.

Invariant: a line is written anew only where ``jax.numpy`` has every function that it calls, under the same name.
"""

from __future__ import annotations

import ast

from app.judge.explain.failing.seen import NAME, NOTHING, Because, Seen, listed
from app.judge.explain.wording import one_line


def numpy(seen: Seen) -> Because:
    """All the functions of NumPy on a line, of which the error is only about the first."""
    calls = [node for node in seen.clues.on(seen.line) if isinstance(node, ast.Call)]
    names = [name.rpartition(".")[2] for call in calls if (name := seen.clues.dotted(call)).startswith("numpy.")]
    names = [one_line(name, NAME) for name in dict.fromkeys(names)]
    converts = [name for name in names if name in ("asarray", "array")]
    computes = [name for name in names if name not in converts]
    if not computes:
        return NOTHING
    said = f"In line {seen.line} write {listed([f'`jnp.{name}`' for name in computes])} of `jax.numpy`"
    if converts:
        return Because(f"{said}, and leave out `np.{converts[0]}`: it is an array already")
    return Because(f"{said} instead")
