"""How many of many random results are the same, within the allowance: a key that was not used, or little of it.

Invariant: what is counted is what comparing every result with every other would count. Being near is no equivalence,
so that results cannot just be sorted into kinds.
"""

from __future__ import annotations

import numpy as np

from sandbox.arrays import Array


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
    steps = np.count_nonzero(np.diff(np.sort(marks, axis=0), axis=0) > allowances, axis=0)
    first, *others = np.argsort(-steps, kind="stable")
    order = np.argsort(marks[:, first], kind="stable")
    values = marks[order, first]
    # A sum rounds otherwise than a difference, so these are a few more than those near.
    ends = np.searchsorted(values, np.nextafter(values + allowances[first], np.inf), side="right")
    following = ends - np.arange(len(values)) - 1
    left = np.repeat(np.arange(len(values)), following)
    right = left + 1 + np.arange(len(left)) - np.repeat(np.cumsum(following) - following, following)
    left, right = order[left], order[right]
    for mark in (first, *others):
        close = np.abs(marks[left, mark] - marks[right, mark]) <= allowances[mark]
        left, right = left[close], right[close]
        if not len(left):
            break
    return left, right
