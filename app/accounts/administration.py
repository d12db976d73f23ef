"""The HTTP face of other people's accounts, for admins: who is here, what they may do, links that let them in.

Invariant: a link is answered to whoever made it, once.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request

from app.accounts import links, others, schemas
from app.accounts import service as accounts
from app.accounts.dependency import allowed
from app.accounts.others import Made
from app.accounts.rights import Actor, Operation
from app.accounts.schemas import Invitation, NewLink, UserChange, UserDetail, UserList
from app.http import addresses
from app.service import Service, ServiceDep

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
    return others.change(running, actor, name, body)


@router.post(
    "/users/{name}/password-reset", operation_id="reset_password", status_code=201, summary="Make a link for a password"
)
def reset_password(name: str, actor: Admin, request: Request, running: ServiceDep) -> NewLink:
    """A link that sets the password of a user, for whoever has forgotten it. Give it to them on a safe way."""
    return _new_link(others.reset(running, actor, name), request, running)


@router.post("/invitations", operation_id="invite", status_code=201, summary="Make a link for a new account")
def invite(body: Invitation, actor: Admin, request: Request, running: ServiceDep) -> NewLink:
    """A link with which one person makes an account of this role, as long as whoever made it is an admin."""
    return _new_link(others.invite(running, actor, body.role), request, running)


def _new_link(made: Made, request: Request, running: Service) -> NewLink:
    base = running.settings.public_url or str(request.base_url)
    return NewLink(link=base.rstrip("/") + links.PATH + made.code, expires_at=made.expires_at)
