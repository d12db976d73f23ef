"""Mistakes that can be recognised from the numbers alone, each with the sentence that names it.

Invariant: a pattern is claimed only where the numbers fit it everywhere, within a few times the tolerance of their
dtype, and where fitting it means something: one number repeated is never "off by a constant offset", and a factor is
named only if people make mistakes with it.
"""

from __future__ import annotations

import cmath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from app.judge.comparison.compare import Worst
from app.judge.comparison.tolerances import tolerance_for
from app.judge.explain.wording import number_text, size_name
from sandbox.arrays import Array

#: Largest leaf that is searched for patterns, in elements; examples that people read are far smaller.
_LARGEST = 1 << 20
#: A pattern has to fit within this many times the default tolerance, since it adds an operation or two.
_SLACK = 8
#: Relative rounding of the float64 arithmetic in which patterns of exact dtypes are tried.
_ROUNDING = 1e-12
#: Factors that people lose or add, of either sign and either way round; any other but a size's says nothing.
_FACTORS = (2, 3, 4)
#: Two examples say nothing about a batch size: a lost factor 2 looks the same.
_SMALLEST_BATCH = 3


@dataclass(frozen=True)
class _Pair:
    """Two results, in float64 or complex128.

    Attributes:
        kind: NumPy's kind of the expected dtype.
        rtol: how far a pattern may be off, relatively.
        atol: and absolutely.
        sizes: the case's named sizes.
    """

    expected: Array
    got: Array
    kind: str
    rtol: float
    atol: float
    sizes: Mapping[str, int]

    def fits(self, expected: Array, got: Array) -> bool:
        """Whether two arrays are the same, shape included, up to rounding; NaN equals NaN."""
        same_shape = expected.shape == got.shape
        return same_shape and bool(np.allclose(got, expected, rtol=self.rtol, atol=self.atol, equal_nan=True))

    def near(self, number: float, simple: float) -> bool:
        """Whether a factor is ``simple`` up to rounding."""
        return abs(number / simple - 1) <= self.rtol

    def varies(self, values: Array) -> bool:
        """Whether not all of ``values`` are the same up to rounding; if they are, too much fits them."""
        return values.size > 1 and not self.fits(np.full_like(values, values[0]), values)


def shape_pattern(expected: Array, got: Array) -> str | None:
    """What made a result of the wrong shape, or None."""
    patterns = (_unreduced, _transposed, _extra_axes, _outer, _unfilled, _reduced, _reshaped)
    return _first(patterns, expected, got, {})


def value_pattern(expected: Array, got: Array, sizes: Mapping[str, int]) -> str | None:
    """What made a result of the right shape and dtype wrong, or None."""
    patterns = (_close, _negated, _transposed, _scaled, _shifted, _reordered)
    return _first(patterns, expected, got, sizes)


def nonfinite_pattern(worst: Worst) -> str | None:
    """Where a NaN that should not be there commonly comes from, or None if there is none."""
    if not cmath.isnan(worst.got):
        return None
    return (
        "NaN comes from 0/0, from infinity minus infinity, and from roots or logarithms of negative numbers; "
        "`jnp.where` does not keep it out of a gradient."
    )


def dtype_pattern(expected: str, got: str, *, x64: bool = True) -> str | None:
    """What made a result of the wrong dtype, or None; the arguments are dtype names, and whether x64 is on."""
    halves = {"float64": "float32", "complex128": "complex64", "int64": "int32", "uint64": "uint32"}
    if halves.get(expected) == got and not x64:
        return (
            f"This is what JAX makes while x64 is off, as it is here: compute with NumPy, and look for a {got} that is "
            "written out."
        )
    if halves.get(expected) == got:
        return (
            f"This is what JAX makes while x64 is off; {expected} is expected, since this exercise runs with x64 on: "
            f"look for a {got} that is written out."
        )
    if halves.get(got) == expected:
        return f"Something in the computation is {got} explicitly: a dtype that is written out, or a NumPy value."
    if expected.startswith(("float", "bfloat")) and got.startswith(("int", "uint", "bool")):
        return "Nothing in the computation was a float: write `1.0` instead of `1`, or convert with `.astype`."
    return None


def _first(
    patterns: tuple[Callable[[_Pair], Iterator[str]], ...], expected: Array, got: Array, sizes: Mapping[str, int]
) -> str | None:
    # In the eight bits of the dtypes of ml_dtypes (kind V) nearly everything fits something.
    if max(expected.size, got.size) > _LARGEST or "V" in (expected.dtype.kind, got.dtype.kind):
        return None
    tolerances = [tolerance_for(array.dtype.name, {}) for array in (expected, got)]
    rtol = max(_ROUNDING, *(_SLACK * one.rtol for one in tolerances))
    atol = max(_SLACK * one.atol for one in tolerances)
    with np.errstate(all="ignore"):
        pair = _Pair(_wide(expected), _wide(got), expected.dtype.kind, rtol, atol, sizes)
        return next((sentence for pattern in patterns for sentence in pattern(pair)), None)


def _wide(values: Array) -> Array:
    return values.astype(np.complex128 if values.dtype.kind == "c" else np.float64)


def _unreduced(pair: _Pair) -> Iterator[str]:
    got = pair.got
    if got.shape[1:] != pair.expected.shape or got.ndim != pair.expected.ndim + 1 or got.shape[0] <= 1:
        return
    if pair.fits(pair.expected, got.sum(0)):
        yield "Summed over its first axis it is right: per-example gradients not summed. Add `.sum(axis=0)`."
    if pair.fits(pair.expected, got.mean(0)):
        yield "Averaged over its first axis it is right: per-example gradients not averaged. Add `.mean(axis=0)`."


def _transposed(pair: _Pair) -> Iterator[str]:
    if pair.got.ndim > 1 and pair.fits(pair.expected, pair.got.T):
        yield "It is the expected array transposed: use `.T`, or look at the order of a product and at `in_axes`."


def _extra_axes(pair: _Pair) -> Iterator[str]:
    wanted, found = ([size for size in array.shape if size != 1] for array in (pair.expected, pair.got))
    if wanted != found:
        return
    if pair.got.ndim > pair.expected.ndim:
        yield "It has an extra axis of size 1: index it away (`[..., 0]`), use `.squeeze()`, or do not make it."
    elif pair.got.ndim < pair.expected.ndim:
        yield "It lacks an axis of size 1: keep it (`keepdims=True`), or add it with `[:, None]`."


def _outer(pair: _Pair) -> Iterator[str]:
    square = pair.expected.ndim == 1 and pair.got.shape == pair.expected.shape * 2
    if square and pair.fits(pair.expected, np.diagonal(pair.got)):
        yield (
            "Its diagonal is right: an array of shape (n, 1) and one of shape (n,) were broadcast against each other. "
            "Give both the same shape first."
        )


def _reduced(pair: _Pair) -> Iterator[str]:
    if pair.expected.ndim != pair.got.ndim + 1 or pair.expected.size <= pair.got.size:
        return
    for axis in range(pair.expected.ndim):
        for verb, reduced in (("summed", pair.expected.sum(axis)), ("averaged", pair.expected.mean(axis))):
            if pair.fits(reduced, pair.got):
                yield f"It is the expected result {verb} over axis {axis}: leave that reduction out."


def _unfilled(pair: _Pair) -> Iterator[str]:
    try:
        filled = np.broadcast_to(pair.got, pair.expected.shape)
    except ValueError:
        return
    if pair.fits(pair.expected, filled):
        yield "It would match by broadcasting only: make the whole array, for example with `jnp.broadcast_to`."


def _reshaped(pair: _Pair) -> Iterator[str]:
    if pair.fits(pair.expected.reshape(-1), pair.got.reshape(-1)):
        yield "It has the right numbers in the right order, in another shape: reshape it."


def _close(pair: _Pair) -> Iterator[str]:
    # Comes first: where the numbers nearly agree, every other pattern that moves them little would fit as well.
    if pair.kind in "fc" and pair.fits(pair.expected, pair.got):
        yield "That is close: look for rounding, as from a shorter dtype on the way or a difference of large numbers."


def _negated(pair: _Pair) -> Iterator[str]:
    if pair.kind != "b" and pair.expected.any() and pair.fits(pair.expected, -pair.got):
        yield "The sign is flipped: every element is the expected one negated."


def _scaled(pair: _Pair) -> Iterator[str]:
    factor = _factor(pair)
    if factor is None:
        return
    for ratio, found, wanted in ((factor, "sum", "mean"), (1 / factor, "mean", "sum")):
        count = round(ratio) if abs(ratio) <= _LARGEST else 0
        name = size_name(count, pair.sizes)
        if name and count >= _SMALLEST_BATCH and pair.near(ratio, count):
            yield (
                f"It is {_times(factor)} the expected result, and {name} = {count}: off by the batch size, a {found} "
                f"where a {wanted} is expected."
            )
    counts = {*_FACTORS, *pair.sizes.values()}
    known = any(pair.near(ratio, count) for ratio in (abs(factor), 1 / abs(factor)) for count in counts if count > 1)
    if known and pair.expected.size > 1:
        yield f"It is {_times(factor)} the expected result: look for a constant factor."


def _factor(pair: _Pair) -> float | None:
    """The constant by which the expected array has to be multiplied, or None if there is none, or it is 0 or 1."""
    mine, yours = pair.expected.reshape(-1), pair.got.reshape(-1)
    # Some factor fits any single number. A loss is one, though: if it is no integer, a size is no coincidence.
    lone = pair.kind == "f" and mine.size == 1 and not mine[0].is_integer()
    if pair.kind not in "fiu" or not (lone or pair.varies(mine[np.isfinite(mine) & (mine != 0)])):
        return None
    # Taken at the largest element, where rounding matters least.
    place = int(np.argmax(np.abs(mine)))
    factor = float(yours[place] / mine[place])
    if factor in (0.0, 1.0) or not np.isfinite(factor):
        return None
    return factor if pair.fits(mine * factor, yours) else None


def _times(factor: float) -> str:
    """A factor that is near an integer, or one over it, in words."""
    if abs(factor) > 1:
        return f"exactly {round(factor)} times"
    return f"exactly {'-' if factor < 0 else ''}1/{abs(round(1 / factor))} of"


def _shifted(pair: _Pair) -> Iterator[str]:
    mine, yours = pair.expected.reshape(-1), pair.got.reshape(-1)
    # Far above the expected numbers, a result that is all one number would fit as well.
    if pair.kind == "b" or not (pair.varies(mine) and pair.varies(yours)):
        return
    offset = (yours - mine).mean()
    if offset and pair.fits(mine + offset, yours):
        yield f"Every element is off by the same {number_text(offset.item())}: a constant offset."


def _reordered(pair: _Pair) -> Iterator[str]:
    if pair.kind in "bc" or pair.expected.size <= 1:
        return
    if pair.fits(np.flip(pair.expected), pair.got):
        yield "It has the right numbers in reverse order."
    elif pair.fits(np.sort(pair.expected, axis=None), np.sort(pair.got, axis=None)):
        yield "It has the right numbers in another order."
