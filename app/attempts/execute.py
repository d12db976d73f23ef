"""One attempt from claim to saved verdict, the same for every engine.

Invariant: no transaction is open while a sandbox runs, and whatever goes wrong here is our fault: the attempt is tried
again and in the end becomes ``internal_error``, never a verdict on the learner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import structlog

from app.attempts import delivery
from app.attempts.delivery import RetryPolicy, Work
from app.database.db import Database
from app.judge.verdict import Judged, Report
from app.pipeline import Pipeline, RunReport
from app.problems.published import Published
from sandbox.jobs import Sandbox, SandboxDown

log = structlog.get_logger()


class NoReport(Exception):
    """The judge ended without a report."""


@dataclass(frozen=True)
class Workplace:
    """What a worker needs: where attempts are kept, what judges them, and the sandbox that runs them.

    Attributes:
        published: a problem version's content, by the version's id.
    """

    database: Database
    pipeline: Pipeline
    published: Callable[[str], Published]
    sandbox: Sandbox
    policy: RetryPolicy


def execute_attempt(attempt_id: str, claim: str, workplace: Workplace) -> None:
    """Judge or run the attempt that ``claim`` holds, and save how it ended.

    Raises:
        SQLAlchemyError: the database failed; the attempt stays claimed and is found by the engine's sweep.
    """
    database = workplace.database
    with database.read() as session:
        work = delivery.held(session, attempt_id, claim)
    if work is None:
        log.warning("attempt.claim_lost", attempt=attempt_id, stage="start")
        return
    try:
        report = _report(attempt_id, work, workplace)
        with database.write() as session:
            kept = delivery.finish(session, attempt_id, claim, report)
    except SandboxDown as down:
        # Nothing of it has run: it waits in the queue, as long as it takes.
        log.warning("attempt.waits", attempt=attempt_id, why=str(down))
        with database.write() as session:
            kept = bool(delivery.hand_back(session, [claim]))
    except Exception:
        # The learner's outcome is inside a report; every exception is ours.
        log.exception("attempt.fault", attempt=attempt_id)
        with database.write() as session:
            kept = delivery.fail_try(session, attempt_id, claim, workplace.policy)
    else:
        log.info("attempt.finished", attempt=attempt_id, verdict=report.verdict, saved=kept)
    if not kept:
        log.warning("attempt.claim_lost", attempt=attempt_id, stage="end")


def _report(attempt_id: str, work: Work, workplace: Workplace) -> Report | RunReport:
    published = workplace.published(work.version_id)
    if work.kind == "run":
        return workplace.pipeline.run(published, work.source, workplace.sandbox, work.run_input)
    for event in workplace.pipeline.judge(published, work.source, workplace.sandbox):
        if isinstance(event, Judged):
            spent = {stage: round(milliseconds, 3) for stage, milliseconds in event.spent_ms.items()}
            log.info("attempt.judged", attempt=attempt_id, milliseconds=spent)
            return event.report
    raise NoReport("the judge's events ended before its report")
