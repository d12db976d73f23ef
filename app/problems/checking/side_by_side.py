"""Many judgings, or folders, at once.

Invariant: results come in the order of what was asked, however long each took; when one fails, or a person interrupts,
nothing new is begun, and of what was begun before a failure every result still comes.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


@contextmanager
def unawaited(threads: int) -> Iterator[ThreadPoolExecutor]:
    """Threads that are not waited for on the way out: after an interruption, closing the sandbox ends their work."""
    pool = ThreadPoolExecutor(max_workers=max(1, threads), thread_name_prefix="check")
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def as_they_come(work: Callable[[Given], Made], given: Iterable[Given], threads: int) -> Iterator[Made]:
    """``work`` of everything that is given, each result as soon as it and all before it are there.

    Raises:
        Exception: after the last result, the first in order of what ``work`` raised, such as ``SandboxUnavailable``.
    """
    failed = Event()

    def begin(each: Given) -> Made:
        if failed.is_set():
            raise CancelledError
        try:
            return work(each)
        except BaseException:
            failed.set()
            raise

    raised: list[Exception] = []
    with unawaited(threads) as pool:
        made = deque(pool.submit(begin, each) for each in given)
        while made:
            try:
                result = made.popleft().result()
            except CancelledError:
                continue
            except Exception as error:  # noqa: BLE001 - it is raised again
                raised.append(error)
                continue
            yield result
    if raised:
        raise raised[0]


def side_by_side(work: Callable[[Given], Made], given: Iterable[Given], lanes: int) -> list[Made]:
    """The same, all at the end: judgings on as many threads as there are lanes."""
    return [*as_they_come(work, given, lanes)]
