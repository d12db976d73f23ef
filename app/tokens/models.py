"""Table of API tokens. Invariant: a token itself is never stored, only its SHA-256."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import User
from app.database.db import Base, new_id, now


class ApiToken(Base):
    """One token. Its random part has 256 bits, so a plain hash needs no salt and no stretching.

    Attributes:
        id: by which its owner revokes it.
        sha256: of the whole token, in hexadecimal.
        hint: its first characters, by which its owner can tell it from others.
        scopes: values of ``app.accounts.rights.Scope``.
        expires_at: when it stops working; None for never.
        last_used_at: to the minute.
    """

    __tablename__ = "api_tokens"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    user_id: Mapped[str] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"), index=True)
    hint: Mapped[str]
    label: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
