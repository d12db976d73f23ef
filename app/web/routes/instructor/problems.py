"""Problems as whoever teaches sees them: what is served to whom, in which version, and how it does.

Invariant: what a form changes is meant for what its page has shown; if somebody else was faster, nothing is done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Form, Request, Response
from sqlalchemy.orm import Session

from app.accounts.rights import Actor, Operation
from app.attempts import schemas as attempts
from app.attempts import service
from app.errors import ServiceError
from app.figures import problems as figures
from app.figures.problems import Standing, Tries
from app.problems import releasing, schemas, serving, store
from app.problems.schemas import ProblemChange, Publication, Visibility
from app.problems.tables import ProblemVersion, ServedProblem
from app.problems.uploads import schemas as upload_schemas
from app.problems.uploads import service as uploads
from app.problems.uploads.schemas import UploadProgress
from app.service import Service, ServiceDep
from app.web.doing import Typed, do, refuse
from app.web.rendering import redirect, render
from app.web.visitors import needs

router = APIRouter()

Manager = Annotated[Actor, needs(Operation.MANAGE_PROBLEMS)]
Hidden = Annotated[str, Form(max_length=200)]

PATH, UPLOADS = "/instructor/problems", "/instructor/uploads"
VISIBILITIES: tuple[Visibility, ...] = get_args(Visibility)
#: Uploads and cases of a problem that are listed.
_UPLOADS, _CASES, _SLOWEST = 5, 12, 6
#: From so many attempts on, people are counted together.
_MANY_TRIES = 6


@dataclass(frozen=True)
class Row:
    """A problem in the list; ``version`` is the label of what is served, None if nothing is."""

    slug: str
    title: str
    version: str | None
    visibility: str
    origin: str
    upload: UploadProgress | None
    standing: Standing


@router.get("/instructor", include_in_schema=False)
def list_problems(request: Request, running: ServiceDep, _: Manager) -> Response:
    """Every problem that is served or was, and those whose folder cannot be."""
    with running.database.read() as session:
        standings = figures.standings(session)
        latest = {slug: upload_schemas.progress(row) for slug, row in uploads.latest(session).items()}
        known = store.every(session)
        titles = store.titles(session)
        unattended = running.unattended(session)
    rows = [
        Row(
            slug=row.slug,
            title=titles.get(row.slug, row.slug) if row.version is None else row.version.title,
            version=None if row.version is None else row.version.label,
            visibility=row.visibility,
            origin=row.origin,
            upload=latest.get(row.slug) if row.origin == "upload" else None,
            standing=standings.get(row.slug, Standing()),
        )
        for row in known
    ]
    return render(
        request,
        "instructor/problems.html",
        rows=rows,
        due=running.catalogue.due,
        unpublished=running.catalogue.failed,
        unattended=unattended,
    )


@router.get(PATH + "/{slug}", include_in_schema=False)
def show_problem(slug: str, request: Request, running: ServiceDep, actor: Manager) -> Response:
    """Who may see it, its versions, and what can be done with them."""
    with running.database.read() as session:
        row, versions = _known(session, slug)
        context = _head(row, versions) | {
            "versions": schemas.version_list(slug, row, versions, partial(serving.computes_here, session)).items,
            "uploads": [upload_schemas.progress(each) for each in uploads.page(session, None, _UPLOADS, slug)],
            "may_replace": row.version is None or row.origin == "upload",
            "tag": tag_of(session, row, actor, running),
        }
    return render(request, "instructor/problem.html", visibilities=VISIBILITIES, **context)


@router.post(PATH + "/{slug}/shown", include_in_schema=False)
def change_shown(  # noqa: PLR0913, PLR0917 - what a form has
    slug: str,
    request: Request,
    running: ServiceDep,
    actor: Manager,
    visibility: Annotated[Visibility, Form()],
    meant: Hidden,
    enforce_prerequisites: Hidden = "",
) -> Response:
    """Change who may see a problem, and whether others come first."""
    wanted = ProblemChange(visibility=visibility, enforce_prerequisites=bool(enforce_prerequisites))
    work = partial(releasing.change_shown, running, actor, slug, wanted, meant)
    return do(request, work, f"{PATH}/{slug}", "flash-problem-changed")


@router.post(PATH + "/{slug}/publish", include_in_schema=False)
def publish(  # noqa: PLR0913, PLR0917 - what a form has
    slug: str,
    request: Request,
    running: ServiceDep,
    actor: Manager,
    meant: Hidden = "",
    upload: Hidden = "",
    version: Hidden = "",
    visibility: Annotated[Visibility | None, Form()] = None,
) -> Response:
    """Serve a checked upload, or a version that was served before."""
    # One of both is always asked for: without a version it is an upload, and that of no id does not exist.
    wanted = Publication(upload=None if version else upload, version=version or None, visibility=visibility)
    try:
        releasing.publish(running, actor, slug, wanted, meant or None)
    except ServiceError as error:
        # A problem that was never published has no page of its own yet.
        return refuse(request, error, f"{UPLOADS}/{upload}" if upload else f"{PATH}/{slug}")
    return redirect(request, f"{PATH}/{slug}", said="flash-problem-published", slug=slug)


@router.post(PATH + "/{slug}/unpublish", include_in_schema=False)
def unpublish(slug: str, request: Request, running: ServiceDep, actor: Manager, meant: Hidden) -> Response:
    """Stop serving a problem."""
    work = partial(releasing.unpublish, running, actor, slug, meant)
    return do(request, work, f"{PATH}/{slug}", "flash-problem-unpublished", slug=slug)


@router.get(PATH + "/{slug}/figures", include_in_schema=False)
def show_figures(
    slug: str,
    request: Request,
    running: ServiceDep,
    _: Annotated[Actor, needs(Operation.READ_MISTAKES)],
    version: Typed = "",
) -> Response:
    """How a problem does: who solves it, after how many attempts, and what the others fail at."""
    label = version or None
    with running.database.read() as session:
        row, versions = _known(session, slug)
        counted = service.mistakes(session, slug, None, label)
        tries = figures.tries(session, slug, label)
        help_taken = figures.opened(session, slug)
        context = _head(row, versions) | {
            "label": label,
            "labels": list(dict.fromkeys(each.label for each in versions)),
            "standing": figures.standing(session, slug, label),
            "times": figures.times(session, slug, label),
            "cases": figures.cases(session, slug, label, _CASES),
            "slowest": figures.slowest(session, slug, label, _SLOWEST),
        }
    filed = running.workplace.published((row.version or versions[0]).id).problem.submissions
    listed = attempts.mistake_list(slug, counted, {each.path: each.message for each in filed}).items
    grouped = _grouped(tries)
    return render(
        request,
        "instructor/figures.html",
        mistakes=listed,
        tries=grouped,
        most_tries=max((people for _, people in grouped), default=1),
        middle_tries=_middle(tries),
        help=help_taken,
        most_hints=max((people for _, people in help_taken.hints), default=1),
        **context,
    )


def tag_of(session: Session, row: ServedProblem | None, actor: Actor, running: Service) -> str:
    """By what a form says which state of a problem it is meant for; empty if it is not served."""
    if row is None or row.version is None:
        return ""
    return serving.tag_of(session, row, actor.user_id, running.settings)


def _known(session: Session, slug: str) -> tuple[ServedProblem, Sequence[ProblemVersion]]:
    """A problem that is or was served, with its versions, the latest first.

    Raises:
        ProblemNotFound: there is none of this name.
    """
    row, versions = store.known(session, slug), store.versions(session, slug)
    return row if row is not None and versions else store.find(session, slug, everything=True), versions


def _head(row: ServedProblem, versions: Sequence[ProblemVersion]) -> dict[str, Any]:
    return {"row": row, "slug": row.slug, "title": (row.version or versions[0]).title}


def _grouped(tries: Sequence[Tries]) -> list[tuple[str, int]]:
    """People by their number of attempts, with those together that took many."""
    few = {each.number: each.people for each in tries if each.number < _MANY_TRIES}
    many = sum(each.people for each in tries if each.number >= _MANY_TRIES)
    shown = [(str(number), few.get(number, 0)) for number in range(1, max(few, default=0) + 1)]
    return [*shown, (f"{_MANY_TRIES}+", many)] if many else shown


def _middle(tries: Sequence[Tries]) -> int | None:
    """The number of attempts that half of all solvers did not exceed."""
    left = sum(each.people for each in tries) / 2
    for each in tries:
        left -= each.people
        if left <= 0:
            return each.number
    return None
