"""Tables of progress. Invariant: a row is made once and never changes: what was read cannot be unread."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import User
from app.database.db import Base, now


class OpenedHint(Base):
    """A hint that somebody opened. It is known by its title, so that another version of the problem keeps it open."""

    __tablename__ = "opened_hints"

    user_id: Mapped[str] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)


class GivenUp(Base):
    """A problem that somebody gave up, so that its solution is open to them."""

    __tablename__ = "given_up"

    user_id: Mapped[str] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), primary_key=True)
    slug: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
