"""The elements of random results that are looked at, side by side and on one scale.

A leaf of N results becomes a matrix with a row per result and a column per sampled element. Invariant: which elements
are sampled depends on the leaf's shape and the seed alone, and how a column is scaled on the N values together, never
on which side a value came from: that is what keeps a permutation test exact. What is within the ordinary allowance of a
column's centre counts as the centre, so that rounding is never taken for a distribution.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.judge.comparison.compare import compare
from app.problems.model import Tolerance
from sandbox.arrays import Array
from sandbox.tree import KEY, Leaf

#: Leaves up to this size are looked at whole; a complex element counts as two.
_WHOLE = 256
#: Elements drawn from a larger leaf, one from each of as many equal stretches; each comes with its neighbours.
_DRAWN = 96
#: Leading elements of every leaf that are looked at, to be held against those of other leaves.
HEAD = 64
#: Axes along which neighbours are held against each other: the first ones and the last ones of more.
_AXES = 4
#: Standard deviations beyond which all values count alike.
_CLIP = 8.0
#: The quartiles of a normal distribution are this many standard deviations apart.
_QUARTILES = 1.349
#: The standard deviation says little where it is this many times what the quartiles say.
_HEAVY = 3.0


@dataclass(frozen=True)
class Columns:
    """The sampled elements of one leaf over all results.

    Attributes:
        leaf: what was sampled.
        position: its index in flattening order.
        shape: of the leaf as real numbers: with a last axis of 2 for complex elements and for key data.
        places: the flat indices of the K columns in ``shape``, ascending.
        raw: (N, K) the values as float64, of integers less the smallest of their column; not all finite.
        offset: (K,) what was taken off.
        bits: (N, K) integers modulo 2**64; None for other dtypes.
        z: (N, K) values in standard deviations from the mean of their column, at most ``_CLIP`` of them; 0 for what is
            not finite, and for columns that do not vary beyond the allowance.
        slack: (K,) the allowance in these units; 0 for columns that do not vary.
        allowance: (K,) the same in the units of ``raw``.
        drawn: the columns that stand for the leaf.
        pairs: axis -> columns and their next neighbours along it.
        off: (N,) for a larger leaf whose columns do not vary: whether any of its elements is not the common one.
    """

    leaf: Leaf
    position: int
    shape: tuple[int, ...]
    places: Array
    raw: Array
    offset: Array
    bits: Array | None
    z: Array
    slack: Array
    allowance: Array
    drawn: Array
    pairs: dict[int, tuple[Array, Array]]
    off: Array | None

    def index(self, column: int) -> tuple[int, ...]:
        """Which element of the leaf a column is."""
        whole = tuple(int(axis) for axis in np.unravel_index(int(self.places[column]), self.shape))
        return whole[: len(self.leaf.shape)]


def columns(  # noqa: PLR0913, PLR0917
    leaf: Leaf, position: int, arrays: Sequence[Array], tolerance: Tolerance, smaller: int, random: np.random.Generator
) -> Columns:
    """The columns of one leaf.

    Args:
        leaf: its dtype and shape, with at least one element.
        position: its index in flattening order.
        arrays: the leaf in each of N results.
        tolerance: of its dtype.
        smaller: results of the side that has fewer.
        random: draws the elements.
    """
    keys, paired = leaf.dtype == KEY, np.iscomplexobj(arrays[0])
    shape = (*leaf.shape, 2) if keys or paired else leaf.shape
    places, drawn, pairs = _places(shape, random, keys=keys)
    elements = places // 2 if paired else places
    if len(places) == math.prod(shape):
        values = np.stack(arrays).reshape(len(arrays), -1)[:, elements]
    else:
        values = np.stack([array.reshape(-1)[elements] for array in arrays])
    if paired:
        values = np.where(places % 2, values.imag, values.real)
    raw, offset = _real(values)
    z, slack, allowance = _standardised(raw, offset, tolerance, smaller)
    bits = values.astype(np.uint64) if values.dtype.kind in "iu" else None
    unseen = not z.any() and len(places) < math.prod(shape)
    off = _off(leaf, arrays, tolerance, smaller) if unseen else None
    return Columns(leaf, position, shape, places, raw, offset, bits, z, slack, allowance, drawn, pairs, off)


def _off(leaf: Leaf, arrays: Sequence[Array], tolerance: Tolerance, smaller: int) -> Array | None:
    """Which arrays are not, by the ordinary comparison, the one that as many share as the smaller side has results."""
    digests = [hashlib.blake2b(array.tobytes()).digest() for array in arrays]
    common, count = Counter(digests).most_common(1)[0]
    if count < smaller:
        return None
    first = dict(zip(digests, arrays, strict=True))
    tolerances = {leaf.dtype: tolerance}
    wrong = {
        digest: compare(leaf, [first[common]], leaf, [array], tolerances) is not None for digest, array in first.items()
    }
    return np.array([wrong[digest] for digest in digests], np.float64)


def _places(
    shape: tuple[int, ...], random: np.random.Generator, *, keys: bool
) -> tuple[Array, Array, dict[int, tuple[Array, Array]]]:
    """Flat indices of what is sampled, where in them the drawn ones are, and the pairs of neighbours by axis."""
    size = math.prod(shape)
    if size <= _WHOLE:
        drawn = np.arange(size)
    else:
        edges = np.linspace(0, size, _DRAWN + 1).astype(np.int64)
        drawn = np.unique([0, size - 1, *random.integers(edges[:-1], edges[1:])])
    # The two words of a key are no neighbours.
    long = [axis for axis, length in enumerate(shape[: len(shape) - keys]) if length > 1]
    if len(long) > _AXES:
        long = [*long[: _AXES // 2], *long[-_AXES // 2 :]]
    following = {}
    for axis in long:
        stride = math.prod(shape[axis + 1 :])
        at = drawn // stride % shape[axis]
        following[axis] = drawn + np.where(at + 1 < shape[axis], stride, stride * (1 - shape[axis]))
    places = np.unique(np.concatenate([np.arange(min(size, HEAD)), drawn, *following.values()]))
    left = np.searchsorted(places, drawn)
    return places, left, {axis: (left, np.searchsorted(places, right)) for axis, right in following.items()}


def _real(values: Array) -> tuple[Array, Array]:
    """Values as float64, and what was taken off each column: its smallest integer, so that large ones stay apart."""
    if values.dtype.kind not in "iu":
        return values.astype(np.float64), np.zeros(values.shape[1])
    least = values.min(axis=0)
    # Subtraction modulo 2**64 is exact, since the difference is not negative.
    return (values.astype(np.uint64) - least.astype(np.uint64)).astype(np.float64), least.astype(np.float64)


def _standardised(raw: Array, offset: Array, tolerance: Tolerance, smaller: int) -> tuple[Array, Array, Array]:
    """``z``, ``slack`` and ``allowance`` of ``Columns``.

    The centre is a value that as many results share as the smaller side has, or else the median: a column that is
    constant in the reference is compared with that constant. The unit is the standard deviation, or for heavy tails
    what it would be for a normal distribution of the same quartiles.
    """
    finite = np.isfinite(raw)
    top = np.max(np.abs(raw), axis=0, where=finite, initial=0.0)
    top[top == 0] = 1.0
    scaled = raw / top  # so that no square overflows
    if not finite.all():
        count = np.maximum(finite.sum(axis=0), 1)
        scaled = np.where(finite, scaled, np.sum(scaled, axis=0, where=finite) / count)
    ordered = np.sort(scaled, axis=0)
    rows = len(ordered)
    shared = ordered[smaller - 1 :] == ordered[: rows - smaller + 1]
    common = np.take_along_axis(ordered, np.argmax(shared, axis=0)[None], axis=0)[0]
    centre = np.where(shared.any(axis=0), common, (ordered[(rows - 1) // 2] + ordered[rows // 2]) / 2)
    allowance = tolerance.atol / top + tolerance.rtol * np.abs(centre + offset / top)
    apart = scaled - centre
    apart[np.abs(apart) <= allowance] = 0.0
    deviation = apart.std(axis=0)
    quartiles = (ordered[3 * (rows - 1) // 4] - ordered[(rows - 1) // 4]) / _QUARTILES
    unit = np.where((quartiles > allowance) & (deviation > _HEAVY * quartiles), quartiles, deviation)
    varies = (unit > 0) & np.any(apart != apart[0], axis=0)
    unit = np.where(varies, unit, 1.0)
    z = np.where(varies & finite, np.clip((apart - apart.mean(axis=0)) / unit, -_CLIP, _CLIP), 0.0)
    return z, np.where(varies, allowance / unit, 0.0), allowance * top
