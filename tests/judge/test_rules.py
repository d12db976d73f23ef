"""The rule against unrolled loops."""

from __future__ import annotations

import pytest

from app.judge.rules.unrolling import OperationCount, RuleBreak, check_unrolled


def count(size: int | None, operations: int, reference: int = 12) -> OperationCount:
    return OperationCount("f", size, f"x: float32[{size}]", operations, reference)


@pytest.mark.parametrize(
    "counts",
    [
        [count(5, 16 * 12 + 8 * 64)],
        [count(None, 16 * 12 + 8 * 64)],
        [count(100_000, 16 * 12 + 17 * 64)],
        [count(5, 3 * 12 + 64), count(64, 20)],
        [count(5, 300)],
        [count(63, 209), count(64, 121), count(128, 121)],
        [count(64, 20), count(128, 20 + 127)],
        [count(64, 121), count(70, 121 + 88)],
        [count(100, 396, 3), count(128, 466, 3)],
        [count(8, 20), count(32, 80)],
        [count(63, 20), count(128, 90)],
        [count(64, 50, 50), count(128, 200, 200)],
        [count(64, 20), count(64, 190)],
        [count(None, 20), count(None, 90)],
        [],
    ],
)
def test_programs_within_the_bounds_are_not_unrolled(counts: list[OperationCount]) -> None:
    """An honest program at the very edge of the definition was refused."""
    assert check_unrolled(counts) is None


@pytest.mark.parametrize(
    "counts",
    [
        [count(5, 16 * 12 + 8 * 64 + 1)],
        [count(None, 16 * 12 + 8 * 64 + 1)],
        [count(1000, 16 * 12 + 10 * 64 + 1)],
        [count(5, 3 * 12 + 65), count(64, 20)],
        [count(128, 20), count(5, 3 * 12 + 65)],
        [count(64, 20), count(128, 20 + 128)],
        [count(128, 148), count(64, 20)],
        [count(64, 20), count(100, 30), count(128, 148)],
        [count(64, 20, 12), count(128, 150, 12 + 129)],
        [count(64, 20), count(100, 20 + 16 * 12 + 64 + 1)],
    ],
)
def test_programs_beyond_the_bounds_are_unrolled(counts: list[OperationCount]) -> None:
    """A loop over the rows was not noticed."""
    broken = check_unrolled(counts)
    assert broken is not None
    assert broken.reason == "unrolled"


def test_an_unrolled_loop_is_told_with_both_counts() -> None:
    """The learner is not told how large the program is and how large the reference's."""
    broken = check_unrolled([count(1000, 4000)])
    assert isinstance(broken, RuleBreak)
    assert "`x: float32[1000]`" in broken.message
    assert "4000 operations" in broken.message
    assert "the reference needs 12 (at most 832 are allowed)" in broken.message
    broken = check_unrolled([count(9, 101), count(64, 16)])
    assert isinstance(broken, RuleBreak)
    assert "at most 3 x 12 + 64 = 100 are allowed to a program that has 16 at size 64" in broken.message
    broken = check_unrolled([count(64, 20, 12), count(128, 200, 13)])
    assert isinstance(broken, RuleBreak)
    for figure in ("20 operations at size 64", "200 at size 128", "from 12 to 13"):
        assert figure in broken.message


def test_rows_are_blamed_only_where_growth_with_them_was_measured() -> None:
    """A loop over another axis, or `unroll=` in a scan, was called a Python loop over the rows."""
    large, grown = check_unrolled([count(5, 4000)]), check_unrolled([count(64, 20), count(128, 184)])
    assert large is not None
    assert grown is not None
    assert "row" not in large.message
    assert "row by row" in grown.message
    for broken in (large, grown):
        assert "`unroll=`" in broken.message
        assert "`jax.vmap`" in broken.message
