"""Who looks at a page, and where whoever has to sign in first is sent.

Invariant: a page's route runs only after ``visitor``, ``open_to`` or ``needs``. A form that comes from another site's
page does nothing. After signing in, browsers are sent to a page of this service and nowhere else.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request
from starlette.routing import Match

from app.accounts import service as accounts
from app.accounts.dependency import COOKIE, own_page
from app.accounts.rights import Actor, Operation, allow, permits
from app.errors import Unauthenticated
from app.http import addresses
from app.service import Service, ServiceDep

#: A path below the service's own address; with two slashes, or a backslash, it would be another host's.
_LOCAL = re.compile(r"/(?!/)[!-\[\]-~]*")
_LONGEST_PATH = 500

HOME = "/"


def known(request: Request, running: Service) -> Actor | None:
    """Who is signed in with the session that a request shows; None for nobody."""
    code = request.cookies.get(COOKIE)
    if code is None:
        return None
    with running.database.read() as session:
        return accounts.signed_in(session, code)


def visitor(request: Request, running: ServiceDep) -> Actor | None:
    """Who looks at a page; None for somebody without an account, or who is signed out.

    Raises:
        CrossSite: the request would change something, and comes from another site's page.
    """
    own_page(request)
    request.state.visitor = actor = known(request, running)
    return actor


#: The dependency of a page for anybody.
Visitor = Annotated[Actor | None, Depends(visitor)]


def open_to(operation: Operation) -> Any:
    """The dependency of a page that is ``operation`` and takes no account if visitors may do that."""

    def check(actor: Visitor) -> Actor | None:
        if not permits(actor, operation):
            _refuse(actor, operation)
        return actor

    check.__name__ = f"visitor_may_{operation.name.lower()}"
    return Depends(check)


def needs(operation: Operation) -> Any:
    """The dependency of a page that is ``operation`` and takes an account, as an ``Actor``."""

    def check(actor: Visitor) -> Actor:
        if actor is None or not actor.may(operation):
            _refuse(actor, operation)
        assert actor is not None
        return actor

    check.__name__ = f"may_{operation.name.lower()}"
    return Depends(check)


def _refuse(actor: Actor | None, operation: Operation) -> None:
    if actor is None:
        raise Unauthenticated("Sign in first.")
    allow(actor, operation)


def local(target: str | None) -> str:
    """Where to go after signing in: ``target`` if it is a page of this service, else home."""
    return target if target and len(target) <= _LONGEST_PATH and _LOCAL.fullmatch(target) else HOME


def sign_in_address(request: Request) -> str:
    """Where to sign in, to come back to the page that a request is for, or to the one whose form it sends."""
    path, query = "", ""
    if request.method == "GET":
        path, query = str(request.scope["path"]), str(request.url.query)
    else:
        with suppress(ValueError):  # a browser's is an address, anybody else's may be anything
            path, query = urlsplit(request.headers.get("referer", ""))[2:4]
    path = addresses.below(request, path)
    if (page := _page(request, path)) != path:
        query = ""
    target = local(page + (f"?{query}" if query else ""))
    return addresses.of(request, "/sign-in") + ("" if target == HOME else f"?{urlencode({'next': target})}")


def _page(request: Request, path: str) -> str:
    """``path``, or what it lies below: where a form was answered with a page, there is none to come back to."""
    while path.count("/") > 1 and not _can_be_looked_at(request, path):
        path = path.rpartition("/")[0]
    return path


def _can_be_looked_at(request: Request, path: str) -> bool:
    scope = {**request.scope, "method": "GET", "path": addresses.prefix(request) + path}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)
