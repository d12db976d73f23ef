"""How people do who attempt problems, as far as whoever may read everybody's attempts would see it from those.

Invariant: nobody is named here who has not attempted anything, and of their account nothing is told but the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.models import User
from app.attempts.models import NO_OUTCOME, Attempt
from app.problems.tables import ProblemVersion


@dataclass(frozen=True)
class Progress:
    """What somebody has done.

    Attributes:
        attempts: graded ones that have a verdict.
        tried: problems that they attempted.
        solved: problems at which an attempt of theirs was accepted.
        latest_at: when they last submitted.
    """

    name: str
    attempts: int
    tried: int
    solved: int
    latest_at: datetime


def page(session: Session, after: str | None, limit: int, start: str = "") -> Sequence[Progress]:
    """Up to ``limit`` people by name, those after the name ``after``, whose names begin with ``start``."""
    graded = Attempt.kind == "grade"
    query = select(User.id, User.name).where(select(Attempt.id).where(Attempt.user_id == User.id, graded).exists())
    query = query.order_by(User.name_key).limit(limit)
    if after is not None:
        query = query.where(User.name_key > accounts.key(after))
    if start:
        query = query.where(User.name_key.startswith(accounts.key(start), autoescape=True))
    names = dict(session.execute(query).all())
    slug = ProblemVersion.slug
    counted = (
        select(
            Attempt.user_id,
            func.count(case((Attempt.verdict.not_in(NO_OUTCOME), 1))),
            func.count(slug.distinct()),
            func.count(case((Attempt.verdict == "accepted", slug)).distinct()),
            func.max(Attempt.created_at),
        )
        .join(Attempt.problem_version)
        .where(graded, Attempt.user_id.in_(names))
        .group_by(Attempt.user_id)
    )
    found = {row[0]: row for row in session.execute(counted)}
    return [Progress(name, *found[user_id][1:]) for user_id, name in names.items()]
