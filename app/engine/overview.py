"""What operators see of the work itself: who works, what waits, and what is stuck.

Invariant: it only reads, and says of a worker or an attempt what the engine would decide by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, defer

from app.attempts import service
from app.attempts.models import UNFINISHED, Attempt
from app.engine import schemas, workers
from app.engine.schemas import QueueDetail, Work
from app.settings import QUEUES


@dataclass(frozen=True)
class Unfinished:
    """An attempt or a run that is not done.

    Attributes:
        stalled: whether it is marked running while nobody who lives holds it; the next sweep queues it again.
        worker: the name of whoever holds it; None for nobody who is known.
    """

    attempt: Attempt
    stalled: bool
    worker: str | None


def work(session: Session) -> Work:
    """Every worker that was seen within a day, and what waits."""
    held = service.held_by(session)
    rows = workers.all_of_them(session)
    queues = tuple(
        QueueDetail(queue=queue, slots=workers.slots(session, queue), **service.queue(session, queue))
        for queue in QUEUES
    )
    listed = tuple(schemas.worker(row, held.get(row.id, 0), living=living) for row, living in rows)
    return Work(workers=listed, queues=queues)


def oldest(session: Session, limit: int) -> Sequence[Unfinished]:
    """Up to ``limit`` attempts and runs that have waited longest, without sources and reports."""
    query = select(Attempt).join(Attempt.problem_version).outerjoin(Attempt.user)
    query = query.options(contains_eager(Attempt.problem_version), contains_eager(Attempt.user))
    query = query.options(*(defer(each, raiseload=True) for each in (Attempt.source, Attempt.report)))
    known = {worker.id: (worker.name, living) for worker, living in workers.all_of_them(session)}
    found = []
    for attempt in session.scalars(query.where(UNFINISHED).order_by(Attempt.id).limit(limit)):
        name, living = known.get(attempt.claimed_by or "", (None, False))
        found.append(Unfinished(attempt, attempt.state == "running" and not living, name))
    return found
