"""Many judgings at once, as many as there are lanes.

Invariant: results come in the order of what was asked, however long each took; when one fails, or a person interrupts,
nothing new is begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")


def side_by_side(work: Callable[[Given], Made], given: Iterable[Given], lanes: int) -> list[Made]:
    """``work`` of everything that is given, on ``lanes`` threads.

    Raises:
        Exception: whatever ``work`` raises first, such as ``SandboxUnavailable``.
    """
    pool = ThreadPoolExecutor(max_workers=max(1, lanes), thread_name_prefix="check")
    try:
        made = [pool.submit(work, each) for each in given]
        return [future.result() for future in made]
    finally:
        # Not waited for: after an interruption, closing the sandbox is what ends the judgings that still run.
        pool.shutdown(wait=False, cancel_futures=True)
