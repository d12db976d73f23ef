"""Problems that come before others.

Invariant: what cannot be solved here is asked of nobody: a prerequisite counts only while it is served and not hidden.
It is solved by an accepted attempt at any of its versions.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.errors import PrerequisitesMissing
from app.problems import store
from app.problems.tables import ProblemVersion, ServedProblem


def missing(session: Session, user_id: str, version: ProblemVersion) -> tuple[str, ...]:
    """Names of what a problem requires and somebody has not solved yet, in the author's order."""
    required = version.prerequisites
    if not required:
        return ()
    can_be = select(ServedProblem.slug).where(
        ServedProblem.slug.in_(required), ServedProblem.version_id.is_not(None), ServedProblem.visibility != "hidden"
    )
    solved = (
        select(ProblemVersion.slug)
        .join(Attempt, Attempt.problem_version_id == ProblemVersion.id)
        .where(
            Attempt.user_id == user_id,
            Attempt.kind == "grade",
            Attempt.verdict == "accepted",
            ProblemVersion.slug.in_(required),
        )
    )
    return left(required, frozenset(session.scalars(can_be)), frozenset(session.scalars(solved)))


def left(required: Sequence[str], can_be: Collection[str], solved: Collection[str]) -> tuple[str, ...]:
    """Those of what is ``required`` that can be solved and are not, in the author's order."""
    return tuple(slug for slug in required if slug in can_be and slug not in solved)


def check(session: Session, user_id: str, slug: str) -> None:
    """Return if somebody may attempt a problem that they can see, as far as other problems go.

    Raises:
        ProblemNotFound: they cannot see it.
        PrerequisitesMissing: it is attempted only after others, and they have not solved all of those.
    """
    problem = store.find(session, slug, everything=False)
    if not problem.enforce_prerequisites or problem.version is None:
        return
    before = missing(session, user_id, problem.version)
    if before:
        raise PrerequisitesMissing(
            f"{slug} takes attempts once {' and '.join(before)} {'is' if len(before) == 1 else 'are'} solved. You can "
            "read it, and run your solution on the public examples, already now.",
            missing=list(before),
        )
