"""Other people's accounts: who is here, what they may do, and links that let them in.

Invariant: a link is on the page that answers whoever had it made, and nowhere else.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from app.accounts import links, others, schemas
from app.accounts import service as accounts
from app.accounts.others import Made
from app.accounts.rights import Actor, Operation, Role
from app.accounts.schemas import NewLink, UserChange
from app.errors import ServiceError
from app.personal import leaving
from app.service import Service, ServiceDep
from app.web import markup
from app.web.doing import PAGE, Typed, do, refuse
from app.web.errors import readable
from app.web.rendering import redirect, render, url
from app.web.strings import t
from app.web.visitors import needs

router = APIRouter()

Admin = Annotated[Actor, needs(Operation.MANAGE_USERS)]

PATH = "/admin/users"


@router.get(PATH, include_in_schema=False)
def list_users(
    request: Request, running: ServiceDep, _: Admin, name: Typed = "", after: Typed | None = None
) -> Response:
    """Users by name, and the form for an invitation."""
    return _listed(request, running, name, after)


@router.post("/admin/invitations", include_in_schema=False)
def invite(request: Request, running: ServiceDep, actor: Admin, role: Annotated[Role, Form()]) -> Response:
    """Make a link for a new account, and show it."""
    try:
        made = others.invite(running, actor, role)
    except ServiceError as error:
        return refuse(request, error, PATH)
    return _listed(request, running, "", None, link=_link(request, running, made))


@router.get(PATH + "/{name}", include_in_schema=False)
def show_user(name: str, request: Request, running: ServiceDep, actor: Admin) -> Response:
    """One user, and what can be done with their account."""
    return _shown(request, running, actor, name)


@router.post(PATH + "/{name}/role", include_in_schema=False)
def change_role(
    name: str, request: Request, running: ServiceDep, actor: Admin, role: Annotated[Role, Form()]
) -> Response:
    """Give a user another role."""
    work = partial(others.change, running, actor, name, UserChange(role=role))
    return do(request, work, f"{PATH}/{name}", "flash-user-changed", name=name)


@router.post(PATH + "/{name}/disabled", include_in_schema=False)
def disable(
    name: str,
    request: Request,
    running: ServiceDep,
    actor: Admin,
    disabled: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Take or give back all that opens anything of a user's."""
    work = partial(others.change, running, actor, name, UserChange(disabled=bool(disabled)))
    said = "flash-user-disabled" if disabled else "flash-user-enabled"
    return do(request, work, f"{PATH}/{name}", said, name=name)


@router.post(PATH + "/{name}/reset", include_in_schema=False)
def reset(name: str, request: Request, running: ServiceDep, actor: Admin) -> Response:
    """Make a link that sets a user's password, and show it."""
    try:
        made = others.reset(running, actor, name)
    except ServiceError as error:
        return refuse(request, error, f"{PATH}/{name}")
    return _shown(request, running, actor, name, link=_link(request, running, made))


@router.post(PATH + "/{name}/erase", include_in_schema=False)
def erase(
    name: str, request: Request, running: ServiceDep, actor: Admin, confirm: Annotated[str, Form(max_length=200)] = ""
) -> Response:
    """Erase a user for good, if their name was typed."""
    if accounts.key(confirm.strip()) != accounts.key(name):
        return _shown(request, running, actor, name, 422, refused=t("erase-not-confirmed"))
    try:
        leaving.erase_user(running, actor, name)
    except ServiceError as error:
        return _shown(request, running, actor, name, error.status, refused=readable(error.detail))
    return redirect(request, PATH, said="flash-user-erased", name=name)


def _listed(request: Request, running: Service, name: str, after: str | None, link: NewLink | None = None) -> Response:
    start = name.strip()
    with running.database.read() as session:
        rows = accounts.page(session, after, PAGE + 1, start)
        items = [schemas.user(row) for row in rows[:PAGE]]
    asked = {"name": start or None}
    return render(
        request,
        "admin/users.html",
        items=items,
        start=start,
        newest=url(request, PATH, **asked) if after else None,
        next=url(request, PATH, **asked, after=items[-1].name) if len(rows) > PAGE else None,
        roles=list(Role),
        closed=running.settings.sign_up == "closed",
        link=link,
        code=markup.code,
    )


def _shown(request: Request, running: Service, actor: Actor, name: str, status: int = 200, **more: Any) -> Response:
    with running.database.read() as session:
        user = schemas.user(accounts.find(session, name))
    context: dict[str, Any] = {
        "user": user,
        "roles": list(Role),
        "machine": accounts.key(user.name) == accounts.OPERATOR,
        "oneself": accounts.key(user.name) == accounts.key(actor.name),
        "link": None,
        "refused": "",
        "code": markup.code,
    }
    return render(request, "admin/user.html", status=status, **context | more)


def _link(request: Request, running: Service, made: Made) -> NewLink:
    base = running.settings.public_url or str(request.base_url)
    return NewLink(link=base.rstrip("/") + links.PATH + made.code, expires_at=made.expires_at)
