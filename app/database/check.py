"""Whether a database is what the program believes it to be.

Invariant: it only reads, and every sentence tells what contradicts what; none repeats what somebody has written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from app.attempts.models import NO_OUTCOME, Attempt
from app.database import migrate
from app.database.blobs import Blob
from app.database.db import Database
from app.database.faults import damaged, explain_sqlite
from app.problems.tables import ProblemVersion, ServedProblem

#: Most contradictions of SQLite's own that are listed.
_SHOWN = 20

_DONE, _RUNNING = Attempt.state == "done", Attempt.state == "running"
#: What no attempt is; an attempt without a user may have been erased, and then its report is gone.
_NEVER: Sequence[tuple[str, ColumnElement[bool]]] = (
    (
        "is done without a verdict",
        and_(
            _DONE,
            Attempt.verdict.is_(None),
            or_(Attempt.kind != "run", and_(Attempt.report.is_(None), Attempt.user_id.is_not(None))),
        ),
    ),
    ("is done, and nobody knows since when", and_(_DONE, Attempt.finished_at.is_(None))),
    (
        "has an outcome, and is not done",
        and_(~_DONE, or_(Attempt.verdict.is_not(None), Attempt.finished_at.is_not(None), Attempt.report.is_not(None))),
    ),
    ("is running without a claim", and_(_RUNNING, Attempt.claim.is_(None))),
    ("has a claim, and is not running", and_(~_RUNNING, Attempt.claim.is_not(None))),
    (
        "was judged, and has no report",
        and_(
            Attempt.verdict.is_not(None),
            Attempt.verdict.not_in(NO_OUTCOME),
            Attempt.report.is_(None),
            Attempt.user_id.is_not(None),
        ),
    ),
)


def check(database: Database) -> list[str]:
    """What contradicts what, one sentence each; empty if nothing does.

    Raises:
        DBAPIError: it cannot be read.
    """
    wrong: list[str] = []
    try:
        with database.read() as session:
            if database.is_sqlite:
                wrong += _storage(session)
            schema = _schema(session)
            # Tables of another revision may have other columns.
            wrong += [schema] if schema else [*_attempts(session), *_content(session)]
    except DatabaseError as error:
        if not damaged(error.orig):
            raise
        wrong.append(f"{explain_sqlite(error.orig)}.")
    return wrong


def _storage(session: Session) -> Iterator[str]:
    """What SQLite finds in its own file; PostgreSQL keeps its references and checks its pages by itself."""
    connection = session.connection()
    for (line,) in connection.exec_driver_sql(f"PRAGMA integrity_check({_SHOWN})"):
        if line != "ok":
            yield f"The file is damaged: {line}. Restore a backup."
    for table, row, parent, _ in [*connection.exec_driver_sql("PRAGMA foreign_key_check")][:_SHOWN]:
        yield f"Row {row} of {table} points to nothing in {parent}."


def _schema(session: Session) -> str:
    """What is wrong with the schema; empty if it is the newest."""
    known = migrate.revisions()
    found = migrate.revision(session.connection())
    if found == known[0]:
        return ""
    if found is None:
        return "There are no tables of allclose. 'allclose db upgrade' makes them."
    if found not in known:
        return f"A newer version of allclose has used it (revision {found}). Install that one."
    return (
        f"The schema is that of an older version (revision {found}). 'allclose db upgrade' brings it up to {known[0]}."
    )


def _attempts(session: Session) -> Iterator[str]:
    for says, wrong in _NEVER:
        found = [*session.scalars(select(Attempt.id).where(wrong).order_by(Attempt.id).limit(_SHOWN))]
        for attempt_id in found:
            yield f"The attempt {attempt_id} {says}."
        if len(found) == _SHOWN:
            count = session.scalars(select(func.count()).select_from(Attempt).where(wrong)).one()
            yield f"Of {count} attempts in all the same is true."


def _content(session: Session) -> Iterator[str]:
    lost = select(ProblemVersion.id).outerjoin(Blob, Blob.sha256 == ProblemVersion.content_sha256)
    for version in session.scalars(lost.where(Blob.sha256.is_(None))):
        yield f"The content of the problem version {version} is missing."
    served = select(ServedProblem.slug).join(ServedProblem.version).where(ProblemVersion.slug != ServedProblem.slug)
    for slug in session.scalars(served):
        yield f"What is served as {slug} is a version of another problem."
    for key in session.scalars(select(Blob.sha256)).all():  # one at a time: each has some megabytes
        content = session.scalars(select(Blob.content).where(Blob.sha256 == key)).one()
        if hashlib.sha256(content).hexdigest() != key:
            yield f"The blob {key} holds something else than its name says."
