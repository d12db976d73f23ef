"""The HTTP face of problems: reading them, and which version is served to whom.

Invariant: it shows what ``app.problems.schemas`` has fields for, and to whoever may not see a hidden problem nothing
that tells it from one that does not exist.
"""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Response

from app.accounts.dependency import allowed
from app.accounts.rights import Actor, Operation
from app.http.conditional import Known, Meant, is_known
from app.problems import releasing, schemas, serving, store
from app.problems.schemas import ProblemChange, ProblemDetail, ProblemList, Publication, VersionList
from app.progress.prerequisites import missing
from app.service import Service, ServiceDep

router = APIRouter()

Reader = Annotated[Actor, allowed(Operation.READ_PROBLEMS)]
Manager = Annotated[Actor, allowed(Operation.MANAGE_PROBLEMS)]


@router.get("/problems", operation_id="list_problems", summary="List the problems")
def list_problems(actor: Reader, running: ServiceDep) -> ProblemList:
    """Every problem that is listed for you, by name: for instructors all of them, for others those that are public."""
    with running.database.read() as session:
        rows = store.served(session, everything=_everything(actor))
        return ProblemList(items=tuple(map(schemas.summary, rows)))


@router.get("/problems/{slug}", operation_id="get_problem", response_model=ProblemDetail, summary="Look at one problem")
def get_problem(slug: str, actor: Reader, running: ServiceDep, response: Response, known: Known = None) -> Any:
    """The statement, the declared signature, the starter and the public examples."""
    return _told(running, actor, slug, response, known)


@router.get("/problems/{slug}/versions", operation_id="list_versions", summary="List the versions of a problem")
def list_versions(
    slug: str, _: Annotated[Actor, allowed(Operation.READ_ALL_PROBLEMS)], running: ServiceDep
) -> VersionList:
    """Every version that was ever published, the latest first; also of a problem that is not served any more."""
    with running.database.read() as session:
        versions = store.versions(session, slug)
        if not versions:
            store.find(session, slug, everything=True)
        row = store.known(session, slug)
        return schemas.version_list(slug, row, versions, partial(serving.computes_here, session))


@router.post("/problems/{slug}/publish", operation_id="publish_problem", summary="Publish a problem")
def publish_problem(  # noqa: PLR0913, PLR0917 - what a request has
    slug: str, wanted: Publication, actor: Manager, running: ServiceDep, response: Response, meant: Meant = None
) -> ProblemDetail:
    """Serve a checked upload, or a version that was served before. Earlier attempts keep the version they were for."""
    releasing.publish(running, actor, slug, wanted, meant)
    shown: ProblemDetail = _told(running, actor, slug, response)
    return shown


@router.post(
    "/problems/{slug}/unpublish", operation_id="unpublish_problem", status_code=204, summary="Unpublish a problem"
)
def unpublish_problem(slug: str, actor: Manager, running: ServiceDep, meant: Meant = None) -> Response:
    """Stop serving a problem that was published over the API. Its versions and attempts stay."""
    releasing.unpublish(running, actor, slug, meant)
    return Response(status_code=204)


@router.patch("/problems/{slug}", operation_id="change_problem", summary="Change how a problem is shown")
def change_problem(  # noqa: PLR0913, PLR0917 - what a request has
    slug: str, wanted: ProblemChange, actor: Manager, running: ServiceDep, response: Response, meant: Meant = None
) -> ProblemDetail:
    """Who may see it, and whether attempts are taken only of whoever has solved what comes before."""
    releasing.change_shown(running, actor, slug, wanted, meant)
    shown: ProblemDetail = _told(running, actor, slug, response)
    return shown


def _everything(actor: Actor) -> bool:
    return actor.may(Operation.READ_ALL_PROBLEMS)


def _told(running: Service, actor: Actor, slug: str, response: Response, known: str | None = None) -> Any:
    """A problem as an actor sees it, with its tag; 304 if they have it."""
    with running.database.read() as session:
        row = store.find(session, slug, everything=_everything(actor))
        assert row.version is not None
        version, left = row.version, missing(session, actor.user_id, row.version)
        present = serving.tag_of(session, row, actor.user_id, running.settings)
    if is_known(known, present):
        return Response(status_code=304, headers={"ETag": present})
    response.headers["ETag"] = present
    return schemas.detail(row, running.workplace.published(version.id), left)
