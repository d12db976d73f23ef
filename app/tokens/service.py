"""API tokens: making them and recognising them.

Invariant: a token is readable exactly once, as the return value of ``create``.
"""

from __future__ import annotations

import hashlib
import secrets

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.tokens.models import ApiToken

_PREFIX = "allc_"
_RANDOM_BYTES = 32
_HINT_LENGTH = len(_PREFIX) + 4


def create(session: Session, label: str) -> str:
    """Make a token that opens the API from now on, and return it."""
    token = _PREFIX + secrets.token_urlsafe(_RANDOM_BYTES)
    session.add(ApiToken(sha256=_digest(token), hint=token[:_HINT_LENGTH], label=label))
    return token


def is_valid(session: Session, token: str) -> bool:
    """Whether ``token`` was made here. Looking up a hash leaks no prefix of the token through time."""
    return session.get(ApiToken, _digest(token)) is not None


def count(session: Session) -> int:
    """How many tokens there are."""
    return session.scalars(select(func.count()).select_from(ApiToken)).one()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
