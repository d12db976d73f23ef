"""The HTTP face of hints and solutions. Invariant: what is shown was opened, and opening is a POST of its own."""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Response

from app.accounts.dependency import allowed
from app.accounts.rights import Actor, Operation
from app.problems import store
from app.problems.model import Problem
from app.progress import schemas, service
from app.progress.schemas import HintLadder, Rung, Solution
from app.service import Service, ServiceDep

log = structlog.get_logger()
router = APIRouter()

Reader = Annotated[Actor, allowed(Operation.READ_PROBLEMS)]
Opener = Annotated[Actor, allowed(Operation.OPEN_HELP)]


@router.get("/problems/{slug}/hints", operation_id="get_hints", summary="See the hints")
def get_hints(slug: str, actor: Reader, running: ServiceDep) -> HintLadder:
    """Every hint by its title; the text of those that you have opened."""
    problem = _served(running, actor, slug)
    with running.database.read() as session:
        return schemas.ladder(problem, service.opened(session, actor.user_id, problem.slug))


@router.post("/problems/{slug}/hints", operation_id="open_hint", summary="Open the next hint")
def open_hint(slug: str, actor: Opener, running: ServiceDep) -> Rung:
    """One hint at a time, in order; that you did is recorded. Some wait for a failure that they are about."""
    problem = _served(running, actor, slug)
    with running.database.write() as session:
        hint = service.open_next(session, actor.user_id, problem)
    log.info("hint.opened", user=actor.user_id, problem=problem.slug, hint=hint.title)
    return schemas.rung(hint, opened=True)


@router.post("/problems/{slug}/give-up", operation_id="give_up", status_code=204, summary="Give a problem up")
def give_up(slug: str, actor: Opener, running: ServiceDep) -> Response:
    """Open the solution without an accepted attempt; that you did is recorded. You may go on attempting it."""
    problem = _served(running, actor, slug)
    with running.database.write() as session:
        service.give_up(session, actor.user_id, problem.slug)
    log.info("problem.given_up", user=actor.user_id, problem=problem.slug)
    return Response(status_code=204)


@router.get("/problems/{slug}/solution", operation_id="get_solution", summary="Read the solution")
def get_solution(slug: str, actor: Reader, running: ServiceDep) -> Solution:
    """Open after an accepted attempt of yours, or after giving up."""
    problem = _served(running, actor, slug)
    if not actor.may(Operation.READ_SOLUTIONS):
        with running.database.read() as session:
            service.check_solution(session, actor.user_id, problem.slug)
    return schemas.solution(problem)


def _served(running: Service, actor: Actor, slug: str) -> Problem:
    """The version of a problem that is served, to whoever may see it."""
    with running.database.read() as session:
        version = store.current(session, slug, everything=actor.may(Operation.READ_ALL_PROBLEMS)).id
    return running.workplace.published(version).problem
