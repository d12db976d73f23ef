"""Work beside attempts: what a domain has to do in the background, in every process that works.

Invariant: a chore does one piece of work a call, which it claims in the database for itself, since other processes
run the same; a fault of one neither ends it nor holds up another. Nothing is lost by a stop: what was not finished is
due again once its claim is too old.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

import structlog

log = structlog.get_logger()

#: Does one piece of work that is due; False if none is.
Chore = Callable[[], bool]

#: Seconds between looks when nobody calls.
PAUSE_SECONDS = 5.0


class Chores:
    """A thread for each chore: a long one, such as proving a problem, holds up no short one."""

    def __init__(self, chores: Mapping[str, Chore], pause: float = PAUSE_SECONDS) -> None:
        """Nothing runs before ``start``.

        Args:
            chores: by name, for threads and logs.
            pause: seconds between looks when nobody calls, and after a fault.
        """
        self._pause = pause
        self._changed = threading.Condition()
        # Guarded by _changed.
        self._calls = 0
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._work, args=(name, chore), name=name, daemon=True)
            for name, chore in chores.items()
        ]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def notify(self) -> None:
        """Look now: something is due, in a transaction that has been committed."""
        with self._changed:
            self._calls += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Begin nothing new."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()

    def join(self, seconds: float = 10.0) -> None:
        """After ``stop``, and once what they wait for is closed: wait until none uses the database any more."""
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            if thread.is_alive():
                thread.join(max(0.0, deadline - time.monotonic()))
                if thread.is_alive():
                    log.warning("chore.stuck", chore=thread.name)

    def _work(self, name: str, chore: Chore) -> None:
        while True:
            with self._changed:
                if self._stopping:
                    return
                seen = self._calls
            try:
                busy = chore()
            except Exception:
                # Whatever it was, a thread that ended here would leave its work undone for good.
                log.exception("chore.fault", chore=name)
                busy, seen = False, -1
            with self._changed:
                if not busy and not self._stopping and seen in (-1, self._calls):
                    self._changed.wait(self._pause)
