"""What admins do with other people's accounts, whether over the API or by a page.

Invariant: whatever is done is in the audit log, in the same transaction. A link opens an account, so whoever makes one
could be anybody: no token for less than everything does.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import structlog

from app.accounts import links, schemas
from app.accounts import service as accounts
from app.accounts.rights import Actor, Role, Scope
from app.accounts.schemas import UserChange, UserDetail
from app.audit import service as audit
from app.audit.service import Action, Detail, Subject
from app.database.db import alone
from app.errors import Forbidden, SignUpClosed
from app.service import Service

log = structlog.get_logger()


@dataclass(frozen=True)
class Made:
    """A link that works once; its ``code`` is readable only now."""

    code: str = field(repr=False)
    expires_at: datetime


def change(running: Service, actor: Actor, name: str, wanted: UserChange) -> UserDetail:
    """Give a user a role, or take or give back all that opens anything.

    Raises:
        UserNotFound: there is no such user.
        LastAdmin: see ``accounts.change``.
    """
    with running.database.write() as session:
        alone(session, "accounts")  # what was before is what is changed
        was = schemas.user(accounts.find(session, name))
        user = accounts.change(session, name, wanted.role, disabled=wanted.disabled)
        changed = schemas.user(user)
        if changed != was:
            before: dict[str, Detail] = {"role_before": was.role, "disabled_before": was.disabled}
            after: dict[str, Detail] = {"role": changed.role, "disabled": changed.disabled}
            audit.record(session, actor, Action.USER_CHANGED, audit.user(user), **before, **after)
    log.info("user.changed", user=user.id, by=actor.user_id, role=changed.role, disabled=changed.disabled)
    return changed


def reset(running: Service, actor: Actor, name: str) -> Made:
    """A link that sets the password of a user.

    Raises:
        Forbidden: the token is for less than everything.
        UserNotFound: there is no such user.
        NameRefused: see ``links.reset``.
    """
    _check_whole(actor)
    with running.database.write() as session:
        user = accounts.find(session, name)
        code = links.reset(session, user, actor.user_id)
        expires = links.find(session, code).expires_at
        audit.record(session, actor, Action.RESET_MADE, audit.user(user), ends=expires.isoformat())
    log.info("link.made", purpose="reset", user=user.id, by=actor.user_id)
    return Made(code, expires)


def invite(running: Service, actor: Actor, role: Role) -> Made:
    """A link with which one person makes an account of this role, as long as whoever made it is an admin.

    Raises:
        Forbidden: the token is for less than everything.
        SignUpClosed: no accounts are made here.
    """
    _check_whole(actor)
    if running.settings.sign_up == "closed":
        raise SignUpClosed(accounts.CLOSED)
    with running.database.write() as session:
        code = links.invite(session, role, actor.user_id)
        link = links.find(session, code)
        expires = link.expires_at
        # A link is known by its digest, which opens nothing; using it is told with the same.
        made = Subject("link", link.sha256, "invitation")
        audit.record(session, actor, Action.INVITATION_MADE, made, role=role, ends=expires.isoformat())
    log.info("link.made", purpose="invitation", role=role, by=actor.user_id)
    return Made(code, expires)


def _check_whole(actor: Actor) -> None:
    """Return for whoever may make links."""
    if actor.scopes is not None and actor.scopes != frozenset(Scope):
        raise Forbidden("A link opens accounts, so a token makes one only if it has every scope. Sign in to do so.")
