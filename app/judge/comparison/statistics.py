"""Whether random results come from the reference's distribution: a test with a known rate of false rejections.

Each result is computed from a PRNG key of its own. If program and reference have one distribution, the n + m results
are exchangeable, whatever the dependence within a result. So for any features of a result, the largest of their
two-sample statistics is as likely to be as large as it is after any exchange of results between the sides: the
permutation test of the maximum, which holds the family-wise error exactly (Westfall & Young 1993, "Resampling-Based
Multiple Testing"). Its p-value from B random permutations is ``(1 + count) / (1 + B)`` (Phipson & Smyth 2010,
"Permutation P-values Should Never Be Zero").

Invariant: an honest program is rejected with a probability of at most ``RATE``, over keys; the same results and the
same seed give the same decision; nothing here raises for arrays that carry their tree. Parts that do not depend on the
key are no exception. A leaf that is constant in the reference has features like any other, 0 within the ordinary
allowance of that constant, and is rejected where it is off in more results than chance explains (7 % of 256). One
deviation would not do: 256 equal results do not prove a leaf constant, and a rare event in an honest result would be
refused far too often.

The judge's keys have to be independent. What the test cannot see: which value belongs to which key, repetitions of
fewer than about twenty results, keys that a program hands on unchanged (unless
its inputs are among the leaves), and differences far below the noise of its n + m results.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.judge.comparison.columns import Columns, columns
from app.judge.comparison.drafts import Feature
from app.judge.comparison.features import features
from app.judge.comparison.tolerances import tolerance_for
from app.judge.explain.divergence import ORDER, Divergence
from app.problems.model import Tolerance
from sandbox.arrays import Array
from sandbox.tree import Tree, leaves

#: The probability of rejecting a program whose results have the reference's distribution, at most.
RATE = 1e-3
#: Random permutations. With 4,999 a p-value of at most ``RATE`` means that at most 4 of them reach the statistic.
PERMUTATIONS = 4999

#: A kind of difference is told only if its statistic is this much of the largest: the others may follow from it.
_CLEAR = 1 / 3
#: Permutations made at a time: few at first, since most honest results are known after these, then twice as many.
_FIRST, _BLOCK = 32, 500
#: Permutations that only decide which of several certain differences is told.
_FEW = 100
#: Relative error of a float32 sum over results, and more: what is as near to the statistic has reached it.
_ROUNDING = 1e-5
#: Nothing is counted where the p-value is at most this much of its rate by a bound: fewer than 1 in 10**8 such tests
#: would have found, among their permutations, the 5 that it takes to change the decision.
_BEYOND_DOUBT = 0.01


@np.errstate(all="ignore")
def compare_samples(  # noqa: PLR0913
    tree: Tree,
    expected: Sequence[Sequence[Array]],
    got: Sequence[Sequence[Array]],
    seed: int,
    tolerances: Mapping[str, Tolerance] | None = None,
    *,
    tests: int = 1,
) -> Divergence | None:
    """The clearest difference between two samples of results, or None if one distribution explains them.

    Args:
        tree: the type of every result.
        expected: n results of the reference, each the arrays of the leaves in flattening order, keys as their data.
        got: m results of the program, likewise, from other keys.
        seed: of permutations, sampled elements and weights; not known to the author of the program.
        tolerances: the problem's overrides of the per-dtype defaults.
        tests: how many such tests decide on one program; each is held to ``RATE / tests``, so that together they
            reject an honest one with a probability of at most ``RATE`` (Bonferroni).
    """
    if not expected or not got:
        return None
    sides = len(expected), len(got)
    random = np.random.default_rng(seed % 2**64)
    labels = np.repeat(np.array([0, 1], np.float32), sides)
    parts = [
        columns(
            leaf,
            position,
            [result[position] for result in (*expected, *got)],
            tolerance_for(leaf.dtype, tolerances or {}),
            min(sides),
            random,
        )
        for position, (_, leaf) in enumerate(leaves(tree))
        if expected[0][position].size
    ]
    found = features(parts, labels, random) if parts else []
    if not found:
        return None
    matrix = np.stack([feature.values for feature in found]).astype(np.float32)
    observed = np.abs(matrix @ labels).astype(np.float64)
    chances = _chances(matrix, labels, observed, random, tests)
    if chances is None:
        return None
    clear = (chances * tests <= RATE * (1 + _ROUNDING)) & (observed >= _CLEAR * observed.max())
    chosen = min(np.flatnonzero(clear), key=lambda number: (ORDER.index(found[number].what), -observed[number]))
    paths = [path for path, _ in leaves(tree)]
    return _divergence(found[chosen], {part.position: part for part in parts}, paths, sides, float(chances[chosen]))


def _chances(matrix: Array, labels: Array, observed: Array, random: np.random.Generator, tests: int) -> Array | None:
    """The p-value of each of K features, or a bound on it; None if none is significant."""
    bound = _bound(matrix, labels, float(observed.max()))
    if bound * tests <= RATE * _BEYOND_DOUBT:
        # What else is as good as certain only matters for the words: whatever no permutation of a few reaches.
        greatest = _permuted(matrix, labels, random, _FEW).max()
        return np.where(observed > greatest, bound, 1.0)
    permutations = (1 + PERMUTATIONS) * tests - 1
    greatest = _greatest(matrix, labels, float(observed.max()), random, permutations)
    if greatest is None:
        return None
    return (1 + np.searchsorted(-greatest, -observed * (1 - _ROUNDING), side="right")) / (1 + permutations)


def _bound(matrix: Array, labels: Array, observed: float) -> float:
    """A bound on the share of all permutations whose largest statistic reaches ``observed``.

    A statistic is, but for its sign, the sum of a feature over the smaller side: of k values drawn without replacement
    from ones with mean 0, mean square 1 and a largest size b. Bernstein's inequality bounds how often it reaches s by
    ``2 exp(-s**2 / (2 (k + b s / 3)))``, without replacement as well (Hoeffding 1963, "Probability Inequalities for
    Sums of Bounded Random Variables", theorem 4); never does it exceed the sum of all positive values. Features are
    counted together by the union bound.
    """
    smaller = min(np.count_nonzero(labels), np.count_nonzero(labels == 0))
    s = observed * (1 - _ROUNDING)
    sizes = np.abs(matrix)
    reaching = sizes.sum(axis=1) / 2 >= s
    largest = sizes[reaching].max(axis=1, initial=0.0).astype(np.float64)
    return float(np.sum(2 * np.exp(-(s**2) / (2 * (smaller + largest * s / 3)))))


def _greatest(
    matrix: Array, labels: Array, observed: float, random: np.random.Generator, permutations: int
) -> Array | None:
    """The largest statistic of each permutation, descending; None as soon as the p-value must exceed its rate."""
    allowed = int(RATE * (1 + PERMUTATIONS)) - 1
    found, made, reached = [], 0, 0
    while made < permutations:
        found.append(_permuted(matrix, labels, random, min(max(made, _FIRST), _BLOCK, permutations - made)))
        made += len(found[-1])
        reached += int(np.count_nonzero(found[-1] >= observed * (1 - _ROUNDING)))
        if reached > allowed:
            return None
    return -np.sort(-np.concatenate(found))


def _permuted(matrix: Array, labels: Array, random: np.random.Generator, count: int) -> Array:
    """(count,) the largest statistic after each of so many exchanges of results between the sides."""
    shuffled = np.tile(labels, (count, 1))
    largest = np.abs(random.permuted(shuffled, axis=1, out=shuffled) @ matrix.T).max(axis=1)
    return np.asarray(largest, np.float64)


def _divergence(
    feature: Feature, parts: Mapping[int, Columns], paths: Sequence[str], sides: tuple[int, int], p: float
) -> Divergence:
    """A significant feature as a difference, with the figures that show it."""
    made = Divergence(feature.what, "", feature.position, None, p, sides, axis=feature.axis)
    mine, yours = slice(None, sides[0]), slice(sides[0], None)
    if feature.position is None:
        if feature.what != "repeats":
            return made
        both = (float(np.mean(feature.plain[side] > 0)) for side in (mine, yours))
        return replace(made, expected=next(both), got=next(both))
    part = parts[feature.position]
    made = replace(made, path=paths[feature.position])
    if feature.what in ("mean", "spread", "tails", "shape") and _constant(part, mine):
        made = replace(made, what="value")
    column = feature.column
    if feature.name == "off":
        return made
    if column is None and (feature.name.startswith("sum") or made.what == "value"):
        column = int(np.argmax(np.abs(part.z[mine].mean(axis=0) - part.z[yours].mean(axis=0))))
    if column is not None and made.what in ("value", "mean", "spread", "tails"):
        made = replace(made, index=part.index(column))
    chosen = part.drawn if column is None else np.array([column])
    if feature.other is not None:
        made = replace(made, other=paths[feature.other])
    if made.what == "dependence" and feature.other is None and feature.axis is None:
        return made
    if made.what == "shape":
        return made
    figures = [_figure(made, feature, part, chosen, side) for side in (mine, yours)]
    return replace(made, expected=figures[0], got=figures[1])


def _constant(part: Columns, side: slice) -> bool:
    """Whether a leaf is the same in all results of a side, within the allowance."""
    values = part.z[side]
    return bool(np.all(np.abs(values - values[0]) <= part.slack)) and bool(np.isfinite(part.raw[side]).all())


def _figure(made: Divergence, feature: Feature, part: Columns, chosen: Array, side: slice) -> float:
    """One side's number for ``Divergence.expected`` and ``got``."""
    raw = part.raw[side][:, chosen]
    finite = np.isfinite(raw)
    if made.what == "nonfinite":
        return float(1 - np.mean(np.isfinite(part.raw[side][:, part.drawn])))
    if made.what in ("repeats", "ties", "dependence"):
        values = feature.plain[side]
        return float(np.mean(values > 0) if made.what == "repeats" else np.mean(values))
    if made.what in ("value", "mean"):
        return float(np.mean(raw + part.offset[chosen], where=finite)) if finite.any() else 0.0
    count = np.maximum(finite.sum(axis=0), 1)
    centre = np.sum(raw, axis=0, where=finite) / count
    if made.what == "tails":
        both = part.raw[:, chosen]
        known = np.isfinite(both)
        centre = np.sum(both, axis=0, where=known) / np.maximum(known.sum(axis=0), 1)
        return float(np.max(np.abs(raw - centre), where=finite, initial=0.0))
    return float(np.sqrt(np.mean(np.sum((raw - centre) ** 2, axis=0, where=finite) / count)))
