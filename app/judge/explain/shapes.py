"""What made a result of the wrong shape, as far as the numbers or the named sizes show it.

Invariant: a sentence about values is claimed only where they fit everywhere; one about sizes only where the sizes are
those of the case, each with a single name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.fitting import Pair
from app.judge.explain.remedies.reductions import by_axis, reduced_by
from app.judge.explain.remedies.scans import every_state
from app.judge.explain.remedies.slices import added_axis, window
from app.judge.explain.wording import size_name
from sandbox.arrays import Array

#: What swaps axes, and swaps them back.
_SWAPPED = "use `jnp.swapaxes`, or look at `in_axes`, `out_axes` and the letters of an `einsum`."
#: What makes a result too long or too short.
_ENDS = "look at the ends of a range or a slice, at padding, and at whether the start belongs to the result."


def value_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """Every explanation whose numbers fit, most specific first."""
    yield from _outer(pair)
    yield from _unreduced(pair)
    yield from _transposed(pair, clues)
    yield from _extra_axes(pair, clues)
    yield from _unfilled(pair)
    yield from _reduced(pair, clues)
    yield from _cut_or_padded(pair, arguments, clues)
    yield from _reshaped(pair)


def size_sentences(pair: Pair, arguments: Mapping[str, Array], clues: Clues = NO_CLUES) -> Iterator[str]:
    """What the named sizes tell, where the numbers do not."""
    yield from _other_axis(pair, arguments, clues)
    yield from _lost_axis(pair)
    yield from _left_axis(pair)


def _unreduced(pair: Pair) -> Iterator[str]:
    got = pair.got
    if got.ndim != pair.expected.ndim + 1 or min(got.shape, default=0) < 1:
        return
    for axis in range(got.ndim):
        if got.shape[axis] <= 1:
            continue
        if axis == 0 and pair.fits(pair.expected, got.sum(0)):
            yield (
                "Summed over its first axis your result is right: per-example gradients not summed. Add `.sum(axis=0)`."
            )
        elif axis == 0 and pair.fits(pair.expected, got.mean(0)):
            yield (
                "Averaged over its first axis your result is right: per-example gradients not averaged. Add "
                "`.mean(axis=0)`."
            )
        elif pair.fits(pair.expected, got.sum(axis)):
            yield f"Summed over axis {axis} your result is right: add `.sum(axis={axis})`."
        elif pair.fits(pair.expected, got.mean(axis)):
            yield f"Averaged over axis {axis} your result is right: add `.mean(axis={axis})`."
        elif pair.fits(pair.expected, got.max(axis)):
            yield f"The maximum of your result over axis {axis} is right: add `.max(axis={axis})`."
        elif pair.fits(pair.expected, np.take(got, -1, axis)):
            yield (
                f"The last entry of your result along axis {axis} is right: it holds every step, and only the last "
                "one is asked for."
            )


def _transposed(pair: Pair, clues: Clues) -> Iterator[str]:
    if pair.got.ndim <= 1:
        return
    if pair.fits(pair.expected, pair.got.T):
        yield (
            "Your result is the expected array transposed: use `.T`, or look at the order of a product and at "
            "`in_axes`."
        )
        return
    for one in range(pair.got.ndim):
        for other in range(one + 1, pair.got.ndim):
            if pair.fits(pair.expected, np.swapaxes(pair.got, one, other)):
                letters = clues.swapped_letters(one, other)
                yield (
                    f"Your result is the expected array with axes {one} and {other} swapped"
                    f"{f'. {letters}' if letters else f': {_SWAPPED}'}"
                )


def _extra_axes(pair: Pair, clues: Clues) -> Iterator[str]:
    wanted, found = ([size for size in array.shape if size != 1] for array in (pair.expected, pair.got))
    if wanted != found:
        return
    if pair.got.ndim > pair.expected.ndim:
        same = pair.got.ndim == pair.expected.ndim + 1 and pair.fits(pair.expected.reshape(-1), pair.got.reshape(-1))
        if same and (added := added_axis(clues)):
            yield added
        yield (
            "Your result has an extra axis of size 1: index it away (`[..., 0]`), use `.squeeze()`, or do not make it "
            "(`keepdims=True`, `[:, None]`)."
        )
    elif pair.got.ndim < pair.expected.ndim:
        yield "Your result lacks an axis of size 1: keep it (`keepdims=True`), or add it with `[:, None]`."


def _outer(pair: Pair) -> Iterator[str]:
    square = pair.expected.ndim == 1 and pair.got.shape == pair.expected.shape * 2
    if square and pair.fits(pair.expected, np.diagonal(pair.got)):
        yield (
            "The diagonal of your result is right: an array of shape (n, 1) and one of shape (n,) were broadcast "
            "against each other. "
            "Give both the same shape first."
        )


def _unfilled(pair: Pair) -> Iterator[str]:
    try:
        filled = np.broadcast_to(pair.got, pair.expected.shape)
    except ValueError:
        return
    if pair.fits(pair.expected, filled):
        yield "Your result would match by broadcasting only: make the whole array, for example with `jnp.broadcast_to`."


def _reduced(pair: Pair, clues: Clues) -> Iterator[str]:
    if pair.expected.ndim <= pair.got.ndim or pair.expected.size <= pair.got.size:
        return
    axes: list[int | None] = [*range(pair.expected.ndim)] if pair.expected.ndim == pair.got.ndim + 1 else []
    for axis in (*axes, None) if pair.got.ndim == 0 and pair.expected.ndim > 1 else axes:
        over = "all axes" if axis is None else f"axis {axis}"
        reductions = (
            ("summed", pair.expected.sum(axis)),
            ("averaged", pair.expected.mean(axis)),
            ("reduced to its maximum", pair.expected.max(axis)),
        )
        for verb, reduced in reductions:
            if pair.fits(np.asarray(reduced), pair.got):
                by = reduced_by(clues, verb)
                yield (
                    f"Your result is the expected one {verb} over {over}"
                    f"{f'. {by}' if by else ': leave that reduction out, or name the axis that is meant (`axis=`).'}"
                )
    if axes and pair.fits(np.take(pair.expected, -1, 0), pair.got):
        yield every_state(clues) or (
            "Your result is the last row of the expected one: return every step, as the second result of `lax.scan` "
            "has it."
        )


def _cut_or_padded(pair: Pair, arguments: Mapping[str, Array], clues: Clues) -> Iterator[str]:
    """One is a window of the other along a single axis."""
    wanted, found = pair.expected.shape, pair.got.shape
    axes = [axis for axis, sizes in enumerate(zip(wanted, found, strict=False)) if sizes[0] != sizes[1]]
    if len(wanted) != len(found) or len(axes) != 1 or min(*wanted, *found) < 1:
        return
    (axis,) = axes
    long, short = (pair.got, pair.expected) if found[axis] > wanted[axis] else (pair.expected, pair.got)
    length, spare = short.shape[axis], long.shape[axis] - short.shape[axis]
    starts = [s for s in range(spare + 1) if pair.fits(short, np.take(long, range(s, s + length), axis))]
    if not starts or length < 2:  # noqa: PLR2004 - one number fits somewhere soon
        return
    start = starts[0]
    first = pair.named(long[0], arguments) if axis == 0 and start == spare == 1 else ""
    if first:
        yield _start_text(first, missing=long is pair.expected)
    entries = f"{spare} {'entry is' if spare == 1 else 'entries are'}"
    is_input = any(wanted[axis] in value.shape for value in arguments.values())
    mode = window(clues, short=long is pair.expected) if is_input else ""
    where = f"from index {start} of axis {axis} on, and {entries}"
    said = (
        f"The expected result is a part of yours, {where} too many"
        if long is pair.got
        else f"Your result is a part of the expected one, {where} missing"
    )
    yield f"{said}. {mode}" if mode else f"{said}: {_ENDS}"


def _start_text(name: str, *, missing: bool) -> str:
    """That the start of a recurrence, which is an argument, is not in the result or should not be."""
    if missing:
        return (
            f"The first entry is missing, the argument `{name}`: `jax.lax.scan` returns only the states after each "
            f"step. Put the start in front: `jnp.concatenate([{name}[None], ...])`."
        )
    return f"The first entry of your result, the argument `{name}`, is too much: the rest is the expected result."


def _reshaped(pair: Pair) -> Iterator[str]:
    if pair.fits(pair.expected.reshape(-1), pair.got.reshape(-1)):
        yield "Your result has the right numbers in the right order, in another shape: reshape it."


def _other_axis(pair: Pair, arguments: Mapping[str, Array], clues: Clues) -> Iterator[str]:
    """One named size stands where another is expected, as after a reduction over the other axis."""
    wanted, found = pair.expected.shape, pair.got.shape
    axes = [axis for axis, sizes in enumerate(zip(wanted, found, strict=False)) if sizes[0] != sizes[1]]
    if len(wanted) != len(found) or len(axes) != 1:
        return
    names = [size_name(shape[axes[0]], pair.sizes) for shape in (wanted, found)]
    if all(names):
        said = f"Axis {axes[0]} has the size {names[1]} where {names[0]} is expected"
        matrices = [value.shape for value in arguments.values() if value.ndim == 2]  # noqa: PLR2004 - one axis is left
        pairs = [shape for shape in matrices if {*shape} == {wanted[axes[0]], found[axes[0]]}]
        if len(wanted) == 1 and len(pairs) == 1:
            over, meant = (pairs[0].index(shape[0]) for shape in (wanted, found))
            if axis := by_axis(clues, over, 2):
                yield (
                    f"{said}: {axis} reduces over {names[0]}. Write `axis={meant}`, which reduces over {names[1]} and "
                    f"keeps {names[0]}."
                )
        yield (
            f"{said}: the reduction, or the mapping (`in_axes`), is over the wrong axis. Reduce over {names[1]} and "
            f"keep {names[0]}."
        )


def _lost_axis(pair: Pair) -> Iterator[str]:
    """The expected shape without some of its named axes."""
    missing = _without(pair.expected, pair.got)
    names = [size_name(size, pair.sizes) for size in missing]
    if missing and all(names):
        yield (
            f"The axis {' and the axis '.join(map(str, names))} of the result is gone: keep it, by naming the axis to "
            "reduce over (`axis=`), by mapping with `jax.vmap`, or by returning every step."
        )


def _left_axis(pair: Pair) -> Iterator[str]:
    """A named axis too many."""
    extra = _without(pair.got, pair.expected)
    names = [size_name(size, pair.sizes) for size in extra]
    if extra and all(names):
        yield (
            f"The axis {' and the axis '.join(map(str, names))} is left over: reduce over it, or do not let "
            "broadcasting or `jax.vmap` make it."
        )


def _without(larger: Array, smaller: Array) -> list[int]:
    """Sizes of ``larger`` that are not in ``smaller``, if the rest is the same in the same order; else nothing."""
    left, rest = [], list(smaller.shape)
    for size in larger.shape:
        if rest and rest[0] == size:
            rest.pop(0)
        else:
            left.append(size)
    return left if not rest else []
