"""The chore of rejudgings: judges their attempts one at a time, and applies what was asked for.

Invariant: no transaction is open while the sandbox works. A fault of ours changes no verdict: that attempt is tried
again, and in the end counted as one that could not be judged.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from contextlib import closing
from datetime import timedelta
from types import TracebackType
from typing import Self

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.attempts import programs, verdicts
from app.attempts.execute import NoReport, Workplace
from app.attempts.models import Attempt
from app.database.db import Database, new_id, now
from app.judge.events import Judged
from app.judge.traces import Traces
from app.rejudge import claims
from app.rejudge.claims import Held, Seen
from app.settings import QUEUES
from sandbox.jobs import SandboxDown, never

log = structlog.get_logger()

#: How long nothing is tried after no sandbox could be started.
_DOWN = timedelta(seconds=5)


def step(workplace: Workplace, queues: Collection[str] = QUEUES, leaving: Callable[[], bool] = never) -> bool:
    """Do one piece of work; False if none is due.

    Args:
        workplace: where.
        queues: what is judged here.
        leaving: whether the service is being closed.
    """
    database = workplace.database
    with database.read() as session:
        if not claims.is_due(session):
            return False
    with database.write() as session:
        claims.settle(session, workplace.policy)
        changed = claims.apply_some(session)
    if changed is not None:
        for attempt_id in changed:
            log.info("attempt.rejudged", attempt=attempt_id)
            workplace.wake(attempt_id)
        return True
    if leaving() or workplace.sandbox.trouble():
        return False
    with database.write() as session:
        held = claims.take(session, new_id(), queues)
    if held is None:
        return False
    _judge(held, workplace, leaving)
    return True


class _Holding:
    """Renews a claim until the block ends.

    Attributes:
        lost: set once somebody has cancelled the rejudging, or taken the attempt from a process that seemed dead.
    """

    def __init__(self, database: Database, held: Held) -> None:
        self._database, self._held = database, held
        self._ended = threading.Event()
        self.lost = threading.Event()
        self._thread = threading.Thread(target=self._renew, name="rejudging-claim", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._ended.wait(claims.LEASE_SECONDS / 3):
            try:
                with self._database.write() as session:
                    holds = claims.renew(session, self._held)
            except SQLAlchemyError:
                log.exception("rejudging.claim_not_renewed", attempt=self._held.attempt_id)
                continue
            if not holds:
                self.lost.set()
                return


def _judge(held: Held, workplace: Workplace, leaving: Callable[[], bool]) -> None:
    """Judge a claimed attempt again, and save what it came to."""
    database = workplace.database
    try:
        with database.read() as session:
            attempt = session.get(Attempt, held.attempt_id)
            if attempt is None:
                return  # it was removed, and its place in the rejudging with it
            seen = Seen(attempt.source, verdicts.digest(attempt), attempt.verdict, attempt.reason)
            stored = programs.stored(session, attempt)
        with _Holding(database, held) as holding:
            judged = _judged(held, seen.source, stored, workplace, holding.lost)
        if judged is None:
            kept = False
        else:
            with database.write() as session:
                kept = claims.keep(session, held, seen, judged.report, traced=not judged.stored)
    except Exception as error:
        waits = isinstance(error, SandboxDown) or leaving()
        if waits:
            log.warning("rejudging.waits", attempt=held.attempt_id, why=str(error))
        else:
            log.exception("rejudging.fault", attempt=held.attempt_id)
        with database.write() as session:
            if waits:
                kept = claims.give_back(session, held, now() + _DOWN)
            else:
                kept = claims.fail_try(session, held, workplace.policy)
    if not kept:
        log.info("rejudging.claim_lost", attempt=held.attempt_id)


def _judged(
    held: Held, source: bytes, stored: Traces | None, workplace: Workplace, lost: threading.Event
) -> Judged | None:
    """The end of judging again; None as soon as the claim is known to be lost."""
    published = workplace.published(held.version_id)
    with closing(workplace.pipeline.judge(published, source, workplace.sandbox, stored=stored)) as events:
        for event in events:
            if isinstance(event, Judged):
                return event
            if lost.is_set():
                return None
    raise NoReport("the judge's events ended before its report")
