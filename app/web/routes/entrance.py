"""Pages on which people come in and leave: signing up, in and out, one-time links, forgotten passwords.

Invariant: a password goes into a form and from there nowhere but to ``app.accounts.entrance``, which the API uses too.
Whoever comes in is sent where they were going, which is a page of this service.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request, Response

from app.accounts import entrance, links
from app.accounts import service as accounts
from app.accounts.dependency import client_host, forget_session, set_session
from app.accounts.entrance import Arrival
from app.accounts.schemas import Forgotten, LinkDetail, SignIn, SignUp, UseOfLink
from app.errors import MailNotSet, ServiceError
from app.http import addresses
from app.service import Service, ServiceDep
from app.web import forms
from app.web.rendering import redirect, render
from app.web.visitors import HOME, Visitor, local

router = APIRouter(include_in_schema=False)

Typed = Annotated[str, Form()]
Target = Annotated[str, Query(alias="next")]
SentTarget = Annotated[str, Form(alias="next")]


@router.get("/sign-in")
def show_sign_in(request: Request, running: ServiceDep, visitor: Visitor, target: Target = HOME) -> Response:
    """Name and password, or the single sign-on; whoever is signed in goes on."""
    if visitor is not None:
        return redirect(request, local(target))
    return _page(request, running, "entrance/sign_in.html", forms.Form(), local(target))


@router.post("/sign-in")
def sign_in(
    request: Request,
    running: ServiceDep,
    _: Visitor,
    name: Typed = "",
    password: Typed = "",
    target: SentTarget = HOME,
) -> Response:
    """Sign in and go on."""
    typed = {"name": name, "password": password}
    given = forms.checked(SignIn, typed)
    if isinstance(given, forms.Form):
        return _page(request, running, "entrance/sign_in.html", given, local(target))
    try:
        arrival = entrance.sign_in(running, given, client_host(request))
    except ServiceError as error:
        return _page(request, running, "entrance/sign_in.html", forms.refused(typed, error), local(target), error)
    return _arrived(request, running, arrival, local(target))


@router.get("/sign-up")
def show_sign_up(request: Request, running: ServiceDep, visitor: Visitor, target: Target = HOME) -> Response:
    """A new account, where anybody can make one; elsewhere how one gets it."""
    if visitor is not None:
        return redirect(request, local(target))
    return _page(request, running, "entrance/sign_up.html", forms.Form(), local(target))


@router.post("/sign-up")
def sign_up(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    running: ServiceDep,
    _: Visitor,
    name: Typed = "",
    password: Typed = "",
    email: Typed = "",
    target: SentTarget = HOME,
) -> Response:
    """Make a learner's account, sign in and go on."""
    typed = {"name": name, "password": password, "email": email}
    wanted = forms.checked(SignUp, typed)
    if isinstance(wanted, forms.Form):
        return _page(request, running, "entrance/sign_up.html", wanted, local(target))
    try:
        arrival = entrance.sign_up(running, wanted, client_host(request))
    except ServiceError as error:
        return _page(request, running, "entrance/sign_up.html", forms.refused(typed, error), local(target), error)
    return _arrived(request, running, arrival, local(target), said="flash-welcome")


@router.get(links.PATH + "{code}")
def show_link(request: Request, running: ServiceDep, _: Visitor, code: str) -> Response:
    """What a one-time link is for; looking does not use it up."""
    return _link_page(request, running, code, entrance.look_at_link(running, code), forms.Form())


@router.post(links.PATH + "{code}")
def use_link(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    running: ServiceDep,
    _: Visitor,
    code: str,
    name: Typed = "",
    password: Typed = "",
    email: Typed = "",
) -> Response:
    """Make the account that an invitation is for, or set the password that was forgotten; and sign in."""
    told = entrance.look_at_link(running, code)
    typed = {"password": password} if told.name else {"name": name, "password": password, "email": email}
    given = forms.checked(UseOfLink, typed)
    if isinstance(given, forms.Form):
        return _link_page(request, running, code, told, given)
    try:
        arrival = entrance.use_link(running, code, given)
    except ServiceError as error:
        return _link_page(request, running, code, told, forms.refused(typed, error))
    said = "flash-password-set" if told.name else "flash-welcome"
    return _arrived(request, running, arrival, HOME, said=said)


@router.get("/forgotten-password")
def show_forgotten(request: Request, running: ServiceDep, _: Visitor) -> Response:
    """Where to ask for a link by mail."""
    return _page(request, running, "entrance/forgotten.html", forms.Form())


@router.post("/forgotten-password")
def forget_password(request: Request, running: ServiceDep, _: Visitor, email: Typed = "") -> Response:
    """Send the link, if there is such an account; the page says the same if there is none."""
    typed = {"email": email}
    wanted = forms.checked(Forgotten, typed)
    if isinstance(wanted, forms.Form):
        return _page(request, running, "entrance/forgotten.html", wanted)
    try:
        entrance.forget_password(running, wanted.email)
    except MailNotSet as error:
        return _page(request, running, "entrance/forgotten.html", forms.refused(typed, error))
    return redirect(request, "/sign-in", said="flash-mailed")


@router.post("/sign-out")
def sign_out(request: Request, running: ServiceDep, visitor: Visitor) -> Response:
    """End this session."""
    if visitor is not None:
        with running.database.write() as session:
            accounts.sign_out(session, visitor.user_id, only=visitor.session)
    response = redirect(request, HOME, said="flash-signed-out", tone="plain")
    forget_session(response)
    return response


def _arrived(request: Request, running: Service, arrival: Arrival, target: str, *, said: str | None = None) -> Response:
    """Go on, signed in; ``said`` is a message that greets by name."""
    name = arrival.actor.name
    response = redirect(request, target) if said is None else redirect(request, target, said=said, name=name)
    set_session(arrival.code, running, response)
    return response


def _link_page(request: Request, running: Service, code: str, told: LinkDetail, form: forms.Form) -> Response:
    return _page(request, running, "entrance/link.html", form, link=told, code=code)


def _page(  # noqa: PLR0913, PLR0917 - a page's parts
    request: Request,
    running: Service,
    template: str,
    form: forms.Form,
    target: str = HOME,
    error: ServiceError | None = None,
    **context: Any,
) -> Response:
    """A page with a form, and what else opens the door of this service."""
    provider = running.provider
    query = {"next": None if target == HOME else target, "invitation": context.get("code")}
    page = render(
        request,
        template,
        status=form.status,
        form=form,
        target=target,
        sign_up=running.settings.sign_up,
        mails=bool(running.settings.smtp_url),
        provider=None if provider is None else provider.options.name,
        provider_sign_up=None if provider is None else provider.options.sign_up,
        provider_address=addresses.of(request, "/api/v1/oidc/sign-in", **query),
        **context,
    )
    if error is not None and "Retry-After" in error.headers:
        page.headers["Retry-After"] = error.headers["Retry-After"]
    return page
