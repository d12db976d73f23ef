"""Tables of accounts: users, who is signed in, links that work once, and sign-ins that failed.

Invariant: nothing that opens anything is stored, only what it can be recognised by: an argon2 hash of a password, the
SHA-256 of a session's or a link's random code, which has 256 bits and so needs no salt.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.database.db import Base, new_id, now

ROLES_SQL = "role IN ('learner', 'instructor', 'admin')"


class User(Base):
    """Somebody with an account.

    Attributes:
        name: as they spell it.
        name_key: what no other user's name may have: without capitals, compatibility forms alike.
        email: in small letters; only for a forgotten password.
        password_hash: None for whoever cannot sign in with a password: the operator at the machine, or a user whom only
            a one-time link lets in.
        disabled_at: since when nothing of theirs opens anything.
    """

    __tablename__ = "users"
    __table_args__ = (CheckConstraint(ROLES_SQL, name="role"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    role: Mapped[str]
    password_hash: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]


class SignedIn(Base):
    """One browser that is signed in."""

    __tablename__ = "sessions"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]


class Link(Base):
    """A link that works once.

    Attributes:
        purpose: ``invitation`` makes an account, ``reset`` sets the password of one.
        role: of the account that an invitation makes.
        user_id: whose password a reset sets.
        made_by: the admin who made it; None for the service itself.
    """

    __tablename__ = "one_time_links"
    __table_args__ = (
        CheckConstraint("purpose IN ('invitation', 'reset')", name="purpose"),
        CheckConstraint("(purpose = 'invitation') = (role IS NOT NULL)", name="role"),
        CheckConstraint("(purpose = 'reset') = (user_id IS NOT NULL)", name="user"),
    )

    sha256: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    role: Mapped[str | None]
    user_id: Mapped[str | None] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    made_by: Mapped[str | None] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]


class FailedSignIns(Base):
    """How often signing in has failed of late, by account and by address.

    Attributes:
        count: failures, of which time forgives some; see ``app.accounts.throttle``.
    """

    __tablename__ = "failed_sign_ins"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[float]
    latest_at: Mapped[datetime]
