"""What comes out of the API of the audit log."""

from __future__ import annotations

from datetime import datetime

from app.audit.models import AuditEntry
from app.http.bodies import Output


class Entry(Output):
    """One thing that somebody did.

    Attributes:
        actor: their name then.
        actor_id: of their account; None for whoever was at the machine.
        action: what, as a noun and what became of it.
        kind: of what it was done to.
        subject: its name then.
        subject_id: by which it is known here.
        details: plain values that say how.
    """

    id: str
    at: datetime
    actor: str
    actor_id: str | None
    action: str
    kind: str
    subject: str
    subject_id: str
    details: dict[str, str | int | float | bool | None]


class EntryList(Output):
    """A page of the log, newest first. ``next`` is the address of the next page, None on the last."""

    items: tuple[Entry, ...]
    next: str | None


def entry(row: AuditEntry) -> Entry:
    """An entry as it is sent."""
    return Entry(
        id=row.id,
        at=row.at,
        actor=row.actor_name,
        actor_id=row.actor_id,
        action=row.action,
        kind=row.subject_kind,
        subject=row.subject_name,
        subject_id=row.subject_id,
        details=row.details,
    )
