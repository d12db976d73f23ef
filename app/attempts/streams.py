"""Who watches which attempt, and how they are woken.

Invariant: a watcher waits on an event of its own loop and holds no thread and no database connection while it does.
Waking is a hint: watchers look at the database anyway, now and then, for what another process has done.
"""

from __future__ import annotations

import asyncio
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Streams:
    """The watchers of this process. Safe to use from several threads."""

    def __init__(self) -> None:
        """Start without watchers."""
        self._lock = threading.Lock()
        self._watchers: defaultdict[str, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = defaultdict(set)

    @contextmanager
    def watching(self, attempt_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever something may have happened to the attempt; for a running loop."""
        watcher = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._watchers[attempt_id].add(watcher)
        try:
            yield watcher[1]
        finally:
            with self._lock:
                self._watchers[attempt_id].discard(watcher)
                if not self._watchers[attempt_id]:
                    del self._watchers[attempt_id]

    def wake(self, attempt_id: str) -> None:
        """Wake whoever watches an attempt."""
        with self._lock:
            watchers = [*self._watchers.get(attempt_id, ())]
        for loop, event in watchers:
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)
