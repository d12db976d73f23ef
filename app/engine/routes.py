"""The HTTP face of the work itself, for operators: who works, what waits, and what nobody could judge."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query

from app.accounts.dependency import allowed
from app.accounts.rights import Operation
from app.attempts import schemas as attempts
from app.attempts import service
from app.attempts.schemas import AttemptList
from app.engine import overview
from app.engine.schemas import Work
from app.service import ServiceDep

router = APIRouter(dependencies=[allowed(Operation.OPERATE)])

_PAGE = 50
_LARGEST_PAGE = 100


@router.get("/work", operation_id="get_work", summary="See workers and queues")
def get_work(running: ServiceDep) -> Work:
    """Every worker that was seen within a day, and what waits."""
    with running.database.read() as session:
        return overview.work(session)


@router.get("/dead-letters", operation_id="list_dead_letters", summary="List what nobody could judge, newest first")
def list_dead_letters(
    running: ServiceDep,
    before: Annotated[str | None, Query(description="Only attempts older than this id.", max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=_LARGEST_PAGE)] = _PAGE,
) -> AttemptList:
    """A page of attempts and runs that ended as ``internal_error``, after every try. The log says why, by their ids."""
    with running.database.read() as session:
        rows = service.dead(session, before, limit + 1)
        items = tuple(attempts.progress(row) for row in rows[:limit])
    more = len(rows) > limit
    following = urlencode({"before": items[-1].id, "limit": limit}) if more else ""
    return AttemptList(items=items, next=f"/api/v1/dead-letters?{following}" if more else None)
