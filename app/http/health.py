"""Where to go, whether the process lives, and whether it can work.

Invariant: open to anyone, so nothing here is secret.
"""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel
from sqlalchemy.exc import SQLAlchemyError

from app.attempts import service
from app.engine import workers
from app.errors import NotReady
from app.http import addresses
from app.problems import store
from app.service import ServiceDep

router = APIRouter()
#: What a process that only judges answers too.
probes = APIRouter()


class Index(BaseModel):
    """Where to go."""

    name: Literal["allclose"]
    api: str
    openapi: str
    ready: str


class Health(BaseModel):
    """The process answers."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """What the service can do right now.

    Attributes:
        sandbox: what runs learner code: walls, versions, device; empty where other processes do.
        weaker_promises: what does not hold on this machine; empty where everything does.
        queue: attempts and runs, ``queued`` and ``running``.
        workers: processes that judge them, on this host or others.
        problems: how many are served, hidden ones too.
        publishing: problem folders whose content is being proved by this process, served once it is.
        unpublished: problem folders with faults; the server's log tells them.
        unattended: problem folders for a device that no worker has now; told by processes that judge.
    """

    status: Literal["ready"]
    database: Literal["ok"]
    sandbox: dict[str, str]
    weaker_promises: tuple[str, ...]
    queue: dict[str, int]
    workers: int
    problems: int
    publishing: tuple[str, ...]
    unpublished: tuple[str, ...]
    unattended: tuple[str, ...]


@router.get("/", operation_id="get_index", summary="Where to go")
def get_index(request: Request) -> Index:
    """Addresses of what there is."""
    api, openapi, ready = (addresses.of(request, path) for path in ("/api/v1/problems", "/openapi.json", "/readyz"))
    return Index(name="allclose", api=api, openapi=openapi, ready=ready)


@probes.get("/healthz", operation_id="get_health", summary="Whether the process answers")
def get_health() -> Health:
    """For whoever restarts a process that hangs."""
    return Health(status="ok")


@probes.get("/readyz", operation_id="get_readiness", summary="Whether attempts can be taken and judged")
def get_readiness(running: ServiceDep) -> Readiness:
    """For load balancers and operators; 503 if the database does not answer or no code can be run."""
    try:
        with running.database.read() as session:
            queue, problems = service.depth(session), len(store.served(session, everything=True))
            unattended = tuple(running.unattended(session))
            living = sum(alive for _, alive in workers.all_of_them(session))
    except SQLAlchemyError as error:
        raise NotReady("The database does not answer. The server's log says more.") from error
    if trouble := running.workplace.sandbox.trouble():
        raise NotReady(f"No code can be run for now; attempts wait in the queue. {trouble[:500]}")
    return Readiness(
        status="ready",
        database="ok",
        sandbox=dict(running.toolchain),
        weaker_promises=tuple(running.weaker),
        queue=queue,
        workers=living,
        problems=problems,
        publishing=tuple(running.catalogue.due),
        unpublished=tuple(running.catalogue.failed),
        unattended=unattended,
    )
