"""What the API says of an upload. Invariant: it is for whoever manages problems, for findings quote the folder."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from app.http.bodies import Output
from app.problems.checking.record import CheckRecord
from app.problems.uploads.models import ProblemUpload


class UploadProgress(Output):
    """How far the check of an upload is.

    Attributes:
        problem: the name that it would be published under.
        user: who uploaded it; null for a user who is not here any more.
        errors: findings that keep it from being published.
        message: what to know about a fault of ours; null if there was none.
        publishable: whether it was checked and has no error.
        version_id: of the version that it was published as; null before.
    """

    id: str
    problem: str
    user: str | None
    state: Literal["queued", "running", "done"]
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    errors: int
    message: str | None
    publishable: bool
    version_id: str | None


class UploadDetail(UploadProgress):
    """The same, with what was found; ``check`` is null until it is done, and where we have failed to check it."""

    check: CheckRecord | None


class UploadList(Output):
    """A page of uploads, newest first; ``next`` is the address of the next one."""

    items: tuple[UploadProgress, ...]
    next: str | None


def progress(upload: ProblemUpload) -> UploadProgress:
    """An upload in a list."""
    return UploadProgress(**_progress(upload))


def detail(upload: ProblemUpload) -> UploadDetail:
    """An upload as it is sent."""
    check = None if upload.record is None else CheckRecord.model_validate(upload.record)
    return UploadDetail(**_progress(upload), check=check)


def _progress(upload: ProblemUpload) -> dict[str, object]:
    return {
        "id": upload.id,
        "problem": upload.slug,
        "user": None if upload.user is None else upload.user.name,
        "state": upload.state,
        "created_at": upload.created_at,
        "started_at": upload.started_at,
        "finished_at": upload.finished_at,
        "errors": upload.errors,
        "message": upload.message,
        "publishable": upload.state == "done" and upload.record is not None and not upload.errors,
        "version_id": upload.version_id,
    }
