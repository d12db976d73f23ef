"""One attempt from claim to saved verdict, the same for every engine.

Invariant: no transaction is open while a sandbox runs, and whatever goes wrong here is our fault: the attempt is tried
again and in the end becomes ``internal_error``, never a verdict on the learner.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.attempts import delivery, programs
from app.attempts.delivery import RetryPolicy, Work
from app.attempts.events import Kind
from app.database.db import Database
from app.judge.events import CaseJudged, Judged, Traced
from app.judge.traces import Traces
from app.judge.verdict import Report
from app.metrics.instruments import Metrics
from app.pipeline import Pipeline, RunReport
from app.problems.published import Published
from sandbox.jobs import Sandbox, SandboxDown

log = structlog.get_logger()

#: Seconds between two times that progress is written down.
_PAUSE = 0.2


class NoReport(Exception):
    """The judge ended without a report."""


def _nobody(attempt_id: str) -> None:
    """Wakes nobody."""


@dataclass(frozen=True)
class Workplace:
    """What a worker needs: where attempts are kept, what judges them, and the sandbox that runs them.

    Attributes:
        published: a problem version's content, by the version's id.
        wake: tells whoever watches an attempt that something has happened to it.
        metrics: count what becomes of attempts.
    """

    database: Database
    pipeline: Pipeline
    published: Callable[[str], Published]
    sandbox: Sandbox
    policy: RetryPolicy
    wake: Callable[[str], None] = _nobody
    metrics: Metrics = field(default_factory=Metrics)


class _Progress:
    """Writes down how far an attempt is, a few times a second at most: each time is a transaction.

    Hidden cases are told with the verdict only: when each of them ends would tell how long it took, and hidden values
    may decide that. What cannot be written is kept for the next time, for a verdict does not depend on it.
    """

    def __init__(self, attempt_id: str, claim: str, workplace: Workplace) -> None:
        self._attempt_id, self._claim, self._workplace = attempt_id, claim, workplace
        self._pending: list[tuple[Kind, dict[str, Any]]] = []
        self._hidden: list[tuple[Kind, dict[str, Any]]] = []
        self._written = -math.inf

    def take(self, event: Traced | CaseJudged) -> bool:
        """Note an event; False if the claim is known to be lost."""
        told = self._hidden if isinstance(event, CaseJudged) and not event.case.public else self._pending
        told.append((event.kind, delivery.storable(event.model_dump(mode="json", exclude={"kind"}))))
        return time.monotonic() - self._written < _PAUSE or self._write()

    def rest(self) -> list[tuple[Kind, dict[str, Any]]]:
        """What is not written yet."""
        return [*self._pending, *self._hidden]

    def _write(self) -> bool:
        self._written = time.monotonic()
        try:
            with self._workplace.database.write() as session:
                held = delivery.note(session, self._attempt_id, self._claim, self._pending)
        except SQLAlchemyError:
            log.exception("attempt.progress_not_written")
            return True
        self._pending = []
        self._workplace.wake(self._attempt_id)
        return held


def execute_attempt(attempt_id: str, claim: str, workplace: Workplace) -> None:
    """Judge or run the attempt that ``claim`` holds, and save how it ended.

    Raises:
        SQLAlchemyError: the database failed; the attempt stays claimed and is found by the engine's sweep.
    """
    with structlog.contextvars.bound_contextvars(attempt=attempt_id):
        _execute(attempt_id, claim, workplace)


def _execute(attempt_id: str, claim: str, workplace: Workplace) -> None:
    database = workplace.database
    workplace.wake(attempt_id)
    with database.read() as session:
        work = delivery.held(session, attempt_id, claim)
    if work is None:
        log.warning("attempt.claim_lost", stage="start")
        return
    try:
        progress = _Progress(attempt_id, claim, workplace)
        judged = _judge(work, workplace, progress)
        if judged is None:
            log.info("attempt.claim_lost", stage="judging")
            return
        report, traces, case_ms = judged
        kept_programs = programs.packed(traces)
        with database.write() as session:
            kept = delivery.finish(session, attempt_id, claim, report, progress.rest(), case_ms=case_ms)
            if kept and traces is not None:
                programs.keep(session, attempt_id, traces, kept_programs)
            ended = delivery.endings(session, [attempt_id] if kept else ())
    except SandboxDown as down:
        # Nothing of it has run: it waits in the queue, as long as it takes.
        log.warning("attempt.waits", why=str(down))
        with database.write() as session:
            kept, ended = bool(delivery.hand_back(session, [claim])), []
    except Exception:
        # The learner's outcome is inside a report; every exception is ours.
        log.exception("attempt.fault")
        with database.write() as session:
            kept = delivery.fail_try(session, attempt_id, claim, workplace.policy)
            ended = delivery.endings(session, [attempt_id] if kept else ())
        workplace.metrics.fault()
    else:
        log.info("attempt.finished", verdict=report.verdict, saved=kept)
    workplace.metrics.ended(ended)
    workplace.wake(attempt_id)
    if not kept:
        log.warning("attempt.claim_lost", stage="end")


def _judge(
    work: Work, workplace: Workplace, progress: _Progress
) -> tuple[Report | RunReport, Traces | None, tuple[float | None, ...]] | None:
    """How it ended, what it was traced to, and what each case took; None as soon as the claim is lost.

    Then somebody has cancelled it, or has it instead.
    """
    published = workplace.published(work.version_id)
    if work.kind == "run":
        return workplace.pipeline.run(published, work.source, workplace.sandbox, work.run_input), None, ()
    with closing(workplace.pipeline.judge(published, work.source, workplace.sandbox)) as events:
        for event in events:
            if isinstance(event, Judged):
                spent = {stage: round(milliseconds, 3) for stage, milliseconds in event.spent_ms.items()}
                log.info("attempt.judged", milliseconds=spent)
                return event.report, event.traces, event.case_ms
            if not progress.take(event):
                return None
    raise NoReport("the judge's events ended before its report")
