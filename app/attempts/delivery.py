"""What engines do with attempts: claim, finish, hand back.

Invariant: every change is fenced by the claim. Whoever lost its claim (it was thought dead, or is being stopped)
changes nothing any more, so an attempt has one verdict however often it was started.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import zip_longest
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, delete, or_, select, update
from sqlalchemy.orm import Session

from app.attempts import events
from app.attempts.models import UNFINISHED, Attempt, CaseOutcome
from app.database.db import now
from app.engine import jobs, workers
from app.judge.verdict import Report, Verdict
from app.pipeline import RunReport

#: What an attempt that nobody holds has.
_UNHELD = {"claim": None, "claimed_by": None}

INTERNAL_ERROR: Verdict = "internal_error"

_WAITING = "The service had a fault of its own, not yours, while working on this. It will be tried again."


@dataclass(frozen=True)
class RetryPolicy:
    """How often an attempt is started, and the pause after a fault of ours.

    Attributes:
        max_tries: starts after which a fault ends the attempt.
        pause: seconds before the second start; doubled for each further one.
    """

    max_tries: int
    pause: float

    def after(self, tries: int) -> datetime:
        """When an attempt that was started ``tries`` times and failed may start again."""
        return now() + timedelta(seconds=self.pause * 2 ** (tries - 1))


@dataclass(frozen=True)
class Ended:
    """How an attempt has ended, for whoever counts; ``started_at`` is None if it never was."""

    kind: str
    verdict: str | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime


@dataclass(frozen=True)
class Work:
    """What a worker needs to know of the attempt it holds."""

    kind: str
    version_id: str
    source: bytes
    run_input: object


def claim_next(session: Session, claim: str, worker_id: str | None = None) -> str | None:
    """Take the attempt that is due and comes first; returns its id, or None if there is none.

    No two workers take the same one: on SQLite only one of them writes, elsewhere each passes over what another takes.
    """
    first = _due().order_by(Attempt.priority.desc(), Attempt.id).limit(1)
    return _claim(session, first.with_for_update(skip_locked=True), claim, worker_id)


def claim_one(session: Session, attempt_id: str, claim: str, worker_id: str | None = None) -> str | None:
    """Take this attempt if it is queued and due; returns its id, or None if there is nothing to do."""
    return _claim(session, _due().where(Attempt.id == attempt_id).with_for_update(), claim, worker_id)


def _due() -> Select[str]:
    due = or_(Attempt.not_before.is_(None), Attempt.not_before <= now())
    return select(Attempt.id).where(UNFINISHED, Attempt.state == "queued", due)


def _claim(session: Session, which: Select[str], claim: str, worker_id: str | None) -> str | None:
    started = {"state": "running", "claim": claim, "claimed_by": worker_id, "started_at": now()}
    taken = (
        update(Attempt)
        .where(Attempt.id == which.scalar_subquery())
        .values(**started, tries=Attempt.tries + 1, not_before=None, message=None)
        .returning(Attempt.id)
        .execution_options(synchronize_session=False)
    )
    attempt_id = session.scalars(taken).one_or_none()
    if attempt_id is not None:
        events.record(session, attempt_id, [("running", {})])
    return attempt_id


def next_due(session: Session) -> datetime | None:
    """When the next queued attempt may start; None if none is queued."""
    query = (
        select(Attempt.not_before).where(UNFINISHED, Attempt.state == "queued").order_by(Attempt.not_before).limit(1)
    )
    row = session.execute(query).one_or_none()
    return None if row is None else row[0] or now()


def held(session: Session, attempt_id: str, claim: str) -> Work | None:
    """The attempt as its holder needs it; None if the claim is lost."""
    columns = (Attempt.kind, Attempt.problem_version_id, Attempt.source, Attempt.run_input)
    row = session.execute(select(*columns).where(_held(attempt_id, claim))).one_or_none()
    return None if row is None else Work(*row)


def note(session: Session, attempt_id: str, claim: str, happened: Sequence[tuple[events.Kind, dict[str, Any]]]) -> bool:
    """Write down how far it is, for whoever watches; False if the claim is lost, and then nothing is written."""
    holding = select(Attempt.id).where(_held(attempt_id, claim)).with_for_update()
    if session.scalars(holding).one_or_none() is None:
        return False
    events.record(session, attempt_id, happened)
    return True


def finish(  # noqa: PLR0913 - all that is saved at once
    session: Session,
    attempt_id: str,
    claim: str,
    report: Report | RunReport,
    happened: Sequence[tuple[events.Kind, dict[str, Any]]] = (),
    *,
    case_ms: Sequence[float | None] = (),
) -> bool:
    """Save how an attempt ended, and what else ``happened``; False if the claim is lost, and then nothing is saved.

    ``case_ms`` is what each case took, where that is known.
    """
    record = storable(report.model_dump(mode="json"))
    # A run as a whole has no reason; its calls have.
    outcome = {key: record.get(key) for key in ("verdict", "reason", "message")}
    # Runs do not count, and neither do their mistakes.
    pitfall = report.pitfall.submission if isinstance(report, Report) and report.pitfall else None
    values = {**outcome, **_UNHELD, "pitfall": pitfall, "report": record, "state": "done", "finished_at": now()}
    if not _changed(session, update(Attempt).where(_held(attempt_id, claim)).values(**values)):
        return False
    events.record(session, attempt_id, [*happened, ("done", outcome)])
    events.forget(session)
    if isinstance(report, Report):
        keep_cases(session, attempt_id, record["cases"], case_ms)
    return True


def keep_cases(
    session: Session, attempt_id: str, cases: Sequence[Mapping[str, Any]], case_ms: Sequence[float | None] = ()
) -> None:
    """Keep the cases of a stored record in the form that SQL can count, instead of those of an earlier one."""
    session.execute(delete(CaseOutcome).where(CaseOutcome.attempt_id == attempt_id))
    kept = ("name", "public", "verdict", "reason", "message")
    for position, (case, taken) in enumerate(zip_longest(cases, case_ms)):
        values = {key: case[key] for key in kept}
        session.add(CaseOutcome(attempt_id=attempt_id, position=position, **values, milliseconds=taken))


def fail_try(session: Session, attempt_id: str, claim: str, policy: RetryPolicy) -> bool:
    """Note a fault of ours: queue the attempt again, or end it as ``internal_error`` after the last try.

    Returns False if the claim is lost, and then nothing is changed.
    """
    tries = session.scalars(select(Attempt.tries).where(_held(attempt_id, claim))).one_or_none()
    if tries is None:
        return False
    values = _after_fault(tries, policy)
    if not _changed(session, update(Attempt).where(_held(attempt_id, claim)).values(**values)):
        return False
    _record_change(session, attempt_id, values)
    return True


def requeue_lost(
    session: Session, held: Callable[[], Collection[str]], policy: RetryPolicy, worker_id: str | None = None
) -> list[str]:
    """Queue again what is marked running although nobody holds it; returns the ids.

    A try that ended like this counts, or an attempt that kills its worker would do so for ever.

    Args:
        session: to write to.
        held: the claims whose holders live in this process. They are asked for once the rows are locked: whoever has
            claimed one before that is among them, and is until it has saved how it ended.
        policy: what follows a fault of ours.
        worker_id: of this process, for which ``held`` speaks. The claims of others go by whether those live.
    """
    others = Attempt.claimed_by.in_(workers.living(session)) & (Attempt.claimed_by != worker_id)
    nobodys = Attempt.claimed_by.is_(None) | ~others
    query = select(Attempt.id, Attempt.tries, Attempt.claim).where(UNFINISHED, Attempt.state == "running", nobodys)
    rows = session.execute(query.with_for_update(skip_locked=True)).all()
    here = held()
    lost = [(attempt_id, tries) for attempt_id, tries, claim in rows if claim not in here]
    for attempt_id, tries in lost:
        values = _after_fault(tries, policy)
        session.execute(update(Attempt).where(Attempt.id == attempt_id).values(**values))
        _record_change(session, attempt_id, values)
    return [attempt_id for attempt_id, _ in lost]


def endings(session: Session, attempt_ids: Collection[str]) -> list[Ended]:
    """How those of these attempts that are done have ended; for the transaction that has ended them."""
    if not attempt_ids:
        return []
    columns = (Attempt.kind, Attempt.verdict, Attempt.created_at, Attempt.started_at, Attempt.finished_at)
    rows = session.execute(select(*columns).where(Attempt.id.in_(attempt_ids), Attempt.finished_at.is_not(None)))
    return [Ended(kind, verdict, made, started, end) for kind, verdict, made, started, end in rows if end is not None]


def hand_back(session: Session, claims: Collection[str]) -> list[str]:
    """Queue again what a stopping server was still running; returns the ids. The interrupted try is not counted."""
    values = {**_UNHELD, "state": "queued", "tries": Attempt.tries - 1, "started_at": None}
    given = update(Attempt).where(Attempt.claim.in_(claims)).values(**values).returning(Attempt.id)
    returned = list(session.scalars(given.execution_options(synchronize_session=False)))
    for attempt_id in returned:
        events.record(session, attempt_id, [("queued", {})])
        jobs.defer(session, attempt_id)
    return returned


def storable(value: Any) -> Any:
    """JSON-ready data without lone surrogates, which learners can print and neither SQLite nor HTTP can carry."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _held(attempt_id: str, claim: str) -> ColumnElement[bool]:
    return (Attempt.id == attempt_id) & (Attempt.claim == claim)


def _changed(session: Session, change: Update) -> bool:
    return session.scalars(change.returning(Attempt.id)).one_or_none() is not None


def _record_change(session: Session, attempt_id: str, values: dict[str, Any]) -> None:
    """Tell whoever watches what became of an attempt after a fault of ours."""
    if values["state"] == "queued":
        events.record(session, attempt_id, [("queued", {"message": values["message"]})])
        jobs.defer(session, attempt_id, at=values["not_before"])
    else:
        told = {"verdict": values["verdict"], "reason": None, "message": values["message"]}
        events.record(session, attempt_id, [("done", told)])


def _after_fault(tries: int, policy: RetryPolicy) -> dict[str, Any]:
    if tries < policy.max_tries:
        again = {"not_before": policy.after(tries), "started_at": None, "message": _WAITING}
        return {"state": "queued", **_UNHELD, **again}
    message = (
        f"The service failed {tries} times while working on this. That is our fault and not yours: it does not count. "
        "Submit again, and if it happens again give the operator this id."
    )
    return {"state": "done", **_UNHELD, "finished_at": now(), "verdict": INTERNAL_ERROR, "message": message}
