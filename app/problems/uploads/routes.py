"""The HTTP face of uploads.

Invariant: nothing of a body is read before it is known that its sender may upload; and a 202 is sent only after the
transaction that holds the archive has been committed.
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from app.accounts.dependency import allowed
from app.accounts.rights import Actor, Operation
from app.errors import ArchiveExpected
from app.problems.uploads import schemas, service, taking
from app.problems.uploads.schemas import UploadDetail, UploadList, UploadProgress
from app.service import ServiceDep

router = APIRouter()

#: Where uploads lie; a body that is sent there may be longer than others.
PLACE = "/problem-uploads"
_TYPES = ("application/zip", "application/x-zip-compressed")
_PAGE, _LARGEST_PAGE = 50, 100
#: Seconds after which asking again makes sense: checks take from some seconds to minutes.
_RETRY_AFTER = "2"

Manager = Annotated[Actor, allowed(Operation.MANAGE_PROBLEMS)]
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "A zip archive of a problem folder: the folder itself, or its files at the root.",
        "content": {_TYPES[0]: {"schema": {"type": "string", "format": "binary"}}},
    }
}


async def _archive(request: Request, actor: Manager) -> bytes:
    """The body; rights come first."""
    del actor
    sent = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if sent not in _TYPES:
        raise ArchiveExpected(f"Send the zip archive itself as the body, with the header 'Content-Type: {_TYPES[0]}'.")
    return await request.body()


@router.post(
    PLACE, operation_id="upload_problem", status_code=202, summary="Upload a problem folder", openapi_extra=_BODY
)
def upload_problem(  # noqa: PLR0913, PLR0917 - what a request has
    actor: Manager,
    running: ServiceDep,
    response: Response,
    archive: Annotated[bytes, Depends(_archive)],
    slug: Annotated[
        str | None, Query(description="The problem's name; otherwise that of the folder in the archive.", max_length=64)
    ] = None,
    mutants: Annotated[  # noqa: FBT002
        bool, Query(description="Whether slips in the reference are looked for, which takes longest.")
    ] = True,
) -> UploadProgress:
    """Queue a folder to be checked in the sandbox. Nothing is served before it is published."""
    upload = taking.take(running, actor, archive, slug, mutants=mutants)
    response.headers["Location"] = f"/api/v1{PLACE}/{upload.id}"
    response.headers["Retry-After"] = _RETRY_AFTER
    return upload


@router.get(PLACE, operation_id="list_uploads", summary="List uploads, newest first")
def list_uploads(
    _: Manager,
    running: ServiceDep,
    before: Annotated[str | None, Query(description="Only uploads older than this id.", max_length=64)] = None,
    limit: Annotated[int, Query(ge=1, le=_LARGEST_PAGE)] = _PAGE,
) -> UploadList:
    """A page of everybody's uploads, without what was found."""
    with running.database.read() as session:
        # One more than asked for tells whether there is a next page.
        rows = service.page(session, before, limit + 1)
        items = tuple(map(schemas.progress, rows[:limit]))
    following = f"/api/v1{PLACE}?{urlencode({'before': items[-1].id, 'limit': limit})}" if len(rows) > limit else None
    return UploadList(items=items, next=following)


@router.get(f"{PLACE}/{{upload_id}}", operation_id="get_upload", summary="Look at one upload")
def get_upload(upload_id: str, _: Manager, running: ServiceDep, response: Response) -> UploadDetail:
    """How far its check is, and what it has found."""
    with running.database.read() as session:
        upload = schemas.detail(service.find(session, upload_id))
    if upload.state != "done":
        response.headers["Retry-After"] = _RETRY_AFTER
    return upload
