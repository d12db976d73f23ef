"""Everything that the service knows of a user, as one JSON document that is written piece by piece.

Invariant: no more than a page of attempts is in memory, and no transaction is open between two pieces: whoever reads
slowly holds up nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from app.accounts import schemas as accounts
from app.accounts import throttle
from app.accounts.models import FailedSignIns, SignedIn, User
from app.attempts import schemas as attempts
from app.attempts import verdicts
from app.attempts.models import Attempt
from app.database.db import Database, now
from app.oidc import schemas as oidc
from app.oidc.models import Identity
from app.personal import schemas
from app.personal.schemas import ExportedAttempt, ExportedRun, ExportHead
from app.progress.models import GivenUp, OpenedHint
from app.tokens import service as tokens

#: Attempts that are read at a time; one may have a megabyte of source and as much of report.
_PAGE = 10


def export(database: Database, user_id: str) -> Iterator[str]:
    """The pieces of a ``schemas.Export``; of a user that is there when the first is asked for."""
    with database.read() as session:
        head = _head(session, user_id).model_dump_json()
    yield head[:-1]
    for kind, shown in (("grade", _attempt), ("run", _run)):
        yield ',\n"attempts":[' if kind == "grade" else '],\n"runs":['
        separator = "\n"
        last = ""
        while page := _page(database, user_id, kind, last, shown):
            for last, text in page:  # noqa: B007 - the next page begins after the last one
                yield separator + text
                separator = ",\n"
    yield "]}\n"


def _head(session: Session, user_id: str) -> ExportHead:
    user = session.get_one(User, user_id)
    failed = session.get(FailedSignIns, throttle.account(user.name_key).key)
    signed_in = session.scalars(select(SignedIn).where(SignedIn.user_id == user_id).order_by(SignedIn.created_at))
    identities = session.scalars(select(Identity).where(Identity.user_id == user_id).order_by(Identity.created_at))
    hints = session.scalars(select(OpenedHint).where(OpenedHint.user_id == user_id).order_by(OpenedHint.at))
    given_up = session.scalars(select(GivenUp).where(GivenUp.user_id == user_id).order_by(GivenUp.at))
    return ExportHead(
        format="allclose-account-1",
        exported_at=now(),
        account=accounts.user(user),
        failed_sign_ins=0.0 if failed is None else failed.count,
        sessions=tuple(schemas.Session(created_at=row.created_at, expires_at=row.expires_at) for row in signed_in),
        tokens=tuple(accounts.token(row) for row in tokens.of_user(session, user_id)),
        identities=tuple(oidc.identity(row) for row in identities),
        opened_hints=tuple(schemas.OpenedHint(problem=row.slug, title=row.title, at=row.at) for row in hints),
        given_up=tuple(schemas.GivenUp(problem=row.slug, at=row.at) for row in given_up),
    )


def _page(
    database: Database, user_id: str, kind: str, after: str, shown: Callable[[Session, Attempt], str]
) -> Sequence[tuple[str, str]]:
    """Ids and texts of a user's attempts of a kind after the id ``after``."""
    query = select(Attempt).join(Attempt.problem_version).join(Attempt.user)
    query = query.options(contains_eager(Attempt.problem_version), contains_eager(Attempt.user))
    query = query.where(Attempt.user_id == user_id, Attempt.kind == kind, Attempt.id > after)
    with database.read() as session:
        rows = session.scalars(query.order_by(Attempt.id).limit(_PAGE)).all()
        return [(row.id, shown(session, row)) for row in rows]


def _attempt(session: Session, row: Attempt) -> str:
    detail = attempts.attempt_detail(row, earlier=verdicts.earlier(session, row.id))
    return ExportedAttempt(**dict(detail), idempotency_key=row.idempotency_key).model_dump_json()


def _run(_: Session, row: Attempt) -> str:
    detail = attempts.run_detail(row)
    return ExportedRun(**dict(detail), idempotency_key=row.idempotency_key, input=row.run_input).model_dump_json()
