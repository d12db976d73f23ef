"""The HTTP face of attempts and runs.

Invariant: a 202 is sent only after the transaction that holds the attempt has been committed, and the engine is called
only then; each ``with`` block below is that transaction.
"""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Query, Response
from pydantic import AwareDatetime

from app.attempts import schemas, service
from app.attempts.schemas import AttemptDetail, AttemptList, MistakeList, Progress, RunDetail, RunRequest, Submission
from app.errors import InputDoesNotFit
from app.judge.run import InputError, own_input
from app.problems import store
from app.service import Service, ServiceDep

log = structlog.get_logger()
router = APIRouter()

_PAGE = 50
_LARGEST_PAGE = 100
#: Seconds after which asking again makes sense; most verdicts take less.
_RETRY_AFTER = "1"


@router.post("/attempts", operation_id="create_attempt", status_code=202, summary="Submit a source for grading")
def create_attempt(submission: Submission, running: ServiceDep, response: Response) -> Progress:
    """Queue a source. Whatever is wrong with it, short of its size, becomes the attempt's verdict."""
    return _submit(running, "grade", submission, None, response)


@router.get("/attempts", operation_id="list_attempts", summary="List graded attempts, newest first")
def list_attempts(
    running: ServiceDep,
    before: Annotated[str | None, Query(description="Only attempts older than this id.", max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=_LARGEST_PAGE)] = _PAGE,
) -> AttemptList:
    """A page of attempts without their sources and reports."""
    with running.database.read() as session:
        # One more than asked for tells whether there is a next page.
        rows = service.page(session, before, limit + 1)
        items = tuple(schemas.progress(row) for row in rows[:limit])
    more = len(rows) > limit
    return AttemptList(items=items, next=f"/api/v1/attempts?before={items[-1].id}&limit={limit}" if more else None)


@router.get("/problems/{slug}/mistakes", operation_id="list_mistakes", summary="Count what attempts fail for")
def list_mistakes(
    slug: str,
    running: ServiceDep,
    since: Annotated[AwareDatetime | None, Query(description="Only attempts made then or later, with a zone.")] = None,
    version: Annotated[str | None, Query(description="Only attempts at versions of this label.", max_length=64)] = None,
) -> MistakeList:
    """How often each known mistake was made, and each other failure; runs and faults of ours do not count."""
    with running.database.read() as session:
        served = store.current(session, slug)
        counted = service.mistakes(session, served.slug, since, version)
    filed = running.workplace.published(served.id).problem.submissions
    return schemas.mistake_list(served.slug, counted, {each.path: each.message for each in filed})


@router.get("/attempts/{attempt_id}", operation_id="get_attempt", summary="Look at one attempt")
def get_attempt(attempt_id: str, running: ServiceDep) -> AttemptDetail:
    """An attempt with its source, and with its verdict record once it is done."""
    with running.database.read() as session:
        return schemas.attempt_detail(service.find(session, "grade", attempt_id))


@router.post("/runs", operation_id="create_run", status_code=202, summary="Run a source without grading it")
def create_run(request: RunRequest, running: ServiceDep, response: Response) -> Progress:
    """Queue an eager run on the public examples or on ``input``. It does not count."""
    if request.input is not None:
        with running.database.read() as session:
            version = store.current(session, request.problem).id
        try:
            own_input(running.workplace.published(version).problem, request.input)
        except InputError as error:
            raise InputDoesNotFit(str(error)) from error
    return _submit(running, "run", request, request.input, response)


@router.get("/runs/{run_id}", operation_id="get_run", summary="Look at one run")
def get_run(run_id: str, running: ServiceDep) -> RunDetail:
    """A run with its source, and with what it printed and returned once it is done."""
    with running.database.read() as session:
        return schemas.run_detail(service.find(session, "run", run_id))


def _submit(running: Service, kind: service.Kind, body: Submission, inputs: object, response: Response) -> Progress:
    source = service.encode(body.source, running.settings.max_source)
    with running.database.write() as session:
        attempt = service.submit(session, kind, body.problem, source, inputs)
        queued = schemas.progress(attempt)
    running.engine.notify()
    log.info("attempt.submitted", attempt=queued.id, kind=kind, problem=queued.problem)
    response.headers["Location"] = f"/api/v1/{'runs' if kind == 'run' else 'attempts'}/{queued.id}"
    response.headers["Retry-After"] = _RETRY_AFTER
    return queued
