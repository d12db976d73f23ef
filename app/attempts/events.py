"""What happens to an attempt, one row each, for whoever watches it.

Invariant: events of one attempt are numbered from 1 without gaps, in the order in which they were committed, and an
event that changes the attempt is committed with that change. They are for watching, the attempt's row is the truth:
a day after it is done they are forgotten, and a stream that finds none tells what the row says.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import JSON, ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.attempts.models import UNFINISHED, Attempt
from app.database.db import Base, now, tell
from app.webhooks import outbox
from app.webhooks.outbox import EventType

#: ``queued`` again after a fault of ours; ``traced`` and ``case`` as in ``app.judge.events``; only ``rejudged`` may
#: come after ``done``.
Kind = Literal["queued", "running", "traced", "case", "done", "rejudged"]

#: Where processes tell each other that something has happened to the attempt of an id.
CHANNEL = "allclose_attempts"

#: What webhooks are told of.
_TOLD = {"done": EventType.ATTEMPT_FINISHED, "rejudged": EventType.ATTEMPT_REJUDGED}

_KEPT = timedelta(days=1)


class AttemptEvent(Base):
    """One thing that happened."""

    __tablename__ = "attempt_events"

    attempt_id: Mapped[str] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(default=now, index=True)


def record(session: Session, attempt_id: str, happened: Sequence[tuple[Kind, dict[str, Any]]]) -> None:
    """Write down what happened, in order. Needs the attempt's row locked, or just made or changed.

    Webhooks are told of ``done`` and ``rejudged``, for whoever gives an attempt its verdict says so here.
    """
    latest = select(func.max(AttemptEvent.number)).where(AttemptEvent.attempt_id == attempt_id)
    first = (session.scalars(latest).one() or 0) + 1
    session.add_all(
        AttemptEvent(attempt_id=attempt_id, number=number, kind=kind, data=data)
        for number, (kind, data) in enumerate(happened, first)
    )
    session.flush()
    tell(session, CHANNEL, attempt_id)
    for kind, _ in happened:
        if kind in _TOLD:
            outbox.attempt_ended(session, attempt_id, _TOLD[kind])


def after(session: Session, attempt_id: str, number: int) -> Sequence[AttemptEvent]:
    """Everything that happened to an attempt after the event ``number``."""
    query = select(AttemptEvent).where(AttemptEvent.attempt_id == attempt_id, AttemptEvent.number > number)
    return session.scalars(query.order_by(AttemptEvent.number)).all()


def forget(session: Session) -> None:
    """Drop what nobody watches any more."""
    unfinished = select(Attempt.id).where(UNFINISHED)
    old = delete(AttemptEvent).where(AttemptEvent.at < now() - _KEPT, AttemptEvent.attempt_id.not_in(unfinished))
    session.execute(old)
