"""From a template to a response: what every template can use, and the headers of every page.

Invariant: whatever a template is given is escaped. Every address goes through ``url`` or ``asset``, so that a prefix
stands before it; every word through ``t``. A page says so if its content is told once: what a redirect said is in a
cookie of the browser's own and gone with the page that shows it.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.accounts.rights import Operation
from app.http import addresses
from app.http.security import new_nonce, page_headers
from app.web import assets, markup, text
from app.web.strings import is_known, t

TEMPLATES = Path(__file__).with_name("templates")
THEME_COOKIE = "allclose-theme"
#: What the page after a redirect is to say. ``__Host-``: only this very host can have set it.
FLASH_COOKIE = "__Host-allclose-said"

_THEMES = ("light", "dark")
_FLASH_SECONDS = 60

Tone = Literal["good", "bad", "warn", "plain"]


@dataclass(frozen=True)
class Notice:
    """Something said at the top of a page."""

    text: str
    tone: Tone


def render(request: Request, template: str, /, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page."""
    nonce = new_nonce()
    notices, flashed = _notices(request)
    common = {
        "url": partial(url, request),
        "asset": lambda name: addresses.of(request, assets.path_of(name)),
        "path": addresses.below(request, request.scope["path"]),
        "prefix": addresses.prefix(request),
        "query": request.query_params,
        "visitor": getattr(request.state, "visitor", None),
        "theme": theme if (theme := request.cookies.get(THEME_COOKIE)) in _THEMES else None,
        "nonce": nonce,
        "notices": notices,
    }
    content = environment().get_template(template).render(common | context)
    response = HTMLResponse(content, status, page_headers(nonce))
    if flashed:
        response.delete_cookie(FLASH_COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return response


def redirect(
    request: Request, path: str, *, said: str | None = None, tone: Tone = "good", **values: str | int
) -> Response:
    """Send a browser to a page after a form has done what it is for.

    Args:
        request: the form's.
        path: below the service's own address, with its query if it has one.
        said: the id of a message for the top of that page, which begins with ``flash-``.
        tone: how it is said.
        values: the message's.
    """
    response = RedirectResponse(addresses.of(request, path), 303)
    if said is not None:
        packed = base64.urlsafe_b64encode(json.dumps([said, tone, values]).encode()).decode()
        response.set_cookie(
            FLASH_COOKIE, packed, max_age=_FLASH_SECONDS, path="/", secure=True, httponly=True, samesite="lax"
        )
    return response


def url(request: Request, path: str, /, *parts: str, **query: Any) -> str:
    """The address of ``path``, with ``parts`` as further segments and the parameters of ``query`` that are not None."""
    return addresses.of(request, "/".join([path, *(quote(part, safe="") for part in parts)]), **query)


@cache
def environment() -> Environment:
    """The templates, and what each of them can use."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {"t": t, "Operation": Operation}
    made.filters |= {"bdi": text.bdi, "visible": text.visible, "moment": text.moment}
    made.filters |= {"markdown": markup.render, "code": markup.code}
    return made


def _notices(request: Request) -> tuple[list[Notice], bool]:
    """What the page says at its top, and whether some of it was brought by a redirect."""
    notices = []
    packed = request.cookies.get(FLASH_COOKIE)
    if packed is not None and (said := _unpacked(packed)) is not None:
        notices.append(said)
    if (taken := request.query_params.get("name_taken")) is not None:
        notices.append(Notice(t("flash-name-taken", name=taken[:100]), "warn"))
    return notices, packed is not None


def _unpacked(packed: str) -> Notice | None:
    """What a cookie says; None if this service has not written it."""
    try:
        said, tone, values = json.loads(base64.urlsafe_b64decode(packed))
        if said.startswith("flash-") and is_known(said) and tone in {"good", "bad", "warn", "plain"}:
            return Notice(t(said, **values), tone)
    except (ValueError, TypeError, AttributeError, LookupError):
        pass
    return None
