"""Who sent a request, and whether they may: what every route under ``/api`` asks first.

Invariant: a route runs only after ``allowed`` or ``Anyone``. Whoever is known by a cookie changes something only by a
request that their browser says comes from a page of this service, or from none: another site's page can send cookies
along, but not that header (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Depends, Request, Response
from fastapi.security import APIKeyCookie, HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.exc import OperationalError

from app.accounts import service as accounts
from app.accounts.rights import Actor, Operation, allow
from app.errors import CrossSite, Unauthenticated
from app.service import Service, ServiceDep
from app.tokens import service as tokens

#: ``__Host-``: browsers take it only over a secure connection, for this host alone and all of its paths (RFC 6265bis).
COOKIE = "__Host-allclose"

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_HERE = frozenset({"same-origin", "none"})

_bearer = HTTPBearer(auto_error=False, description="An API token, such as the first `allclose serve` printed.")
_cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="What signing in sets.")


def own_page(request: Request) -> None:
    """Return if a request that changes something does not come from another site's page.

    Raises:
        CrossSite: it does.
    """
    if request.method in _SAFE:
        return
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    # Browsers without the first header send the second. What sends neither is no browser, and has no cookies of one.
    foreign = site not in _HERE if site is not None else origin is not None and not _is_here(origin, request)
    if foreign:
        raise CrossSite(
            "This request comes from another site's page, so nothing was done. Use this service's own pages."
        )


def _is_here(origin: str, request: Request) -> bool:
    try:
        return urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:
        return False


def client_host(request: Request) -> str:
    """The address that a request comes from, as far as proxies are trusted."""
    return request.client.host if request.client else ""


def set_session(code: str, running: Service, response: Response) -> None:
    """Have a browser stay signed in with the session of this code."""
    seconds = running.settings.session_days * 24 * 60 * 60
    response.set_cookie(COOKIE, code, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")


def forget_session(response: Response) -> None:
    """Have a browser drop the session that it is signed in with."""
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")


def authenticate(
    request: Request,
    service: ServiceDep,
    shown: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    code: Annotated[str | None, Depends(_cookie)],
) -> Actor:
    """Whose token or session a request shows.

    Raises:
        CrossSite: see ``own_page``.
        Unauthenticated: it shows none, or one that opens nothing (any more).
    """
    if shown is not None:
        with service.database.read() as session:
            known = tokens.owner(session, shown.credentials)
        if known is None:
            raise Unauthenticated(
                "This token is not known here, has expired or was revoked. 'allclose login' makes another."
            )
        if known.unnoted:
            with suppress(OperationalError), service.database.write() as session:  # a full disk refuses nobody
                tokens.note_use(session, shown.credentials)
        return known.actor
    if code is None:
        raise Unauthenticated("Sign in, or send the header 'Authorization: Bearer TOKEN'.")
    own_page(request)
    with service.database.read() as session:
        actor = accounts.signed_in(session, code)
    if actor is None:
        raise Unauthenticated("You are signed out: the session has ended. Sign in again.")
    return actor


def allowed(operation: Operation) -> Any:
    """The dependency of a route that is ``operation``: whoever may do it, as an ``Actor``."""

    def check(actor: Annotated[Actor, Depends(authenticate)]) -> Actor:
        allow(actor, operation)
        return actor

    check.__name__ = f"may_{operation.name.lower()}"
    return Depends(check)


#: The dependency of a route that needs no account.
Anyone: Callable[[Request], None] = own_page
