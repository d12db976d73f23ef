"""The embedded engine: worker threads in the server's process, on the attempts' own table.

Invariant: one server owns an SQLite database, so whatever is marked running there and is not held by this process is
nobody's, and is queued again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

from app.attempts import delivery
from app.database.db import Database, now
from app.engine import workers
from app.engine.claims import Claims
from app.engine.workers import Worker

log = structlog.get_logger()

#: Seconds between looks at the queue when nobody calls: a safety net, for every submission wakes a worker.
POLL_SECONDS = 5.0
#: Seconds between looks at a sandbox that cannot run anything.
_TROUBLE_SECONDS = 1.0
#: Longest wait for a worker whose sandbox has been closed.
_JOIN_SECONDS = 10.0


class EmbeddedEngine:
    """Worker threads that claim one attempt at a time and judge it."""

    def __init__(
        self, database: Database, claims: Claims, worker: Worker, *, trouble: Callable[[], str], grace_seconds: float
    ) -> None:
        """Nothing runs before ``start``.

        Args:
            database: where attempts are kept.
            claims: what this process holds.
            worker: this process; it has as many threads as that has slots.
            trouble: why nothing can be judged for now, empty if it can: attempts wait in the queue so long.
            grace_seconds: how long a stop lets running attempts finish.
        """
        self._database = database
        self._claims = claims
        self._worker = worker
        self._trouble = trouble
        self._grace_seconds = grace_seconds
        self._changed = threading.Condition()
        # Guarded by _changed.
        self._calls = 0
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._work, name=f"worker-{number}", daemon=True) for number in range(worker.slots)
        ]

    def start(self) -> None:
        """Queue what an earlier process left running, and start the workers."""
        with self._database.write() as session:
            workers.alone(session, self._worker)
        self._claims.sweep()
        for thread in self._threads:
            thread.start()

    def notify(self) -> None:
        """Wake the workers: something was queued."""
        with self._changed:
            self._calls += 1
            self._changed.notify_all()

    def stop(self) -> None:
        """Wait ``grace_seconds`` for running attempts, then queue again what is left.

        A worker that is still busy loses its claim, so what it saves later is dropped; closing the sandbox ends it.
        """
        self._claims.close()
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        self._wait_until(time.monotonic() + self._grace_seconds)
        self._claims.hand_back()

    def join(self) -> None:
        """Wait for workers that ``stop`` left behind; call it once nothing they wait for can go on."""
        if not self._wait_until(time.monotonic() + _JOIN_SECONDS):
            log.warning("engine.worker_stuck")

    def _wait_until(self, deadline: float) -> bool:
        """Whether every worker has ended by ``deadline`` (of ``time.monotonic``)."""
        started = [thread for thread in self._threads if thread.is_alive()]
        for thread in started:
            thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in started)

    def _work(self) -> None:
        while True:
            with self._changed:
                if self._stopping:
                    return
                seen = self._calls
            try:
                if self._trouble():
                    self._claims.sweep()
                    pause = _TROUBLE_SECONDS
                else:
                    pause = 0.0 if self._claims.work(delivery.claim_next) else self._pause()
            except Exception:
                # The database failed. A worker that ended here would leave the queue standing still.
                log.exception("engine.fault")
                pause = POLL_SECONDS
            with self._changed:
                if not self._stopping and seen == self._calls and pause > 0:
                    self._changed.wait(pause)

    def _pause(self) -> float:
        """Sweep, and say for how many seconds there is nothing to do unless somebody calls."""
        self._claims.sweep()
        with self._database.read() as session:
            due = delivery.next_due(session)
        return POLL_SECONDS if due is None else min(POLL_SECONDS, max(0.0, (due - now()).total_seconds()))
