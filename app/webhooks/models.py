"""Tables of webhooks: where to, and what is to be told there (the outbox).

Invariant: a delivery is written in the transaction of what it tells of, and its body never changes. At most one process
holds a webhook's ``claim`` at a time, and only the holder sends to it and writes how that went; a claim that is too old
is nobody's.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database.db import Base, new_id, now

#: Says to a database, word for word, that the index of what is pending will do.
PENDING = text("webhook_deliveries.state = 'pending'")
_PENDING = text("state = 'pending'")


class Webhook(Base):
    """Somebody else's service that wants to know.

    Attributes:
        events: the types of what it is told.
        secret: signs its messages, so it is kept as it is; see SECURITY.md.
        old_secret: what ``secret`` replaced; signs too until ``old_secret_until``.
        disabled_at: since when nothing is sent or noted for it.
        disabled_because: what the service disabled it for; None if an admin did.
        failing_since: when the first of the tries failed that have all failed since; None if the last one succeeded.
        failures: how many these are.
        served_at: when a process last took it, so that all have their turn.
        claim: fence of whoever is sending to it, until ``claimed_until``.
    """

    __tablename__ = "webhooks"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    url: Mapped[str]
    description: Mapped[str]
    events: Mapped[list[str]] = mapped_column(JSON)
    secret: Mapped[str]
    old_secret: Mapped[str | None]
    old_secret_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    disabled_at: Mapped[datetime | None]
    disabled_because: Mapped[str | None]
    failing_since: Mapped[datetime | None]
    failures: Mapped[int] = mapped_column(default=0)
    served_at: Mapped[datetime] = mapped_column(default=now)
    claim: Mapped[str | None]
    claimed_until: Mapped[datetime | None]


class Delivery(Base):
    """One message for one webhook.

    Attributes:
        event_id: names the message in every try, and for every webhook that is told of the same.
        type: what it tells of.
        body: the JSON that is sent, to the byte.
        state: ``pending``, ``delivered``, or ``failed`` for one that was given up.
        tries: how often it was sent, as far as that could be noted.
        not_before: when a pending one is sent next.
        status: HTTP status of the last answer, if there was one.
        error: why the last try failed, or why it was given up.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'delivered', 'failed')", name="state"),
        CheckConstraint("(state = 'pending') = (finished_at IS NULL)", name="finished"),
        # A webhook's own, newest first.
        Index("ix_webhook_deliveries_webhook_id_id", "webhook_id", "id"),
        # Finished ones stay for days; senders look for the few that are not.
        Index(
            "ix_webhook_deliveries_pending",
            "webhook_id",
            "not_before",
            sqlite_where=_PENDING,
            postgresql_where=_PENDING,
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    webhook_id: Mapped[str] = mapped_column(ForeignKey(Webhook.id, ondelete="CASCADE"))
    event_id: Mapped[str]
    type: Mapped[str]
    body: Mapped[str]
    state: Mapped[str] = mapped_column(default="pending")
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime] = mapped_column(default=now)
    created_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    status: Mapped[int | None]
    error: Mapped[str | None]
    webhook: Mapped[Webhook] = relationship(lazy="raise")
