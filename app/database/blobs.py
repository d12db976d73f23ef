"""Content-addressed bytes in the database.

Invariant: a blob never changes and its key is the SHA-256 of its bytes, so equal content is stored once.
"""

from __future__ import annotations

import hashlib

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database.db import Base, alone


class Blob(Base):
    """Some bytes under their own hash."""

    __tablename__ = "blobs"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


def put(session: Session, content: bytes) -> str:
    """Store ``content`` unless it is there already; returns its SHA-256 in hexadecimal."""
    key = hashlib.sha256(content).hexdigest()
    alone(session, "blobs")  # what nothing points to yet is not deleted meanwhile
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(insert(Blob).values(sha256=key, content=content).on_conflict_do_nothing())
    return key


def get(session: Session, sha256: str) -> bytes:
    """The bytes under a key that a foreign key points to.

    Raises:
        NoResultFound: there is no such blob, which a foreign key rules out.
    """
    return session.scalars(select(Blob.content).where(Blob.sha256 == sha256)).one()
