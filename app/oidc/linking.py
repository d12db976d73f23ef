"""Having the single sign-on open an account that was there before, as the API and the page of one's account do it.

Invariant: it begins with the password of the account, if that has one: whoever stole a session must not be able to keep
what it opened. What waits for the provider holds neither a thread nor a transaction.
"""

from __future__ import annotations

import structlog
from fastapi import Response
from starlette.concurrency import run_in_threadpool

from app.accounts import passwords, throttle
from app.accounts import service as accounts
from app.accounts.rights import Actor
from app.errors import Forbidden, WrongPassword
from app.oidc import service
from app.oidc.provider import Begun, Provider
from app.oidc.schemas import LinkRequest
from app.service import Service

log = structlog.get_logger()

#: Says which browser began a sign-in. Lax: it has to come along when the provider sends the browser back.
COOKIE = "__Host-allclose-sign-in"


async def link(running: Service, provider: Provider, actor: Actor, wanted: LinkRequest, response: Response) -> str:
    """Where the browser has to go; ``response`` makes it known as the one that began.

    Raises:
        Forbidden: the actor is no browser.
        WrongPassword: it is not the account's, or none was given.
    """
    if actor.session is None:
        raise Forbidden("A token links nothing. Sign in to do so.")
    await run_in_threadpool(_check_password, running, actor, wanted.password)
    begun = await provider.depart()
    code = await run_in_threadpool(begin, running, begun, wanted.next, None, actor.session)
    remember(code, response)
    return begun.url


def unlink(running: Service, actor: Actor) -> None:
    """From now on the account opens with its password only.

    Raises:
        Forbidden: the actor is no browser.
        LastWayIn: the account has no password.
    """
    if actor.session is None:
        raise Forbidden("A token unlinks nothing. Sign in to do so.")
    with running.database.write() as session:
        service.unlink(session, actor.user_id)
    log.info("oidc.unlinked", user=actor.user_id)


def begin(running: Service, begun: Begun, target: str, invitation: str | None, signed_in: str | None = None) -> str:
    """Note that a browser goes to the provider; the code that tells it from others."""
    with running.database.write() as session:
        return service.note(session, begun, target, invitation, signed_in)


def remember(code: str, response: Response) -> None:
    """Have the browser that gets ``response`` keep the code that tells it from others."""
    response.set_cookie(
        COOKIE, code, max_age=service.MINUTES * 60, path="/", secure=True, httponly=True, samesite="lax"
    )


def _check_password(running: Service, actor: Actor, given: str | None) -> None:
    owner = throttle.account(accounts.key(actor.name))
    with running.database.read() as session:
        _, known = accounts.credentials(session, actor.name)
    if known is not None and given is None:
        raise WrongPassword("Send your present password along, so that nobody else links your account.")
    with running.database.write() as session:
        throttle.take(session, [owner])
    if known is None or given is None:
        return  # the try stays counted, for the provider is asked for each
    if not passwords.is_right(given, known):
        raise WrongPassword("That is not your present password.")
    with running.database.write() as session:
        throttle.give_back(session, owner)
