"""Table of the audit log.

Invariant: an entry is added in the transaction of what it tells of, and is never changed or removed, but for
the names of whoever is erased. It points to nothing, so that it stays when whoever or whatever it is about is gone.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.database.db import Base, new_id, now


class AuditEntry(Base):
    """One thing that somebody did.

    Attributes:
        actor_id: whose account did it; None for whoever started the service at the machine.
        actor_name: their name then.
        action: a value of ``app.audit.service.Action``.
        subject_kind: what sort of thing it was done to, a value of ``app.audit.service.Kind``.
        subject_id: by which that thing is known here.
        subject_name: by which people know it, as it was then.
        details: a few plain values, never one that opens anything.
    """

    __tablename__ = "audit_entries"
    __table_args__ = (
        Index("ix_audit_entries_actor_id_id", "actor_id", "id"),
        Index("ix_audit_entries_subject_id_id", "subject_id", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    at: Mapped[datetime] = mapped_column(default=now)
    actor_id: Mapped[str | None]
    actor_name: Mapped[str]
    action: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    subject_name: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
