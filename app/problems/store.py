"""Stored problem versions: adding one, finding one, and saying which is served.

Invariant: a version is looked up by slug only to submit or to show it; an attempt goes on with the version it was
submitted for, whatever is served meanwhile.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, contains_eager

from app.database import blobs
from app.errors import ProblemNotFound
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.tables import ProblemVersion, ServedProblem
from app.webhooks import outbox

#: Longest part of an unknown name that is repeated and compared; the comparison takes quadratic time.
_LONGEST_NAME = 100


def served(session: Session) -> Sequence[ProblemVersion]:
    """The current version of every problem that is served, by slug."""
    joined = select(ServedProblem).join(ServedProblem.version).options(contains_eager(ServedProblem.version))
    return [row.version for row in session.scalars(joined.order_by(ServedProblem.slug))]


def current(session: Session, slug: str) -> ProblemVersion:
    """The version of ``slug`` that is served.

    Raises:
        ProblemNotFound: none is; it names problems that are spelt nearly like it.
    """
    query = select(ProblemVersion).join(ServedProblem).where(ServedProblem.slug == slug[:_LONGEST_NAME])
    version = session.scalars(query).one_or_none()
    if version is not None:
        return version
    known = session.scalars(select(ServedProblem.slug)).all()
    near = difflib.get_close_matches(slug[:_LONGEST_NAME], known)
    hint = f"Did you mean {' or '.join(near)}?" if near else "GET /api/v1/problems lists those there are."
    raise ProblemNotFound(f"No problem is named {slug[:_LONGEST_NAME]!r}. {hint}", near=near)


def stored(session: Session, problem: Problem, toolchain_sha256: str) -> ProblemVersion | None:
    """The version made of exactly this folder by exactly this toolchain, if it was published before."""
    return session.scalars(
        select(ProblemVersion).where(
            ProblemVersion.slug == problem.slug,
            ProblemVersion.sha256 == problem.sha256,
            ProblemVersion.toolchain_sha256 == toolchain_sha256,
        )
    ).one_or_none()


def add(session: Session, published: Published, toolchain_sha256: str) -> ProblemVersion:
    """Store a version that is not there yet. It is not served until ``serve`` says so."""
    problem = published.problem
    version = ProblemVersion(
        slug=problem.slug,
        sha256=problem.sha256,
        toolchain_sha256=toolchain_sha256,
        label=problem.version,
        title=problem.title,
        difficulty=problem.difficulty,
        tags=list(problem.tags),
        prerequisites=list(problem.prerequisites),
        content_sha256=blobs.put(session, published.dumps()),
    )
    session.add(version)
    session.flush()
    return version


def serve(session: Session, version: ProblemVersion) -> None:
    """Make this the version of its problem that learners get; webhooks are told if it was another one, or none."""
    before = session.get(ServedProblem, version.slug)
    if before is not None and before.version_id == version.id:
        return
    session.merge(ServedProblem(slug=version.slug, version_id=version.id))
    outbox.problem_published(session, version)


def withdraw_others(session: Session, slugs: Sequence[str]) -> Sequence[str]:
    """Stop serving every problem that is not in ``slugs``; returns those it stopped. Their attempts stay."""
    gone = delete(ServedProblem).where(ServedProblem.slug.not_in(slugs)).returning(ServedProblem.slug)
    withdrawn = session.scalars(gone).all()
    for slug in withdrawn:
        outbox.problem_withdrawn(session, slug)
    return withdrawn
