"""Functions of single elements, or of rows, that are missing from a result or too much in it.

Invariant: see ``app.judge.explain.values``: claimed only where the numbers fit everywhere, and where fitting means
something.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.fitting import Pair
from app.judge.explain.remedies.exponentials import too_much
from app.judge.explain.remedies.reductions import along_another, over_everything, unnormalised
from app.judge.explain.remedies.scans import in_each_step
from sandbox.arrays import Array

#: Fewer numbers than this are turned into others by too many functions.
_FEWEST = 2


def function_sentences(pair: Pair, clues: Clues = NO_CLUES) -> Iterator[str]:
    """A function of single elements, or of rows, that is missing or too much."""
    for pattern in (_signs, _clipped):
        yield from pattern(pair)
    yield from _of_elements(pair, clues)
    for pattern in (_truncated, _running):
        yield from pattern(pair)
    yield from _unnormalised(pair, clues)
    yield from wrong_axis(pair, clues)
    yield from _from_the_start(pair, clues)


def _signs(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind not in "fi" or not pair.fits(np.abs(expected), np.abs(got)) or not expected.any():
        return
    flipped = np.asarray(np.sign(expected) != np.sign(got))
    if bool((expected >= 0).all()) and bool((got < 0).any()):
        yield "The elements that are negative should be positive: an absolute value (`jnp.abs`) is missing."
    elif bool((got >= 0).all()):
        yield "Your result is the absolute value of the expected result: some elements should be negative."
    elif expected.ndim > 0 and flipped.any() and not flipped.all():
        yield "The sizes are right, and the signs of some elements are flipped: look at the order of a difference."


def _clipped(pair: Pair) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind not in "fi":
        return
    if bool((got < 0).any()) and pair.fits(expected, np.maximum(got, 0)):
        yield (
            "Where your result is negative, 0 is expected: cut it off with `jnp.maximum(x, 0)`, as `jax.nn.relu` does."
        )
    elif bool((expected < 0).any()) and got.any() and pair.fits(np.maximum(expected, 0), got):
        yield "Where your result is 0, a negative number is expected: a ReLU, or `jnp.maximum(x, 0)`, is too much."


def _of_elements(pair: Pair, clues: Clues) -> Iterator[str]:
    """One function of each element that turns one result into the other."""
    expected, got = pair.expected, pair.got
    if pair.kind not in "fi" or not _tells(pair):
        return
    missing = [one.name for one in FUNCTIONS if np.isfinite(got).all() and pair.fits(expected, one.of(got))]
    extra = [one for one in FUNCTIONS if pair.fits(one.of(expected), got)]
    if extra:
        said = f"Your result is the expected result put through {extra[0].name}"
        if extra[0].of is np.log:
            said = "Your result is the logarithm of the expected one"
        otherwise = f", or {missing[0]} is missing" if missing else ""
        by = too_much(clues, extra[0].template)
        if by and not by.startswith("Leave"):
            yield f"{said}: {by}"
        yield f"{said}. {by}" if by else f"{said}: that is too much at the end{otherwise}."
    elif missing:
        yield f"Put through {missing[0]} your result is the expected one: that is missing at the end."


def _from_the_start(pair: Pair, clues: Clues) -> Iterator[str]:
    """A function that is missing in every step of a recurrence shows in the first one only."""
    if pair.kind != "f" or pair.expected.ndim < 2 or pair.expected.shape[0] < 2:  # noqa: PLR2004 - steps of vectors
        return
    first = replace(pair, expected=pair.expected[0], got=pair.got[0])
    if not _tells(first):
        return
    rows = pair.expected.ndim == 2  # noqa: PLR2004 - a matrix
    for one in FUNCTIONS:
        if np.isfinite(first.got).all() and first.fits(first.expected, one.of(first.got)):
            yield (
                f"{one.name[0].upper()}{one.name[1:]} is missing inside the step. With it the first "
                f"{'row' if rows else 'entry'} is right; the later {'rows' if rows else 'entries'} are wrong because "
                f"each is computed from the {'row' if rows else 'entry'} before. {in_each_step(clues, one.template)}"
            ).rstrip()


def _sigmoid(x: Array) -> Array:
    return np.asarray(1 / (1 + np.exp(-x)))


@dataclass(frozen=True)
class Function:
    """A function of single elements.

    Attributes:
        name: as a person says it.
        of: what it makes of numbers.
        template: its code around an expression, ``bare`` or ``grouped`` in brackets where it needs them.
    """

    name: str
    of: Callable[[Array], Array]
    template: str


FUNCTIONS = (
    Function("a square root (`jnp.sqrt`)", np.sqrt, "jnp.sqrt({bare})"),
    Function("a square (`x**2`)", np.square, "{grouped}**2"),
    Function("an exponential (`jnp.exp`)", np.exp, "jnp.exp({bare})"),
    Function("a logarithm (`jnp.log`)", np.log, "jnp.log({bare})"),
    Function("a hyperbolic tangent (`jnp.tanh`)", np.tanh, "jnp.tanh({bare})"),
    Function("a sigmoid (`jax.nn.sigmoid`)", _sigmoid, "jax.nn.sigmoid({bare})"),
    Function("a reciprocal (`1 / x`)", np.reciprocal, "1 / {grouped}"),
    Function("a complement (`1 - x`)", lambda x: 1 - x, "1 - {grouped}"),
)


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
            yield (
                f"The running sum of your result along axis {axis} is right: what came before is not carried on "
                "(`jnp.cumsum`)."
            )
        elif pair.fits(np.cumsum(expected, axis), got):
            yield f"Your result is the running sum of the expected result along axis {axis}: start anew at each step."


def _unnormalised(pair: Pair, clues: Clues) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind != "f" or not pair.varies(expected):
        return
    for axis in range(expected.ndim):
        if expected.shape[axis] < _FEWEST:
            continue
        sums, ones = got.sum(axis, keepdims=True), np.ones_like(expected.sum(axis))
        if pair.fits(ones, expected.sum(axis)) and pair.fits(expected, got / sums):
            if pair.near(float(got.sum()), 1):
                yield over_everything(clues, axis, expected.ndim) or (
                    f"Your result sums to 1 as a whole, where the expected result does over axis {axis}. Divide by "
                    f"`.sum(axis={axis}, keepdims=True)`, and take a maximum in the same way."
                )
            yield unnormalised(clues, axis, expected.ndim)
        peak = np.exp(got - got.max(axis, keepdims=True))
        if pair.fits(expected, peak / peak.sum(axis, keepdims=True)):
            yield f"The softmax of your result over axis {axis} is right: `jax.nn.softmax` is missing at the end."


def wrong_axis(pair: Pair, clues: Clues = NO_CLUES) -> Iterator[str]:
    """Both are normalised, each over another axis."""
    expected, got = pair.expected, pair.got
    if pair.kind != "f" or expected.ndim < 2 or not (pair.varies(expected) and pair.varies(got)):  # noqa: PLR2004
        return
    for what, holds in (("sums to 1", _sums_to_one), ("has mean 0", _is_centred)):
        mine, yours = ({axis for axis in range(expected.ndim) if holds(pair, one, axis)} for one in (expected, got))
        if len(mine) == 1 and yours and not mine & yours:
            axis, other = min(mine), min(yours)
            change = along_another(clues, other, axis, expected.ndim) or f"set `axis={axis - expected.ndim}`."
            yield (
                f"Your result {what} over axis {other}, and the expected one {what} over axis {axis}. You normalise "
                f"over the wrong axis: {change}"
            )


def _sums_to_one(pair: Pair, values: Array, axis: int) -> bool:
    sums = values.sum(axis)
    return values.shape[axis] > 1 and bool((values >= 0).all()) and pair.fits(np.ones_like(sums), sums)


def _is_centred(pair: Pair, values: Array, axis: int) -> bool:
    means = values.mean(axis)
    return values.shape[axis] > 1 and bool(np.allclose(means, 0, atol=pair.atol + pair.rtol * np.abs(values).max()))
