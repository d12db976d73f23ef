"""Links that work once: an invitation makes an account, a reset sets a password.

Invariant: a link's code is readable once, as the return value of what made it, and is gone with the transaction that
used it, so that two who use it at the same moment do not both succeed.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.models import Link, User
from app.accounts.rights import Role
from app.database.db import alone, now
from app.errors import LinkNotFound, NameRefused
from app.oidc.models import Identity
from app.tokens.models import ApiToken

#: Where a link leads, below the service's own address: to a page, and `allclose join` knows what is behind it.
PATH = "/links/"

_INVITATION = timedelta(days=14)
_RESET = timedelta(days=1)
#: Between two mails with a link to one account.
_PAUSE = timedelta(minutes=5)


def invite(session: Session, role: Role, made_by: str | None) -> str:
    """A code that makes one account of ``role``, as long as whoever made it is an admin."""
    return _make(session, Link(purpose="invitation", role=role, made_by=made_by, expires_at=now() + _INVITATION))


def reset(session: Session, user: User, made_by: str | None) -> str:
    """A code that sets the password of ``user``, as long as whoever made it is an admin; earlier ones stop working.

    Raises:
        NameRefused: it is the machine's own account, which has no password: with one, an admin who is let go could
            come back as the machine.
    """
    if user.name_key == accounts.OPERATOR:
        raise NameRefused("That is whoever uses the machine that the service runs on. It has no password.")
    session.execute(delete(Link).where(Link.user_id == user.id))
    return _make(session, Link(purpose="reset", user_id=user.id, made_by=made_by, expires_at=now() + _RESET))


def first_admin(session: Session) -> str | None:
    """A code that makes an admin, where none can sign in; earlier ones stop working. None elsewhere."""
    if accounts.has_admin(session):
        return None
    session.execute(delete(Link).where(Link.role == Role.ADMIN, Link.made_by.is_(None)))
    return invite(session, Role.ADMIN, None)


def find(session: Session, code: str) -> Link:
    """What the link of this code does.

    Raises:
        LinkNotFound: there is no such link, any more or at all.
    """
    return _known(session, accounts.digest(code))


def spend(session: Session, sha256: str) -> Role:
    """Use an invitation up whose code has this SHA-256; returns the role of the account that it makes.

    Raises:
        LinkNotFound: there is no such invitation, any more or at all.
    """
    alone(session, "one-time links")
    link = _known(session, sha256)
    if link.role is None:
        raise LinkNotFound("This link sets a password and makes no account. Ask an admin of this service for another.")
    session.delete(link)
    return Role(link.role)


def whose(session: Session, link: Link) -> str | None:
    """The name of the user whose password a link sets; None for an invitation."""
    return None if link.user_id is None else session.get_one(User, link.user_id).name


def use(session: Session, code: str, name: str, password_hash: str, email: str | None) -> User:
    """Do what the link of this code is for, once; returns whose account it was.

    Args:
        session: to write to.
        code: the link's.
        name: of the account that an invitation makes.
        password_hash: the account's from now on, see ``passwords.hashed``.
        email: of the account that an invitation makes.

    Raises:
        LinkNotFound: there is no such link, any more or at all.
        NameRefused: see ``accounts.create``.
        NameTaken: likewise.
    """
    alone(session, "one-time links")
    link = find(session, code)
    session.delete(link)
    session.execute(delete(Link).where(Link.expires_at <= now()))
    if link.user_id is None:
        return accounts.create(session, name, Role(str(link.role)), password_hash, email)
    alone(session, "accounts")  # nobody is linking this one to an identity meanwhile
    user = session.get_one(User, link.user_id)
    accounts.set_password(session, user.id, password_hash)
    # Whoever had the password may have made tokens with it.
    session.execute(delete(ApiToken).where(ApiToken.user_id == user.id))
    # Or let themselves in for good.
    session.execute(delete(Identity).where(Identity.user_id == user.id, Identity.linked))
    return user


def was_mailed(session: Session, user: User) -> bool:
    """Whether a link was made for ``user`` a moment ago, at their own request."""
    mailed = select(Link.sha256).where(Link.user_id == user.id, Link.made_by.is_(None))
    return session.scalars(mailed.where(Link.created_at > now() - _PAUSE)).first() is not None


def _known(session: Session, sha256: str) -> Link:
    maker = (User.role == Role.ADMIN) & User.disabled_at.is_(None)
    query = select(Link).outerjoin(User, Link.made_by == User.id).where(Link.made_by.is_(None) | maker)
    link = session.scalars(query.where(Link.sha256 == sha256, Link.expires_at > now())).one_or_none()
    if link is None:
        raise LinkNotFound("This link was used, has expired, or never was. Ask an admin of this service for another.")
    return link


def _make(session: Session, link: Link) -> str:
    code = accounts.new_code()
    link.sha256 = accounts.digest(code)
    session.add(link)
    return code
