"""The embedded engine: worker threads in the server's process, on the attempts' own table.

Invariant: a claim is in ``_live`` before it is in the database and leaves it after its holder is done, so the sweep
never takes an attempt from a living worker; and since one server owns the database (``owns``), whatever is marked
running without a live claim is lost and is queued again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

import structlog

from app.attempts import delivery
from app.attempts.delivery import RetryPolicy
from app.database.db import Database, new_id, now
from app.metrics.instruments import Metrics

log = structlog.get_logger()

#: Seconds between looks at the queue when nobody calls: a safety net, for every submission wakes a worker.
POLL_SECONDS = 5.0
#: Seconds between looks at a sandbox that cannot run anything.
_TROUBLE_SECONDS = 1.0
#: Longest wait for a worker whose sandbox has been closed.
_JOIN_SECONDS = 10.0


@dataclass(frozen=True)
class Crew:
    """Who works here.

    Attributes:
        workers: attempts judged at the same time.
        grace_seconds: how long a stop lets them finish.
    """

    workers: int
    grace_seconds: float


class EmbeddedEngine:
    """Worker threads that claim one attempt at a time and hand it to ``execute(attempt_id, claim)``."""

    def __init__(  # noqa: PLR0913
        self,
        database: Database,
        execute: Callable[[str, str], None],
        *,
        policy: RetryPolicy,
        trouble: Callable[[], str],
        owns: Callable[[], bool],
        crew: Crew,
        metrics: Metrics | None = None,
    ) -> None:
        """Nothing runs before ``start``.

        Args:
            database: where attempts are kept.
            execute: judges one attempt.
            policy: what follows a fault of ours.
            trouble: why nothing can be judged for now, empty if it can: attempts wait in the queue so long.
            owns: whether the database is still this server's, so that whatever nobody here holds is nobody's.
            crew: who works here.
            metrics: count what became of attempts that nobody holds; without them nobody counts.
        """
        self._database = database
        self._execute = execute
        self._policy = policy
        self._trouble = trouble
        self._owns = owns
        self._metrics = metrics or Metrics()
        self._grace_seconds = crew.grace_seconds
        self._changed = threading.Condition()
        # Guarded by _changed.
        self._live: set[str] = set()
        self._calls = 0
        self._stopping = False
        self._threads = [
            threading.Thread(target=self._work, name=f"worker-{number}", daemon=True) for number in range(crew.workers)
        ]

    def start(self) -> None:
        """Queue what an earlier process left running, and start the workers."""
        self._sweep()
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
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        deadline = time.monotonic() + self._grace_seconds
        self._wait_until(deadline)
        with self._changed:
            left = frozenset(self._live)
        if left:
            self._hand_back(left)

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

    def _hand_back(self, claims: Collection[str]) -> None:
        with self._database.write() as session:
            returned = delivery.hand_back(session, claims)
        for attempt_id in returned:
            log.info("attempt.handed_back", attempt=attempt_id)

    def _work(self) -> None:
        while True:
            with self._changed:
                if self._stopping:
                    return
                seen = self._calls
            try:
                if not self._owns():
                    log.error("engine.not_owner")
                    pause = POLL_SECONDS
                elif self._trouble():
                    self._sweep()
                    pause = _TROUBLE_SECONDS
                else:
                    pause = 0.0 if self._work_once() else self._pause()
            except Exception:
                # The database failed. A worker that ended here would leave the queue standing still.
                log.exception("engine.fault")
                pause = POLL_SECONDS
            with self._changed:
                if not self._stopping and seen == self._calls and pause > 0:
                    self._changed.wait(pause)

    def _work_once(self) -> bool:
        """Take one attempt and run it; False if none is due."""
        claim = new_id()
        with self._changed:
            self._live.add(claim)
        try:
            with self._database.write() as session:
                attempt_id = delivery.claim_next(session, claim)
            with self._changed:
                late = self._stopping
            if late:
                # ``stop`` may have looked for claims before this one was there.
                self._hand_back([claim])
                return False
            if attempt_id is not None:
                log.info("attempt.claimed", attempt=attempt_id)
                self._execute(attempt_id, claim)
        finally:
            with self._changed:
                self._live.discard(claim)
        return attempt_id is not None

    def _pause(self) -> float:
        """Sweep, and say for how many seconds there is nothing to do unless somebody calls."""
        self._sweep()
        with self._database.read() as session:
            due = delivery.next_due(session)
        return POLL_SECONDS if due is None else min(POLL_SECONDS, max(0.0, (due - now()).total_seconds()))

    def _sweep(self) -> None:
        with self._database.write() as session:
            # Read under the write lock: a claim committed before it is in the set for as long as it is held.
            with self._changed:
                live = frozenset(self._live)
            lost = delivery.requeue_lost(session, live, self._policy)
            ended = delivery.endings(session, lost)
        self._metrics.stalled(len(lost))
        self._metrics.ended(ended)
        for attempt_id in lost:
            log.warning("attempt.requeued", attempt=attempt_id)
