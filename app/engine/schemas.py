"""What operators are shown of workers and queues."""

from __future__ import annotations

from datetime import datetime

from app.engine.workers import Worker
from app.http.bodies import Output
from app.settings import Queue


class WorkerDetail(Output):
    """One process that judges attempts.

    Attributes:
        name: its host and process id.
        queues: what it judges.
        slots: how many attempts at a time.
        running: how many it holds now.
        living: whether it has said so of late. What the dead held is queued again.
        trouble: why it can judge nothing for now; empty while it can.
        toolchain: versions, walls and devices there.
    """

    id: str
    name: str
    queues: tuple[str, ...]
    slots: int
    running: int
    living: bool
    trouble: str
    started_at: datetime
    seen_at: datetime
    toolchain: dict[str, str]


class QueueDetail(Output):
    """Attempts and runs that are not done, of one queue.

    Attributes:
        slots: how many the living workers judge at a time; none is if it is 0.
        oldest_queued_at: when the one that has waited longest was submitted.
    """

    queue: Queue
    queued: int
    running: int
    slots: int
    oldest_queued_at: datetime | None


class Work(Output):
    """Who works, and on what."""

    workers: tuple[WorkerDetail, ...]
    queues: tuple[QueueDetail, ...]


def worker(row: Worker, running: int, *, living: bool) -> WorkerDetail:
    """One worker as it is shown."""
    return WorkerDetail(
        id=row.id,
        name=row.name,
        queues=tuple(row.queues),
        slots=row.slots,
        running=running,
        living=living,
        trouble=row.trouble,
        started_at=row.started_at,
        seen_at=row.seen_at,
        toolchain=row.toolchain,
    )
