"""Many judgings at once, as many as there are lanes.

Invariant: results come in the order of what was asked, however long each took; when one fails, or a person interrupts,
nothing new is begun.
"""

from __future__ import annotations

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


def side_by_side(work: Callable[[Given], Made], given: Iterable[Given], lanes: int) -> list[Made]:
    """``work`` of everything that is given, on ``lanes`` threads.

    Raises:
        Exception: whatever ``work`` raises first, such as ``SandboxUnavailable``.
    """
    with unawaited(lanes) as pool:
        made = [pool.submit(work, each) for each in given]
        return [future.result() for future in made]
