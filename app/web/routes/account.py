"""The page of one's own account: password, sessions, tokens, taking everything home, and leaving for good.

Invariant: a token is shown once, in the answer to the form that made it, which no browser keeps. Whoever erases an
account knows its password.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response
from starlette.concurrency import run_in_threadpool

from app.accounts import entrance, own, schemas
from app.accounts import service as accounts
from app.accounts.dependency import forget_session
from app.accounts.rights import Actor, Operation, Scope
from app.accounts.schemas import NewPassword, NewToken, TokenRequest
from app.errors import ServiceError
from app.oidc import linking
from app.oidc import service as oidc
from app.oidc.routes import ProviderDep
from app.oidc.schemas import LinkRequest, identity
from app.personal import leaving
from app.personal.schemas import Erasure
from app.service import Service, ServiceDep
from app.tokens import service as tokens
from app.web import forms
from app.web.rendering import redirect, render
from app.web.visitors import HOME, needs

router = APIRouter(include_in_schema=False)

Own = Annotated[Actor, needs(Operation.MANAGE_ACCOUNT)]
Typed = Annotated[str, Form()]

#: How many tokens the page lists; whoever has more finds them over the API.
_LISTED = 100
#: Days that a token may be chosen to last.
DAYS = (7, 30, 90, 365)
FOR_EVER = "never"


@router.get("/account")
def show_account(request: Request, running: ServiceDep, actor: Own) -> Response:
    """Who somebody is here, and what they can change about it."""
    return _page(request, running, actor)


@router.post("/account/password")
def change_password(
    request: Request, running: ServiceDep, actor: Own, current: Typed = "", new: Typed = ""
) -> Response:
    """Change it; every other session ends."""
    typed = {"current": current, "new": new}
    wanted = forms.checked(NewPassword, typed)
    if isinstance(wanted, forms.Form):
        return _page(request, running, actor, password=wanted)
    try:
        entrance.change_password(running, actor, wanted)
    except ServiceError as error:
        return _page(request, running, actor, password=forms.refused(typed, error, password="new"))  # noqa: S106
    return redirect(request, "/account", said="flash-password-changed")


@router.post("/account/single-sign-on")
async def link(
    request: Request, running: ServiceDep, actor: Own, provider: ProviderDep, password: Typed = ""
) -> Response:
    """Begin to have the single sign-on open the account: shows the link that goes on there.

    Not a redirect: browsers hold a form to where this page may send what is typed, and the provider is elsewhere.
    """
    typed = {"password": password}
    wanted = forms.checked(LinkRequest, {**typed, "next": "/account"})
    made = Response()
    if not isinstance(wanted, forms.Form):
        try:
            departure = await linking.link(running, provider, actor, wanted, made)
        except ServiceError as error:
            wanted = forms.refused(typed, error)
    if isinstance(wanted, forms.Form):
        return await run_in_threadpool(_page, request, running, actor, linking_form=wanted)
    response = await run_in_threadpool(_page, request, running, actor, departure=departure)
    response.raw_headers.extend(header for header in made.raw_headers if header[0] == b"set-cookie")
    return response


@router.post("/account/single-sign-on/unlink")
def unlink(request: Request, running: ServiceDep, actor: Own, _: ProviderDep) -> Response:
    """From now on the account opens with its password only."""
    try:
        linking.unlink(running, actor)
    except ServiceError as error:
        return _page(request, running, actor, linking_form=forms.refused({}, error))
    return redirect(request, "/account", said="flash-unlinked")


@router.post("/account/sign-out")
def sign_out_everywhere(request: Request, running: ServiceDep, actor: Own) -> Response:
    """End every session, this one too."""
    with running.database.write() as session:
        accounts.sign_out(session, actor.user_id, only=None)
    response = redirect(request, HOME, said="flash-signed-out", tone="plain")
    forget_session(response)
    return response


@router.post("/account/tokens")
def create_token(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    running: ServiceDep,
    actor: Own,
    label: Typed = "",
    scopes: Annotated[tuple[str, ...], Form()] = (),
    days: Typed = "",
) -> Response:
    """Make one, and show it this once."""
    typed = {"label": label, "scopes": " ".join(scopes), "days": days}
    lasting = "" if days == FOR_EVER else days
    wanted = forms.checked(TokenRequest, {"label": label, "scopes": list(scopes), "days": lasting})
    if isinstance(wanted, forms.Form):
        return _page(request, running, actor, token=forms.Form(typed, wanted.errors, wanted.status))
    if days == FOR_EVER:
        wanted = wanted.model_copy(update={"days": None})
    try:
        made = own.create_token(running, actor, wanted)
    except ServiceError as error:
        return _page(request, running, actor, token=forms.refused(typed, error))
    return _page(request, running, actor, made=made)


@router.post("/account/tokens/{token_id}/revoke")
def revoke_token(request: Request, running: ServiceDep, actor: Own, token_id: str) -> Response:
    """From now on it opens nothing."""
    own.revoke_token(running, actor, token_id)
    return redirect(request, "/account", said="flash-token-revoked")


@router.post("/account/erase")
def erase(
    request: Request,
    running: ServiceDep,
    actor: Annotated[Actor, needs(Operation.ERASE_ACCOUNT)],
    password: Typed = "",
) -> Response:
    """Erase the account for good."""
    typed = {"password": password}
    wanted = forms.checked(Erasure, typed)
    if isinstance(wanted, forms.Form):
        return _page(request, running, actor, erasure=wanted)
    try:
        leaving.erase_oneself(running, actor, wanted.password)
    except ServiceError as error:
        return _page(request, running, actor, erasure=forms.refused(typed, error))
    response = redirect(request, HOME, said="flash-erased", tone="plain")
    forget_session(response)
    return response


def _page(  # noqa: PLR0913 - the forms that the page may show again
    request: Request,
    running: Service,
    actor: Actor,
    *,
    password: forms.Form | None = None,
    token: forms.Form | None = None,
    erasure: forms.Form | None = None,
    linking_form: forms.Form | None = None,
    made: NewToken | None = None,
    departure: str | None = None,
) -> Response:
    issuer = None if running.provider is None else running.provider.options.issuer
    with running.database.read() as session:
        _, password_hash = accounts.credentials(session, actor.name)
        identities = [identity(row) for row in oidc.of_user(session, actor.user_id) if row.issuer == issuer]
        rows = tokens.page(session, actor.user_id, None, _LISTED)
        listed = [schemas.token(row) for row in rows]
    shown = [form for form in (password, token, erasure, linking_form) if form is not None]
    first = forms.Form({"days": "90", "scopes": f"{Scope.READ} {Scope.SUBMIT}"})
    return render(
        request,
        "account.html",
        status=shown[0].status if shown else 200,
        password=password or forms.Form(),
        token=token or first,
        erasure=erasure or forms.Form(),
        linking=linking_form or forms.Form(),
        provider=None if running.provider is None else running.provider.options.name,
        identities=identities,
        has_password=password_hash is not None,
        departure=departure,
        tokens=listed,
        made=made,
        scopes=list(Scope),
        days=DAYS,
        for_ever=FOR_EVER,
    )
