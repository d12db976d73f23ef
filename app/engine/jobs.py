"""Procrastinate's jobs: how a queued attempt reaches a worker where many processes share a PostgreSQL database.

Invariant: an attempt is queued and its job deferred in one transaction. A job only says which attempt; it may come
twice, late or never: claims decide who judges, and whatever is queued without a job gets another. On SQLite the engine
reads the attempts themselves and there are no jobs.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import procrastinate
from procrastinate.exceptions import ConnectorException
from sqlalchemy import String, cast, column, exists, func, select, table
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.attempts.models import UNFINISHED, Attempt
from app.database.db import is_postgresql, now

#: What a job asks for.
TASK = "judge"

# It is never opened: jobs are deferred on the connections of transactions.
_app = procrastinate.App(connector=procrastinate.SyncPsycopgConnector())
_jobs = table("procrastinate_jobs", column("args"), column("status"))


def defer(session: Session, attempt_id: str, *, at: datetime | None = None) -> None:
    """Have a queued attempt brought to a worker, at a later time if one is given.

    Raises:
        OperationalError: the database does not answer.
    """
    if not is_postgresql(session):
        return
    queue, priority = session.execute(select(Attempt.queue, Attempt.priority).where(Attempt.id == attempt_id)).one()
    connection: Any = session.connection().connection.driver_connection
    task = _app.configure_task(TASK, queue=queue, priority=priority, schedule_at=at, connection=connection)
    try:
        task.defer(attempt_id=attempt_id)
    except ConnectorException as error:
        raise OperationalError("defer a job", None, error.__cause__ or error) from error


def without_one(session: Session, limit: int) -> Sequence[str]:
    """Queued attempts that are due and that no job is for, such as those that were queued before there were jobs."""
    due = Attempt.not_before.is_(None) | (Attempt.not_before <= now())
    waits = cast(_jobs.c.status, String).in_(["todo", "doing"])
    its = func.jsonb_extract_path_text(_jobs.c.args, "attempt_id") == Attempt.id
    job = exists().select_from(_jobs).where(waits, its)
    query = select(Attempt.id).where(UNFINISHED, Attempt.state == "queued", due, ~job).limit(limit)
    return session.scalars(query).all()
