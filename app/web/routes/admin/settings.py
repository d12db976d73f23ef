"""What the operator has chosen, to be read.

Invariant: of what opens anything is told only whether it is set; of an address with a password in it, the address.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Request, Response
from pydantic import SecretStr

from app.accounts.rights import Actor, Operation
from app.service import ServiceDep
from app.settings import PREFIX, Origin, Settings
from app.web.rendering import render
from app.web.strings import t
from app.web.visitors import needs

router = APIRouter()

#: Those that are kept as text, for what reads them.
_SECRET = {"oidc_client_secret"}
#: Addresses that may hold a password.
_ADDRESSES = {"database_url", "smtp_url"}


@dataclass(frozen=True)
class Row:
    """One setting; of a secret the ``value`` is empty or not, and no more."""

    variable: str
    about: str
    value: str
    secret: bool
    origin: Origin


@router.get("/admin/settings", include_in_schema=False)
def show_settings(request: Request, running: ServiceDep, _: Annotated[Actor, needs(Operation.OPERATE)]) -> Response:
    """Every setting: first those that somebody chose, then those that are as they come."""
    rows = [_row(running.settings, name) for name in Settings.model_fields]
    groups = [
        (t("settings-chosen"), [row for row in rows if row.origin != "default"]),
        (t("settings-default"), [row for row in rows if row.origin == "default"]),
    ]
    return render(request, "admin/settings.html", groups=groups)


def _row(settings: Settings, name: str) -> Row:
    value = getattr(settings, name)
    secret = name in _SECRET or isinstance(value, SecretStr)
    if secret:
        shown = "set" if (value.get_secret_value() if isinstance(value, SecretStr) else value) else ""
    else:
        shown = _without_password(value) if name in _ADDRESSES else "" if value is None else str(value)
    return Row(PREFIX + name.upper(), t(f"setting-about-{name}"), shown, secret, settings.origin(name))


def _without_password(address: str) -> str:
    """An address without what stands before its host and what follows its path: both may open something."""
    parts = urlsplit(address)
    if not address or (not parts.username and not parts.password and not parts.query):
        return address
    before = "…@" if parts.username or parts.password else ""
    after = "?…" if parts.query else ""
    return f"{parts.scheme}://{before}{parts.netloc.rpartition('@')[2]}{parts.path}{after}"
