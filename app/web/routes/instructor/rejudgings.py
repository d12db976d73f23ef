"""Judging attempts again: what would change is shown, and then applied or not.

Invariant: nothing changes before somebody has seen what would and asked for it; see ``app.rejudge.service``.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Query, Request, Response
from pydantic import ValidationError

from app.accounts.rights import Actor, Operation
from app.errors import ServiceError
from app.rejudge import ordering, schemas, service
from app.rejudge.schemas import Direction, RejudgingRequest
from app.rejudge.selection import Kind
from app.service import Service, ServiceDep
from app.web.doing import PAGE, Before, Typed, do
from app.web.errors import readable
from app.web.rendering import redirect, render, url
from app.web.strings import t
from app.web.visitors import needs

router = APIRouter()

Rejudger = Annotated[Actor, needs(Operation.REJUDGE)]

PATH = "/instructor/rejudgings"
#: What the states look like: tone and icon of a badge.
_STATES = {
    "previewing": ("busy", "running"),
    "previewed": ("warn", "clock"),
    "applying": ("busy", "running"),
    "applied": ("good", "solved"),
    "cancelled": ("", "stopped"),
}


@router.get(PATH, include_in_schema=False)
def list_rejudgings(
    request: Request,
    running: ServiceDep,
    _: Rejudger,
    before: Before = None,
    kind: Annotated[Kind, Query()] = "problem",
    name: Typed = "",
) -> Response:
    """Everybody's rejudgings, newest first, and the form for another."""
    return _listed(request, running, before, kind=kind, name=name)


@router.post(PATH, include_in_schema=False)
def make_rejudging(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    running: ServiceDep,
    actor: Rejudger,
    kind: Annotated[Kind, Form()],
    name: Annotated[str, Form(max_length=200)] = "",
    against: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Have attempts judged again, and show what would change."""
    typed = {"kind": kind, "name": name, "against": against}
    try:
        wanted = RejudgingRequest(kind=kind, name=name.strip(), against=against.strip() or None)
        made = ordering.make(running, actor, wanted)
    except ValidationError:
        return _listed(request, running, None, 422, refused=t("rejudge-unnamed"), **typed)
    except ServiceError as error:
        return _listed(request, running, None, error.status, refused=readable(error.detail), **typed)
    return redirect(request, f"{PATH}/{made.id}")


@router.get(PATH + "/{rejudging_id}", include_in_schema=False)
def show_rejudging(
    rejudging_id: str,
    request: Request,
    running: ServiceDep,
    _: Rejudger,
    direction: Annotated[Direction | None, Query()] = None,
    after: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> Response:
    """How far it is, and verdicts before and after."""
    with running.database.read() as session:
        found = schemas.rejudging(service.find(session, rejudging_id))
        rows = service.changes(session, found.id, direction, after, PAGE + 1)
        changes = [schemas.change(row) for row in rows[:PAGE]]
    here = partial(url, request, PATH, found.id, direction=direction)
    return render(
        request,
        "instructor/rejudging.html",
        found=found,
        changes=changes,
        states=_STATES,
        direction=direction,
        after=after,
        directions=get_args(Direction),
        newest=here() if after else None,
        next=here(after=rows[PAGE - 1].rejudged.id) if len(rows) > PAGE else None,
    )


@router.post(PATH + "/{rejudging_id}/apply", include_in_schema=False)
def apply_rejudging(
    rejudging_id: str,
    request: Request,
    running: ServiceDep,
    actor: Rejudger,
    allow_lowering: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    """Have what was shown become verdicts; accepted ones are lowered only if that was ticked."""
    work = partial(ordering.apply, running, actor, rejudging_id, allow_lowering=bool(allow_lowering))
    return do(request, work, f"{PATH}/{rejudging_id}", "flash-rejudging-applied")


@router.post(PATH + "/{rejudging_id}/cancel", include_in_schema=False)
def cancel_rejudging(rejudging_id: str, request: Request, running: ServiceDep, actor: Rejudger) -> Response:
    """Do no more of it."""
    work = partial(ordering.cancel, running, actor, rejudging_id)
    return do(request, work, f"{PATH}/{rejudging_id}", "flash-rejudging-cancelled")


def _listed(request: Request, running: Service, before: str | None, status: int = 200, **typed: Any) -> Response:
    with running.database.read() as session:
        rows = service.page(session, before, PAGE + 1)
        items = [schemas.rejudging(row) for row in rows[:PAGE]]
    context = {
        "items": items,
        "states": _STATES,
        "kinds": get_args(Kind),
        "newest": url(request, PATH) if before else None,
        "next": url(request, PATH, before=items[-1].id) if len(rows) > PAGE else None,
    }
    return render(
        request, "instructor/rejudgings.html", status=status, **{"refused": "", "against": ""} | context | typed
    )
