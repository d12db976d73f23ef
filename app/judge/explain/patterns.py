"""Mistakes that can be recognised from the numbers of a public case, each with the sentence that names it.

Invariant: patterns are tried from the most specific to the most general, and the first that fits is the only one told;
a fact about where the wrong elements are is told only if no pattern says why they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from app.judge.comparison.compare import Worst
from app.judge.explain import arguments as beside
from app.judge.explain import functions, shapes, values
from app.judge.explain.fitting import Pair, pair_of
from app.judge.explain.places import place_sentences
from sandbox.arrays import Array

#: How far a float result may be off, in units in the last place, for the units to say something.
_FEW_ULPS = 1000
#: What JAX makes of a 64-bit dtype while x64 is off.
_HALVES = {"float64": "float32", "complex128": "complex64", "int64": "int32", "uint64": "uint32"}
_FLOATS, _INTEGERS = ("float", "bfloat"), ("int", "uint")
_NO_FLOAT = (
    "At its end nothing was a float: look for an `.astype(int)` or a `//`, write `1.0` instead of `1`, or convert with "
    "`.astype`."
)
_BOOLEAN = "A truth value is expected: compare (`x > 0`) instead of computing a number."


def shape_pattern(expected: Array, got: Array, sizes: Mapping[str, int], arguments: Mapping[str, Array]) -> str | None:
    """What made a result of the wrong shape, or None."""
    pair = pair_of(expected, got, sizes)
    with np.errstate(all="ignore"):
        return next(_shape_sentences(pair, arguments), None) if pair else None


def _shape_sentences(pair: Pair, arguments: Mapping[str, Array]) -> Iterator[str]:
    yield from shapes.value_sentences(pair)
    yield from beside.shape_sentences(pair, arguments)
    yield from shapes.size_sentences(pair)


def value_pattern(expected: Array, got: Array, sizes: Mapping[str, int], arguments: Mapping[str, Array]) -> str | None:
    """What made a result of the right shape and dtype wrong, or None."""
    pair = pair_of(expected, got, sizes)
    with np.errstate(all="ignore"):
        return next(_value_sentences(pair, arguments), None) if pair else None


def _value_sentences(pair: Pair, arguments: Mapping[str, Array]) -> Iterator[str]:
    if values.close(pair):
        yield "That is close: look for rounding, as from a shorter dtype on the way or a difference of large numbers."
        return
    yield from beside.returned_sentences(pair, arguments)
    yield from values.scale_sentences(pair)
    yield from beside.step_sentences(pair, arguments)
    yield from beside.added_sentences(pair, arguments)
    yield from values.order_sentences(pair)
    yield from functions.function_sentences(pair)
    yield from beside.multiplied_sentences(pair, arguments)
    yield from beside.reduced_sentences(pair, arguments)
    yield from beside.affine_sentences(pair, arguments)
    yield from beside.index_sentences(pair, arguments)
    yield from place_sentences(pair)


def exchanged_pattern(
    expected: Sequence[Array], got: Sequence[Array], paths: Sequence[str], position: int
) -> str | None:
    """Whether a leaf of a result holds what is expected of another one, or None.

    Args:
        expected: all arrays of the reference's result.
        got: the learner's, as many.
        paths: where each is in the result.
        position: of the leaf that is wrong.
    """
    mine = got[position]
    if mine.size == 0 or not np.any(mine):
        return None
    for other, candidate in enumerate(expected):
        if other == position or candidate.dtype != mine.dtype or candidate.shape != mine.shape:
            continue
        pair = pair_of(candidate, mine, {})
        back = pair_of(expected[position], got[other], {})
        with np.errstate(all="ignore"):
            if pair is None or back is None or not pair.fits(pair.expected, pair.got):
                continue
            if back.fits(back.expected, back.got):
                return f"It and `result{paths[other]}` are swapped: return them in the other order."
            return f"It is what is expected at `result{paths[other]}`."
    return None


def dtype_pattern(expected: str, found: str, got: Array, *, x64: bool = True) -> str | None:
    """What made a result of the wrong dtype, or None.

    Args:
        expected: the name of the dtype that it should have.
        found: and of the one that it has.
        got: the result.
        x64: whether JAX makes 64-bit arrays.
    """
    if _HALVES.get(expected) == found:
        here = (
            "as it is here: compute with NumPy, and"
            if not x64
            else (f"and {expected} is expected, since this exercise runs with x64 on:")
        )
        return f"This is what JAX makes while x64 is off, {here} look for a {found} that is written out."
    if _HALVES.get(found) == expected:
        return f"Something in the computation is {found} explicitly: a dtype that is written out, or a NumPy value."
    pattern = _BOOLEAN if expected == "bool" else None
    if expected.startswith(_FLOATS):
        pattern = _NO_FLOAT if found.startswith((*_INTEGERS, "bool")) else pattern
        if found.startswith(_FLOATS):
            pattern = f"Something makes it {found} explicitly: look for a dtype that is written out or an `.astype`."
    elif expected.startswith(_INTEGERS) and found.startswith(_FLOATS):
        pattern = _index_or_value(expected, got)
    return pattern


def _index_or_value(expected: str, got: Array) -> str:
    with np.errstate(all="ignore"):
        whole = got.dtype.kind == "f" and bool(np.all(np.round(got) == got))
    if whole:
        return (
            f"The numbers are whole, but something made them floats (a `/`, a product with `1.0`, `jnp.zeros`): "
            f"convert with `.astype(jnp.{expected})`, or make the zeros with `dtype=jnp.{expected}`. Where a position "
            "is asked for, use `jnp.argmin` or `jnp.argmax`, not the smallest or largest number itself."
        )
    return (
        "Whole numbers are expected: where a position is asked for, use `jnp.argmax` or `jnp.argmin`, not `jnp.max` or "
        "`jnp.min`."
    )


def ulps(worst: Worst, dtype: str) -> int | None:
    """How many representable numbers the worst element is off by; None where that says nothing.

    A unit in the last place is ``numpy.spacing`` of the expected number. It says something of floats that are off by no
    more than a thousand.
    """
    if dtype not in ("float16", "float32", "float64") or worst.absolute is None or isinstance(worst.expected, complex):
        return None
    with np.errstate(all="ignore"):
        unit = float(np.spacing(np.abs(np.dtype(dtype).type(worst.expected))))
    count = worst.absolute / unit if unit > 0 else float("inf")
    return round(count) if 1 <= count <= _FEW_ULPS else None
