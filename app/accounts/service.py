"""What people do with accounts: make one, sign in and out, change a password; and what admins do with those of others.

Invariant: a name means one user, however it is capitalised; whoever is disabled, or changes a password, is signed out
everywhere at once.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import Link, SignedIn, User
from app.accounts.rights import Actor, Role
from app.database.db import alone, now
from app.errors import LastAdmin, NameRefused, NameTaken, UserNotFound
from app.oidc.models import Identity

#: Who uses the machine that the service runs on: owns the token that the first start prints, and has no password.
OPERATOR = "operator"

#: What is said where nobody can make an account.
CLOSED = "No accounts are made here: ALLCLOSE_SIGN_UP is closed."

_NAME = re.compile(r"[^\W_](?:[\w.-]{0,62}[^\W_])?")
#: Letters that show nothing (default ignorable code points of the category Lo).
_INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0")
_CODE_BYTES = 32


def key(name: str) -> str:
    """What spellings of one name have in common (Unicode Standard, section 3.13, compatibility caseless matching)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def digest(code: str) -> str:
    """What is stored of a random code."""
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).hexdigest()


def new_code() -> str:
    """A code that nobody guesses: 256 random bits, safe in addresses."""
    return secrets.token_urlsafe(_CODE_BYTES)


def create(session: Session, name: str, role: Role, password_hash: str | None, email: str | None = None) -> User:
    """Make an account.

    Args:
        session: to write to.
        name: 1 to 64 letters and digits, with dots, dashes and underscores between them.
        role: of the account.
        password_hash: see ``passwords.hashed``; None for an account that no password opens.
        email: for a forgotten password; None for none.

    Raises:
        NameRefused: the name is not of that form.
        NameTaken: name or address are another user's.
    """
    email = None if email is None else email.lower()
    alone(session, "accounts")
    check_free(session, name, email)
    user = User(name=name, name_key=key(name), email=email, role=role, password_hash=password_hash)
    session.add(user)
    session.flush()
    return user


def check_free(session: Session, name: str, email: str | None) -> None:
    """Return if an account of this name and address could be made.

    Raises:
        NameRefused: the name is not of the form that ``create`` describes.
        NameTaken: name or address are another user's.
    """
    if not _NAME.fullmatch(name) or _INVISIBLE & {*name}:
        raise NameRefused(
            f"{name[:100]!r} cannot be a name. Take 1 to 64 letters and digits; dots, dashes and underscores may stand "
            "between them."
        )
    if session.scalars(select(User.id).where(User.name_key == key(name))).first() is not None:
        raise NameTaken(f"{name!r} is the name of somebody else. Take another.", place="name")
    if email and session.scalars(select(User.id).where(User.email == email.lower())).first() is not None:
        raise NameTaken("This mail address cannot be taken. Leave it out, or take another.", place="email")


def operator(session: Session) -> User:
    """The account of the machine's own user, made if it is missing."""
    alone(session, "accounts")
    known = session.scalars(select(User).where(User.name_key == OPERATOR)).one_or_none()
    return known or create(session, OPERATOR, Role.ADMIN, None)


def has_admin(session: Session) -> bool:
    """Whether an admin can sign in."""
    return session.scalars(select(User.id).where(_admins()).limit(1)).first() is not None


def credentials(session: Session, name: str) -> tuple[str | None, str | None]:
    """Id and password hash of the account of that name; None for both, or the latter, where there is none."""
    known = select(User.id, User.password_hash).where(User.name_key == key(name), User.disabled_at.is_(None))
    row = session.execute(known).one_or_none()
    return (None, None) if row is None else (row[0], row[1])


def has_password(session: Session, user_id: str, password_hash: str | None) -> bool:
    """Whether this is the hash of a user's password still, after the time that it took to compare it."""
    query = select(User.id).where(User.id == user_id, User.password_hash == password_hash)
    return session.scalars(query.with_for_update()).first() is not None


def sign_in(session: Session, user_id: str, days: int) -> str:
    """Sign a user in who has shown who they are; returns the code of the session, which is readable only now."""
    session.execute(delete(SignedIn).where(SignedIn.expires_at <= now()))
    code = new_code()
    session.add(SignedIn(sha256=digest(code), user_id=user_id, expires_at=now() + timedelta(days=days)))
    return code


def renew(session: Session, user_id: str, password_hash: str | None) -> None:
    """Keep another hash of the same password, unless it is None."""
    if password_hash is not None:
        session.get_one(User, user_id).password_hash = password_hash


def signed_in(session: Session, code: str) -> Actor | None:
    """Who is signed in with the session of this code; None if nobody is."""
    known = select(User, SignedIn.sha256).join(SignedIn, SignedIn.user_id == User.id)
    known = known.where(SignedIn.sha256 == digest(code), SignedIn.expires_at > now(), User.disabled_at.is_(None))
    row = session.execute(known).one_or_none()
    return None if row is None else Actor(row[0].id, row[0].name, Role(row[0].role), session=row[1])


def sign_out(session: Session, user_id: str, *, only: str | None = None, but: str | None = None) -> None:
    """End sessions of a user, by their SHA-256: ``only`` that one, all ``but`` that one, or all."""
    gone = delete(SignedIn).where(SignedIn.user_id == user_id)
    if only is not None:
        gone = gone.where(SignedIn.sha256 == only)
    if but is not None:
        gone = gone.where(SignedIn.sha256 != but)
    session.execute(gone)


def set_password(session: Session, user_id: str, password_hash: str, keep: str | None = None) -> None:
    """Change a password; every session but ``keep`` ends, and links that set it stop working."""
    session.execute(delete(Link).where(Link.user_id == user_id))
    session.get_one(User, user_id).password_hash = password_hash
    sign_out(session, user_id, but=keep)


def find(session: Session, name: str) -> User:
    """The user of that name.

    Raises:
        UserNotFound: there is none.
    """
    user = session.scalars(select(User).where(User.name_key == key(name))).one_or_none()
    if user is None:
        raise UserNotFound(f"Nobody here is named {name[:100]!r}. GET /api/v1/users lists who is.")
    return user


def page(session: Session, after: str | None, limit: int, start: str = "") -> Sequence[User]:
    """Up to ``limit`` users by name, those after the name ``after``, whose names begin with ``start``."""
    query = select(User).order_by(User.name_key).limit(limit)
    query = query.where(User.name_key.startswith(key(start), autoescape=True)) if start else query
    return session.scalars(query if after is None else query.where(User.name_key > key(after))).all()


def change(session: Session, name: str, role: Role | None, *, disabled: bool | None) -> User:
    """Give a user another role, or take or give back all that opens anything; None leaves it.

    Raises:
        UserNotFound: there is no such user.
        LastAdmin: afterwards no admin could sign in, or nobody use the machine's own account.
    """
    alone(session, "accounts")
    user = find(session, name)
    if user.name_key == OPERATOR or (role or Role.ADMIN) != Role.ADMIN or disabled is True:
        check_dispensable(session, user)
    if role is not None:
        user.role = role
    if disabled is not None and disabled is not (user.disabled_at is not None):
        user.disabled_at = now() if disabled else None
    if disabled:
        sign_out(session, user.id)
    return user


def check_dispensable(session: Session, user: User) -> None:
    """Return if the service can do without ``user`` as an admin. Be ``alone`` in ``accounts``.

    Raises:
        LastAdmin: afterwards no admin could sign in, or nobody use the machine's own account.
    """
    if user.name_key == OPERATOR:
        raise LastAdmin("That is whoever uses the machine that the service runs on. It stays as it is.")
    if _counts(session, user, among=_admins()) and not _others(session, user, _admins()):
        raise LastAdmin(f"{user.name} is the last admin who can sign in. Make somebody else an admin first.")


def _admins() -> ColumnElement[bool]:
    """Admins who can sign in, with a password or as somebody whom a provider knows."""
    known = select(Identity.subject).where(Identity.user_id == User.id).exists()
    return (User.role == Role.ADMIN) & User.disabled_at.is_(None) & (User.password_hash.is_not(None) | known)


def _counts(session: Session, user: User, among: ColumnElement[bool]) -> bool:
    return session.scalars(select(User.id).where(among, User.id == user.id)).first() is not None


def _others(session: Session, user: User, among: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count()).select_from(User).where(among, User.id != user.id)).one()
