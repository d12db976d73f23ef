"""Numbers that describe random results, put on one scale so that they can be held against each other.

They are scaled many at a time: what NumPy costs for each call would otherwise be most of a test. Invariant: a feature
is scaled by the results of both sides together, never of one, and one that varies by no more than rounding could make
it vary is left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from app.judge.explain.divergence import What
from sandbox.arrays import Array

#: Rounding of our own arithmetic on numbers of the order of 1, and more.
_FLOAT = 1e-9


@dataclass(frozen=True)
class Draft:
    """One number for each result, in its own unit.

    Attributes:
        name: unique among the features of a leaf.
        what: the kind of difference that it shows.
        plain: (N,) the numbers.
        floor: what rounding may change them by.
        position: the leaf; None for the result as a whole.
        column: the column of the leaf's ``Columns``; None for the leaf as a whole.
        axis: of neighbours.
        other: the second leaf.
        square: the kind of difference that the square of its distance from the mean shows, if that is a feature too.
    """

    name: str
    what: What
    plain: Array
    floor: float = 0.0
    position: int | None = None
    column: int | None = None
    axis: int | None = None
    other: int | None = None
    square: What | None = None


@dataclass(frozen=True)
class Feature:
    """One number for each result, on the common scale.

    Attributes:
        values: (N,) mean 0 and mean square 1.
        floor: what rounding may change ``values`` by.
        plain: (N,) the feature in its own unit.

    The others are those of its ``Draft``.
    """

    name: str
    what: What
    values: Array
    floor: float
    plain: Array = field(default_factory=lambda: np.zeros(0))
    position: int | None = None
    column: int | None = None
    axis: int | None = None
    other: int | None = None


def scaled(drafts: Sequence[Draft]) -> list[Feature]:
    """Those that vary, in order, and after them the squares that do."""
    found = _scaled(drafts)
    squares = [_square(draft, feature) for draft, feature in found if draft.square is not None]
    return [feature for _, feature in (*found, *_scaled(squares))]


def _square(draft: Draft, feature: Feature) -> Draft:
    assert draft.square is not None
    floor = 4 * feature.floor
    return Draft(f"{draft.name} squared", draft.square, feature.values**2, floor, draft.position, other=draft.other)


def _scaled(drafts: Sequence[Draft]) -> list[tuple[Draft, Feature]]:
    """Features without squares; distances from the median up to ``floor`` are taken for rounding."""
    if not drafts:
        return []
    apart = np.stack([draft.plain for draft in drafts]).astype(np.float64)
    floors = np.array([draft.floor for draft in drafts])
    ordered = np.sort(apart, axis=1)
    apart -= (ordered[:, [(ordered.shape[1] - 1) // 2]] + ordered[:, [ordered.shape[1] // 2]]) / 2
    apart[np.abs(apart) <= (floors + _FLOAT)[:, None]] = 0.0
    apart -= apart.mean(axis=1, keepdims=True)
    deviations = np.sqrt(np.mean(apart**2, axis=1))
    varying = np.flatnonzero(deviations > _FLOAT)
    values, floors = apart[varying] / deviations[varying, None], floors[varying] / deviations[varying]
    kept = [drafts[number] for number in varying.tolist()]
    return [
        (draft, Feature(draft.name, draft.what, row, floor, draft.plain, *_place(draft)))
        for draft, row, floor in zip(kept, values, floors.tolist(), strict=True)
    ]


def _place(draft: Draft) -> tuple[int | None, int | None, int | None, int | None]:
    return draft.position, draft.column, draft.axis, draft.other
