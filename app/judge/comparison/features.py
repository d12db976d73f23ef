"""Numbers that describe one random result, chosen so that another distribution changes the mean of some of them.

Invariant: a feature is a function of one result and of all results together as a set, never of which side a result came
from. A feature that varies by no more than rounding could make it vary is constant.

Means, squares and products of standardised elements see location, scale and correlation; sines and cosines are the
empirical characteristic function of Epps and Singleton (1986, "An omnibus test for the two-sample problem using the
empirical characteristic function"); what lies beyond a quantile of all elements sees tails; random signs of the values
of integers (Zobrist hashing) see the probabilities of categories. The square of a feature's distance from its mean is a
feature too, since dependence within a result first shows in how much its sums vary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from app.judge.comparison.columns import HEAD, Columns
from app.judge.explain.divergence import What
from sandbox.arrays import Array
from sandbox.tree import KEY

#: Elements that have features of their own, in all leaves together.
_ELEMENTS = 64
#: Leaves that have features of their own; more are put together into so many groups.
_GROUPS = 8
#: Leaves of which each pair is looked at apart, as well as all pairs together.
_PAIRED = 4
#: Elements, of all in a leaf of all results, that make a tail: the most extreme thousandth, but so many at least.
_TAIL, _FEWEST = 0.001, 24
#: Weighted sums of a leaf's elements, and random signs of an integer's values.
_SUMS, _SIGNS = 3, 4
#: Rounding of our own arithmetic on numbers of the order of 1, and more.
_FLOAT = 1e-9
#: Dtypes in which rounding alone makes elements equal, or there are only two values.
_COARSE = frozenset({"bool", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2"})
#: Elements by which a whole result is recognised again.
_MARKS = 16


@dataclass(frozen=True)
class Feature:
    """One number for each result.

    Attributes:
        name: unique among the features of a leaf.
        what: the kind of difference that it shows.
        values: (N,) mean 0 and mean square 1.
        position: the leaf; None for the result as a whole.
        column: the column of the leaf's ``Columns``; None for the leaf as a whole.
        axis: of neighbours.
        other: the second leaf.
        plain: (N,) the feature in its own unit.
        floor: what rounding may change ``values`` by.
    """

    name: str
    what: What
    values: Array
    position: int | None = None
    column: int | None = None
    axis: int | None = None
    other: int | None = None
    plain: Array = field(default_factory=lambda: np.zeros(0))
    floor: float = 0.0


def features(parts: Sequence[Columns], labels: Array, random: np.random.Generator) -> list[Feature]:
    """All features of N results, constant ones left out.

    Args:
        parts: the leaves' columns.
        labels: (N,) 1 for one side, 0 for the other: only tells which leaf of a group is named.
        random: draws weights, signs and elements.
    """
    found = [*_elements(parts, random), *_across(parts), *_twins(parts, random)]
    groups: dict[tuple[int, str], tuple[Array, float, float, Feature]] = {}
    for number, part in enumerate(parts):
        group = number if len(parts) <= _GROUPS else number * _GROUPS // len(parts)
        for feature in _summaries(part, random):
            weight = abs(float(labels @ feature.values))
            total, floor, best, named = groups.get((group, feature.name), (0.0 * feature.values, 0.0, -1.0, feature))
            leading = (weight, feature) if weight > best else (best, named)
            groups[group, feature.name] = (total + feature.values, floor + feature.floor, *leading)
    for total, floor, _, named in groups.values():
        made = _feature(named.name, named.what, total, floor)
        found += [replace(named, values=each.values) for each in made]
    return found


def _feature(name: str, what: What, plain: Array, floor: float) -> Iterator[Feature]:
    """A feature with its distances from the median up to ``floor`` taken for rounding; nothing if it is constant."""
    apart = plain - np.median(plain)
    apart[np.abs(apart) <= floor + _FLOAT] = 0.0
    apart -= apart.mean()
    deviation = float(np.sqrt(np.mean(apart**2)))
    if deviation > _FLOAT:
        yield Feature(name, what, apart / deviation, plain=plain, floor=floor / deviation)


def _with_square(name: str, what: What, plain: Array, floor: float, square: What = "dependence") -> Iterator[Feature]:
    """A feature and how far it is from its mean, which shows the difference ``square``."""
    for feature in _feature(name, what, plain, floor):
        yield feature
        yield from _feature(f"{name} squared", square, feature.values**2, 4 * feature.floor)


def _summaries(part: Columns, random: np.random.Generator) -> Iterator[Feature]:
    """Features of one leaf."""
    for feature in _key_summaries(part) if part.leaf.dtype == KEY else _array_summaries(part, random):
        yield replace(feature, position=part.position)


def _key_summaries(part: Columns) -> Iterator[Feature]:
    """Keys have no right distribution, only to differ: over results, and from each other in one result."""
    rows = np.ascontiguousarray(part.raw)
    _, inverse, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    yield from _feature("twins", "repeats", np.log(counts[inverse.reshape(-1)]), 0.0)
    for axis, (left, right) in part.pairs.items():
        correlation = (part.z[:, left] * part.z[:, right]).mean(axis=1)
        yield from (replace(each, axis=axis) for each in _feature(f"axis {axis}", "dependence", correlation, 0.0))


def _array_summaries(part: Columns, random: np.random.Generator) -> Iterator[Feature]:
    if part.off is not None:
        yield from _feature("off", "value", part.off, 0.0)
    z, slack = part.z[:, part.drawn], float(part.slack[part.drawn].mean())
    count = z.shape[1]
    yield from _with_square("mean", "mean", z.mean(axis=1), slack)
    yield from _with_square("energy", "spread", (z**2).mean(axis=1), 4 * slack, "shape")
    signs = random.choice([-1.0, 1.0], (count, _SUMS)) / np.sqrt(count)
    for number, total in enumerate((z @ signs).T):
        yield from _with_square(f"sum {number}", "mean", total, np.sqrt(count) * slack)
    for frequency in (1, 2):
        yield from _feature(f"sine {frequency}", "shape", np.sin(frequency * z).mean(axis=1), frequency * slack)
        yield from _feature(f"cosine {frequency}", "shape", np.cos(frequency * z).mean(axis=1), frequency * slack)
    yield from _tails("", z, float(part.slack[part.drawn].max()))
    yield from _tails("alike ", *_on_one_scale(part))
    squares = part.z**2 - 1
    for axis, (left, right) in part.pairs.items():
        product = (part.z[:, left] * part.z[:, right]).mean(axis=1)
        for each in _with_square(f"axis {axis}", "dependence", product, 4 * slack):
            yield replace(each, axis=axis if each.name == f"axis {axis}" else None)
        product = (squares[:, left] * squares[:, right]).mean(axis=1)
        yield from _with_square(f"sizes along axis {axis}", "dependence", product, 16 * slack, "shape")
    yield from _exact(part, random)


def _tails(scale: str, z: Array, slack: float) -> Iterator[Feature]:
    """How far elements lie beyond the most extreme ones of all: continuous, so that rounding cannot matter."""
    yield from _feature(f"{scale}largest", "shape", z.max(axis=1), 2 * slack)
    yield from _feature(f"{scale}smallest", "shape", z.min(axis=1), 2 * slack)
    for name, size, multiples in (("beyond", np.abs(z), (1, 3, 10)), ("above", z, (1, 10)), ("below", -z, (1, 10))):
        ordered = np.sort(size, axis=None)
        tail = max(_TAIL * size.size, _FEWEST)
        for multiple in multiples:
            edge = ordered[max(size.size - 1 - int(multiple * tail), size.size // 2)]
            excess = np.clip(size - edge - 2 * slack, 0.0, 0.25)
            floor = 2 * slack * float(np.count_nonzero(excess, axis=1).max())
            yield from _feature(f"{scale}{name} {multiple}", "tails", excess.sum(axis=1), floor)


def _on_one_scale(part: Columns) -> tuple[Array, float]:
    """The drawn elements in standard deviations of all of them together, and the allowance: their ranges may be one."""
    values = part.raw[:, part.drawn] + part.offset[part.drawn]
    finite = np.isfinite(values)
    values = np.where(finite, values, 0.0)
    top = float(np.abs(values).max()) or 1.0
    values /= top
    middle, unit = float(np.median(values)), float(values.std()) or 1.0
    allowance = float(part.allowance[part.drawn].max()) / top / unit
    return np.where(finite, (values - middle) / unit, 0.0), min(allowance, 1e6)


def _exact(part: Columns, random: np.random.Generator) -> Iterator[Feature]:
    """What is counted: NaN and infinities, equal elements of one result, values of integers."""
    raw = part.raw[:, part.drawn]
    for name, found in (("nan", np.isnan(raw)), ("+inf", raw == np.inf), ("-inf", raw == -np.inf)):
        yield from _feature(name, "nonfinite", found.mean(axis=1), 0.0)
    if part.leaf.dtype not in _COARSE:
        ordered = np.sort(raw + part.offset[part.drawn], axis=1)
        ties = np.diff(ordered, axis=1) <= part.allowance[part.drawn].max()
        yield from _feature("ties", "ties", ties.sum(axis=1) / raw.shape[1], 0.0)
    if part.bits is not None:
        bits = part.bits[:, part.drawn]
        yield from _feature("parity", "shape", (bits & np.uint64(1)).mean(axis=1), 0.0)
        odd = random.integers(0, 2**64, (2, _SIGNS), np.uint64) | np.uint64(1)
        for number, (first, second) in enumerate(odd.T):
            mixed = (bits + second) * first
            mixed = (mixed ^ (mixed >> np.uint64(29))) * second
            yield from _feature(f"sign {number}", "shape", (mixed >> np.uint64(63)).mean(axis=1), 0.0)


def _elements(parts: Sequence[Columns], random: np.random.Generator) -> Iterator[Feature]:
    """Mean and spread of single elements: the first and the last of each leaf, and others at random."""
    plain = [part for part in parts if part.leaf.dtype != KEY]
    share = max(_ELEMENTS // max(len(plain), 1), 1)
    for part in plain[:_ELEMENTS]:
        drawn = part.drawn
        inner = random.permutation(drawn[1:-1])[: max(share - 2, 0)]
        for column in dict.fromkeys(map(int, (*drawn[:1], *drawn[-1:][: share - 1], *inner))):
            z, slack = part.z[:, column], float(part.slack[column])
            made = (*_feature(f"{column}", "mean", z, slack), *_feature(f"{column}^2", "spread", z**2, 2 * slack))
            yield from (replace(each, position=part.position, column=column) for each in made)


def _across(parts: Sequence[Columns]) -> Iterator[Feature]:
    """Products of elements of two leaves at the same place in flattening order: a key that was used for both."""
    if len(parts) == 1:
        return
    heads = [part.z[:, :HEAD] for part in parts]
    width = max(head.shape[1] for head in heads)
    slack = max(float(part.slack[:HEAD].mean()) for part in parts)
    if len(parts) <= _PAIRED:
        for first, mine in enumerate(heads):
            for second, yours in enumerate(heads[first + 1 :], first + 1):
                both = min(mine.shape[1], yours.shape[1])
                product = (mine[:, :both] * yours[:, :both]).mean(axis=1)
                for each in _feature(f"{first} {second}", "dependence", product, 4 * slack):
                    yield replace(each, position=parts[first].position, other=parts[second].position)
    total = np.zeros((len(heads[0]), width))
    squares = np.zeros(len(total))
    for head in heads:
        total[:, : head.shape[1]] += head
        squares += (head**2).sum(axis=1)
    yield from _feature("across", "dependence", (total**2).sum(axis=1) - squares, 4 * slack * width * len(parts))


def _twins(parts: Sequence[Columns], random: np.random.Generator) -> Iterator[Feature]:
    """How many other results are the same as this one, within the allowance, by a sample of their elements."""
    varying = [(part, column) for part in parts for column in np.flatnonzero(part.z.any(axis=0))]
    if not varying:
        return
    chosen = random.permutation(len(varying))[:_MARKS]
    rows = len(parts[0].raw)
    near = np.ones((rows, rows), np.bool_)
    for number in chosen:
        part, column = varying[number]
        values = np.where(np.isfinite(part.raw[:, column]), part.raw[:, column], np.finfo(np.float64).max)
        near &= np.abs(values[:, None] - values) <= part.allowance[column]
        if np.count_nonzero(near) == rows:
            return
    yield from _feature("twins", "repeats", np.log(near.sum(axis=1)), 0.0)
