"""The work itself: who judges, what waits, what is stuck, and what nobody could judge.

Invariant: whatever is judged after all goes the way of every rejudging: it is shown first, and applied by somebody.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Request, Response

from app.accounts.rights import Actor, Operation
from app.attempts import service
from app.database.db import now
from app.engine import overview
from app.engine.schemas import Work
from app.errors import ServiceError
from app.rejudge import ordering
from app.rejudge.schemas import RejudgingRequest
from app.service import ServiceDep
from app.web.doing import PAGE, Before, refuse
from app.web.rendering import redirect, render, url
from app.web.routes.instructor.rejudgings import PATH as REJUDGINGS
from app.web.strings import t
from app.web.visitors import needs

router = APIRouter()

Operator = Annotated[Actor, needs(Operation.OPERATE)]

_FAILED = "/admin/failed"
#: Attempts that are not done, and failed ones, that are listed or counted.
_OLDEST, _COUNTED = 20, 100
#: From so long on, seconds are not told.
_LONG = timedelta(minutes=2)


@router.get("/admin", include_in_schema=False)
def show_work(request: Request, running: ServiceDep, _: Operator) -> Response:
    """Queues, workers and slots, and what has waited longest."""
    with running.database.read() as session:
        work = overview.work(session)
        oldest = overview.oldest(session, _OLDEST)
        failed = service.count_dead(session, _COUNTED)
        unattended = running.unattended(session)
    sandbox = running.workplace.sandbox
    return render(
        request,
        "admin/work.html",
        work=work,
        oldest=oldest,
        failed=f"{_COUNTED}+" if failed == _COUNTED else failed,
        waited=_waited(work),
        lanes=sandbox.lanes(),
        trouble=sandbox.trouble(),
        weaker=running.weaker,
        unpublished=running.catalogue.failed,
        unattended=unattended,
        toolchain=running.toolchain,
    )


@router.get(_FAILED, include_in_schema=False)
def list_failed(request: Request, running: ServiceDep, actor: Operator, before: Before = None) -> Response:
    """What ended as a fault of ours, newest first."""
    with running.database.read() as session:
        rows = service.dead(session, before, PAGE + 1)
        items = [
            {
                "id": row.id,
                "kind": row.kind,
                "slug": row.problem_version.slug,
                "user": None if row.user is None else row.user.name,
                "tries": row.tries,
                "created_at": row.created_at,
                # A run is sent again by whoever wants to see it; and of whoever was erased there is nothing to judge.
                "again": row.kind == "grade" and row.user is not None and actor.may(Operation.REJUDGE),
            }
            for row in rows[:PAGE]
        ]
    return render(
        request,
        "admin/failed.html",
        items=items,
        newest=url(request, _FAILED) if before else None,
        next=url(request, _FAILED, before=rows[PAGE - 1].id) if len(rows) > PAGE else None,
    )


@router.post(_FAILED + "/{attempt_id}/judge", include_in_schema=False)
def judge_failed(
    attempt_id: str, request: Request, running: ServiceDep, actor: Annotated[Actor, needs(Operation.REJUDGE)]
) -> Response:
    """Judge an attempt after all, and show what came of it."""
    try:
        made = ordering.make(running, actor, RejudgingRequest(kind="attempt", name=attempt_id))
    except ServiceError as error:
        return refuse(request, error, _FAILED)
    return redirect(request, f"{REJUDGINGS}/{made.id}")


def _waited(work: Work) -> str:
    """For how long the attempt has waited that has waited longest; empty if none does."""
    since: list[datetime] = [each.oldest_queued_at for each in work.queues if each.oldest_queued_at is not None]
    if not since:
        return ""
    waited = now() - min(since)
    if waited < _LONG:
        return t("seconds", number=str(max(0, int(waited.total_seconds()))))
    return t("minutes", number=str(waited // timedelta(minutes=1)))
