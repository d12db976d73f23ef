"""The HTTP face of one's own account: signing up, in and out, one-time links, passwords, tokens.

Invariant: slow hashes are made outside of transactions, or nobody else could write meanwhile; what they took time to
compare is compared again before anything follows from it. Signing in tells nobody who has an account here; making one
does tell that a name is taken.
"""

from __future__ import annotations

from contextvars import copy_context
from datetime import timedelta
from typing import Annotated

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import select

from app.accounts import links, mail, passwords, schemas, throttle
from app.accounts import service as accounts
from app.accounts.dependency import COOKIE, Anyone, allowed, client_host, set_session
from app.accounts.models import User
from app.accounts.rights import Actor, Operation, Role
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
from app.errors import Forbidden, MailNotSet, NameRefused, SignUpClosed, WrongPassword
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
    if running.settings.sign_up != "open":
        raise SignUpClosed(
            accounts.CLOSED
            if running.settings.sign_up == "closed"
            else "Accounts are made by invitation here. Ask an admin of this service for one."
        )
    with running.database.write() as session:
        throttle.take(session, [throttle.sign_up(client_host(request))])
    with running.database.read() as session:  # a refusal would undo the count of the transaction that it is in
        accounts.check_free(session, body.name, body.email)
    hashed = passwords.hashed(body.password, body.name)
    with running.database.write() as session:
        user = accounts.create(session, body.name, Role.LEARNER, hashed, body.email)
        code = accounts.sign_in(session, user.id, running.settings.session_days)
        actor = accounts.signed_in(session, code)
    log.info("account.made", user=user.id, by="sign-up")
    assert actor is not None
    set_session(code, running, response)
    return _account(actor)


@public.post("/session", operation_id="sign_in", summary="Sign in")
def sign_in(body: SignIn, request: Request, running: ServiceDep, response: Response) -> Account:
    """Set a session cookie. Failures for one account, and from one address, slow further ones down."""
    owner, address = throttle.account(accounts.key(body.name)), throttle.address(client_host(request))
    with running.database.write() as session:
        throttle.take(session, [owner, address])
        user_id, known = accounts.credentials(session, body.name)
    code, actor = "", None
    if passwords.is_right(body.password, known) and user_id is not None and known is not None:
        stronger = passwords.hashed_anew(body.password, known)
        with running.database.write() as session:
            if accounts.has_password(session, user_id, known):
                throttle.give_back(session, owner, [address])
                accounts.renew(session, user_id, stronger)
                code = accounts.sign_in(session, user_id, running.settings.session_days)
                actor = accounts.signed_in(session, code)
    if actor is None:
        log.info("account.sign_in_failed", address=client_host(request))
        raise WrongPassword(
            "There is no account of that name with that password. Check both; capitals count in the latter."
        )
    set_session(code, running, response)
    return _account(actor)


@public.get("/links/{code}", operation_id="get_link", summary="See what a one-time link does")
def get_link(code: str, running: ServiceDep) -> LinkDetail:
    """Looking does not use it up. POST to the same address does."""
    with running.database.read() as session:
        link = links.find(session, code)
        role = None if link.role is None else Role(link.role)
        name = links.whose(session, link)
        return LinkDetail(purpose=link.purpose, name=name, role=role, expires_at=link.expires_at)


@public.post("/links/{code}", operation_id="use_link", summary="Use a one-time link, and sign in")
def use_link(code: str, body: UseOfLink, running: ServiceDep, response: Response) -> Account:
    """Make the account that an invitation is for, or set the password that was forgotten."""
    with running.database.read() as session:
        whose = links.whose(session, links.find(session, code))
        name = whose or body.name
        closed = whose is None and running.settings.sign_up == "closed" and accounts.has_admin(session)
    if closed:
        raise SignUpClosed(accounts.CLOSED)
    if name is None:
        raise NameRefused("An invitation makes an account. Send the name that it is to have.")
    hashed = passwords.hashed(body.password, name)
    with running.database.write() as session:
        user = links.use(session, code, name, hashed, body.email)
        purpose = "invitation" if whose is None else "reset"
        used = Subject("link", accounts.digest(code), purpose)
        audit.record(session, _oneself(user), Action.LINK_USED, used, role=user.role)
        session_code = accounts.sign_in(session, user.id, running.settings.session_days)
        actor = accounts.signed_in(session, session_code)
    log.info("link.used", user=user.id)
    if actor is None:
        raise Forbidden("The password is set, but the account is disabled. Ask an admin of this service.")
    set_session(session_code, running, response)
    return _account(actor)


@public.post(
    "/password-resets",
    operation_id="forget_password",
    status_code=202,
    response_class=Response,
    summary="Ask for a link by mail",
)
def forget_password(body: Forgotten, running: ServiceDep) -> Response:
    """Send a link to the account of this mail address, if there is one; the answer is the same if there is none."""
    if not running.settings.smtp_url:
        raise MailNotSet("This service sends no mail. Ask one of its admins for a link that sets a new password.")
    running.mailer.submit(copy_context().run, _mail_reset, running, body.email.lower())  # logged as this request
    return Response(status_code=202)


def _mail_reset(running: Service, address: str) -> None:
    with running.database.write() as session:
        user = session.scalars(select(User).where(User.email == address, User.disabled_at.is_(None))).one_or_none()
        due = user is not None and not links.was_mailed(session, user)
        code = links.reset(session, user, None) if due and user is not None else None
    if user is not None and code is not None:
        link = running.settings.public_url.rstrip("/") + links.PATH + code
        mail.send_reset(running.settings, address, user.name, link)


@router.get("/account", operation_id="get_account", summary="See who you are here")
def get_account(actor: Annotated[Actor, allowed(Operation.READ_ACCOUNT)]) -> Account:
    """Name, role, and what you may do."""
    return _account(actor)


@router.post("/account/password", operation_id="change_password", status_code=204, summary="Change your password")
def change_password(body: NewPassword, actor: Own, running: ServiceDep) -> Response:
    """Every other session of yours ends; tokens stay."""
    owner = throttle.account(accounts.key(actor.name))
    with running.database.write() as session:
        throttle.take(session, [owner])
        _, known = accounts.credentials(session, actor.name)
    if not passwords.is_right(body.current, known):
        raise WrongPassword("That is not your present password.")
    hashed = passwords.hashed(body.new, actor.name)
    with running.database.write() as session:
        if not accounts.has_password(session, actor.user_id, known):
            raise WrongPassword("The password was changed a moment ago, elsewhere. Try again.")
        throttle.give_back(session, owner)
        accounts.set_password(session, actor.user_id, hashed, keep=actor.session)
        audit.record(session, actor, Action.PASSWORD_CHANGED, Subject("user", actor.user_id, actor.name))
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
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
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


def _oneself(user: User) -> Actor:
    """Whoever has just been let in to an account, for the log."""
    return Actor(user.id, user.name, Role(user.role))


def _account(actor: Actor) -> Account:
    return Account(
        name=actor.name,
        role=actor.role,
        scopes=None if actor.scopes is None else tuple(sorted(actor.scopes)),
        operations=tuple(operation for operation in Operation if actor.may(operation)),
    )
