"""Opening hints one at a time, and the solution.

Invariant: what is opened is recorded in the same transaction, and is never more than the next hint. A solution is open
to whoever was accepted, gave up, or may read solutions anyway.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.database.db import alone
from app.errors import NoHintToOpen, SolutionClosed
from app.problems.model import Hint, Problem
from app.problems.tables import ProblemVersion
from app.progress.models import GivenUp, OpenedHint


def opened(session: Session, user_id: str, slug: str) -> frozenset[str]:
    """Titles of the hints of a problem that somebody has opened."""
    query = select(OpenedHint.title).where(OpenedHint.user_id == user_id, OpenedHint.slug == slug)
    return frozenset(session.scalars(query))


def open_next(session: Session, user_id: str, problem: Problem) -> Hint:
    """Open the next hint of a problem that somebody may read.

    Raises:
        NoHintToOpen: all are open, or those that are left wait for failures that they have not met.
    """
    alone(session, f"progress of {user_id}")
    hint = next_hint(session, user_id, problem)
    if hint is not None:
        session.add(OpenedHint(user_id=user_id, slug=problem.slug, title=hint.title))
        session.flush()
        return hint
    known = opened(session, user_id, problem.slug)
    closed = [hint for hint in problem.hints if hint.title not in known]
    if not closed:
        raise NoHintToOpen("You have opened every hint of this problem.")
    waits = ", ".join(dict.fromkeys(str(hint.after) for hint in closed))
    raise NoHintToOpen(f"The hints that are left are for attempts that fail with {waits}, which none of yours did.")


def next_hint(session: Session, user_id: str, problem: Problem) -> Hint | None:
    """The next hint of a problem that somebody may open; None if there is none for now."""
    known = opened(session, user_id, problem.slug)
    closed = [hint for hint in problem.hints if hint.title not in known]
    met = _met(session, user_id, problem.slug, [hint.after for hint in closed if hint.after is not None])
    return next((hint for hint in closed if hint.after is None or hint.after in met), None)


def give_up(session: Session, user_id: str, slug: str) -> None:
    """Record that somebody wants to see the solution more than to find it."""
    alone(session, f"progress of {user_id}")
    if session.get(GivenUp, (user_id, slug)) is None:
        session.add(GivenUp(user_id=user_id, slug=slug))
        session.flush()


def check_solution(session: Session, user_id: str, slug: str) -> None:
    """Return if the solution of a problem is open to somebody.

    Raises:
        SolutionClosed: they have neither been accepted nor given up.
    """
    accepted = _graded(user_id, slug).where(Attempt.verdict == "accepted").limit(1)
    if session.get(GivenUp, (user_id, slug)) is None and session.scalars(accepted).first() is None:
        raise SolutionClosed(
            "The solution opens once an attempt of yours is accepted, or when you give up, which is recorded. "
            f"POST /api/v1/problems/{slug}/give-up does so."
        )


def _met(session: Session, user_id: str, slug: str, failures: Sequence[str]) -> frozenset[str]:
    """Which of these verdicts and reasons graded attempts of somebody's have ended with."""
    if not failures:
        return frozenset()
    query = _graded(user_id, slug).where(or_(Attempt.verdict.in_(failures), Attempt.reason.in_(failures)))
    rows = session.execute(query.with_only_columns(Attempt.verdict, Attempt.reason).distinct())
    return frozenset(part for row in rows for part in row if part is not None)


def _graded(user_id: str, slug: str) -> Select[str]:
    """Graded attempts of somebody's at any version of a problem."""
    return (
        select(Attempt.id)
        .join(Attempt.problem_version)
        .where(Attempt.user_id == user_id, Attempt.kind == "grade", ProblemVersion.slug == slug)
    )
