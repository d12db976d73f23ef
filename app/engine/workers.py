"""Who works: every process that judges attempts, and whether it is still there.

Invariant: a worker says that it lives every ``BEAT_SECONDS``, by the database's clock; one that has said nothing for
``DEAD_SECONDS`` is dead to all others, who take what it held. Should it live after all, its claims are lost and what
it saves is dropped. On SQLite there is one process, which knows of itself.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import JSON, Select, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.database.db import Base, is_postgresql, new_id, now
from app.settings import Queue

BEAT_SECONDS = 5.0
DEAD_SECONDS = 30.0
#: How long the dead are listed.
_LISTED = timedelta(days=1)


class Worker(Base):
    """One process that judges attempts.

    Attributes:
        name: host and process id, for people.
        queues: which attempts it takes.
        slots: how many at a time.
        toolchain: ``Sandbox.describe()``.
        trouble: why it can judge nothing for now; empty while it can.
    """

    __tablename__ = "workers"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    queues: Mapped[list[str]] = mapped_column(JSON)
    slots: Mapped[int]
    toolchain: Mapped[dict[str, str]] = mapped_column(JSON)
    trouble: Mapped[str] = mapped_column(default="")
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)


def new(queues: Sequence[Queue], slots: int, toolchain: Mapping[str, str]) -> Worker:
    """This process, not yet written down."""
    name = f"{socket.gethostname()}:{os.getpid()}"
    return Worker(id=new_id(), name=name, queues=list(queues), slots=slots, toolchain=dict(toolchain), started_at=now())


def beat(session: Session, worker: Worker, trouble: str = "") -> None:
    """Say that a worker lives, and what troubles it. It is written down if it is not, or no longer, there."""
    kept = {"name", "queues", "slots", "toolchain", "started_at", "id"}
    values = {name: getattr(worker, name) for name in kept}
    session.merge(Worker(**values, trouble=trouble, seen_at=_clock(session)))


def alone(session: Session, worker: Worker) -> None:
    """Say that a worker lives, and that no other does: it owns the database."""
    session.execute(delete(Worker).where(Worker.id != worker.id))
    beat(session, worker)


def leave(session: Session, worker: Worker) -> None:
    """Say that a worker is no longer there."""
    session.execute(delete(Worker).where(Worker.id == worker.id))


def forget(session: Session) -> None:
    """Drop the long dead."""
    session.execute(delete(Worker).where(Worker.seen_at < _clock(session) - _LISTED))


def living(session: Session) -> Select[str]:
    """Ids of the workers that live."""
    query = select(Worker.id)
    return query.where(Worker.seen_at >= _last_seen(session)) if is_postgresql(session) else query


def all_of_them(session: Session) -> Sequence[tuple[Worker, bool]]:
    """Every worker that is listed, and whether it lives."""
    alive = set(session.scalars(living(session)))
    return [(worker, worker.id in alive) for worker in session.scalars(select(Worker).order_by(Worker.started_at))]


def slots(session: Session, queue: str) -> int:
    """How many attempts of a queue can be judged at a time."""
    workers = session.scalars(select(Worker).where(Worker.id.in_(living(session)))).all()
    return sum(worker.slots for worker in workers if queue in worker.queues)


def _last_seen(session: Session) -> datetime:
    return _clock(session) - timedelta(seconds=DEAD_SECONDS)


def _clock(session: Session) -> datetime:
    """The database's own time: hosts disagree on theirs."""
    return session.scalars(select(func.clock_timestamp())).one() if is_postgresql(session) else now()
