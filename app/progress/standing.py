"""How far somebody is with every problem at once.

Invariant: it agrees with what is asked of one problem: solved is what an accepted attempt at any version of it was
made at, and what is missing before a problem is what ``prerequisites`` says.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.problems.tables import ProblemVersion

#: Verdicts that say nothing of an answer.
_EMPTY = ("cancelled", "internal_error")


@dataclass(frozen=True)
class Standing:
    """Names of problems.

    Attributes:
        solved: by an accepted attempt.
        tried: by an attempt that was judged, or is being judged, and none that was accepted.
    """

    solved: frozenset[str]
    tried: frozenset[str]


def of_user(session: Session, user_id: str) -> Standing:
    """How far a user is, in one query."""
    accepted = func.max(case((Attempt.verdict == "accepted", 1), else_=0))
    query = (
        select(ProblemVersion.slug, accepted)
        .join(Attempt, Attempt.problem_version_id == ProblemVersion.id)
        .where(
            Attempt.user_id == user_id,
            Attempt.kind == "grade",
            Attempt.verdict.is_(None) | Attempt.verdict.not_in(_EMPTY),
        )
        .group_by(ProblemVersion.slug)
    )
    rows = session.execute(query).all()
    return Standing(
        frozenset(slug for slug, solved in rows if solved), frozenset(slug for slug, solved in rows if not solved)
    )
