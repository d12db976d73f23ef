"""The list of problems, which is where the service begins for whoever comes with a browser.

Invariant: what is listed is what the API would list; the account only decides what is said of it.
"""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from starlette.routing import Match
from starlette.types import Scope

from app.accounts.rights import Actor, Operation
from app.problems import store
from app.service import ServiceDep
from app.web.rendering import render
from app.web.visitors import open_to


class ForBrowsers(APIRoute):
    """A route that only takes requests of whoever can read a page; the next route of the same path gets the others."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether this route takes a request."""
        accepted: Any = dict(scope.get("headers", ())).get(b"accept", b"")
        return super().matches(scope) if b"text/html" in accepted else (Match.NONE, {})


router = APIRouter(route_class=ForBrowsers)


@router.get("/", include_in_schema=False)
def show_catalogue(
    request: Request, running: ServiceDep, visitor: Annotated[Actor | None, open_to(Operation.READ_PROBLEMS)]
) -> Response:
    """Every problem that is listed for the visitor."""
    everything = visitor is not None and visitor.may(Operation.READ_ALL_PROBLEMS)
    with running.database.read() as session:
        rows = store.served(session, everything=everything)
        return render(request, "catalogue.html", problems=[row.version for row in rows])
