"""Which attempts a rejudging is about, and what each is judged against.

Invariant: only graded attempts that are done are selected, and none that its submitter cancelled. Each is judged
against a version of its own problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import ColumnElement, Select, String, literal, select, type_coerce
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.attempts.models import Attempt
from app.errors import AttemptNotFound, ProblemNotFound, VersionNotFound, WrongVersion
from app.problems import store
from app.problems.tables import ProblemVersion, ServedProblem

Kind = Literal["problem", "version", "user", "attempt"]


@dataclass(frozen=True)
class Asked:
    """What attempts are asked for.

    Attributes:
        kind: what ``name`` names: a problem by its slug, a version (see ``versions``), a user, or an attempt by its id.
        against: the version to judge against; None for the one of each problem that is served.
    """

    kind: Kind
    name: str
    against: str | None = None


def versions(session: Session, name: str) -> Sequence[ProblemVersion]:
    """Versions by ``SLUG@LABEL`` or by the SHA-256 of their folder, the latest first.

    Several may have one label, where its author has not counted on, and one folder, where another toolchain has
    published it.

    Raises:
        VersionNotFound: there is none.
    """
    slug, at, label = name.partition("@")
    named = (ProblemVersion.slug == slug, ProblemVersion.label == label) if at else (ProblemVersion.sha256 == name,)
    found = session.scalars(select(ProblemVersion).where(*named).order_by(ProblemVersion.id.desc())).all()
    if not found:
        raise VersionNotFound(
            f"No version is named {name[:100]!r}. Name one as SLUG@LABEL, or by its SHA-256 as attempts tell it."
        )
    return found


def selected(session: Session, asked: Asked) -> tuple[str, Select[str, str]]:
    """What was asked for as it is spelt here, and its attempts: the id of each and of the version to judge it against.

    Raises:
        ProblemNotFound: there is no such problem, or it is not served and no version is named.
        VersionNotFound: there is no such version.
        WrongVersion: the version to judge against is another problem's.
        UserNotFound: there is no such user.
        AttemptNotFound: there is no such attempt.
    """
    against = None if asked.against is None else versions(session, asked.against)[0]
    name, slug, which = _which(session, asked, against)
    if against is not None and slug not in (None, against.slug):
        raise WrongVersion(f"{asked.against!r} is a version of {against.slug}, and these attempts are at {slug}.")
    served = type_coerce(ServedProblem.version_id, String)
    query = select(Attempt.id, served if against is None else literal(against.id))
    query = query.join(ProblemVersion, Attempt.problem_version_id == ProblemVersion.id)
    if against is None:
        query = query.join(ServedProblem, ServedProblem.slug == ProblemVersion.slug).where(served.is_not(None))
    else:
        query = query.where(ProblemVersion.slug == against.slug)
    # Of whoever was erased only how it ended is left, and that stays.
    done = (Attempt.kind == "grade", Attempt.state == "done", Attempt.verdict != "cancelled", Attempt.source != b"")
    return name, query.where(which, *done).order_by(Attempt.id)


def _which(
    session: Session, asked: Asked, against: ProblemVersion | None
) -> tuple[str, str | None, ColumnElement[bool]]:
    """The name as it is spelt here, the problem if it is one problem's attempts, and which these are."""
    match asked.kind:
        case "problem":
            slug = (
                store.current(session, asked.name, everything=True).slug
                if against is None
                else _known(session, asked.name)
            )
            return slug, slug, ProblemVersion.slug == slug
        case "version":
            found = versions(session, asked.name)
            return asked.name, found[0].slug, ProblemVersion.id.in_([version.id for version in found])
        case "user":
            user = accounts.find(session, asked.name)
            return user.name, None, Attempt.user_id == user.id
        case "attempt":
            query = select(ProblemVersion.slug).join(Attempt, Attempt.problem_version_id == ProblemVersion.id)
            of = session.scalars(query.where(Attempt.id == asked.name, Attempt.kind == "grade")).one_or_none()
            if of is None:
                raise AttemptNotFound("No attempt has this id. GET /api/v1/attempts?user=* lists those there are.")
            return asked.name, of, Attempt.id == asked.name


def _known(session: Session, slug: str) -> str:
    """The slug of a problem that is or was served."""
    found = session.scalars(select(ProblemVersion.slug).where(ProblemVersion.slug == slug).limit(1)).first()
    if found is None:
        raise ProblemNotFound(f"No problem is or was named {slug[:100]!r}.")
    return found
