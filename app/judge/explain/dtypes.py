"""What made a result of the wrong dtype: x64, a cast, a division, a number where its position is asked for.

Invariant: see ``app.judge.explain.patterns``.
"""

from __future__ import annotations

import numpy as np

from app.judge.explain.arguments import UNKNOWN, Known
from app.judge.explain.clues import Clues
from sandbox.arrays import Array

#: What JAX makes of a 64-bit dtype while x64 is off.
_HALVES = {"float64": "float32", "complex128": "complex64", "int64": "int32", "uint64": "uint32"}
_FLOATS, _INTEGERS = ("float", "bfloat"), ("int", "uint")
_NO_FLOAT = (
    "Something made integers of the floats: look for an `.astype(int)` or a `//`, write `1.0` instead of `1`, or "
    "convert with `.astype` where whole numbers are meant on the way."
)
_BOOLEAN = "A truth value is expected: compare (`x > 0`) instead of computing a number."


def dtype_pattern(expected: str, found: str, got: Array, known: Known = UNKNOWN) -> str | None:
    """What made a result of the wrong dtype, or None.

    Args:
        expected: the name of the dtype that it should have.
        found: and of the one that it has.
        got: the result.
        known: whether JAX makes 64-bit arrays, and what the source has.
    """
    if _HALVES.get(expected) == found:
        here = (
            "as it is here: compute with NumPy, and"
            if not known.x64
            else (f"and {expected} is expected, since this exercise runs with x64 on:")
        )
        return f"This is what JAX makes while x64 is off, {here} look for a {found} that is written out."
    if _HALVES.get(found) == expected:
        return f"Something in the computation is {found} explicitly: a dtype that is written out, or a NumPy value."
    pattern = _BOOLEAN if expected == "bool" else None
    if expected.startswith(_FLOATS):
        pattern = _to_integer(known.clues) if found.startswith((*_INTEGERS, "bool")) else pattern
        if found.startswith(_FLOATS):
            pattern = _written_out(found, known.clues)
    elif expected.startswith(_INTEGERS) and found.startswith(_FLOATS):
        pattern = known.clues.extreme() or _index_or_value(expected, got)
    return pattern


def _to_integer(clues: Clues) -> str:
    casts = clues.casts(lambda name: name.startswith(_INTEGERS))
    if not casts:
        return _NO_FLOAT
    first = casts[0]
    lines = [cast.line for cast in casts[1:] if cast.piece == first.piece]
    again = "" if not lines else ", twice" if {*lines} == {first.line} else f" and again in line {lines[0]}"
    cuts = f"`{first.piece}` in line {first.line}{again}"
    mend = "leave both out" if again else "leave it out"
    if first.returned:
        return f"{cuts}, cuts off the fractions: {mend}." if again else f"{cuts} cuts off the fractions: {mend}."
    return f"Look at {cuts}: where it is not for an index, it cuts off the fractions, so {mend}."


def _written_out(found: str, clues: Clues) -> str:
    casts = clues.casts(lambda name: name == found)
    if casts and len({cast.line for cast in casts}) == 1:
        return f"`{casts[0].piece}` in line {casts[0].line} makes it {found}: leave it out."
    return f"Something makes it {found} explicitly: look for a dtype that is written out or an `.astype`."


def _index_or_value(expected: str, got: Array) -> str:
    with np.errstate(all="ignore"):
        whole = got.dtype.kind == "f" and bool(np.all(np.round(got) == got))
    position = "where a position is asked for, use `jnp.argmax` or `jnp.argmin`, not `jnp.max` or `jnp.min`"
    if whole:
        return (
            f"The numbers are whole, but floats: {position}; where a count is, something on the way makes floats "
            f"(a `/`, a product with `1.0`, `jnp.zeros`): make it with `dtype=jnp.{expected}`, or convert at the end, "
            f"`.astype(jnp.{expected})`."
        )
    return f"Whole numbers are expected: {position}."
