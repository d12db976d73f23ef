"""The HTTP face of single sign-on: to the provider and back, and linking one's account to it.

Invariant: browsers are sent to the provider that the operator chose and to addresses below the service's own, nowhere
else. What waits for the provider holds neither a thread nor a transaction. Linking begins with a request that changes
something, so that no other site's page can begin it: it could bind somebody else's identity to the account.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

import structlog
from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from app.accounts import service as accounts
from app.accounts import throttle
from app.accounts.dependency import COOKIE as SESSION
from app.accounts.dependency import Anyone, allowed, client_host, set_session
from app.accounts.rights import Actor, Operation
from app.errors import (
    NoSingleSignOn,
    ProviderDown,
    ProviderFault,
    ServiceError,
    SignInRefused,
    Unauthenticated,
)
from app.http import addresses
from app.oidc import linking, schemas, service
from app.oidc.claims import Person
from app.oidc.provider import Provider
from app.oidc.schemas import Departure, IdentityList, LinkRequest, Return, SingleSignOn, Target
from app.service import Service, ServiceDep

log = structlog.get_logger()
public = APIRouter(dependencies=[Depends(Anyone)])
router = APIRouter()

Own = Annotated[Actor, allowed(Operation.MANAGE_ACCOUNT)]


def _provider(running: ServiceDep) -> Provider:
    if running.provider is None:
        raise NoSingleSignOn("This service has no single sign-on. Sign in with name and password.")
    return running.provider


ProviderDep = Annotated[Provider, Depends(_provider)]


@public.get("/oidc", operation_id="get_single_sign_on", summary="See whether there is a single sign-on")
def get_single_sign_on(request: Request, running: ServiceDep) -> SingleSignOn:
    """What a page needs to offer it."""
    if running.provider is None:
        return SingleSignOn(name=None, sign_in=None, sign_up=None)
    options = running.provider.options
    address = addresses.of(request, "/api/v1/oidc/sign-in")
    return SingleSignOn(name=options.name, sign_in=address, sign_up=options.sign_up)


@public.get(
    "/oidc/sign-in",
    operation_id="begin_single_sign_on",
    status_code=303,
    response_class=RedirectResponse,
    summary="Go to the single sign-on",
)
async def begin_single_sign_on(
    request: Request,
    running: ServiceDep,
    provider: ProviderDep,
    target: Annotated[Target, Query(alias="next")] = "/",
    invitation: Annotated[str | None, Query(description="The code of an invitation.", max_length=200)] = None,
) -> Response:
    """For browsers: sends them to the provider, which sends them back."""
    await run_in_threadpool(_count, running, client_host(request))
    begun = await provider.depart()
    code = await run_in_threadpool(linking.begin, running, begun, target, invitation)
    response = RedirectResponse(begun.url, 303)
    linking.remember(code, response)
    return response


@public.get(
    "/oidc/callback",
    operation_id="finish_single_sign_on",
    status_code=303,
    response_class=RedirectResponse,
    summary="Come back from the single sign-on",
)
async def finish_single_sign_on(
    request: Request,
    running: ServiceDep,
    provider: ProviderDep,
    sent: Annotated[Return, Query()],
) -> Response:
    """For browsers: signs them in, or links the account of whoever is, and sends them on.

    Where an account was made under another name than the provider's, for that was taken, the address gets the parameter
    ``name_taken``.
    """
    flow = await run_in_threadpool(_take, running, sent.state, request.cookies.get(linking.COOKIE))
    if sent.code is None or sent.error is not None:
        raise _refusal(sent.error, provider.options.name)
    signed_in = request.cookies.get(SESSION)
    if flow.session is not None and (signed_in is None or accounts.digest(signed_in) != flow.session):
        raise Unauthenticated("You were signed out meanwhile. Sign in, and link your account again.")
    person = await provider.finish(sent.code, flow.nonce, flow.verifier, sent.iss)
    session_code, taken = await run_in_threadpool(_arrive, running, provider, person, flow, client_host(request))
    response = RedirectResponse(_address(provider, flow.target, taken), 303)
    response.delete_cookie(linking.COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    if session_code is not None:
        set_session(session_code, running, response)
    return response


@router.get("/account/oidc", operation_id="list_identities", summary="See whom your account opens to")
def list_identities(actor: Own, running: ServiceDep) -> IdentityList:
    """Those at a single sign-on; whoever has the password is not among them."""
    with running.database.read() as session:
        return IdentityList(items=tuple(schemas.identity(row) for row in service.of_user(session, actor.user_id)))


@router.post("/account/oidc", operation_id="link_identity", summary="Link your account to the single sign-on")
async def link_identity(
    body: LinkRequest, actor: Own, running: ServiceDep, provider: ProviderDep, response: Response
) -> Departure:
    """Answers with where the browser has to go. Whoever comes back from there opens your account from then on."""
    return Departure(url=await linking.link(running, provider, actor, body, response))


@router.delete("/account/oidc", operation_id="unlink_identity", status_code=204, summary="Unlink the single sign-on")
def unlink_identity(actor: Own, running: ServiceDep, _: ProviderDep) -> Response:
    """From now on your account opens with your password only."""
    linking.unlink(running, actor)
    return Response(status_code=204)


def _count(running: Service, host: str) -> None:
    """Count a browser that goes to the provider; it is forgotten when it has come back, and by time."""
    with running.database.write() as session:
        throttle.take(session, [throttle.single_sign_on(host)])


def _take(running: Service, state: str | None, browser: str | None) -> service.Returned:
    """In a transaction of its own: whatever follows, this sign-in is not to be tried again."""
    with running.database.write() as session:
        return service.take(session, state, browser)


def _arrive(
    running: Service, provider: Provider, person: Person, flow: service.Returned, host: str
) -> tuple[str | None, str | None]:
    """The code of a new session, None where somebody has one; and the name that was taken, if it was."""
    with running.database.write() as session:
        if flow.session is not None:
            user = service.link(session, provider.options, person, flow.session)
            log.info("oidc.linked", user=user)
            return None, None
        throttle.forgive(session, [throttle.single_sign_on(host)])
        arrived = service.arrive(session, provider.options, person, flow.invitation)
        code = accounts.sign_in(session, arrived.user_id, running.settings.session_days)
    if arrived.made:
        log.info("account.made", user=arrived.user_id, by="oidc")
    return code, arrived.taken


def _address(provider: Provider, target: str, taken: str | None) -> str:
    """Where a browser goes in the end: nowhere but below the service's own address."""
    if taken is not None:
        path, mark, fragment = target.partition("#")
        target = f"{path}{'&' if '?' in path else '?'}{urlencode({'name_taken': taken})}{mark}{fragment}"
    return provider.options.base + target


def _refusal(error: str | None, name: str) -> ServiceError:
    """What it means that the provider sent somebody back without a code (RFC 6749, section 4.1.2.1)."""
    log.info("oidc.refused", error=ascii(error)[:100])
    match error:
        case "access_denied":
            return SignInRefused(f"You were not let through by {name}, or did not agree. Nothing was done.")
        case "server_error" | "temporarily_unavailable":
            return ProviderDown(f"{name} has a fault of its own. Try again in a while, or sign in another way.")
        case "login_required" | "interaction_required" | "consent_required" | "account_selection_required":
            return SignInRefused(f"{name} did not sign you in. Sign in again.")
    return ProviderFault(f"{name} sent your browser back without a code. Tell an admin of this service.")
