"""How long a queued attempt may still wait."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.attempts.models import NO_OUTCOME, UNFINISHED, Attempt
from app.engine import workers

#: How many of the latest attempts say how long one takes.
_LATEST = 50


@dataclass(frozen=True)
class Waiting:
    """Where in the queue an attempt is.

    Attributes:
        position: 1 for the next one to be started.
        seconds: until it is done, as long as others took of late; None before any has been judged, and while nobody
            works on what it takes.
    """

    position: int
    seconds: float | None


def waiting(session: Session, attempt: Attempt) -> Waiting | None:
    """Where a queued attempt is; None for one that is not queued.

    Args:
        session: to read from.
        attempt: of the same session or another.
    """
    if attempt.state != "queued":
        return None
    count = select(func.count()).where(UNFINISHED, Attempt.queue == attempt.queue)
    earlier = (Attempt.priority > attempt.priority) | (
        (Attempt.priority == attempt.priority) & (Attempt.id < attempt.id)
    )
    position = session.scalars(count.where(Attempt.state == "queued", earlier)).one() + 1
    running = session.scalars(count.where(Attempt.state == "running")).one()
    slots = workers.slots(session, attempt.queue)
    seconds = _typical(session)
    if seconds is None or not slots:
        return Waiting(position, None)
    # Whoever finds every slot taken waits for half an attempt before the first of them is free.
    turns = (position - 1) // slots + 1 + (0.5 if running >= slots else 0.0)
    return Waiting(position, round(turns * seconds, 1))


def _typical(session: Session) -> float | None:
    """Seconds that an attempt took of late, by the median."""
    latest = (
        select(Attempt.started_at, Attempt.finished_at)
        .where(Attempt.kind == "grade", Attempt.verdict.not_in(NO_OUTCOME))
        .order_by(Attempt.id.desc())
        .limit(_LATEST)
    )
    took = [(end - start).total_seconds() for start, end in session.execute(latest) if start and end]
    return statistics.median(took) if took else None
