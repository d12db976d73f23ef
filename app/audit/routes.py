"""The HTTP face of the audit log, for admins. Invariant: it only reads."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import AwareDatetime

from app.accounts.dependency import allowed
from app.accounts.rights import Operation
from app.audit import schemas, service
from app.audit.schemas import EntryList
from app.audit.service import Action, Filter, Kind
from app.service import ServiceDep

router = APIRouter(dependencies=[allowed(Operation.READ_AUDIT)])

_PAGE = 50
_LARGEST_PAGE = 100


@router.get("/audit", operation_id="list_audit", summary="Look through the audit log, newest first")
def list_audit(  # noqa: PLR0913, PLR0917 - every filter is a parameter
    running: ServiceDep,
    who: Annotated[str | None, Query(description="Only what this user did: a name or an id.", max_length=200)] = None,
    action: Annotated[Action | None, Query(description="Only this action.")] = None,
    kind: Annotated[Kind | None, Query(description="Only what was done to this sort of thing.")] = None,
    subject: Annotated[
        str | None, Query(description="Only what was done to this: a name or an id.", max_length=200)
    ] = None,
    since: Annotated[AwareDatetime | None, Query(description="Only entries of then or later, with a zone.")] = None,
    until: Annotated[AwareDatetime | None, Query(description="Only entries from before then, with a zone.")] = None,
    before: Annotated[str | None, Query(description="Only entries older than this id.", max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=_LARGEST_PAGE)] = _PAGE,
) -> EntryList:
    """Who changed users, roles, links, tokens and verdicts, and when."""
    with running.database.read() as session:
        rows = service.page(session, Filter(who, action, kind, subject, since, until), before, limit + 1)
        items = tuple(schemas.entry(row) for row in rows[:limit])
    asked = {"who": who, "action": action, "kind": kind, "subject": subject, "since": since, "until": until}
    following = {name: value for name, value in asked.items() if value is not None}
    more = len(rows) > limit
    address = f"/api/v1/audit?{urlencode({**following, 'before': items[-1].id, 'limit': limit})}" if more else None
    return EntryList(items=items, next=address)
