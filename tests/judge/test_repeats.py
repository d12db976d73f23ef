"""Repeated results are counted as comparing all pairs would, and what is beyond doubt is so for permutations too."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.judge.comparison import statistics
from app.judge.comparison.repeats import near
from tests.judge.random_programs import WRONG, against

#: Numbers near each other in chains, on the edge of the allowance, equal, and as far apart as there are.
_MARKS = st.sampled_from([0.0, -0.0, 0.1, 0.2, 0.30000000000000004, 0.25, 1.0, 1e308, -1e308, np.finfo(np.float64).max])


@settings(max_examples=200, deadline=None)
@given(st.data(), st.integers(1, 12), st.integers(1, 4))
def test_near_results_are_those_that_all_pairs_show(data: st.DataObject, rows: int, columns: int) -> None:
    """A repetition would be overlooked, or counted twice, where a shortcut leaves a pair out."""
    marks = np.array(data.draw(st.lists(_MARKS, min_size=rows * columns, max_size=rows * columns)))
    marks = marks.reshape(rows, columns)
    allowances = np.array(data.draw(st.lists(st.sampled_from([0.0, 0.1]), min_size=columns, max_size=columns)))
    with np.errstate(over="ignore"):
        every = (np.abs(marks[:, None] - marks) <= allowances).all(axis=2).sum(axis=1)
        assert near(marks, allowances).tolist() == every.tolist()


@pytest.mark.parametrize("side", [0.1, 0.5])
def test_the_bound_is_never_below_what_permutations_find(side: float) -> None:
    """An honest program would be refused without a permutation being made, more often than is promised."""
    random = np.random.default_rng(3)
    labels = (np.arange(60) < 60 * side).astype(np.float32)
    made = (random.standard_normal((20, 60)), random.random((5, 60)) < 0.05, random.standard_cauchy((10, 60)))
    plain = np.concatenate(made, dtype=np.float64)
    apart = plain - plain.mean(axis=1, keepdims=True)
    matrix = (apart / apart.std(axis=1, keepdims=True)).astype(np.float32)
    greatest = statistics._permuted(matrix, labels, random, 20_000)
    for share in (0.5, 0.1, 0.01, 0.001):
        reached = float(np.quantile(greatest, 1 - share))
        assert statistics._bound(matrix, labels, reached) >= np.mean(greatest >= reached)


@pytest.mark.parametrize("name", ["variance", "key not used", "rate of dropout", "booleans"])
def test_what_is_beyond_doubt_is_refused_by_permutations_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program would be refused, or another mistake be told, because a decision came early."""
    early = against(*WRONG[name][:2], seed=4)
    monkeypatch.setattr(statistics, "_BEYOND_DOUBT", 0.0)
    late = against(*WRONG[name][:2], seed=4)
    assert early is not None
    assert late is not None
    assert (early.what, early.path, early.index) == (late.what, late.path, late.index)
    assert max(early.p, late.p) <= statistics.RATE
