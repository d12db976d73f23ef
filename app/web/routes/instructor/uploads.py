"""Uploads of problem folders: sending one, watching its check, and seeing it as learners would.

Invariant: nothing of a form is read before it is known that its sender may upload.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.datastructures import UploadFile

from app.accounts.rights import Actor, Operation
from app.errors import ArchiveExpected, ServiceError
from app.problems import store
from app.problems.checking.record import FindingRecord
from app.problems.schemas import Draft
from app.problems.uploads import schemas, service, taking
from app.service import Service, ServiceDep
from app.web import markup
from app.web.doing import PAGE, Before
from app.web.errors import readable
from app.web.rendering import redirect, render, url
from app.web.routes.instructor.problems import UPLOADS as PATH
from app.web.routes.instructor.problems import VISIBILITIES, tag_of
from app.web.visitors import needs

router = APIRouter()

Manager = Annotated[Actor, needs(Operation.MANAGE_PROBLEMS)]

_MEGABYTE = 1 << 20


async def _sent(request: Request, _: Manager) -> tuple[bytes, bool]:
    """The archive of a form, and whether slips in the reference are to be looked for; rights come first."""
    async with request.form(max_files=1, max_fields=10) as form:
        archive = form.get("archive")
        content = await archive.read() if isinstance(archive, UploadFile) else b""
        return content, bool(form.get("mutants"))


@router.get(PATH, include_in_schema=False)
def list_uploads(request: Request, running: ServiceDep, _: Manager, before: Before = None) -> Response:
    """Everybody's uploads, newest first."""
    return _listed(request, running, before)


@router.post(PATH, include_in_schema=False)
def upload(
    request: Request, running: ServiceDep, actor: Manager, sent: Annotated[tuple[bytes, bool], Depends(_sent)]
) -> Response:
    """Queue a folder to be checked, and show how far that is."""
    archive, mutants = sent
    try:
        if not archive:
            raise ArchiveExpected("No file was chosen. Choose the zip archive of a problem's folder.")
        taken = taking.take(running, actor, archive, None, mutants=mutants)
    except ServiceError as error:
        return _listed(request, running, None, error.status, refused=readable(error.detail), mutants=mutants)
    return redirect(request, f"{PATH}/{taken.id}")


@router.get(PATH + "/{upload_id}", include_in_schema=False)
def show_upload(upload_id: str, request: Request, running: ServiceDep, actor: Manager) -> Response:
    """How far its check is; then what was found, beside what learners would see."""
    with running.database.read() as session:
        shown = schemas.detail(service.find(session, upload_id))
        draft = service.draft(session, upload_id)
        row = store.known(session, shown.problem)
        tag = tag_of(session, row, actor, running)
    return render(
        request,
        "instructor/upload.html",
        upload=shown,
        check=shown.check,
        findings=_by_file(shown.check.findings if shown.check else ()),
        draft=None if draft is None else Draft.model_validate(draft),
        row=row,
        tag=tag,
        visibilities=VISIBILITIES,
        markdown=markup.render,
        code=markup.code,
    )


def _listed(request: Request, running: Service, before: str | None, status: int = 200, **more: Any) -> Response:
    with running.database.read() as session:
        rows = service.page(session, before, PAGE + 1)
        items = [schemas.progress(row) for row in rows[:PAGE]]
    context: dict[str, Any] = {
        "items": items,
        "newest": url(request, PATH) if before else None,
        "next": url(request, PATH, before=items[-1].id) if len(rows) > PAGE else None,
        "megabytes": running.settings.max_upload // _MEGABYTE,
    }
    return render(
        request, "instructor/uploads.html", status=status, **{"refused": "", "mutants": True} | context | more
    )


def _by_file(findings: Sequence[FindingRecord]) -> list[tuple[str, list[FindingRecord]]]:
    """Findings by the file that they are in; files with errors first, and in each by line."""
    worst = {each.file: "error" for each in findings if each.severity == "error"}
    ordered = sorted(findings, key=lambda each: (each.file not in worst, each.file, each.line or 0))
    return [(file, list(found)) for file, found in groupby(ordered, key=lambda each: each.file)]
