"""What goes into the API about accounts and what comes out.

Invariant: no password, code or hash ever comes out, but for a token and a link in the answer to whoever made it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import EmailStr, Field, StringConstraints

from app.accounts.models import User
from app.accounts.rights import Operation, Role, Scope
from app.http.bodies import Input, Output
from app.tokens.models import ApiToken

#: The store checks what a name may be; here only that it can be stored and repeated.
Name = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f]*$")]
Password = Annotated[str, StringConstraints(max_length=1000, pattern=r"^[^\x00]*$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]*$")]

#: Longest life of a token that has an end.
_DAYS = 3650


class SignUp(Input):
    """A new account."""

    name: Name
    password: Password
    email: EmailStr | None = Field(default=None, description="Where a forgotten password can be reset from.")


class SignIn(Input):
    """Who signs in."""

    name: Name
    password: Password


class NewPassword(Input):
    """A change of one's own password. Every other session ends."""

    current: Password
    new: Password


class UseOfLink(Input):
    """What a one-time link needs: an invitation a name and a password, a reset the password."""

    name: Name | None = None
    password: Password
    email: EmailStr | None = None


class Forgotten(Input):
    """The mail address of an account whose password is forgotten."""

    email: EmailStr


class Invitation(Input):
    """What account an invitation is to make."""

    role: Role = Role.LEARNER


class UserChange(Input):
    """What is to change of a user; what is left out stays."""

    role: Role | None = None
    disabled: bool | None = Field(default=None, description="Whether nothing of theirs opens anything.")


class TokenRequest(Input):
    """A token to make."""

    label: Label = Field(description="What it is for, in your own words.")
    scopes: frozenset[Scope] = Field(default=frozenset({Scope.READ, Scope.SUBMIT}), min_length=1)
    days: int | None = Field(default=90, ge=1, le=_DAYS, description="How long it works; null for ever.")


class Account(Output):
    """Who you are here.

    Attributes:
        operations: what you may do, as this request shows you.
        scopes: of the token that you show; None if you are signed in.
    """

    name: str
    role: Role
    scopes: tuple[Scope, ...] | None
    operations: tuple[Operation, ...]


class UserDetail(Output):
    """A user, as admins see them."""

    name: str
    role: Role
    email: str | None
    created_at: datetime
    disabled: bool
    password: bool = Field(description="Whether they can sign in with a password.")


class UserList(Output):
    """A page of users by name. ``next`` is the address of the next page, None on the last."""

    items: tuple[UserDetail, ...]
    next: str | None


class LinkDetail(Output):
    """What a one-time link does. ``name`` is whose password it sets, ``role`` that of the account it makes."""

    purpose: str
    name: str | None
    role: Role | None
    expires_at: datetime


class NewLink(Output):
    """A link that works once."""

    link: str
    expires_at: datetime


class TokenDetail(Output):
    """A token, without what opens anything."""

    id: str
    hint: str
    label: str
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None


class NewToken(TokenDetail):
    """A token that was just made. ``token`` is shown only now."""

    token: str


class TokenList(Output):
    """A page of your tokens, newest first. ``next`` is the address of the next page, None on the last."""

    items: tuple[TokenDetail, ...]
    next: str | None


def user(row: User) -> UserDetail:
    """A user as they are sent."""
    return UserDetail(
        name=row.name,
        role=Role(row.role),
        email=row.email,
        created_at=row.created_at,
        disabled=row.disabled_at is not None,
        password=row.password_hash is not None,
    )


def token(row: ApiToken) -> TokenDetail:
    """A token as it is sent."""
    return TokenDetail(
        id=row.id,
        hint=row.hint,
        label=row.label,
        scopes=tuple(scope for scope in Scope if scope in row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
