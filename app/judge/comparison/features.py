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
from dataclasses import replace
from functools import partial

import numpy as np

from app.judge.comparison.columns import HEAD, Columns
from app.judge.comparison.drafts import Draft, Feature, scaled
from app.judge.comparison.repeats import near
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
#: Dtypes in which rounding alone makes elements equal, or there are only two values.
_COARSE = frozenset({"bool", "float16", "bfloat16", "float8_e4m3fn", "float8_e5m2"})
#: Elements by which a whole result is recognised again.
_MARKS = 16


def features(parts: Sequence[Columns], labels: Array, random: np.random.Generator) -> list[Feature]:
    """All features of N results, constant ones left out.

    Args:
        parts: the leaves' columns.
        labels: (N,) 1 for one side, 0 for the other: only tells which leaf of a group is named.
        random: draws weights, signs and elements.
    """
    found = [*_elements(parts, random), *_across(parts), *_twins(parts, random)]
    made = ([*_summaries(part, random)] for part in parts)
    if len(parts) <= _GROUPS:
        return scaled([*found, *(draft for drafts in made for draft in drafts)])
    return [*scaled(found), *_grouped((scaled(drafts) for drafts in made), len(parts), labels)]


def _grouped(made: Iterator[list[Feature]], count: int, labels: Array) -> list[Feature]:
    """Sums of features of one name over the ``count`` leaves of each group; the leading leaf is the one named."""
    groups: dict[tuple[int, str], tuple[Array, float, float, Feature]] = {}
    for number, of_leaf in enumerate(made):
        group = number * _GROUPS // count
        for feature in of_leaf:
            weight = abs(float(labels @ feature.values))
            total, floor, best, named = groups.get((group, feature.name), (0.0 * feature.values, 0.0, -1.0, feature))
            leading = (weight, feature) if weight > best else (best, named)
            groups[group, feature.name] = (total + feature.values, floor + feature.floor, *leading)
    sums = [
        Draft(named.name, named.what, total, floor, named.position, named.column, named.axis, named.other)
        for total, floor, _, named in groups.values()
    ]
    plain = {(named.position, named.name): named.plain for *_, named in groups.values()}
    return [replace(each, plain=plain[each.position, each.name]) for each in scaled(sums)]


def _summaries(part: Columns, random: np.random.Generator) -> Iterator[Draft]:
    """Features of one leaf."""
    yield from _key_summaries(part) if part.leaf.dtype == KEY else _array_summaries(part, random)


def _key_summaries(part: Columns) -> Iterator[Draft]:
    """Keys have no right distribution, only to differ: over results, and from each other in one result."""
    rows = np.ascontiguousarray(part.raw)
    _, inverse, counts = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
    yield Draft("twins", "repeats", np.log(counts[inverse.reshape(-1)]), position=part.position)
    for axis, (left, right) in part.pairs.items():
        product = _mean_product(part.z, left, right)
        yield Draft(f"axis {axis}", "dependence", product, position=part.position, axis=axis)


def _array_summaries(part: Columns, random: np.random.Generator) -> Iterator[Draft]:
    draft = partial(Draft, position=part.position)
    if part.off is not None:
        yield draft("off", "value", part.off)
    z, slack = part.z[:, part.drawn], float(part.slack[part.drawn].mean())
    count = z.shape[1]
    yield draft("mean", "mean", z.mean(axis=1), slack, square="dependence")
    yield draft("energy", "spread", np.einsum("ij,ij->i", z, z) / count, 4 * slack, square="shape")
    signs = random.choice([-1.0, 1.0], (count, _SUMS)) / np.sqrt(count)
    for number, total in enumerate((z @ signs).T):
        yield draft(f"sum {number}", "mean", total, np.sqrt(count) * slack, square="dependence")
    sine, cosine = np.sin(z), np.cos(z)
    for frequency, odd, even in ((1, sine, cosine), (2, 2 * sine * cosine, 1 - 2 * sine**2)):
        yield draft(f"sine {frequency}", "shape", odd.mean(axis=1), frequency * slack)
        yield draft(f"cosine {frequency}", "shape", even.mean(axis=1), frequency * slack)
    yield from _tails("", z, float(part.slack[part.drawn].max()), part.position)
    yield from _tails("alike ", *_on_one_scale(part), part.position)
    squares = part.z**2 - 1
    for axis, (left, right) in part.pairs.items():
        product = _mean_product(part.z, left, right)
        yield draft(f"axis {axis}", "dependence", product, 4 * slack, axis=axis, square="dependence")
        product = _mean_product(squares, left, right)
        yield draft(f"sizes along axis {axis}", "dependence", product, 16 * slack, square="shape")
    yield from _exact(part, random)


def _mean_product(values: Array, left: Array, right: Array) -> Array:
    """(N,) the mean over pairs of columns of their products."""
    return np.asarray(np.einsum("ij,ij->i", values[:, left], values[:, right]) / len(left))


def _tails(scale: str, z: Array, slack: float, position: int) -> Iterator[Draft]:
    """How far elements lie beyond the most extreme ones of all: continuous, so that rounding cannot matter."""
    yield Draft(f"{scale}largest", "shape", z.max(axis=1), 2 * slack, position)
    yield Draft(f"{scale}smallest", "shape", z.min(axis=1), 2 * slack, position)
    flat = z.reshape(-1)
    tail, rows = max(_TAIL * z.size, _FEWEST), np.repeat(np.arange(len(z)), z.shape[1])
    above = np.sort(flat)
    below = -above[::-1]
    for name, multiples in (("beyond", (1, 3, 10)), ("above", (1, 10)), ("below", (1, 10))):
        ranks = [max(z.size - 1 - int(multiple * tail), z.size // 2) for multiple in multiples]
        if name == "beyond":
            # The largest sizes are at either end of what is sorted: no more of them need be sorted again.
            most = z.size - ranks[-1]
            ends = above if 2 * most >= z.size else np.concatenate([above[:most], above[-most:]])
            ascending = np.sort(np.abs(ends))
            edges = ascending[[rank - z.size for rank in ranks]] + 2 * slack
        else:
            edges = (above if name == "above" else below)[ranks] + 2 * slack
        # What lies beyond the nearest edge is little, and all that the others need.
        if name == "above":
            places = np.flatnonzero(flat > edges[-1])
        elif name == "below":
            places = np.flatnonzero(flat < -edges[-1])
        else:
            places = np.flatnonzero((flat > edges[-1]) | (flat < -edges[-1]))
        extreme, row = np.abs(flat[places]) if name == "beyond" else flat[places], rows[places]
        extreme = -extreme if name == "below" else extreme
        for multiple, edge in zip(multiples, edges, strict=True):
            excess = np.clip(extreme - edge, 0.0, 0.25)
            floor = 2 * slack * float(np.bincount(row[excess > 0], minlength=1).max())
            yield Draft(f"{scale}{name} {multiple}", "tails", np.bincount(row, excess, len(z)), floor, position)


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


def _exact(part: Columns, random: np.random.Generator) -> Iterator[Draft]:
    """What is counted: NaN and infinities, equal elements of one result, values of integers."""
    draft, raw = partial(Draft, position=part.position), part.raw[:, part.drawn]
    if not np.isfinite(raw).all():
        for name, found in (("nan", np.isnan(raw)), ("+inf", raw == np.inf), ("-inf", raw == -np.inf)):
            yield draft(name, "nonfinite", found.mean(axis=1))
    if part.leaf.dtype not in _COARSE:
        ordered = np.sort(raw + part.offset[part.drawn], axis=1)
        ties = np.diff(ordered, axis=1) <= part.allowance[part.drawn].max()
        yield draft("ties", "ties", np.count_nonzero(ties, axis=1) / raw.shape[1])
    if part.bits is not None:
        bits = part.bits[:, part.drawn]
        yield draft("parity", "shape", (bits & np.uint64(1)).mean(axis=1))
        odd = random.integers(0, 2**64, (2, _SIGNS), np.uint64) | np.uint64(1)
        for number, (first, second) in enumerate(odd.T):
            mixed = (bits + second) * first
            mixed = (mixed ^ (mixed >> np.uint64(29))) * second
            yield draft(f"sign {number}", "shape", (mixed >> np.uint64(63)).mean(axis=1))


def _elements(parts: Sequence[Columns], random: np.random.Generator) -> Iterator[Draft]:
    """Mean and spread of single elements: the first and the last of each leaf, and others at random."""
    plain = [part for part in parts if part.leaf.dtype != KEY]
    share = max(_ELEMENTS // max(len(plain), 1), 1)
    for part in plain[:_ELEMENTS]:
        drawn = part.drawn
        inner = random.permutation(drawn[1:-1])[: max(share - 2, 0)]
        chosen = list(dict.fromkeys(map(int, (*drawn[:1], *drawn[-1:][: share - 1], *inner))))
        rows = np.ascontiguousarray(part.z[:, chosen].T)
        for column, z, square, slack in zip(chosen, rows, rows**2, part.slack[chosen].tolist(), strict=True):
            yield Draft(f"{column}", "mean", z, slack, part.position, column)
            yield Draft(f"{column}^2", "spread", square, 2 * slack, part.position, column)


def _across(parts: Sequence[Columns]) -> Iterator[Draft]:
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
                product = np.einsum("ij,ij->i", mine[:, :both], yours[:, :both]) / both
                place, other = parts[first].position, parts[second].position
                yield Draft(f"{first} {second}", "dependence", product, 4 * slack, place, other=other)
    total = np.zeros((len(heads[0]), width))
    squares = np.zeros(len(total))
    for head in heads:
        total[:, : head.shape[1]] += head
        squares += (head**2).sum(axis=1)
    yield Draft("across", "dependence", (total**2).sum(axis=1) - squares, 4 * slack * width * len(parts))


def _twins(parts: Sequence[Columns], random: np.random.Generator) -> Iterator[Draft]:
    """How many other results are the same as this one, within the allowance, by a sample of their elements."""
    varying = [(part, column) for part in parts for column in np.flatnonzero(part.z.any(axis=0))]
    if not varying:
        return
    chosen = [varying[number] for number in random.permutation(len(varying))[:_MARKS]]
    marks = np.stack([part.raw[:, column] for part, column in chosen], axis=1)
    marks[~np.isfinite(marks)] = np.finfo(np.float64).max
    counts = near(marks, np.array([part.allowance[column] for part, column in chosen]))
    yield Draft("twins", "repeats", np.log(counts))
