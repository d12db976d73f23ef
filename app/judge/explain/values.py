"""Signs, factors, offsets and orders that make a result of the right shape and dtype wrong.

Invariant: a sentence is claimed only where the numbers fit everywhere, up to rounding, and where fitting means
something: one number repeated is never "off by a constant offset", and a factor is named only if people make mistakes
with it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

import numpy as np

from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.fitting import LARGEST, Pair, times
from app.judge.explain.remedies.reductions import exchanged
from app.judge.explain.remedies.slices import moved
from app.judge.explain.wording import number_text, size_name
from sandbox.arrays import Array

#: Factors that people lose or add, of either sign and either way round; any other but a size's says nothing.
_FACTORS = (2, 3, 4)
#: Two examples say nothing about a batch size: a lost factor 2 looks the same.
_SMALLEST_BATCH = 3
#: Fewer numbers than this are turned into others by too many functions.
_FEWEST = 2
#: What puts everything one place further on.
_OFF_BY_ONE = "Look at an index, at the start of a range, and at whether a value is taken before or after its update."
#: What swaps axes.
_SWAPPED = "look at `in_axes`, `out_axes` and the letters of an `einsum`."
#: Constants between one unit or base and another, with what lies between them.
_CONSTANTS = (
    (math.log(2), "by the logarithm of 2: natural logarithm and base 2 (`jnp.log`, `jnp.log2`) are mixed up"),
    (math.log(10), "by the logarithm of 10: natural logarithm and base 10 (`jnp.log`, `jnp.log10`) are mixed up"),
    (math.pi, "by pi"),
    (2 * math.pi, "by 2 pi"),
    (math.pi / 180, "by pi/180: degrees and radians (`jnp.radians`) are mixed up"),
)


def scale_sentences(pair: Pair, clues: Clues = NO_CLUES) -> Iterator[str]:
    """A sign, an order of axes or a factor that is wrong everywhere, most specific first."""
    yield from _negated(pair)
    yield from _transposed(pair, clues)
    yield from _scaled(pair, clues)


def order_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """The right numbers, all of them shifted, or elsewhere."""
    yield from _shifted(pair)
    yield from _reordered(pair, arguments, clues)


def close(pair: Pair) -> bool:
    """Whether the numbers nearly agree: every other pattern that moves them little would fit as well."""
    return pair.kind in "fc" and pair.fits(pair.expected, pair.got)


def _negated(pair: Pair) -> Iterator[str]:
    if pair.kind != "b" and pair.expected.any() and pair.fits(pair.expected, -pair.got):
        yield "The sign is flipped: every element is the expected one negated."


def _transposed(pair: Pair, clues: Clues) -> Iterator[str]:
    got = pair.got
    if got.ndim > 1 and pair.fits(pair.expected, got.T):
        yield (
            "Your result is the expected array transposed: use `.T`, or look at the order of a product and at "
            "`in_axes`."
        )
        return
    for one in range(got.ndim):
        for other in range(one + 1, got.ndim):
            if pair.varies(got) and pair.fits(pair.expected, np.swapaxes(got, one, other)):
                letters = clues.swapped_letters(one, other)
                yield (
                    f"Your result is the expected array with axes {one} and {other} swapped"
                    f"{f'. {letters}' if letters else f': {_SWAPPED}'}"
                )


def _scaled(pair: Pair, clues: Clues) -> Iterator[str]:
    factor = pair.factor()
    if factor is None:
        yield from _repeated(pair, clues)
        return
    for ratio, found, wanted in ((factor, "sum", "mean"), (1 / factor, "mean", "sum")):
        count = round(ratio) if abs(ratio) <= LARGEST else 0
        name = size_name(count, pair.sizes)
        if name and count >= _SMALLEST_BATCH and pair.near(ratio, count):
            yield (
                f"Your result is {times(factor)} the expected one, and {name} = {count}: off by the batch size, a "
                f"{found} where a {wanted} is expected. {exchanged(clues, found, wanted)}"
            ).rstrip()
    counts = {*_FACTORS, *pair.sizes.values()}
    known = any(pair.near(ratio, count) for ratio in (abs(factor), 1 / abs(factor)) for count in counts if count > 1)
    if known and pair.expected.size > 1:
        square = ", such as the 2 in the derivative of a square" if pair.near(abs(factor), 0.5) else ""
        yield f"Your result is {times(factor)} the expected one: look for a constant factor{square}."
    yield from _uncommon_factor(pair, factor)


def _repeated(pair: Pair, clues: Clues) -> Iterator[str]:
    """One number again and again, off by a size: that may be chance, and is told as what it would be."""
    mine, yours = (array.reshape(-1) for array in (pair.expected, pair.got))
    if pair.kind != "f" or mine.size < _FEWEST or pair.varies(mine) or pair.varies(yours) or not mine.all():
        return
    factor = float(yours[0] / mine[0])
    for size in sorted(size for size in pair.sizes.values() if size >= _SMALLEST_BATCH):
        name = size_name(size, pair.sizes)
        for ratio, found, wanted in ((factor, "sum", "mean"), (1 / factor if factor else 0.0, "mean", "sum")):
            if name and pair.near(ratio, size):
                yield (
                    f"Your result is {times(factor)} the expected one, and {name} = {size}: that is what a {found} "
                    f"over {name} gives where a {wanted} is expected. {exchanged(clues, found, wanted)}"
                ).rstrip()


def _uncommon_factor(pair: Pair, factor: float) -> Iterator[str]:
    for constant, what in _CONSTANTS:
        if any(pair.near(ratio, constant) for ratio in (abs(factor), 1 / abs(factor))):
            yield f"Your result is off {what}."
    for ratio, word in ((factor, "large"), (1 / factor, "small")):
        for size in sorted({size for size in pair.sizes.values() if size >= _SMALLEST_BATCH}):
            name = size_name(size, pair.sizes)
            if name is None:
                continue
            root = math.sqrt(size)
            if pair.near(abs(ratio), root) and not root.is_integer():
                yield (
                    f"Your result is too {word} by the square root of {name} = {size}: look at how it is scaled by "
                    f"{name}."
                )
            for power, what in ((1, ""), (0.5, " its root,")):
                if pair.near(ratio, (size / (size - 1)) ** power):
                    divided = (f"{name} - 1", name) if word == "large" else (name, f"{name} - 1")
                    yield (
                        f"Your result is too {word} by {name} / ({name} - 1) with {name} = {size},{what} as where a "
                        "variance "
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


def _reordered(pair: Pair, arguments: Mapping[str, Array], clues: Clues) -> Iterator[str]:
    expected, got = pair.expected, pair.got
    if pair.kind in "bc" or expected.size <= 1 or not pair.varies(expected):
        return
    if pair.fits(np.flip(expected), got):
        yield "Your result has the right numbers in reverse order."
    for axis in range(expected.ndim):
        if expected.ndim > 1 and pair.fits(np.flip(expected, axis), got):
            yield f"Your result has the right numbers in reverse order along axis {axis}."
        yield from _rolled(pair, axis, arguments, clues)
    if pair.fits(np.sort(expected, axis=None), np.sort(got, axis=None)):
        yield "Your result has the right numbers in another order."


def _rolled(pair: Pair, axis: int, arguments: Mapping[str, Array], clues: Clues) -> Iterator[str]:
    """Everything one place further on, or back; at the open end stands anything."""
    expected, got, size = pair.expected, pair.got, pair.expected.shape[axis]
    if size < 3:  # noqa: PLR2004 - of two, a shift is a swap
        return
    early, late = range(size - 1), range(1, size)
    moves = (
        (1, np.take(expected, early, axis), np.take(got, late, axis), "high"),
        (-1, np.take(expected, late, axis), np.take(got, early, axis), "low"),
    )
    for step, mine, yours, word in moves:
        if pair.varies(mine) and pair.fits(mine, yours):
            around = ", rolled around at the end" if pair.fits(np.roll(expected, step, axis), got) else ""
            start = pair.named(got[0], arguments) if axis == 0 and step == 1 else ""
            if start:
                yield (
                    f"Your result starts with the argument `{start}`, and everything is one place too late: each step "
                    "puts out "
                    "the state that it was given. Compute the new state first, then put that out: in the body of "
                    "`jax.lax.scan`, `return new, new`."
                )
            every = "Every entry" if expected.ndim == 1 else f"Along axis {axis} every entry"
            cut = moved(clues, late=step == 1) if axis == 0 and not around else ""
            yield f"{every} stands one index too {word}{around}. {cut or _OFF_BY_ONE}"
