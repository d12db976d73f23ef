"""Pages of what somebody has submitted: the list, one attempt with its report, how two differ, and files to take home.

Invariant: everybody sees their own attempts and instructors everybody's, as over the API; what is somebody else's is
answered like what does not exist.
"""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request, Response

from app.accounts.rights import Actor, Operation
from app.attempts import schemas, service, taking
from app.attempts.schemas import AttemptDetail
from app.errors import AlreadyDone
from app.http import addresses
from app.problems import store
from app.service import Service, ServiceDep
from app.web import history, problems, reports
from app.web.rendering import redirect, render, url
from app.web.visitors import needs

router = APIRouter(include_in_schema=False)

Owner = Annotated[Actor, needs(Operation.READ_OWN_ATTEMPTS)]
Submitter = Annotated[Actor, needs(Operation.SUBMIT)]


@router.get("/attempts")
def show_attempts(
    request: Request,
    running: ServiceDep,
    actor: Owner,
    page: Annotated[addresses.Older, Depends()],
    problem: Annotated[str | None, Query(max_length=200)] = None,
) -> Response:
    """A page of one's own attempts, the latest first; all of them, or those at one problem."""
    slug = problem or None
    with running.database.read() as session:
        rows = service.page(session, actor.user_id, page.before, page.limit + 1, slug)
        items = [(schemas.progress(row), row.problem_version.title) for row in rows[: page.limit]]
        listed = store.served(session, everything=actor.may(Operation.READ_ALL_PROBLEMS))
        choices = [(row.slug, row.version.title) for row in listed if row.version is not None]
    older = page.following("/attempts", items[-1][0].id, problem=slug) if len(rows) > page.limit else None
    return render(
        request, "attempts.html", attempts=items, older=older, chosen=slug, choices=choices, first=page.before is None
    )


@router.get("/attempts/{attempt_id}")
def show_attempt(request: Request, attempt_id: str, running: ServiceDep, actor: Owner) -> Response:
    """One attempt: how it ended and why, what was submitted, and where to go from there."""
    everything = actor.may(Operation.READ_ALL_PROBLEMS)
    with running.database.read() as session:
        attempt = history.detail(session, actor, attempt_id)
        served = history.served(session, attempt.problem, everything=everything)
        own = attempt.user == actor.name
        others = history.others(session, attempt, actor.user_id) if own else []
    version = None if served is None else served.version
    done = attempt.state == "done"
    return render(
        request,
        "attempt.html",
        attempt=attempt,
        report=reports.attempt_view(attempt) if done else None,
        title=version.title if version is not None else attempt.problem,
        served=version,
        outdated=version is not None and version.sha256 != attempt.problem_sha256,
        own=own,
        others=others,
    )


@router.post("/attempts/{attempt_id}/cancel")
def cancel(request: Request, attempt_id: str, running: ServiceDep, actor: Submitter) -> Response:
    """End it before it is done; if it has just ended by itself, its page says how."""
    try:
        taking.take_back(running, actor, "grade", attempt_id)
    except AlreadyDone:
        return redirect(request, f"/attempts/{attempt_id}", said="flash-done-already", tone="plain")
    return redirect(request, f"/attempts/{attempt_id}", said="flash-cancelled", tone="plain")


@router.get("/attempts/{attempt_id}/compare")
def compare(
    request: Request,
    attempt_id: str,
    running: ServiceDep,
    actor: Owner,
    other: Annotated[str, Query(alias="with", max_length=64)],
) -> Response:
    """What leads from one attempt to another."""
    with running.database.read() as session:
        pair = sorted((history.detail(session, actor, each) for each in (attempt_id, other)), key=lambda one: one.id)
    before, after = pair
    lines = problems.difference(before.source, after.source)
    return render(request, "compare.html", before=before, after=after, difference=lines, back=url(request, "/attempts"))


@router.get("/attempts/{attempt_id}/{form}")
def download(
    attempt_id: str, form: Literal["source.py", "notebook.ipynb"], running: ServiceDep, actor: Owner
) -> Response:
    """What was submitted, as a file: Python or a notebook."""
    attempt, title = _with_title(running, actor, attempt_id)
    is_notebook = form == "notebook.ipynb"
    content = history.notebook(attempt, title) if is_notebook else attempt.source
    name = f"{attempt.problem}{'.ipynb' if is_notebook else '.py'}"  # slugs are letters, digits and underscores
    media = "application/x-ipynb+json" if is_notebook else "text/x-python; charset=utf-8"
    return Response(content, media_type=media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _with_title(running: Service, actor: Actor, attempt_id: str) -> tuple[AttemptDetail, str]:
    with running.database.read() as session:
        attempt = history.detail(session, actor, attempt_id)
        row = store.known(session, attempt.problem)
        return attempt, attempt.problem if row is None or row.version is None else row.version.title
