"""Table of API tokens. Invariant: a token itself is never stored, only its SHA-256."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.database.db import Base, now


class ApiToken(Base):
    """One token. Its random part has 256 bits, so a plain hash needs no salt and no stretching.

    Attributes:
        sha256: of the whole token, in hexadecimal.
        hint: its first characters, by which its owner can tell it from others.
    """

    __tablename__ = "api_tokens"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    hint: Mapped[str]
    label: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
