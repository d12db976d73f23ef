"""What made a result of the right shape and dtype wrong, as far as the numbers show it.

Invariant: a sentence is claimed only where the numbers fit everywhere, up to rounding, and where fitting means
something: one number repeated is never "off by a constant offset", and a factor is named only if people make mistakes
with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from app.judge.explain.fitting import LARGEST, Pair, times
from app.judge.explain.wording import number_text, size_name
from sandbox.arrays import Array

#: Factors that people lose or add, of either sign and either way round; any other but a size's says nothing.
_FACTORS = (2, 3, 4)
#: Two examples say nothing about a batch size: a lost factor 2 looks the same.
_SMALLEST_BATCH = 3
#: Fewer numbers than this are turned into others by too many functions.
_FEWEST = 2
#: Constants between one unit or base and another, with what lies between them.
_CONSTANTS = (
    (math.log(2), "by the logarithm of 2: natural logarithm and base 2 (`jnp.log`, `jnp.log2`) are mixed up"),
    (math.log(10), "by the logarithm of 10: natural logarithm and base 10 (`jnp.log`, `jnp.log10`) are mixed up"),
    (math.pi, "by pi"),
    (2 * math.pi, "by 2 pi"),
    (math.pi / 180, "by pi/180: degrees and radians (`jnp.radians`) are mixed up"),
)


def scale_sentences(pair: Pair) -> Iterator[str]:
    """A sign, an order of axes or a factor that is wrong everywhere, most specific first."""
    for pattern in (_negated, _transposed, _scaled):
        yield from pattern(pair)


def order_sentences(pair: Pair) -> Iterator[str]:
    """The right numbers, all of them shifted, or elsewhere."""
    for pattern in (_shifted, _reordered):
        yield from pattern(pair)


def function_sentences(pair: Pair) -> Iterator[str]:
    """A function of single elements, or of rows, that is missing or too much."""
    for pattern in (_signs, _clipped, _of_elements, _truncated, _running, _unnormalised, _wrong_axis):
        yield from pattern(pair)


def close(pair: Pair) -> bool:
    """Whether the numbers nearly agree: every other pattern that moves them little would fit as well."""
    return pair.kind in "fc" and pair.fits(pair.expected, pair.got)


def _negated(pair: Pair) -> Iterator[str]:
    if pair.kind != "b" and pair.expected.any() and pair.fits(pair.expected, -pair.got):
        yield "The sign is flipped: every element is the expected one negated."


def _transposed(pair: Pair) -> Iterator[str]:
    got = pair.got
    if got.ndim > 1 and pair.fits(pair.expected, got.T):
        yield "It is the expected array transposed: use `.T`, or look at the order of a product and at `in_axes`."
        return
    for one in range(got.ndim):
        for other in range(one + 1, got.ndim):
            if pair.varies(got) and pair.fits(pair.expected, np.swapaxes(got, one, other)):
                yield (
                    f"It is the expected array with axes {one} and {other} swapped: look at `in_axes`, `out_axes` and "
                    "the letters of an `einsum`."
                )


def _scaled(pair: Pair) -> Iterator[str]:
    factor = pair.factor()
    if factor is None:
        return
    for ratio, found, wanted in ((factor, "sum", "mean"), (1 / factor, "mean", "sum")):
        count = round(ratio) if abs(ratio) <= LARGEST else 0
        name = size_name(count, pair.sizes)
        if name and count >= _SMALLEST_BATCH and pair.near(ratio, count):
            yield (
                f"It is {times(factor)} the expected result, and {name} = {count}: off by the batch size, a {found} "
                f"where a {wanted} is expected."
            )
    counts = {*_FACTORS, *pair.sizes.values()}
    known = any(pair.near(ratio, count) for ratio in (abs(factor), 1 / abs(factor)) for count in counts if count > 1)
    if known and pair.expected.size > 1:
        yield f"It is {times(factor)} the expected result: look for a constant factor."
    yield from _uncommon_factor(pair, factor)


def _uncommon_factor(pair: Pair, factor: float) -> Iterator[str]:
    for constant, what in _CONSTANTS:
        if any(pair.near(ratio, constant) for ratio in (abs(factor), 1 / abs(factor))):
            yield f"It is off {what}."
    for ratio, word in ((factor, "large"), (1 / factor, "small")):
        for size in sorted({size for size in pair.sizes.values() if size >= _SMALLEST_BATCH}):
            name = size_name(size, pair.sizes)
            if name is None:
                continue
            root = math.sqrt(size)
            if pair.near(abs(ratio), root) and not root.is_integer():
                yield f"It is too {word} by the square root of {name} = {size}: look at how it is scaled by {name}."
            for power, what in ((1, ""), (0.5, " its root,")):
                if pair.near(ratio, (size / (size - 1)) ** power):
                    divided = (f"{name} - 1", name) if word == "large" else (name, f"{name} - 1")
                    yield (
                        f"It is too {word} by {name} / ({name} - 1) with {name} = {size},{what} as where a variance "
                        f"divides by {divided[0]} instead of {divided[1]}: set `ddof={int(word == 'small')}`."
                    )


def _shifted(pair: Pair) -> Iterator[str]:
    mine, yours = pair.expected.reshape(-1), pair.got.reshape(-1)
    # Far above the expected numbers, a result that is all one number would fit as well.
    if pair.kind == "b" or not (pair.varies(mine) and pair.varies(yours)):
        return
    offset = (yours - mine).mean()
    if offset and pair.fits(mine + offset, yours):
        yield (
            f"Every element is off by the same {number_text(offset.item())}: a constant offset. Look for a term that "
            "is missing or too much, or for a count that starts at another number."
        )


def _reordered(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind in "bc" or expected.size <= 1 or not pair.varies(expected):
        return
    if pair.fits(np.flip(expected), got):
        yield "It has the right numbers in reverse order."
    for axis in range(expected.ndim):
        if expected.ndim > 1 and pair.fits(np.flip(expected, axis), got):
            yield f"It has the right numbers in reverse order along axis {axis}."
        yield from _rolled(pair, axis)
    if pair.fits(np.sort(expected, axis=None), np.sort(got, axis=None)):
        yield "It has the right numbers in another order."


def _rolled(pair: Pair, axis: int) -> Iterator[str]:
    """Everything one place further on, or back; at the open end stands anything."""
    expected, got, size = pair.expected, pair.got, pair.expected.shape[axis]
    if size < 3:  # noqa: PLR2004 - of two, a shift is a swap
        return
    early, late = range(size - 1), range(1, size)
    moves = (
        (1, np.take(expected, early, axis), np.take(got, late, axis), "late"),
        (-1, np.take(expected, late, axis), np.take(got, early, axis), "early"),
    )
    for step, mine, yours, word in moves:
        if pair.varies(mine) and pair.fits(mine, yours):
            around = "rolled around " if pair.fits(np.roll(expected, step, axis), got) else ""
            yield (
                f"Along axis {axis} everything is {around}one place too {word}: off by one. Look at an index, at the "
                "start of a range, and at whether a value is taken before or after its update."
            )


def _signs(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind not in "fi" or not pair.fits(np.abs(expected), np.abs(got)) or not expected.any():
        return
    flipped = np.asarray(np.sign(expected) != np.sign(got))
    if bool((expected >= 0).all()) and bool((got < 0).any()):
        yield "The elements that are negative should be positive: an absolute value (`jnp.abs`) is missing."
    elif bool((got >= 0).all()):
        yield "It is the absolute value of the expected result: some elements should be negative."
    elif expected.ndim > 0 and flipped.any() and not flipped.all():
        yield "The sizes are right, and the signs of some elements are flipped: look at the order of a difference."


def _clipped(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind not in "fi":
        return
    if bool((got < 0).any()) and pair.fits(expected, np.maximum(got, 0)):
        yield "Where it is negative, 0 is expected: cut it off with `jnp.maximum(x, 0)`, as `jax.nn.relu` does."
    elif bool((expected < 0).any()) and got.any() and pair.fits(np.maximum(expected, 0), got):
        yield "Where it is 0, a negative number is expected: a ReLU, or `jnp.maximum(x, 0)`, is too much."


def _of_elements(pair: Pair) -> Iterator[str]:
    """One function of each element that turns one result into the other."""
    expected, got = pair.expected, pair.got
    if pair.kind not in "fi" or not _tells(pair):
        return
    functions = (
        ("square root", "`jnp.sqrt`", np.sqrt),
        ("square", "`x**2`", np.square),
        ("exponential", "`jnp.exp`", np.exp),
        ("logarithm", "`jnp.log`", np.log),
        ("hyperbolic tangent", "`jnp.tanh`", np.tanh),
        ("sigmoid", "`jax.nn.sigmoid`", _sigmoid),
        ("reciprocal", "`1 / x`", np.reciprocal),
        ("complement", "`1 - x`", lambda x: 1 - x),
    )
    for name, written, function in functions:
        if np.isfinite(got).all() and pair.fits(expected, function(got)):
            yield f"Its {name} ({written}) is the expected result: a {name} is missing at the end."
        elif pair.fits(function(expected), got):
            yield f"It is the {name} ({written}) of the expected result: a {name} is too much at the end."


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


def _tells(pair: Pair) -> bool:
    """Whether there are enough different numbers, or a single odd one, for a function to mean something."""
    mine = pair.expected.reshape(-1)
    return pair.is_odd(mine) or (mine.size >= _FEWEST and pair.varies(mine) and pair.is_clear(mine))


def _truncated(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind != "f" or not bool(np.isfinite(expected).all()) or pair.fits(np.round(expected), expected):
        return
    for function in (np.floor, np.trunc, np.round):
        if bool(got.any()) and np.array_equal(function(expected), got):
            yield (
                "The fractions are cut off: an integer division (`//`), an integer dtype on the way or a rounding is "
                "too much. Divide with `/` and keep floats."
            )


def _running(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind not in "fi" or not pair.varies(expected):
        return
    for axis in range(expected.ndim):
        if expected.shape[axis] < 3:  # noqa: PLR2004 - of two, too much is a running sum
            continue
        if pair.fits(expected, np.cumsum(got, axis)):
            yield f"Its running sum along axis {axis} is right: what came before is not carried on (`jnp.cumsum`)."
        elif pair.fits(np.cumsum(expected, axis), got):
            yield f"It is the running sum of the expected result along axis {axis}: start anew at each step."


def _unnormalised(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind != "f" or not pair.varies(expected):
        return
    for axis in range(expected.ndim):
        if expected.shape[axis] < _FEWEST:
            continue
        sums, ones = got.sum(axis, keepdims=True), np.ones_like(expected.sum(axis))
        if pair.fits(ones, expected.sum(axis)) and pair.fits(expected, got / sums):
            yield f"Divided by its sum over axis {axis} it is right: it is not normalised."
        peak = np.exp(got - got.max(axis, keepdims=True))
        if pair.fits(expected, peak / peak.sum(axis, keepdims=True)):
            yield f"Its softmax over axis {axis} is right: `jax.nn.softmax` is missing at the end."


def _wrong_axis(pair: Pair) -> Iterator[str]:
    """Both are normalised, each over another axis."""
    expected, got = pair.expected, pair.got
    if pair.kind != "f" or expected.ndim < 2 or not (pair.varies(expected) and pair.varies(got)):  # noqa: PLR2004
        return
    for what, holds in (("sums to 1", _sums_to_one), ("has mean 0", _is_centred)):
        mine, yours = ({axis for axis in range(expected.ndim) if holds(pair, one, axis)} for one in (expected, got))
        if len(mine) == 1 and yours and not mine & yours:
            axis, other = min(mine), min(yours)
            yield (
                f"It {what} over axis {other}, where the expected result does over axis {axis}: it is normalised over "
                f"the wrong axis. Set `axis={axis - expected.ndim}`."
            )


def _sums_to_one(pair: Pair, values: Array, axis: int) -> bool:
    sums = values.sum(axis)
    return values.shape[axis] > 1 and bool((values >= 0).all()) and pair.fits(np.ones_like(sums), sums)


def _is_centred(pair: Pair, values: Array, axis: int) -> bool:
    means = values.mean(axis)
    return values.shape[axis] > 1 and bool(np.allclose(means, 0, atol=pair.atol + pair.rtol * np.abs(values).max()))
