"""The list of problems, which is where the service begins for whoever comes with a browser.

Invariant: what is listed is what the API would list; the account only decides what is said of it.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from app.accounts.rights import Actor, Operation
from app.problems import store
from app.progress import standing
from app.service import ServiceDep
from app.web.forms import Form
from app.web.rendering import render
from app.web.shelves import DIFFICULTIES, PROGRESS, Wanted, entries, shelves
from app.web.visitors import open_to


class ForBrowsers(APIRoute):
    """A route that only takes requests of whoever can read a page; the next route of the same path gets the others."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether this route takes a request."""
        accepted: Any = dict(scope.get("headers", ())).get(b"accept", b"")
        return super().matches(scope) if b"text/html" in accepted else (Match.NONE, {})


router = APIRouter(route_class=ForBrowsers, include_in_schema=False)

Text = Annotated[str, Query(max_length=100)]


@router.get("/")
def show_catalogue(  # noqa: PLR0913, PLR0917 - what a form has
    request: Request,
    running: ServiceDep,
    visitor: Annotated[Actor | None, open_to(Operation.READ_PROBLEMS)],
    q: Text = "",
    tag: Text = "",
    difficulty: Text = "",
    progress: Text = "",
) -> Response:
    """What is listed for the visitor, in the order of the tracks, as far as it fits what they look for."""
    everything = visitor is not None and visitor.may(Operation.READ_ALL_PROBLEMS)
    with running.database.read() as session:
        rows = store.served(session, everything=True)
        far = None if visitor is None else standing.of_user(session, visitor.user_id)
    known = entries(rows, far, everything=everything)
    wanted = Wanted(
        text=q,
        tag=tag,
        difficulty=next((each for each in DIFFICULTIES if str(each) == difficulty), None),
        progress=next((each for each in PROGRESS if each == progress and visitor is not None), None),
    )
    found = shelves(running.tracks, known, wanted)
    return render(
        request,
        "catalogue.html",
        shelves=found,
        wanted=wanted,
        form=Form(values={"q": q, "tag": tag, "difficulty": difficulty, "progress": progress}),
        tags=sorted({tag for entry in known.values() for tag in entry.tags}),
        difficulties=DIFFICULTIES,
        progresses=PROGRESS,
        found=sum(len(shelf.entries) for shelf in found),
        solved=sum(entry.progress == "solved" for entry in known.values()),
        total=len(known),
        due=len(running.catalogue.due),
    )
