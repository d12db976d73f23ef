"""What instructors do with rejudgings: make one, look at what it came to, apply or cancel it.

Invariant: nothing of an attempt changes before somebody has asked for it with ``apply``, and no accepted attempt
becomes anything else unless they asked for that too. Asking twice does no more than asking once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, insert, literal, null, select, update
from sqlalchemy.orm import Session

from app.accounts.models import User
from app.accounts.rights import Actor
from app.attempts.models import Attempt
from app.audit import service as audit
from app.audit.service import Action, Detail, Subject
from app.database.db import alone, now
from app.errors import NothingToRejudge, RejudgingNotFound, RejudgingRuns, WrongState
from app.problems.tables import ProblemVersion
from app.rejudge.models import Rejudged, Rejudging
from app.rejudge.selection import Asked, selected

#: What is applied, and what only if lowering is allowed.
RAISING, LOWERING = ("raised", "changed"), ("raised", "changed", "lowered")
_BUSY = ("previewing", "applying")


@dataclass(frozen=True)
class Found:
    """A rejudging with the name of whoever made it, and how many of its attempts are in which state.

    Attributes:
        counts: by ``state``, and by ``direction`` and ``stored`` of what was judged.
    """

    rejudging: Rejudging
    made_by: str | None
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Change:
    """What became of one attempt, with its submitter's name and the version it was judged against."""

    rejudged: Rejudged
    user: str | None
    version: ProblemVersion


def make(session: Session, actor: Actor, asked: Asked) -> Found:
    """Select attempts to be judged again.

    Raises:
        NothingToRejudge: none is selected.
        RejudgingRuns: the same is being done already.
        ServiceError: what ``selected`` raises.
    """
    alone(session, "rejudgings")
    name, query = selected(session, asked)
    running = select(Rejudging.id).where(
        Rejudging.kind == asked.kind, Rejudging.subject == name, Rejudging.state.in_(_BUSY)
    )
    if (other := session.scalars(running).first()) is not None:
        raise RejudgingRuns(f"Rejudging {other} is about the same and not done. Wait for it, or cancel it.", id=other)
    made = Rejudging(made_by=actor.user_id, kind=asked.kind, subject=name, against=asked.against)
    session.add(made)
    session.flush()
    attempts = query.add_columns(literal(made.id), literal("waiting"), literal(0))
    columns = [Rejudged.attempt_id, Rejudged.version_id, Rejudged.rejudging_id, Rejudged.state, Rejudged.tries]
    session.execute(insert(Rejudged).from_select(columns, attempts))
    total = select(func.count()).select_from(Rejudged).where(Rejudged.rejudging_id == made.id)
    made.total = session.scalars(total).one()
    if not made.total:
        raise NothingToRejudge(
            "No graded attempt there is done, at a problem that is served or that the version is of. Cancelled ones "
            "have nothing to be judged."
        )
    _log(session, actor, Action.REJUDGING_MADE, made, attempts=made.total)
    return find(session, made.id)


def find(session: Session, rejudging_id: str) -> Found:
    """One rejudging.

    Raises:
        RejudgingNotFound: there is none of this id.
    """
    found = page(session, None, 1, Rejudging.id == rejudging_id)
    if not found:
        raise RejudgingNotFound("No rejudging has this id. GET /api/v1/rejudgings lists those there are.")
    return found[0]


def page(session: Session, before: str | None, limit: int, only: ColumnElement[bool] | None = None) -> Sequence[Found]:
    """Up to ``limit`` rejudgings older than the id ``before``, newest first."""
    query = select(Rejudging, User.name).outerjoin(User, Rejudging.made_by == User.id)
    query = query.order_by(Rejudging.id.desc()).limit(limit).execution_options(populate_existing=True)
    for wanted in (only, None if before is None else Rejudging.id < before):
        query = query if wanted is None else query.where(wanted)
    rows = session.execute(query).all()
    counts = _counts(session, [rejudging.id for rejudging, _ in rows])
    return [Found(rejudging, name, counts[rejudging.id]) for rejudging, name in rows]


def changes(session: Session, rejudging_id: str, direction: str | None, after: int, limit: int) -> Sequence[Change]:
    """Up to ``limit`` attempts of a rejudging after the number ``after``: that change, or that we failed to judge."""
    told = Rejudged.direction.in_(LOWERING) | (Rejudged.state == "failed")
    query = select(Rejudged, User.name, ProblemVersion)
    query = query.join(Attempt, Rejudged.attempt_id == Attempt.id).outerjoin(User, Attempt.user_id == User.id)
    query = query.join(ProblemVersion, Rejudged.version_id == ProblemVersion.id)
    query = query.where(Rejudged.rejudging_id == rejudging_id, Rejudged.id > after, told)
    if direction is not None:
        query = query.where(Rejudged.direction == direction)
    return [Change(*row) for row in session.execute(query.order_by(Rejudged.id).limit(limit))]


def apply(session: Session, actor: Actor, rejudging_id: str, *, allow_lowering: bool) -> Found:
    """Have what was shown become the attempts' verdicts; accepted ones are lowered only if that is allowed.

    Raises:
        RejudgingNotFound: there is none of this id.
        WrongState: its preview is not whole, or it was cancelled.
    """
    rejudging = _locked(session, rejudging_id)
    if rejudging.state == "previewing":
        raise WrongState("Not every attempt has been judged again. Wait until its state is 'previewed'.")
    if rejudging.state == "cancelled":
        raise WrongState("It was cancelled. Make another one to see what would change now.")
    more = allow_lowering and not rejudging.allow_lowering
    if rejudging.state == "previewed" or more:
        rejudging.state, rejudging.ended_at = "applying", None
        rejudging.allow_lowering = rejudging.allow_lowering or allow_lowering
        session.flush()
        counts = _counts(session, [rejudging_id])[rejudging_id]
        told: dict[str, Detail] = {name: counts[name] for name in LOWERING}
        _log(session, actor, Action.REJUDGING_APPLIED, rejudging, allow_lowering=allow_lowering, **told)
    return find(session, rejudging_id)


def cancel(session: Session, actor: Actor, rejudging_id: str) -> Found:
    """Judge and apply no more of it. What was applied stays.

    Raises:
        RejudgingNotFound: there is none of this id.
        WrongState: it was applied.
    """
    rejudging = _locked(session, rejudging_id)
    if rejudging.state == "applied":
        raise WrongState("It was applied, so there is nothing to cancel. What was before stands beside each attempt.")
    if rejudging.state != "cancelled":
        rejudging.state, rejudging.ended_at = "cancelled", now()
        session.flush()
        # Whoever is judging one of them loses it, and the records are of no more use.
        held = Rejudged.claim.is_not(None) | Rejudged.report.is_not(None)
        freed = update(Rejudged).where(Rejudged.rejudging_id == rejudging_id, held)
        freed = freed.values(claim=None, claimed_until=None, report=null())
        session.execute(freed.execution_options(synchronize_session=False))
        _log(session, actor, Action.REJUDGING_CANCELLED, rejudging)
    return find(session, rejudging_id)


def _locked(session: Session, rejudging_id: str) -> Rejudging:
    query = select(Rejudging).where(Rejudging.id == rejudging_id).with_for_update()
    found = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        raise RejudgingNotFound("No rejudging has this id. GET /api/v1/rejudgings lists those there are.")
    return found


def _counts(session: Session, ids: Sequence[str]) -> Mapping[str, Counter[str]]:
    """How many attempts of each of these rejudgings are in which state, changed how, and were judged from what."""
    columns = (Rejudged.rejudging_id, Rejudged.state, Rejudged.direction, Rejudged.traced)
    query = select(*columns, func.count()).where(Rejudged.rejudging_id.in_(ids)).group_by(*columns)
    counts: dict[str, Counter[str]] = {each: Counter() for each in ids}
    for rejudging_id, state, direction, traced, count in session.execute(query):
        counts[rejudging_id][state] += count
        if direction is not None:
            counts[rejudging_id][direction] += count
        if traced is False:
            counts[rejudging_id]["stored"] += count
    return counts


def _log(session: Session, actor: Actor, action: Action, rejudging: Rejudging, **details: Detail) -> None:
    subject = Subject("rejudging", rejudging.id, f"{rejudging.kind} {rejudging.subject}")
    told = details if rejudging.against is None else {**details, "against": rejudging.against}
    audit.record(session, actor, action, subject, **told)
