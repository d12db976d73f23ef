"""The HTTP face of one's own account: signing up, in and out, one-time links, passwords, tokens.

Invariant: nobody's password, code or token is in an answer, but for a token in the one to whoever made it.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response

from app.accounts import entrance, schemas
from app.accounts import service as accounts
from app.accounts.dependency import Anyone, allowed, client_host, forget_session, set_session
from app.accounts.entrance import Arrival
from app.accounts.rights import Actor, Operation
from app.accounts.schemas import (
    Account,
    Forgotten,
    LinkDetail,
    NewPassword,
    NewToken,
    SignIn,
    SignUp,
    TokenList,
    TokenRequest,
    UseOfLink,
)
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.database.db import now
from app.errors import Forbidden
from app.http import addresses
from app.service import Service, ServiceDep
from app.tokens import service as tokens

log = structlog.get_logger()

#: What needs no account.
public = APIRouter(dependencies=[Depends(Anyone)])
router = APIRouter()


Own = Annotated[Actor, allowed(Operation.MANAGE_ACCOUNT)]


@public.post("/users", operation_id="sign_up", status_code=201, summary="Make an account, where that is open to anyone")
def sign_up(body: SignUp, request: Request, running: ServiceDep, response: Response) -> Account:
    """Make a learner's account and sign in to it."""
    return _arrived(entrance.sign_up(running, body, client_host(request)), running, response)


@public.post("/session", operation_id="sign_in", summary="Sign in")
def sign_in(body: SignIn, request: Request, running: ServiceDep, response: Response) -> Account:
    """Set a session cookie. Failures for one account, and from one address, slow further ones down."""
    return _arrived(entrance.sign_in(running, body, client_host(request)), running, response)


@public.get("/links/{code}", operation_id="get_link", summary="See what a one-time link does")
def get_link(code: str, running: ServiceDep) -> LinkDetail:
    """Looking does not use it up. POST to the same address does."""
    return entrance.look_at_link(running, code)


@public.post("/links/{code}", operation_id="use_link", summary="Use a one-time link, and sign in")
def use_link(code: str, body: UseOfLink, running: ServiceDep, response: Response) -> Account:
    """Make the account that an invitation is for, or set the password that was forgotten."""
    return _arrived(entrance.use_link(running, code, body), running, response)


@public.post(
    "/password-resets",
    operation_id="forget_password",
    status_code=202,
    response_class=Response,
    summary="Ask for a link by mail",
)
def forget_password(body: Forgotten, running: ServiceDep) -> Response:
    """Send a link to the account of this mail address, if there is one; the answer is the same if there is none."""
    entrance.forget_password(running, body.email)
    return Response(status_code=202)


@router.get("/account", operation_id="get_account", summary="See who you are here")
def get_account(actor: Annotated[Actor, allowed(Operation.READ_ACCOUNT)]) -> Account:
    """Name, role, and what you may do."""
    return _account(actor)


@router.post("/account/password", operation_id="change_password", status_code=204, summary="Change your password")
def change_password(body: NewPassword, actor: Own, running: ServiceDep) -> Response:
    """Every other session of yours ends; tokens stay."""
    entrance.change_password(running, actor, body)
    return Response(status_code=204)


@router.delete("/session", operation_id="sign_out", status_code=204, summary="Sign out")
def sign_out(
    actor: Annotated[Actor, allowed(Operation.READ_ACCOUNT)],
    running: ServiceDep,
    everywhere: Annotated[bool, Query(description="End every session of yours.")] = False,  # noqa: FBT002
) -> Response:
    """End this session, or all of yours. A token's owner has none: revoke the token instead."""
    if actor.session is None:
        raise Forbidden("A token is not signed in. Revoke it with DELETE /api/v1/tokens/{id} instead.")
    with running.database.write() as session:
        accounts.sign_out(session, actor.user_id, only=None if everywhere else actor.session)
    response = Response(status_code=204)
    forget_session(response)
    return response


@router.get("/tokens", operation_id="list_tokens", summary="List your tokens")
def list_tokens(actor: Own, running: ServiceDep, page: Annotated[addresses.Older, Depends()]) -> TokenList:
    """A page of them, newest first, without what opens anything."""
    with running.database.read() as session:
        rows = tokens.page(session, actor.user_id, page.before, page.limit + 1)
        items = tuple(schemas.token(row) for row in rows[: page.limit])
    more = len(rows) > page.limit
    return TokenList(items=items, next=page.following("/api/v1/tokens", items[-1].id) if more else None)


@router.post("/tokens", operation_id="create_token", status_code=201, summary="Make a token")
def create_token(body: TokenRequest, actor: Own, running: ServiceDep, request: Request, response: Response) -> NewToken:
    """It is shown only now. A token makes no token that may do more than itself, or lasts longer."""
    if actor.scopes is not None and (beyond := sorted(body.scopes - actor.scopes)):
        raise Forbidden(
            f"This token cannot make one for {', '.join(beyond)}, which it is not for itself. Sign in to do so."
        )
    ends = None if body.days is None else now() + timedelta(days=body.days)
    if actor.expires_at is not None and (ends is None or ends > actor.expires_at):
        raise Forbidden(
            f"This token ends at {actor.expires_at:%Y-%m-%d %H:%M} UTC and cannot make one that ends later."
        )
    with running.database.write() as session:
        row, token = tokens.create(session, actor.user_id, body.label, body.scopes, ends)
        told = {"scopes": " ".join(row.scopes), "ends": None if ends is None else ends.isoformat()}
        audit.record(session, actor, Action.TOKEN_MADE, Subject("token", row.id, row.label), **told)
    log.info("token.made", user=actor.user_id, token=row.id)
    response.headers["Location"] = addresses.of(request, f"/api/v1/tokens/{row.id}")
    return NewToken(**schemas.token(row).model_dump(), token=token)


@router.delete("/tokens/{token_id}", operation_id="revoke_token", status_code=204, summary="Revoke a token of yours")
def revoke_token(token_id: str, actor: Own, running: ServiceDep) -> Response:
    """From now on it opens nothing."""
    with running.database.write() as session:
        label = tokens.revoke(session, actor.user_id, token_id)
        audit.record(session, actor, Action.TOKEN_REVOKED, Subject("token", token_id, label))
    log.info("token.revoked", user=actor.user_id, token=token_id)
    return Response(status_code=204)


def _arrived(arrival: Arrival, running: Service, response: Response) -> Account:
    set_session(arrival.code, running, response)
    return _account(arrival.actor)


def _account(actor: Actor) -> Account:
    return Account(
        name=actor.name,
        role=actor.role,
        scopes=None if actor.scopes is None else tuple(sorted(actor.scopes)),
        operations=tuple(operation for operation in Operation if actor.may(operation)),
    )
