"""How many of many random results are the same, within the allowance: a key that was not used, or little of it.

Invariant: what is counted is what comparing every result with every other would count. Being near is no equivalence,
so that results cannot just be sorted into kinds.
"""

from __future__ import annotations

import numpy as np

from sandbox.arrays import Array

#: Multipliers that make one number of a row's runs. Two rows with one number and other runs cost time, no more.
_MIX = np.random.default_rng(0).integers(0, 2**64, 64, np.uint64) | np.uint64(1)


def near(marks: Array, allowances: Array) -> Array:
    """For each result the number of results that are as near to it as rounding explains; itself is one of them.

    Only distinct results are compared, and only those near by the mark that tells most of them apart: elsewhere every
    pair would cost what the whole test may take.

    Args:
        marks: (N, K) float64 elements by which a result is recognised, all finite.
        allowances: (K,) how far two of them may be apart.
    """
    rows: dict[bytes, int] = {}
    kinds = np.array([rows.setdefault(row.tobytes(), len(rows)) for row in marks])
    counts = np.bincount(kinds)
    distinct = marks[np.unique(kinds, return_index=True)[1]]
    left, right = _near_pairs(distinct, allowances)
    found = counts + np.bincount(left, counts[right], len(counts)) + np.bincount(right, counts[left], len(counts))
    return np.asarray(found[kinds])


def _near_pairs(marks: Array, allowances: Array) -> tuple[Array, Array]:
    """Every pair of rows that are near by all marks."""
    count = len(marks)
    sorting = np.argsort(marks, axis=0, kind="stable")
    apart = np.diff(np.take_along_axis(marks, sorting, axis=0), axis=0) > allowances
    first, *others = np.argsort(-np.count_nonzero(apart, axis=0), kind="stable")
    # By each mark, near rows are in one run of small steps; so only those in the same runs by all marks are compared.
    runs = np.empty(marks.shape, np.uint64)
    np.put_along_axis(runs, sorting, np.vstack([np.zeros(len(allowances)), np.cumsum(apart, axis=0)]), axis=0)
    group = np.unique(runs @ _MIX[: len(allowances)], return_inverse=True)[1]
    values = marks[sorting[:, first], first]
    # A sum rounds otherwise than a difference, so these are a few more than those near.
    end = np.searchsorted(values, np.nextafter(values + allowances[first], np.inf), side="right")
    in_group = group[sorting[:, first]] * count
    order = np.argsort(in_group, kind="stable")
    places, limits = in_group + np.arange(count), in_group + end
    following = np.searchsorted(places[order], limits[order]) - np.arange(count) - 1
    left = np.repeat(np.arange(count), following)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(following) - following, following)
    left, right = sorting[order[left], first], sorting[order[right], first]
    for mark in (first, *others):
        close = np.abs(marks[left, mark] - marks[right, mark]) <= allowances[mark]
        left, right = left[close], right[close]
        if not len(left):
            break
    return left, right
