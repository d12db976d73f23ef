"""The HTTP face of other people's accounts, for admins: who is here, what they may do, links that let them in.

Invariant: a link is answered to whoever made it, once.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Request

from app.accounts import links, schemas
from app.accounts import service as accounts
from app.accounts.dependency import allowed
from app.accounts.rights import Actor, Operation, Scope
from app.accounts.schemas import Invitation, NewLink, UserChange, UserDetail, UserList
from app.audit import service as audit
from app.audit.service import Action, Detail, Subject
from app.database.db import alone
from app.errors import Forbidden, SignUpClosed
from app.http import addresses
from app.service import Service, ServiceDep

log = structlog.get_logger()
router = APIRouter()

Admin = Annotated[Actor, allowed(Operation.MANAGE_USERS)]


@router.get("/users", operation_id="list_users", summary="List users by name")
def list_users(
    _: Admin,
    running: ServiceDep,
    request: Request,
    after: Annotated[
        str | None, Query(description="Only users whose name comes after this one.", max_length=200)
    ] = None,
    limit: Annotated[int, Query(ge=1, le=addresses.LARGEST_PAGE)] = addresses.PAGE,
) -> UserList:
    """A page of users."""
    with running.database.read() as session:
        rows = accounts.page(session, after, limit + 1)
        items = tuple(schemas.user(row) for row in rows[:limit])
    more = len(rows) > limit
    following = addresses.of(request, "/api/v1/users", after=items[-1].name, limit=limit) if more else None
    return UserList(items=items, next=following)


@router.patch("/users/{name}", operation_id="change_user", summary="Give a user a role, or disable them")
def change_user(name: str, body: UserChange, actor: Admin, running: ServiceDep) -> UserDetail:
    """Whoever is disabled is signed out at once, and their tokens open nothing."""
    with running.database.write() as session:
        alone(session, "accounts")  # what was before is what is changed
        was = schemas.user(accounts.find(session, name))
        user = accounts.change(session, name, body.role, disabled=body.disabled)
        changed = schemas.user(user)
        if changed != was:
            before: dict[str, Detail] = {"role_before": was.role, "disabled_before": was.disabled}
            after: dict[str, Detail] = {"role": changed.role, "disabled": changed.disabled}
            audit.record(session, actor, Action.USER_CHANGED, audit.user(user), **before, **after)
    log.info("user.changed", user=user.id, by=actor.user_id, role=changed.role, disabled=changed.disabled)
    return changed


@router.post(
    "/users/{name}/password-reset", operation_id="reset_password", status_code=201, summary="Make a link for a password"
)
def reset_password(name: str, actor: Admin, request: Request, running: ServiceDep) -> NewLink:
    """A link that sets the password of a user, for whoever has forgotten it. Give it to them on a safe way."""
    _check_whole(actor)
    with running.database.write() as session:
        user = accounts.find(session, name)
        code = links.reset(session, user, actor.user_id)
        expires = links.find(session, code).expires_at
        audit.record(session, actor, Action.RESET_MADE, audit.user(user), ends=expires.isoformat())
    log.info("link.made", purpose="reset", user=user.id, by=actor.user_id)
    return _new_link(code, expires, request, running)


@router.post("/invitations", operation_id="invite", status_code=201, summary="Make a link for a new account")
def invite(body: Invitation, actor: Admin, request: Request, running: ServiceDep) -> NewLink:
    """A link with which one person makes an account of this role, as long as whoever made it is an admin."""
    _check_whole(actor)
    if running.settings.sign_up == "closed":
        raise SignUpClosed(accounts.CLOSED)
    with running.database.write() as session:
        code = links.invite(session, body.role, actor.user_id)
        link = links.find(session, code)
        expires = link.expires_at
        # A link is known by its digest, which opens nothing; using it is told with the same.
        made = Subject("link", link.sha256, "invitation")
        audit.record(session, actor, Action.INVITATION_MADE, made, role=body.role, ends=expires.isoformat())
    log.info("link.made", purpose="invitation", role=body.role, by=actor.user_id)
    return _new_link(code, expires, request, running)


def _check_whole(actor: Actor) -> None:
    """Return for whoever may make links: with one they could be anybody, so no token for less than everything may."""
    if actor.scopes is not None and actor.scopes != frozenset(Scope):
        raise Forbidden("A link opens accounts, so a token makes one only if it has every scope. Sign in to do so.")


def _new_link(code: str, expires: datetime, request: Request, running: Service) -> NewLink:
    base = running.settings.public_url or str(request.base_url)
    return NewLink(link=base.rstrip("/") + links.PATH + code, expires_at=expires)
