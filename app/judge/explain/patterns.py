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
from app.judge.explain.arguments import Known
from app.judge.explain.fitting import Pair, pair_of
from app.judge.explain.places import place_sentences
from sandbox.arrays import Array

#: How far a float result may be off, in units in the last place, for the units to say something.
_FEW_ULPS = 1000


def shape_pattern(expected: Array, got: Array, sizes: Mapping[str, int], known: Known) -> str | None:
    """What made a result of the wrong shape, or None."""
    pair = pair_of(expected, got, sizes)
    with np.errstate(all="ignore"):
        return next(_shape_sentences(pair, known), None) if pair else None


def _shape_sentences(pair: Pair, known: Known) -> Iterator[str]:
    yield from shapes.value_sentences(pair, known.arguments, known.clues)
    yield from beside.shape_sentences(pair, known.arguments, known.clues)
    yield from shapes.size_sentences(pair, known.arguments, known.clues)


def value_pattern(expected: Array, got: Array, sizes: Mapping[str, int], known: Known) -> str | None:
    """What made a result of the right shape and dtype wrong, or None."""
    pair = pair_of(expected, got, sizes)
    with np.errstate(all="ignore"):
        return next(_value_sentences(pair, known), None) if pair else None


def _value_sentences(pair: Pair, known: Known) -> Iterator[str]:
    arguments, clues = known.arguments, known.clues
    if values.close(pair):
        yield "That is close: look for rounding, as from a shorter dtype on the way or a difference of large numbers."
        return
    yield from beside.returned_sentences(pair, arguments)
    yield from values.scale_sentences(pair, clues)
    yield from beside.step_sentences(pair, arguments, clues)
    yield from beside.added_sentences(pair, arguments, clues)
    yield from values.order_sentences(pair, arguments, clues)
    yield from functions.function_sentences(pair, clues)
    yield from beside.multiplied_sentences(pair, arguments, clues)
    yield from beside.reduced_sentences(pair, arguments, clues)
    yield from beside.affine_sentences(pair, arguments, clues)
    yield from beside.index_sentences(pair, arguments, clues)
    yield from place_sentences(pair, clues)


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
                return f"Your result and `result{paths[other]}` are swapped: return them in the other order."
            return f"Your result is what is expected at `result{paths[other]}`."
    return None


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
