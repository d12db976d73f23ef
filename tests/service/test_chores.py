"""Chores: each has its thread, and neither a fault nor a stop leaves one behind."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from app.engine.chores import Chores

#: No look comes by itself within a test.
NEVER = 3600.0


class _Stopped:
    """Stops and joins chores when a block ends."""

    def __init__(self, chores: Chores) -> None:
        self._chores = chores

    def close(self) -> None:
        self._chores.stop()
        self._chores.join()


@pytest.fixture
def done() -> threading.Semaphore:
    """Released once for every piece of work."""
    return threading.Semaphore(0)


def test_a_chore_goes_on_while_there_is_work_and_when_it_is_called(done: threading.Semaphore) -> None:
    """Work would wait for the next look, or be done once for ever."""
    due = [1, 2, 3]

    def chore() -> bool:
        done.release()
        return bool(due and due.pop())

    chores = Chores({"due": chore}, NEVER)
    with closing(_Stopped(chores)):
        chores.start()
        for _ in range(4):  # three pieces, and the look that finds none
            assert done.acquire(timeout=10)
        assert not done.acquire(timeout=0.2)
        due.append(4)
        chores.notify()
        for _ in range(2):
            assert done.acquire(timeout=10)


def test_a_fault_of_one_neither_ends_it_nor_holds_up_another(done: threading.Semaphore) -> None:
    """A broken webhook would keep problems from being published."""
    faults = threading.Semaphore(0)

    def broken() -> bool:
        faults.release()
        raise RuntimeError("broken")

    def sound() -> bool:
        done.release()
        return False

    chores = Chores({"broken": broken, "sound": sound}, 0.05)
    with closing(_Stopped(chores)):
        chores.start()
        for _ in range(3):
            assert faults.acquire(timeout=10)
            assert done.acquire(timeout=10)


def test_a_call_while_it_works_is_not_missed(done: threading.Semaphore) -> None:
    """What became due just after it had looked would wait for the next look."""
    looked, go_on = threading.Event(), threading.Event()

    def chore() -> bool:
        done.release()
        looked.set()
        assert go_on.wait(10)
        return False

    chores = Chores({"slow": chore}, NEVER)
    with closing(_Stopped(chores)):
        chores.start()
        assert looked.wait(10)
        chores.notify()
        go_on.set()
        assert done.acquire(timeout=10)
        assert done.acquire(timeout=10)


def test_nothing_begins_after_a_stop(done: threading.Semaphore) -> None:
    """A stopping server would take on work that it cannot finish."""

    def chore() -> bool:
        done.release()
        return True

    chores = Chores({"busy": chore}, NEVER)
    chores.start()
    assert done.acquire(timeout=10)
    chores.stop()
    chores.join()
    while done.acquire(blocking=False):
        pass
    assert not done.acquire(timeout=0.2)
