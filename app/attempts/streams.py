"""Who watches which attempt, and how they are woken.

Invariant: a watcher waits on an event of its own loop and holds no thread and no database connection while it does.
Waking is a hint: watchers look at the database anyway, now and then.
"""

from __future__ import annotations

import asyncio
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from app.errors import TooManyStreams

#: Streams of one user at a time.
_MOST = 50


class Streams:
    """The watchers of this process. Safe to use from several threads."""

    def __init__(self) -> None:
        """Start without watchers."""
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()
        #: Whether streams are to end, for the server does.
        self.closed = False
        self._watchers: defaultdict[str, set[tuple[asyncio.AbstractEventLoop, asyncio.Event]]] = defaultdict(set)

    @contextmanager
    def watching(self, attempt_id: str, user_id: str) -> Iterator[asyncio.Event]:
        """An event that is set whenever something may have happened to the attempt that ``user_id`` watches."""
        watcher = asyncio.get_running_loop(), asyncio.Event()
        with self._lock:
            self._watchers[attempt_id].add(watcher)
            self._open[user_id] += 1
        try:
            yield watcher[1]
        finally:
            with self._lock:
                self._watchers[attempt_id].discard(watcher)
                self._open[user_id] -= 1
                self._open += Counter()  # drops those that are 0
                if not self._watchers[attempt_id]:
                    del self._watchers[attempt_id]

    @property
    def open(self) -> int:
        """Streams that are open."""
        with self._lock:
            return self._open.total()

    def check_room(self, user_id: str) -> None:
        """Return if a user may open a further stream.

        Raises:
            TooManyStreams: they have enough.
        """
        with self._lock:
            if self._open[user_id] >= _MOST:
                raise TooManyStreams(f"You follow {_MOST} attempts already. Close some of these streams first.")

    def wake(self, attempt_id: str) -> None:
        """Wake whoever watches an attempt."""
        with self._lock:
            watchers = [*self._watchers.get(attempt_id, ())]
        for loop, event in watchers:
            with suppress(RuntimeError):  # a loop that is closed has no watchers
                loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        """End every stream."""
        self.closed = True
        with self._lock:
            watched = [*self._watchers]
        for attempt_id in watched:
            self.wake(attempt_id)
