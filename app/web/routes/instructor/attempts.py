"""Everybody's attempts, and who makes them. Invariant: it only reads, and a page is found by ids or names alone."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from fastapi import APIRouter, Query, Request, Response

from app.accounts.rights import Actor, Operation
from app.attempts import browsing, schemas
from app.attempts.browsing import Wanted
from app.figures import people
from app.judge.verdict import Reason, Verdict
from app.problems import store
from app.service import ServiceDep
from app.web.doing import PAGE, Before, Day, Typed, begin, end
from app.web.rendering import render, url
from app.web.visitors import needs

router = APIRouter()

Reader = Annotated[Actor, needs(Operation.READ_ALL_ATTEMPTS)]

_ATTEMPTS, _PEOPLE = "/instructor/attempts", "/instructor/people"


@router.get(_ATTEMPTS, include_in_schema=False)
def browse_attempts(  # noqa: PLR0913, PLR0917 - every filter is a parameter
    request: Request,
    running: ServiceDep,
    _: Reader,
    problem: Typed = "",
    version: Typed = "",
    user: Typed = "",
    verdict: Annotated[Verdict | Literal["", "unfinished"], Query()] = "",
    reason: Annotated[Reason | Literal[""], Query()] = "",
    pitfall: Typed = "",
    since: Day = "",
    until: Day = "",
    before: Before = None,
) -> Response:
    """A page of graded attempts that are looked for, newest first."""
    unfinished = verdict == "unfinished"
    wanted = Wanted(
        problem=problem or None,
        label=version or None,
        user=user.strip() or None,
        verdict=None if unfinished else verdict or None,
        reason=reason or None,
        pitfall=pitfall or None,
        unfinished=unfinished,
        since=begin(since),
        until=end(until),
    )
    with running.database.read() as session:
        rows = browsing.page(session, wanted, before, PAGE + 1)
        items = [schemas.progress(row) for row in rows[:PAGE]]
        slugs = [row.slug for row in store.every(session)]
    typed: dict[str, Any] = {
        "problem": problem,
        "version": version,
        "user": user,
        "verdict": verdict,
        "reason": reason,
        "pitfall": pitfall,
        "since": since,
        "until": until,
    }
    asked = {name: value for name, value in typed.items() if value != ""}
    return render(
        request,
        "instructor/attempts.html",
        items=items,
        slugs=slugs,
        verdicts=get_args(Verdict),
        wanted=typed,
        filtered=bool(asked),
        newest=url(request, _ATTEMPTS, **asked) if before else None,
        next=url(request, _ATTEMPTS, **asked, before=items[-1].id) if len(rows) > PAGE else None,
    )


@router.get(_PEOPLE, include_in_schema=False)
def list_people(
    request: Request, running: ServiceDep, _: Reader, name: Typed = "", after: Typed | None = None
) -> Response:
    """Whoever has attempted something, by name, and how far they are."""
    start = name.strip()
    with running.database.read() as session:
        rows = people.page(session, after, PAGE + 1, start)
    asked = {"name": start or None}
    return render(
        request,
        "instructor/people.html",
        items=rows[:PAGE],
        start=start,
        newest=url(request, _PEOPLE, **asked) if after else None,
        next=url(request, _PEOPLE, **asked, after=rows[PAGE - 1].name) if len(rows) > PAGE else None,
    )
