"""API tokens: making them, recognising them, taking them back.

Invariant: a token is readable exactly once, as the return value of ``create``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.models import User
from app.accounts.rights import Actor, Role, Scope
from app.database.db import now
from app.errors import TokenNotFound
from app.tokens.models import ApiToken

_PREFIX = "allc_"
_HINT_LENGTH = len(_PREFIX) + 4
#: How old the note of a token's last use may be: noting each one would make every reader a writer.
_NOTED = timedelta(minutes=1)


@dataclass(frozen=True)
class Known:
    """Whom a token belongs to, and whether it is time to note that it was used."""

    actor: Actor
    unnoted: bool


def create(
    session: Session, user_id: str, label: str, scopes: Collection[Scope] = tuple(Scope), ends: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token that opens the API from now on, until ``ends`` or for good; returns its row and the token itself."""
    token = _PREFIX + accounts.new_code()
    row = ApiToken(
        sha256=accounts.digest(token),
        user_id=user_id,
        hint=token[:_HINT_LENGTH],
        label=label,
        scopes=[scope.value for scope in Scope if scope in scopes],
        expires_at=ends,
    )
    session.add(row)
    session.flush()
    return row, token


def owner(session: Session, token: str) -> Known | None:
    """Who is known by ``token``; None if it opens nothing. Looking up a hash leaks no prefix of it through time."""
    valid = or_(ApiToken.expires_at.is_(None), ApiToken.expires_at > now())
    known = select(User, ApiToken).join(ApiToken, ApiToken.user_id == User.id)
    known = known.where(ApiToken.sha256 == accounts.digest(token), valid, User.disabled_at.is_(None))
    found = session.execute(known).one_or_none()
    if found is None:
        return None
    user, row = found
    scopes = frozenset(scope for scope in Scope if scope in row.scopes)
    unnoted = row.last_used_at is None or now() - row.last_used_at > _NOTED
    return Known(Actor(user.id, user.name, Role(user.role), scopes, row.expires_at), unnoted)


def note_use(session: Session, token: str) -> None:
    """Note that a token was used just now."""
    session.execute(update(ApiToken).where(ApiToken.sha256 == accounts.digest(token)).values(last_used_at=now()))


def page(session: Session, user_id: str, before: str | None, limit: int) -> Sequence[ApiToken]:
    """Up to ``limit`` tokens of a user's that are older than the id ``before``, newest first."""
    query = select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(ApiToken.id < before)).all()


def of_user(session: Session, user_id: str) -> Sequence[ApiToken]:
    """All of a user's tokens, oldest first."""
    return session.scalars(select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id)).all()


def revoke(session: Session, user_id: str, token_id: str) -> str:
    """Take a user's token back; returns its label.

    Raises:
        TokenNotFound: they have none of that id.
    """
    gone = delete(ApiToken).where(ApiToken.id == token_id, ApiToken.user_id == user_id).returning(ApiToken.label)
    label = session.scalars(gone).one_or_none()
    if label is None:
        raise TokenNotFound("You have no token of this id. GET /api/v1/tokens lists those you have.")
    return label


def count(session: Session) -> int:
    """How many tokens there are."""
    return session.scalars(select(func.count()).select_from(ApiToken)).one()
