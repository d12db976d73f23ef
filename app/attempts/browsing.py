"""Looking through everybody's graded attempts.

Invariant: a page is found by its ids alone, however long the list is, and holds no source and no report.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from app.accounts import service as accounts
from app.accounts.models import User
from app.attempts.models import Attempt
from app.database.db import id_at
from app.problems.tables import ProblemVersion


@dataclass(frozen=True)
class Wanted:
    """Which attempts are looked for; None for all.

    Attributes:
        problem: its slug.
        label: of the version that they were submitted for.
        user: their submitter's name.
        verdict: theirs.
        reason: why they failed.
        pitfall: path of the filed mistake that they make.
        unfinished: whether they have no verdict yet.
        since: submitted then or later.
        until: submitted before.
    """

    problem: str | None = None
    label: str | None = None
    user: str | None = None
    verdict: str | None = None
    reason: str | None = None
    pitfall: str | None = None
    unfinished: bool = False
    since: datetime | None = None
    until: datetime | None = None


def page(session: Session, wanted: Wanted, before: str | None, limit: int) -> Sequence[Attempt]:
    """Up to ``limit`` graded attempts older than the id ``before``, newest first, with version and submitter."""
    query = select(Attempt).join(Attempt.problem_version).outerjoin(Attempt.user)
    query = query.options(contains_eager(Attempt.problem_version), contains_eager(Attempt.user))
    query = query.options(*(defer(each, raiseload=True) for each in (Attempt.source, Attempt.report)))
    query = query.where(Attempt.kind == "grade").order_by(Attempt.id.desc()).limit(limit)
    asked = (
        (ProblemVersion.slug, wanted.problem),
        (ProblemVersion.label, wanted.label),
        (User.name_key, None if wanted.user is None else accounts.key(wanted.user)),
        (Attempt.verdict, wanted.verdict),
        (Attempt.reason, wanted.reason),
        (Attempt.pitfall, wanted.pitfall),
    )
    for column, value in asked:
        if value is not None:
            query = query.where(column == value)
    if wanted.unfinished:
        query = query.where(Attempt.state != "done")
    if wanted.since is not None:
        query = query.where(Attempt.id >= id_at(wanted.since))
    if wanted.until is not None:
        query = query.where(Attempt.id < id_at(wanted.until))
    return session.scalars(query if before is None else query.where(Attempt.id < before)).all()
