"""Many judgings, or folders, at once.

Invariant: results come in the order of what was asked, however long each took; when one fails, or a person interrupts,
nothing new is begun.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
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
        Exception: whatever ``work`` raises first, such as ``SandboxUnavailable``.
    """
    with unawaited(threads) as pool:
        made = deque(pool.submit(work, each) for each in given)
        while made:
            yield made.popleft().result()


def side_by_side(work: Callable[[Given], Made], given: Iterable[Given], lanes: int) -> list[Made]:
    """The same, all at the end: judgings on as many threads as there are lanes."""
    return [*as_they_come(work, given, lanes)]
