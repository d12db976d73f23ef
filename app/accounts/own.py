"""Tokens that people make and revoke for themselves, whether over the API or by a page.

Invariant: a token makes no token that may do more than itself or lasts longer, and that one was made or revoked is in
the audit log, in the same transaction.
"""

from __future__ import annotations

from datetime import timedelta

import structlog

from app.accounts import schemas
from app.accounts.rights import Actor
from app.accounts.schemas import NewToken, TokenRequest
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.database.db import now
from app.errors import Forbidden
from app.service import Service
from app.tokens import service as tokens

log = structlog.get_logger()


def create_token(running: Service, actor: Actor, wanted: TokenRequest) -> NewToken:
    """Make a token; it is readable only now.

    Raises:
        Forbidden: the token that was shown may not make this one.
    """
    if actor.scopes is not None and (beyond := sorted(wanted.scopes - actor.scopes)):
        raise Forbidden(
            f"This token cannot make one for {', '.join(beyond)}, which it is not for itself. Sign in to do so."
        )
    ends = None if wanted.days is None else now() + timedelta(days=wanted.days)
    if actor.expires_at is not None and (ends is None or ends > actor.expires_at):
        raise Forbidden(
            f"This token ends at {actor.expires_at:%Y-%m-%d %H:%M} UTC and cannot make one that ends later."
        )
    with running.database.write() as session:
        row, token = tokens.create(session, actor.user_id, wanted.label, wanted.scopes, ends)
        told = {"scopes": " ".join(row.scopes), "ends": None if ends is None else ends.isoformat()}
        audit.record(session, actor, Action.TOKEN_MADE, Subject("token", row.id, row.label), **told)
        made = NewToken(**schemas.token(row).model_dump(), token=token)
    log.info("token.made", user=actor.user_id, token=made.id)
    return made


def revoke_token(running: Service, actor: Actor, token_id: str) -> None:
    """From now on it opens nothing.

    Raises:
        TokenNotFound: the actor has none of this id.
    """
    with running.database.write() as session:
        label = tokens.revoke(session, actor.user_id, token_id)
        audit.record(session, actor, Action.TOKEN_REVOKED, Subject("token", token_id, label))
    log.info("token.revoked", user=actor.user_id, token=token_id)
