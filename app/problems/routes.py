"""The HTTP face of problems. Invariant: it only reads, and shows what ``app.problems.schemas`` has fields for."""

from __future__ import annotations

from fastapi import APIRouter

from app.accounts.dependency import allowed
from app.accounts.rights import Operation
from app.problems import schemas, store
from app.problems.schemas import ProblemDetail, ProblemList
from app.service import ServiceDep

router = APIRouter(dependencies=[allowed(Operation.READ_PROBLEMS)])


@router.get("/problems", operation_id="list_problems", summary="List the problems")
def list_problems(running: ServiceDep) -> ProblemList:
    """Every problem that can be attempted, by name."""
    with running.database.read() as session:
        return ProblemList(items=tuple(schemas.summary(version) for version in store.served(session)))


@router.get("/problems/{slug}", operation_id="get_problem", summary="Look at one problem")
def get_problem(slug: str, running: ServiceDep) -> ProblemDetail:
    """The statement, the declared signature, the starter and the public examples."""
    with running.database.read() as session:
        version = store.current(session, slug)
    return schemas.detail(version, running.workplace.published(version.id))
