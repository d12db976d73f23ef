"""What people do with attempts: submit, look at one, look through all.

Invariant: a submission is checked for its problem and its size only. Whatever else is wrong with a source is judged and
told as a verdict, so nothing that was submitted is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from app.attempts.models import Attempt
from app.errors import AttemptNotFound, RunNotFound, SourceNotText, SourceTooLarge
from app.problems import store
from app.problems.tables import ProblemVersion

Kind = Literal["grade", "run"]

#: Verdicts that say nothing about a submission.
_NO_OUTCOME = ("internal_error", "cancelled")


@dataclass(frozen=True)
class Mistakes:
    """How many attempts had one outcome; ``verdict`` may be ``accepted``."""

    verdict: str
    reason: str | None
    pitfall: str | None
    attempts: int


def encode(source: str, max_source: int) -> bytes:
    """The bytes of a submitted source.

    Raises:
        SourceNotText: it has half of a surrogate pair, which JSON can spell and UTF-8 cannot.
        SourceTooLarge: more than ``max_source`` bytes.
    """
    try:
        content = source.encode()
    except UnicodeEncodeError as error:
        raise SourceNotText(
            f"The character at position {error.start} of the source is half of a surrogate pair. Send the file's own "
            "text, decoded as UTF-8."
        ) from error
    if len(content) > max_source:
        raise SourceTooLarge(
            f"The source has {len(content):,} bytes; at most {max_source:,} are accepted. Leave out data and code that "
            "the exercise does not need."
        )
    return content


def submit(session: Session, kind: Kind, slug: str, source: bytes, run_input: object = None) -> Attempt:
    """Queue a source for the version of a problem that is served now.

    Raises:
        ProblemNotFound: no problem of that name is served.
    """
    version = store.current(session, slug)
    attempt = Attempt(kind=kind, problem_version=version, source=source, run_input=run_input)
    session.add(attempt)
    session.flush()
    return attempt


def find(session: Session, kind: Kind, attempt_id: str) -> Attempt:
    """One attempt with its problem version.

    Raises:
        AttemptNotFound: no graded attempt has this id.
        RunNotFound: no run has this id.
    """
    attempt = session.scalars(_with_version().where(Attempt.id == attempt_id, Attempt.kind == kind)).one_or_none()
    if attempt is not None:
        return attempt
    if kind == "run":
        raise RunNotFound("No run has this id. POST /api/v1/runs answers with the address of the run it made.")
    raise AttemptNotFound("No attempt has this id. GET /api/v1/attempts lists those there are.")


def page(session: Session, before: str | None, limit: int) -> Sequence[Attempt]:
    """Up to ``limit`` graded attempts, newest first, older than the id ``before``."""
    query = _with_version().where(Attempt.kind == "grade").order_by(Attempt.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(Attempt.id < before)).all()


def mistakes(session: Session, slug: str, since: datetime | None, label: str | None) -> Sequence[Mistakes]:
    """How often each outcome of graded attempts at a problem was met, the most frequent first.

    Args:
        session: to read from.
        slug: the problem's.
        since: only attempts made then or later.
        label: only attempts at versions of this label.
    """
    outcome = (Attempt.verdict, Attempt.reason, Attempt.pitfall)
    count = func.count()
    query = (
        select(*outcome, count)
        .join(Attempt.problem_version)
        .where(ProblemVersion.slug == slug, Attempt.kind == "grade", Attempt.verdict.not_in(_NO_OUTCOME))
        .group_by(*outcome)
        .order_by(count.desc(), *outcome)
    )
    if since is not None:
        query = query.where(Attempt.created_at >= since)
    if label is not None:
        query = query.where(ProblemVersion.label == label)
    rows = session.execute(query)
    return [Mistakes(verdict or "", reason, pitfall, attempts) for verdict, reason, pitfall, attempts in rows]


def depth(session: Session) -> dict[str, int]:
    """How many attempts and runs are queued, and how many are running."""
    query = select(Attempt.state, func.count()).where(Attempt.state != "done").group_by(Attempt.state)
    return {"queued": 0, "running": 0} | dict(session.execute(query).all())


def _with_version() -> Select[Attempt]:
    return select(Attempt).join(Attempt.problem_version).options(contains_eager(Attempt.problem_version))
