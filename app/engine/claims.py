"""The attempts that this process holds, whatever brings them.

Invariant: a claim is here before it is in the database and leaves after its holder is done, so the sweep never takes
an attempt from a living holder; and what is marked running while no living process holds it is queued again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection

import structlog
from sqlalchemy.orm import Session

from app.attempts import delivery
from app.attempts.delivery import RetryPolicy
from app.database.db import Database, new_id
from app.metrics.instruments import Metrics

log = structlog.get_logger()


class Claims:
    """What one worker holds. Safe to use from several threads."""

    def __init__(
        self,
        database: Database,
        execute: Callable[[str, str], None],
        policy: RetryPolicy,
        worker_id: str,
        metrics: Metrics | None = None,
    ) -> None:
        """Hold nothing yet.

        Args:
            database: where attempts are kept.
            execute: judges the attempt of an id, under a claim.
            policy: what follows a fault of ours.
            worker_id: who holds them.
            metrics: count what became of attempts that nobody holds; without them nobody counts.
        """
        self._database = database
        self._execute = execute
        self._policy = policy
        self._worker_id = worker_id
        self._metrics = metrics or Metrics()
        self._lock = threading.Lock()
        # Guarded by _lock.
        self._live: set[str] = set()
        self._closed = False

    def work(self, take: Callable[[Session, str, str], str | None]) -> bool:
        """Claim what ``take(session, claim, worker_id)`` finds, and judge it; False if it finds nothing."""
        claim = new_id()
        with self._lock:
            self._live.add(claim)
        try:
            with self._database.write() as session:
                attempt_id = take(session, claim, self._worker_id)
            with self._lock:
                late = self._closed
            if late:
                # ``hand_back`` may have looked for claims before this one was there.
                self._return([claim])
                return False
            if attempt_id is not None:
                log.info("attempt.claimed", attempt=attempt_id)
                self._execute(attempt_id, claim)
        finally:
            with self._lock:
                self._live.discard(claim)
        return attempt_id is not None

    def close(self) -> None:
        """Claim nothing any more."""
        with self._lock:
            self._closed = True

    def hand_back(self) -> None:
        """Queue again whatever is held; who still works on it saves nothing."""
        if live := self._held():
            self._return(live)

    def sweep(self) -> None:
        """Queue again what is marked running and held by no process that lives."""
        with self._database.write() as session:
            lost = delivery.requeue_lost(session, self._held, self._policy, self._worker_id)
            ended = delivery.endings(session, lost)
        self._metrics.stalled(len(lost))
        self._metrics.ended(ended)
        for attempt_id in lost:
            log.warning("attempt.requeued", attempt=attempt_id)

    def _held(self) -> Collection[str]:
        with self._lock:
            return frozenset(self._live)

    def _return(self, claims: Collection[str]) -> None:
        with self._database.write() as session:
            returned = delivery.hand_back(session, claims)
        for attempt_id in returned:
            log.info("attempt.handed_back", attempt=attempt_id)
