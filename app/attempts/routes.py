"""The HTTP face of attempts and runs.

Invariant: a 202 is sent only after the transaction that holds the attempt has been committed, and the engine is called
only then; each ``with`` block below is that transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

import structlog
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.dependency import allowed
from app.accounts.rights import Actor, Operation, allow
from app.attempts import following, schemas, service, taking, verdicts
from app.attempts.schemas import (
    AttemptDetail,
    AttemptList,
    MistakeList,
    Moment,
    Progress,
    RunDetail,
    RunRequest,
    Submission,
)
from app.attempts.waiting import waiting
from app.errors import InputDoesNotFit
from app.http import addresses
from app.judge.run import InputError, own_input
from app.problems import store
from app.service import Service, ServiceDep

log = structlog.get_logger()
router = APIRouter()

Submitter = Annotated[Actor, allowed(Operation.SUBMIT)]
#: A name that a client gives a request, so that repeating it makes no second attempt (IETF draft
#: draft-ietf-httpapi-idempotency-key-header).
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        description="Names this request: one with the same key and body answers with the attempt that the first made.",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
    ),
]
#: Tags of what a client has.
Known = Annotated[str | None, Header(alias="If-None-Match", description="The ETag of an earlier answer.")]
Reader = Annotated[Actor, allowed(Operation.READ_OWN_ATTEMPTS)]

#: Seconds after which asking again makes sense; most verdicts take less.
_RETRY_AFTER = "1"


class Made:
    """Says in an answer where what it is about will be."""

    def __init__(self, request: Request, response: Response) -> None:
        """Say it to whoever sent ``request``."""
        self._request, self._response = request, response

    def at(self, path: str) -> None:
        """It is at ``path``, and worth a look in a while."""
        self._response.headers["Location"] = addresses.of(self._request, path)
        self._response.headers["Retry-After"] = _RETRY_AFTER


MadeDep = Annotated[Made, Depends()]


@router.post("/attempts", operation_id="create_attempt", status_code=202, summary="Submit a source for grading")
def create_attempt(
    submission: Submission, actor: Submitter, running: ServiceDep, made: MadeDep, key: Key = None
) -> Progress:
    """Queue a source. Whatever is wrong with it, short of its size, becomes the attempt's verdict."""
    return _submit(running, actor, _sent(running, "grade", submission), key, made)


@router.get("/attempts", operation_id="list_attempts", summary="List graded attempts, newest first")
def list_attempts(
    actor: Reader,
    running: ServiceDep,
    page: Annotated[addresses.Older, Depends()],
    user: Annotated[
        str | None, Query(description="Whose: a user's name, or * for everybody's; otherwise yours.", max_length=200)
    ] = None,
) -> AttemptList:
    """A page of attempts without their sources and reports."""
    with running.database.read() as session:
        owner = _whose(session, actor, user)
        # One more than asked for tells whether there is a next page.
        rows = service.page(session, owner, page.before, page.limit + 1)
        items = tuple(schemas.progress(row) for row in rows[: page.limit])
    more = len(rows) > page.limit
    return AttemptList(items=items, next=page.following("/api/v1/attempts", items[-1].id, user=user) if more else None)


@router.get("/problems/{slug}/mistakes", operation_id="list_mistakes", summary="Count what attempts fail for")
def list_mistakes(
    slug: str,
    actor: Annotated[Actor, allowed(Operation.READ_MISTAKES)],
    running: ServiceDep,
    since: Annotated[Moment | None, Query(description="Only attempts made then or later, with a zone.")] = None,
    version: Annotated[str | None, Query(description="Only attempts at versions of this label.", max_length=64)] = None,
) -> MistakeList:
    """How often each known mistake was made, and each other failure; runs and faults of ours do not count."""
    with running.database.read() as session:
        served = store.current(session, slug, everything=_everything(actor))
        counted = service.mistakes(session, served.slug, since, version)
    filed = running.workplace.published(served.id).problem.submissions
    return schemas.mistake_list(served.slug, counted, {each.path: each.message for each in filed})


@router.get(
    "/attempts/{attempt_id}", operation_id="get_attempt", response_model=AttemptDetail, summary="Look at one attempt"
)
def get_attempt(attempt_id: str, actor: Reader, running: ServiceDep, response: Response, known: Known = None) -> Any:
    """An attempt with its source, and with its verdict record once it is done."""
    with running.database.read() as session:
        attempt = service.find(session, "grade", attempt_id, _own(actor))
        place = waiting(session, attempt)
        detail = schemas.attempt_detail(attempt, place, verdicts.earlier(session, attempt_id))
    return _unless_known(detail, known, response)


def _watched(kind: service.Kind) -> Callable[..., following.Watched]:
    """The dependency of a stream: what is asked for is there, and may be watched, before the answer begins."""

    def check(attempt_id: str, actor: Reader, running: ServiceDep) -> following.Watched:
        running.streams.check_room(actor.user_id)
        with running.database.read() as session:
            found = service.find(session, kind, attempt_id, _own(actor), "brief").id
        return following.Watched(found, actor.user_id)

    return check


#: The number of the last event that a client has seen; browsers send it when they come back.
LastEvent = Annotated[int, Header(alias="Last-Event-ID", ge=0, le=2**53)]


@router.get(
    "/attempts/{attempt_id}/events",
    operation_id="follow_attempt",
    response_class=EventSourceResponse,
    summary="Follow an attempt as server-sent events",
)
async def follow_attempt(
    watched: Annotated[following.Watched, Depends(_watched("grade"))], running: ServiceDep, last: LastEvent = 0
) -> AsyncIterator[ServerSentEvent]:
    """``queued``, ``position``, ``running``, ``traced``, ``case`` and at last ``done``, each with its data as JSON.

    ``rejudged`` follows ``done`` for whoever takes the stream up again after that.
    """
    async for event in following.follow(running, "grade", watched, last):
        yield event


@router.get(
    "/runs/{attempt_id}/events",
    operation_id="follow_run",
    response_class=EventSourceResponse,
    summary="Follow a run as server-sent events",
)
async def follow_run(
    watched: Annotated[following.Watched, Depends(_watched("run"))], running: ServiceDep, last: LastEvent = 0
) -> AsyncIterator[ServerSentEvent]:
    """``queued``, ``position``, ``running`` and at last ``done``."""
    async for event in following.follow(running, "run", watched, last):
        yield event


@router.post("/attempts/{attempt_id}/cancel", operation_id="cancel_attempt", summary="Cancel an attempt of yours")
def cancel_attempt(attempt_id: str, actor: Submitter, running: ServiceDep) -> Progress:
    """End it before it is done. It does not count, unless some of it was judged already."""
    return taking.take_back(running, actor, "grade", attempt_id)


@router.post("/runs/{run_id}/cancel", operation_id="cancel_run", summary="Cancel a run of yours")
def cancel_run(run_id: str, actor: Submitter, running: ServiceDep) -> Progress:
    """End it before it is done."""
    return taking.take_back(running, actor, "run", run_id)


@router.post("/runs", operation_id="create_run", status_code=202, summary="Run a source without grading it")
def create_run(request: RunRequest, actor: Submitter, running: ServiceDep, made: MadeDep, key: Key = None) -> Progress:
    """Queue an eager run on the public examples or on ``input``. It does not count."""
    if request.input is not None:
        with running.database.read() as session:
            version = store.current(session, request.problem, everything=_everything(actor)).id
        try:
            own_input(running.workplace.published(version).problem, request.input)
        except InputError as error:
            raise InputDoesNotFit(str(error)) from error
    return _submit(running, actor, _sent(running, "run", request, request.input), key, made)


@router.get("/runs/{run_id}", operation_id="get_run", response_model=RunDetail, summary="Look at one run")
def get_run(run_id: str, actor: Reader, running: ServiceDep, response: Response, known: Known = None) -> Any:
    """A run with its source, and with what it printed and returned once it is done."""
    with running.database.read() as session:
        attempt = service.find(session, "run", run_id, _own(actor))
        detail = schemas.run_detail(attempt, waiting(session, attempt))
    return _unless_known(detail, known, response)


def _unless_known(shown: AttemptDetail | RunDetail, known: str | None, response: Response) -> Any:
    """What is asked for, or 304 for whoever knows it as it is: nothing about it changes but what makes its tag."""
    told: tuple[object, ...] = (shown.id, shown.state, shown.tries, shown.position, shown.estimated_seconds)
    if isinstance(shown, AttemptDetail):
        told += (len(shown.earlier),)
    tag = f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:32]}"'
    if known is not None and tag in (each.strip() for each in known.split(",")):
        return Response(status_code=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return shown


def _everything(actor: Actor) -> bool:
    """Whether an actor may see hidden problems, and attempt any without what comes before it."""
    return actor.may(Operation.READ_ALL_PROBLEMS)


def _own(actor: Actor) -> str | None:
    """Whose attempts an actor may look at: their own, or None for everybody's."""
    return None if actor.may(Operation.READ_ALL_ATTEMPTS) else actor.user_id


def _whose(session: Session, actor: Actor, name: str | None) -> str | None:
    """The user whose attempts are asked for; None for everybody's."""
    if name is None or accounts.key(name) == accounts.key(actor.name):
        return actor.user_id
    allow(actor, Operation.READ_ALL_ATTEMPTS)
    return None if name == "*" else accounts.find(session, name).id


def _sent(running: Service, kind: service.Kind, body: Submission, inputs: object = None) -> service.Submitted:
    return service.Submitted(kind, body.problem, service.encode(body.source, running.settings.max_source), inputs)


def _submit(running: Service, actor: Actor, sent: service.Submitted, key: str | None, made: Made) -> Progress:
    queued = taking.take(running, actor, sent, key)
    made.at(f"/api/v1/{'runs' if sent.kind == 'run' else 'attempts'}/{queued.id}")
    return queued
