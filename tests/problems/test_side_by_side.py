"""Many judgings or folders at once: in order, and what becomes of the others when one fails."""

from __future__ import annotations

import threading
import time

import pytest

from app.problems.checking.side_by_side import as_they_come, side_by_side
from sandbox.jobs import SandboxUnavailable

_SECONDS = 20.0


def test_results_come_in_order_each_as_soon_as_it_can() -> None:
    """Whoever checks a course would see nothing before the end, or take one folder's findings for another's."""
    second, third = threading.Event(), threading.Event()

    def work(number: int) -> int:
        if number == 1:
            assert second.wait(_SECONDS)
        if number == 3:
            assert third.wait(_SECONDS)
        second.set()  # the second is done before the first
        return number * number

    results = as_they_come(work, [1, 2, 3], 2)
    assert [next(results), next(results)] == [1, 4]
    third.set()
    assert list(results) == [9]


def test_after_a_failure_what_was_begun_is_told_and_nothing_else_begins() -> None:
    """Folders would be mended without a word about it, or be judged for minutes though the sandbox is gone."""
    together, failing = threading.Barrier(3), threading.Event()
    begun: list[int] = []

    def work(number: int) -> int:
        begun.append(number)
        together.wait(_SECONDS)
        if number == 2:
            failing.set()
            raise SandboxUnavailable("gone")
        assert failing.wait(_SECONDS)
        time.sleep(0.2)  # until the failure is known
        return number

    told: list[int] = []
    with pytest.raises(SandboxUnavailable, match="gone"):
        told.extend(as_they_come(work, range(1, 9), 3))
    assert told == [1, 3]
    assert sorted(begun) == [1, 2, 3]


def test_the_first_failure_in_order_is_raised() -> None:
    """Which of two faults is told would be chance."""
    late = threading.Event()

    def work(number: int) -> int:
        if number == 1:
            assert late.wait(_SECONDS)
        late.set()
        raise SandboxUnavailable(str(number))

    with pytest.raises(SandboxUnavailable, match="1"):
        side_by_side(work, [1, 2], 2)
