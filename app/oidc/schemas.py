"""What goes into the API about single sign-on and what comes out. Invariant: no code, secret or token comes out."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field

from app.accounts.schemas import Password
from app.http.bodies import Input, Output
from app.oidc.models import Identity

_PATH = re.compile(r"/[!-\[\]-~]*")


def _below(target: str) -> str:
    if not _PATH.fullmatch(target):
        raise ValueError("give a path of this service, such as /problems, with other characters as %XX")
    return target


#: Where to go in the end: a path, which is put behind the service's own address whatever it is.
Target = Annotated[
    str,
    AfterValidator(_below),
    Field(description="Where the browser goes afterwards: a path below the service's address.", max_length=500),
]


class Return(BaseModel):
    """What a browser brings back from the provider, beside what only some providers know."""

    state: str | None = Field(default=None, max_length=200)
    code: str | None = Field(default=None, max_length=4096)
    error: str | None = Field(default=None, max_length=200)
    iss: str | None = Field(default=None, max_length=500)


class SingleSignOn(Output):
    """The single sign-on of this service; every member is None where it has none.

    Attributes:
        name: what to call it.
        sign_in: where a browser goes to sign in.
        sign_up: how somebody who has no account here gets one: by coming, with an invitation, or not at all.
    """

    name: str | None
    sign_in: str | None
    sign_up: Literal["open", "invitation", "closed"] | None


class LinkRequest(Input):
    """Who wants to be known by their identity at the single sign-on."""

    password: Password | None = Field(default=None, description="Your present password, if your account has one.")
    next: Target = "/"


class Departure(Output):
    """Where a browser has to go."""

    url: str


class IdentityDetail(Output):
    """Somebody at a single sign-on whom your account opens to.

    Attributes:
        subject: its name for them.
        called: what it called them when they were bound to your account.
        linked: whether you linked it to your account; otherwise it made the account.
    """

    issuer: str
    subject: str
    called: str
    linked: bool
    created_at: datetime
    last_used_at: datetime | None


class IdentityList(Output):
    """Whom your account opens to: one for each issuer that the service has had."""

    items: tuple[IdentityDetail, ...]


def identity(row: Identity) -> IdentityDetail:
    """An identity as it is sent."""
    return IdentityDetail(
        issuer=row.issuer,
        subject=row.subject,
        called=row.called,
        linked=row.linked,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
    )
