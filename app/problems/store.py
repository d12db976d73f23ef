"""Stored problem versions: adding one, finding one, and saying which is served.

Invariant: a version is looked up by slug only to submit or to show it; an attempt goes on with the version it was
submitted for, whatever is served meanwhile. Whoever asks says whether they may see everything: by default they may not,
and then nothing tells a hidden problem from one that does not exist.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session, contains_eager

from app.database import blobs
from app.database.db import alone
from app.errors import ProblemNotFound
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.tables import ProblemVersion, ServedProblem
from app.webhooks import outbox

#: Where a served version comes from: the operator's folder of problems, or an upload over the API.
Origin = Literal["folder", "upload"]

#: Longest part of an unknown name that is repeated and compared; the comparison takes quadratic time.
_LONGEST_NAME = 100


def served(session: Session, *, everything: bool) -> Sequence[ServedProblem]:
    """What is served, by slug, with its current version: ``everything``, or what is listed for anybody."""
    query = _served().order_by(ServedProblem.slug)
    return session.scalars(query if everything else query.where(ServedProblem.visibility == "public")).all()


def every(session: Session) -> Sequence[ServedProblem]:
    """How every problem is shown that is or was served, by slug, with its current version if there is one."""
    query = select(ServedProblem).outerjoin(ServedProblem.version).options(contains_eager(ServedProblem.version))
    return session.scalars(query.order_by(ServedProblem.slug)).all()


def titles(session: Session) -> dict[str, str]:
    """What every problem is or was last called, by slug."""
    latest = select(func.max(ProblemVersion.id)).group_by(ProblemVersion.slug)
    query = select(ProblemVersion.slug, ProblemVersion.title).where(ProblemVersion.id.in_(latest))
    return dict(session.execute(query).all())


def find(session: Session, slug: str, *, everything: bool) -> ServedProblem:
    """A problem that is served, with its current version; hidden ones only if ``everything`` may be seen.

    Raises:
        ProblemNotFound: there is none; it names problems that are spelt nearly like it, of those that are listed.
    """
    query = _served().where(ServedProblem.slug == slug)
    row = session.scalars(query if everything else query.where(ServedProblem.visibility != "hidden")).one_or_none()
    if row is not None:
        return row
    named = select(ServedProblem.slug).where(ServedProblem.version_id.is_not(None)).order_by(ServedProblem.slug)
    listed = session.scalars(named if everything else named.where(ServedProblem.visibility == "public")).all()
    near = difflib.get_close_matches(slug[:_LONGEST_NAME], listed)
    hint = f"Did you mean {' or '.join(near)}?" if near else "GET /api/v1/problems lists those there are."
    raise ProblemNotFound(f"No problem is named {slug[:_LONGEST_NAME]!r}. {hint}", near=near)


def current(session: Session, slug: str, *, everything: bool = False) -> ProblemVersion:
    """The version of ``slug`` that is served.

    Raises:
        ProblemNotFound: see ``find``.
    """
    version = find(session, slug, everything=everything).version
    assert version is not None  # an inner join found it
    return version


def versions(session: Session, slug: str) -> Sequence[ProblemVersion]:
    """Every version of a problem, served or not, the latest first."""
    query = select(ProblemVersion).where(ProblemVersion.slug == slug).order_by(ProblemVersion.id.desc())
    return session.scalars(query).all()


def known(session: Session, slug: str) -> ServedProblem | None:
    """How a problem is shown, served or not, with its current version if it is; None if it never was."""
    query = select(ServedProblem).outerjoin(ServedProblem.version).options(contains_eager(ServedProblem.version))
    return session.scalars(query.where(ServedProblem.slug == slug)).one_or_none()


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


def free_for(session: Session, slug: str, origin: Origin) -> bool:
    """Whether a version of this origin may be served under a name; nobody else decides that until the session ends."""
    alone(session, f"problem {slug}")
    row = known(session, slug)
    return row is None or row.version_id is None or row.origin == origin


def serve(session: Session, version: ProblemVersion, origin: Origin = "folder") -> None:
    """Make this the version of its problem that learners get; who may see it stays as it is.

    Webhooks are told if it was another one, or none.
    """
    before = session.get(ServedProblem, version.slug)
    another = before is None or before.version_id != version.id
    session.merge(ServedProblem(slug=version.slug, version_id=version.id, origin=origin))
    if another:
        outbox.problem_published(session, version)


def withdraw(session: Session, slug: str) -> None:
    """Stop serving a problem. Its attempts stay, and so does who may see it once it is served again."""
    session.execute(update(ServedProblem).where(ServedProblem.slug == slug).values(version_id=None))
    outbox.problem_withdrawn(session, slug)


def withdraw_others(session: Session, slugs: Sequence[str]) -> Sequence[str]:
    """Stop serving every problem that came from a folder which is not in ``slugs``; returns those it stopped."""
    gone = (ServedProblem.origin == "folder") & ServedProblem.version_id.is_not(None) & ServedProblem.slug.not_in(slugs)
    stop = update(ServedProblem).where(gone).values(version_id=None).returning(ServedProblem.slug)
    withdrawn = session.scalars(stop.execution_options(synchronize_session=False)).all()
    for slug in withdrawn:
        outbox.problem_withdrawn(session, slug)
    return withdrawn


def _served() -> Select[ServedProblem]:
    return select(ServedProblem).join(ServedProblem.version).options(contains_eager(ServedProblem.version))
