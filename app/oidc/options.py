"""What the operator chose about single sign-on, checked and in the form that the rest of this folder uses.

Invariant: what is told to a provider or believed of it goes over TLS, or does not leave this machine; and nobody
becomes an admin by a provider's word unless the operator says so in a setting of its own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from app.accounts.rights import Role

if TYPE_CHECKING:
    from app.settings import Settings

#: Where a provider sends browsers back to, below the service's own address.
CALLBACK = "/api/v1/oidc/callback"

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Options:
    """How single sign-on works here.

    Attributes:
        issuer: the provider's name for itself, below which its discovery document lies.
        client_id: ours, at the provider.
        client_secret: likewise; empty for a client that has none.
        name: what people call the provider.
        scopes: asked for; ``openid`` is one of them.
        sign_up: how somebody whom nobody knows here gets an account.
        mail_domains: in small letters; whoever has no verified address in one of them stays out. Empty lets all in.
        role_claim: the claim that tells roles.
        roles: its values -> the role that each of them gives. Empty leaves roles to admins.
        admins: whether the provider decides who is an admin, too.
        base: where the service is, without a slash at its end.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    scopes: str
    sign_up: Literal["open", "invitation", "closed"]
    mail_domains: frozenset[str]
    role_claim: str
    roles: Mapping[str, Role]
    admins: bool
    base: str

    @property
    def callback(self) -> str:
        """Where the provider sends browsers back to: known beforehand, never taken from a request."""
        return self.base + CALLBACK


def read(settings: Settings) -> Options | None:
    """The operator's choice; None where nobody signs in like this.

    Raises:
        ValueError: it makes no sense; the message names the setting.
    """
    if not settings.oidc_issuer:
        if settings.oidc_client_id or settings.oidc_client_secret:
            raise ValueError("with OIDC_CLIENT_ID, OIDC_ISSUER has to be set too")
        return None
    if not (settings.oidc_client_id and settings.public_url):
        raise ValueError("with OIDC_ISSUER, OIDC_CLIENT_ID and PUBLIC_URL have to be set too")
    if not is_safe(settings.oidc_issuer) or {"?", "#"} & {*settings.oidc_issuer}:
        raise ValueError("OIDC_ISSUER has to be an address with https, as the provider spells it")
    if "openid" not in settings.oidc_scopes.split():
        raise ValueError("OIDC_SCOPES has to hold openid")
    roles = _roles(settings.oidc_roles)
    if roles and not settings.oidc_role_claim:
        raise ValueError("with OIDC_ROLES, OIDC_ROLE_CLAIM has to be set too")
    if Role.ADMIN in roles.values() and not settings.oidc_admins:
        raise ValueError("OIDC_ROLES makes admins; set OIDC_ADMINS=true if the provider is to decide who is one")
    return Options(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        name=settings.oidc_name,
        scopes=" ".join(settings.oidc_scopes.split()),
        sign_up=settings.oidc_sign_up or settings.sign_up,
        mail_domains=frozenset(part.strip().lower() for part in settings.oidc_mail_domains.split(",") if part.strip()),
        role_claim=settings.oidc_role_claim,
        roles=roles,
        admins=settings.oidc_admins,
        base=settings.public_url.rstrip("/"),
    )


def is_safe(address: str) -> bool:
    """Whether what is sent to an address can be read by nobody else on the way."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        return (
            bool(host) and parts.port != 0 and (parts.scheme == "https" or (parts.scheme == "http" and host in _HERE))
        )
    except ValueError:
        return False


def _roles(text: str) -> Mapping[str, Role]:
    if not text:
        return {}
    try:
        given = json.loads(text)
        return {str(value): Role(role) for value, role in given.items()}
    except (ValueError, AttributeError, TypeError) as error:
        known = ", ".join(Role)
        raise ValueError(f'OIDC_ROLES has to be like {{"staff": "instructor"}}, with the roles {known}') from error
