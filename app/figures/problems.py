"""How problems do: how many solve them, after how many attempts, and what the others fail at.

Invariant: graded attempts count, and of those only what says something about a submission, as everywhere
(``NO_OUTCOME``). Every figure is one query, whatever the number of attempts. Of whoever was erased the attempts count,
and not the person.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from app.attempts.models import NO_OUTCOME, Attempt, CaseOutcome
from app.problems.tables import ProblemVersion
from app.progress.models import GivenUp, OpenedHint

#: Latest attempts whose times are looked at.
TIMED = 500


@dataclass(frozen=True)
class Standing:
    """How one problem does.

    Attributes:
        attempts: that have a verdict.
        accepted: of these.
        people: who made them.
        solvers: people of whom one was accepted.
    """

    attempts: int = 0
    accepted: int = 0
    people: int = 0
    solvers: int = 0


@dataclass(frozen=True)
class Tries:
    """How many people were first accepted with their ``number``-th attempt."""

    number: int
    people: int


@dataclass(frozen=True)
class CaseFigures:
    """How one case does, in the attempts that reached it.

    Attributes:
        judged: attempts that reached it.
        failed: of these, how many failed it.
        slow: of those, how many ran out of time or were too slow.
    """

    name: str
    public: bool
    judged: int
    failed: int
    slow: int


@dataclass(frozen=True)
class CaseTimes:
    """What one case takes to compile and run, in milliseconds, over the attempts that evaluated it."""

    name: str
    public: bool
    attempts: int
    mean: float
    longest: float


@dataclass(frozen=True)
class Times:
    """Seconds from the start of judging to the verdict, of the latest ``attempts``: the middle, 95 % and longest."""

    attempts: int
    middle: float
    most: float
    longest: float


@dataclass(frozen=True)
class Help:
    """How many people opened each hint, by its title, and how many gave up."""

    hints: Sequence[tuple[str, int]]
    given_up: int


def standings(session: Session) -> Mapping[str, Standing]:
    """How every problem does that was ever attempted, by its slug."""
    query = _standing().add_columns(ProblemVersion.slug).group_by(ProblemVersion.slug)
    return {slug: Standing(*counts) for *counts, slug in session.execute(query).all()}


def standing(session: Session, slug: str, label: str | None = None) -> Standing:
    """How a problem does, or its versions of one label."""
    return Standing(*session.execute(_standing().where(*_of(slug, label))).one())


def tries(session: Session, slug: str, label: str | None = None) -> Sequence[Tries]:
    """How many attempts people took until one was accepted, fewest first."""
    accepted = (
        select(Attempt.user_id, func.min(Attempt.id).label("first"))
        .join(Attempt.problem_version)
        .where(*_counted(), *_of(slug, label), Attempt.verdict == "accepted", Attempt.user_id.is_not(None))
        .group_by(Attempt.user_id)
        .subquery()
    )
    needed = (
        select(func.count().label("number"))
        .select_from(Attempt)
        .join(Attempt.problem_version)
        .join(accepted, accepted.c.user_id == Attempt.user_id)
        .where(*_counted(), *_of(slug, label), Attempt.id <= accepted.c.first)
        .group_by(Attempt.user_id)
        .subquery()
    )
    query = select(needed.c.number, func.count()).group_by(needed.c.number).order_by(needed.c.number)
    return [Tries(*row) for row in session.execute(query)]


def cases(session: Session, slug: str, label: str | None, limit: int) -> Sequence[CaseFigures]:
    """Up to ``limit`` cases that attempts fail, those first that most fail."""
    failed = func.sum(case((CaseOutcome.verdict != "accepted", 1), else_=0))
    too_slow = (CaseOutcome.verdict == "time_limit") | (CaseOutcome.reason == "too_slow")
    slow = func.sum(case((too_slow, 1), else_=0))
    query = (
        select(CaseOutcome.name, CaseOutcome.public, func.count(), failed, slow)
        .join(Attempt, CaseOutcome.attempt_id == Attempt.id)
        .join(Attempt.problem_version)
        .where(*_counted(), *_of(slug, label), CaseOutcome.verdict.is_not(None))
        .group_by(CaseOutcome.name, CaseOutcome.public)
        .having(failed > 0)
        .order_by(failed.desc(), CaseOutcome.name)
        .limit(limit)
    )
    return [CaseFigures(*row) for row in session.execute(query)]


def slowest(session: Session, slug: str, label: str | None, limit: int) -> Sequence[CaseTimes]:
    """Up to ``limit`` cases that take longest, the slowest first."""
    taken = CaseOutcome.milliseconds
    mean = func.avg(taken)
    query = (
        select(CaseOutcome.name, CaseOutcome.public, func.count(), mean, func.max(taken))
        .join(Attempt, CaseOutcome.attempt_id == Attempt.id)
        .join(Attempt.problem_version)
        .where(*_counted(), *_of(slug, label), taken.is_not(None))
        .group_by(CaseOutcome.name, CaseOutcome.public)
        .order_by(mean.desc(), CaseOutcome.name)
        .limit(limit)
    )
    return [CaseTimes(*row) for row in session.execute(query)]


def times(session: Session, slug: str, label: str | None = None) -> Times | None:
    """How long judging took of late; None if nothing was judged."""
    query = (
        select(Attempt.started_at, Attempt.finished_at)
        .join(Attempt.problem_version)
        .where(*_counted(), *_of(slug, label), Attempt.started_at.is_not(None), Attempt.finished_at.is_not(None))
        .order_by(Attempt.id.desc())
        .limit(TIMED)
    )
    spent = sorted((end - start).total_seconds() for start, end in session.execute(query) if start and end)
    if not spent:
        return None
    return Times(len(spent), _quantile(spent, 0.5), _quantile(spent, 0.95), spent[-1])


def opened(session: Session, slug: str) -> Help:
    """What help people took with a problem, the most used first."""
    count = func.count()
    hints = select(OpenedHint.title, count).where(OpenedHint.slug == slug).group_by(OpenedHint.title)
    rows = session.execute(hints.order_by(count.desc(), OpenedHint.title))
    gave_up = session.scalars(select(func.count()).where(GivenUp.slug == slug)).one()
    return Help([(title, people) for title, people in rows], gave_up)


def _standing() -> Select[int, int, int, int]:
    """What ``Standing`` is made of, of all that counts."""
    right = Attempt.verdict == "accepted"
    return (
        select(
            func.count(),
            func.count(case((right, 1))),
            func.count(Attempt.user_id.distinct()),
            func.count(case((right, Attempt.user_id)).distinct()),
        )
        .join(Attempt.problem_version)
        .where(*_counted())
    )


def _counted() -> tuple[ColumnElement[bool], ...]:
    return (Attempt.kind == "grade", Attempt.verdict.not_in(NO_OUTCOME))


def _of(slug: str, label: str | None) -> tuple[ColumnElement[bool], ...]:
    named = ProblemVersion.slug == slug
    return (named,) if label is None else (named, ProblemVersion.label == label)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of values does not exceed."""
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]
