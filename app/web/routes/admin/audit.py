"""The audit log. Invariant: it only reads."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response

from app.accounts.rights import Actor, Operation
from app.audit import schemas, service
from app.audit.service import KINDS, Action, Filter, Kind
from app.service import ServiceDep
from app.web.doing import PAGE, Before, Day, Typed, begin, end
from app.web.rendering import render, url
from app.web.visitors import needs

router = APIRouter()

PATH = "/admin/audit"


@router.get(PATH, include_in_schema=False)
def show_audit(  # noqa: PLR0913, PLR0917 - every filter is a parameter
    request: Request,
    running: ServiceDep,
    _: Annotated[Actor, needs(Operation.READ_AUDIT)],
    who: Typed = "",
    action: Annotated[Action | Literal[""], Query()] = "",
    kind: Annotated[Kind | Literal[""], Query()] = "",
    subject: Typed = "",
    since: Day = "",
    until: Day = "",
    before: Before = None,
) -> Response:
    """Who changed what, newest first."""
    wanted = Filter(
        who=who.strip() or None,
        action=action or None,
        kind=kind or None,
        subject=subject.strip() or None,
        since=begin(since),
        until=end(until),
    )
    with running.database.read() as session:
        rows = service.page(session, wanted, before, PAGE + 1)
        items = [schemas.entry(row) for row in rows[:PAGE]]
    typed: dict[str, Any] = {
        "who": who,
        "action": action,
        "kind": kind,
        "subject": subject,
        "since": since,
        "until": until,
    }
    asked = {name: value for name, value in typed.items() if value != ""}
    return render(
        request,
        "admin/audit.html",
        items=items,
        actions=sorted(Action),
        kinds=KINDS,
        wanted=typed,
        filtered=bool(asked),
        newest=url(request, PATH, **asked) if before else None,
        next=url(request, PATH, **asked, before=items[-1].id) if len(rows) > PAGE else None,
    )
