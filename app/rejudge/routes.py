"""The HTTP face of rejudgings, for instructors and admins.

Invariant: a 202 is sent only after what was asked for is in the database; whoever does it is called only then.
"""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Response

from app.accounts.dependency import allowed
from app.accounts.rights import Actor, Operation
from app.rejudge import ordering, schemas, service
from app.rejudge.schemas import Application, ChangeList, Direction, RejudgingDetail, RejudgingList, RejudgingRequest
from app.service import ServiceDep

router = APIRouter()

Rejudger = Annotated[Actor, allowed(Operation.REJUDGE)]

_PAGE = 50
_LARGEST_PAGE = 100


@router.post("/rejudgings", operation_id="create_rejudging", status_code=202, summary="Judge attempts again")
def create_rejudging(
    body: RejudgingRequest, actor: Rejudger, running: ServiceDep, response: Response
) -> RejudgingDetail:
    """Every graded attempt of a problem, a version or a user, or one. Nothing of them changes before it is applied."""
    made = ordering.make(running, actor, body)
    response.headers["Location"] = f"/api/v1/rejudgings/{made.id}"
    return made


@router.get("/rejudgings", operation_id="list_rejudgings", summary="List rejudgings, newest first")
def list_rejudgings(
    _: Rejudger,
    running: ServiceDep,
    before: Annotated[str | None, Query(description="Only rejudgings older than this id.", max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=_LARGEST_PAGE)] = _PAGE,
) -> RejudgingList:
    """A page of rejudgings, everybody's."""
    with running.database.read() as session:
        found = service.page(session, before, limit + 1)
        items = tuple(schemas.rejudging(each) for each in found[:limit])
    following = urlencode({"before": items[-1].id, "limit": limit}) if len(found) > limit else None
    return RejudgingList(items=items, next=following and f"/api/v1/rejudgings?{following}")


@router.get("/rejudgings/{rejudging_id}", operation_id="get_rejudging", summary="See how far a rejudging is")
def get_rejudging(rejudging_id: str, _: Rejudger, running: ServiceDep) -> RejudgingDetail:
    """How many attempts have been judged, and how many change."""
    with running.database.read() as session:
        return schemas.rejudging(service.find(session, rejudging_id))


@router.get("/rejudgings/{rejudging_id}/changes", operation_id="list_rejudging_changes", summary="See what changes")
def list_changes(
    rejudging_id: str,
    _: Rejudger,
    running: ServiceDep,
    direction: Annotated[Direction | None, Query(description="Only changes of this kind.")] = None,
    after: Annotated[int, Query(description="Only changes after this number.", ge=0, le=2**31 - 1)] = 0,
    limit: Annotated[int, Query(ge=1, le=_LARGEST_PAGE)] = _PAGE,
) -> ChangeList:
    """Verdicts before and after, as far as attempts have been judged."""
    with running.database.read() as session:
        found = service.find(session, rejudging_id).rejudging.id
        rows = service.changes(session, found, direction, after, limit + 1)
        items = tuple(schemas.change(row) for row in rows[:limit])
    following = None
    if len(rows) > limit:
        only = {} if direction is None else {"direction": direction}
        following = urlencode({**only, "after": rows[limit - 1].rejudged.id, "limit": limit})
    return ChangeList(items=items, next=following and f"/api/v1/rejudgings/{found}/changes?{following}")


@router.post(
    "/rejudgings/{rejudging_id}/apply", operation_id="apply_rejudging", status_code=202, summary="Apply what was shown"
)
def apply_rejudging(
    rejudging_id: str, actor: Rejudger, running: ServiceDep, body: Application | None = None
) -> RejudgingDetail:
    """Attempts that were changed meanwhile are passed over. Repeating it does nothing more, unless it allows more."""
    return ordering.apply(running, actor, rejudging_id, allow_lowering=body is not None and body.allow_lowering)


@router.post("/rejudgings/{rejudging_id}/cancel", operation_id="cancel_rejudging", summary="Cancel a rejudging")
def cancel_rejudging(rejudging_id: str, actor: Rejudger, running: ServiceDep) -> RejudgingDetail:
    """Judge and apply no more of it. Verdicts that were applied stay."""
    return ordering.cancel(running, actor, rejudging_id)
