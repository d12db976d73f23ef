"""The page of a problem: reading it, attempting it, opening hints and the solution; and reports by themselves.

Invariant: everything here works without a script. With one, the same forms exchange a part of the page, and what is
sent goes to the API. Whoever has no account reads all that is public, and is asked to sign in for what is theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Form, Request, Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.rights import Actor, Operation, permits
from app.attempts import schemas, service, taking, verdicts
from app.attempts.models import Attempt
from app.errors import AttemptNotFound, ProblemNotFound, ServiceError, SolutionClosed
from app.problems import store
from app.problems.published import Published
from app.problems.tables import ProblemVersion, ServedProblem
from app.progress import prerequisites
from app.progress import schemas as progress_schemas
from app.progress import service as progress
from app.progress.models import GivenUp
from app.service import Service, ServiceDep
from app.web import problems, reports
from app.web.rendering import redirect, render
from app.web.visitors import needs, open_to, sign_in_address

log = structlog.get_logger()
router = APIRouter()

Reader = Annotated[Actor | None, open_to(Operation.READ_PROBLEMS)]
Submitter = Annotated[Actor, needs(Operation.SUBMIT)]
Opener = Annotated[Actor, needs(Operation.OPEN_HELP)]
Owner = Annotated[Actor, needs(Operation.READ_OWN_ATTEMPTS)]


@dataclass(frozen=True)
class _Served:
    """A problem that somebody looks at."""

    row: ServedProblem
    version: ProblemVersion
    published: Published


@dataclass(frozen=True)
class _Help:
    """What somebody may read of hints and solution."""

    rungs: tuple[progress_schemas.Rung, ...]
    can_open: bool
    solution: bool
    given_up: bool


@router.get("/problems/{slug}", include_in_schema=False)
def show_problem(
    request: Request, slug: str, running: ServiceDep, visitor: Reader, attempt: str | None = None
) -> Response:
    """The page; with the source of an earlier attempt, which the script puts into the editor."""
    restored = None
    if attempt is not None and visitor is not None:
        restored = _source_of(running, visitor, attempt)
    return _page(request, running, visitor, slug, restored=restored)


@router.post("/problems/{slug}", include_in_schema=False)
def submit(  # noqa: PLR0913, PLR0917 - what a request has
    request: Request,
    slug: str,
    running: ServiceDep,
    actor: Submitter,
    source: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "grade",
) -> Response:
    """Queue what was written; what is refused stands in the form again."""
    is_run = kind == "run"
    # Forms are sent with the newlines of the internet.
    written = source.replace("\r\n", "\n")
    try:
        content = service.encode(written, running.settings.max_source)
        queued = taking.take(running, actor, service.Submitted("run" if is_run else "grade", slug, content))
    except ProblemNotFound:
        raise
    except ServiceError as refusal:
        page = _page(request, running, actor, slug, source=written, refusal=refusal, status=refusal.status)
        page.headers.update(refusal.headers)
        return page
    return redirect(request, f"/runs/{queued.id}/report" if is_run else f"/attempts/{queued.id}")


@router.post("/problems/{slug}/hints", include_in_schema=False)
def open_hint(request: Request, slug: str, running: ServiceDep, actor: Opener) -> Response:
    """Open the next hint."""
    served = _served(running, actor, slug)
    with running.database.write() as session:
        hint = progress.open_next(session, actor.user_id, served.published.problem)
    log.info("hint.opened", user=actor.user_id, problem=slug, hint=hint.title)
    return redirect(request, f"/problems/{served.version.slug}#help")


@router.post("/problems/{slug}/give-up", include_in_schema=False)
def give_up(
    request: Request, slug: str, running: ServiceDep, actor: Opener, source: Annotated[str, Form()] = ""
) -> Response:
    """Record that somebody gives up, which opens the solution, and show it."""
    served = _served(running, actor, slug)
    with running.database.write() as session:
        progress.give_up(session, actor.user_id, served.version.slug)
    log.info("problem.given_up", user=actor.user_id, problem=slug)
    return show_solution(request, slug, running, actor, source)


@router.post("/problems/{slug}/solution", include_in_schema=False)
def show_solution(
    request: Request, slug: str, running: ServiceDep, actor: Opener, source: Annotated[str, Form()] = ""
) -> Response:
    """The page with the solution, beside what was sent or, if nothing was, the latest attempt."""
    served = _served(running, actor, slug)
    with running.database.read() as session:
        if not actor.may(Operation.READ_SOLUTIONS):
            progress.check_solution(session, actor.user_id, served.version.slug)
        mine = source.replace("\r\n", "\n") or _latest(session, actor, served.version.slug)
    solution = progress_schemas.solution(served.published.problem)
    compared = problems.difference(mine, solution.source) if mine else None
    return _page(request, running, actor, slug, solution=solution, difference=compared)


@router.get("/attempts/{attempt_id}/report", include_in_schema=False)
def attempt_report(request: Request, attempt_id: str, running: ServiceDep, actor: Owner) -> Response:
    """The report of one attempt, by itself."""
    with running.database.read() as session:
        attempt = service.find(session, "grade", attempt_id, _own(actor))
        detail = schemas.attempt_detail(attempt, None, verdicts.earlier(session, attempt_id))
    report = reports.attempt_view(detail) if detail.state == "done" else None
    return render(request, "report_page.html", report=report, problem=detail.problem)


@router.get("/runs/{run_id}/report", include_in_schema=False)
def run_report(request: Request, run_id: str, running: ServiceDep, actor: Owner) -> Response:
    """The report of one run, by itself."""
    with running.database.read() as session:
        detail = schemas.run_detail(service.find(session, "run", run_id, _own(actor)))
    report = reports.run_view(detail) if detail.state == "done" else None
    return render(request, "report_page.html", report=report, problem=detail.problem)


def _page(  # noqa: PLR0913 - what the page may be asked to show
    request: Request,
    running: Service,
    visitor: Actor | None,
    slug: str,
    *,
    status: int = 200,
    source: str | None = None,
    restored: str | None = None,
    **shown: Any,
) -> Response:
    served = _served(running, visitor, slug)
    problem = served.published.problem
    with running.database.read() as session:
        left = () if visitor is None else prerequisites.missing(session, visitor.user_id, served.version)
        known = {row.slug: row.version.title for row in store.served(session, everything=False) if row.version}
        help_ = _help(session, visitor, served)
    asked = {"solution": None, "difference": None, "refusal": None} | shown
    return render(
        request,
        "problem.html",
        status=status,
        problem=problem,
        enforced=served.row.enforce_prerequisites,
        missing=[(each, known.get(each, each)) for each in left],
        sections=problems.sections(problem),
        signature=problems.signature(problem),
        rules=list(problems.rules(problem.rules)),
        examples=problems.examples(served.published),
        own=problems.own_entries(served.published),
        names=problems.names(problem),
        help=help_,
        source=problem.starter if source is None else source,
        restored=restored,
        sign_in=sign_in_address(request),
        **asked,
    )


def _served(running: Service, visitor: Actor | None, slug: str) -> _Served:
    with running.database.read() as session:
        row = store.find(session, slug, everything=permits(visitor, Operation.READ_ALL_PROBLEMS))
        version = row.version
    assert version is not None  # what is not served is not found
    return _Served(row, version, running.workplace.published(version.id))


def _help(session: Session, visitor: Actor | None, served: _Served) -> _Help:
    problem, slug = served.published.problem, served.version.slug
    if visitor is None:
        rungs = tuple(progress_schemas.rung(hint, opened=False) for hint in problem.hints)
        return _Help(rungs, can_open=False, solution=False, given_up=False)
    rungs = progress_schemas.ladder(problem, progress.opened(session, visitor.user_id, slug)).items
    return _Help(
        rungs,
        can_open=progress.next_hint(session, visitor.user_id, problem) is not None,
        solution=visitor.may(Operation.READ_SOLUTIONS) or _is_open(session, visitor, slug),
        given_up=session.get(GivenUp, (visitor.user_id, slug)) is not None,
    )


def _is_open(session: Session, actor: Actor, slug: str) -> bool:
    try:
        progress.check_solution(session, actor.user_id, slug)
    except SolutionClosed:
        return False
    return True


def _own(actor: Actor) -> str | None:
    """Whose attempts an actor may look at: their own, or None for everybody's."""
    return None if actor.may(Operation.READ_ALL_ATTEMPTS) else actor.user_id


def _source_of(running: Service, actor: Actor, attempt_id: str) -> str | None:
    """The source of an attempt; None if there is none that the actor may look at."""
    with running.database.read() as session:
        try:
            return service.find(session, "grade", attempt_id, _own(actor)).source.decode()
        except AttemptNotFound:
            return None


def _latest(session: Session, actor: Actor, slug: str) -> str:
    """The source of somebody's latest attempt at a problem; empty if there is none."""
    query = (
        select(Attempt.source)
        .join(Attempt.problem_version)
        .where(Attempt.user_id == actor.user_id, Attempt.kind == "grade", ProblemVersion.slug == slug)
        .order_by(Attempt.id.desc())
        .limit(1)
    )
    found = session.scalars(query).first()
    return "" if found is None else found.decode()
