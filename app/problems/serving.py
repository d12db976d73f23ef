"""Which version of a problem is served, and to whom: publishing, unpublishing, changing how it is shown.

Invariant: what is served from the operator's folder is changed there and nowhere else, but for who may see it. Whoever
publishes is alone in what they publish, so that two at the same moment are one after the other, and the second, if it
says what it has seen, is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.database.db import alone
from app.engine import workers
from app.errors import NotPublishable, ProblemNotFound, ServedFromFolder
from app.http.conditional import check_meant, tag
from app.problems import limits, store
from app.problems.published import Published, toolchain_digest
from app.problems.schemas import ProblemChange, Visibility
from app.problems.tables import ProblemVersion, ServedProblem
from app.problems.uploads.models import ProblemUpload
from app.progress.prerequisites import missing
from app.settings import QUEUES, Settings


@dataclass(frozen=True)
class Change:
    """A change that somebody means.

    Attributes:
        user_id: whose it is.
        settings: the operator's, which decide what is shown of limits.
        meant: tags of what it is meant for; None for whatever is there.
    """

    user_id: str
    settings: Settings
    meant: str | None


def tag_of(session: Session, row: ServedProblem, user_id: str, settings: Settings) -> str:
    """The tag of a served problem, as a user sees it."""
    bounds = [key.bound(settings) for key in limits.KEYS]
    assert row.version is not None  # what is not served is not shown
    left = missing(session, user_id, row.version)
    return tag(row.slug, row.version_id, row.origin, row.visibility, row.enforce_prerequisites, left, bounds)


def publish_upload(
    session: Session, change: Change, upload: ProblemUpload, published: Published, visibility: Visibility | None
) -> None:
    """Make a version of a checked upload, and serve it.

    Args:
        session: to write to.
        change: who means it for what.
        upload: one that may be published; see ``uploads.service.publishable``.
        published: its content.
        visibility: who may see it; None for what was so, or everybody.

    Raises:
        Changed: what is served is not what it is meant for.
        NotPublishable: another toolchain has checked it.
        ServedFromFolder: the name is that of a folder of the operator's.
    """
    _may_replace(session, change, upload.slug)
    toolchain = upload.toolchain_sha256
    if toolchain is None or not computes_here(session, toolchain):
        raise NotPublishable(
            "This was checked before JAX or something else that computes expected outputs was updated. Upload it again."
        )
    version = store.stored(session, published.problem, toolchain) or store.add(session, published, toolchain)
    upload.version_id = version.id
    _serve(session, version, visibility)


def publish_version(session: Session, change: Change, version: ProblemVersion, visibility: Visibility | None) -> None:
    """Serve a version that was published before; for the arguments and errors see ``publish_upload``."""
    _may_replace(session, change, version.slug)
    if not computes_here(session, version.toolchain_sha256):
        raise NotPublishable(
            "The expected outputs of this version were computed before JAX or something else was updated. Upload its "
            "folder again."
        )
    _serve(session, version, visibility)


def unpublish(session: Session, change: Change, slug: str) -> None:
    """Stop serving a problem that was published over the API.

    Raises:
        ProblemNotFound: none is served under this name.
        Changed: what is served is not what it is meant for.
        ServedFromFolder: it is a folder of the operator's.
    """
    alone(session, f"problem {slug}")
    store.find(session, slug, everything=True)
    _may_replace(session, change, slug)
    store.withdraw(session, slug)


def change_shown(session: Session, change: Change, slug: str, wanted: ProblemChange) -> None:
    """Change who may see a problem, and whether others have to come first.

    Raises:
        ProblemNotFound: none is served under this name.
        Changed: what is served is not what it is meant for.
    """
    alone(session, f"problem {slug}")
    row = store.find(session, slug, everything=True)
    check_meant(change.meant, tag_of(session, row, change.user_id, change.settings))
    if wanted.visibility is not None:
        row.visibility = wanted.visibility
    if wanted.enforce_prerequisites is not None:
        row.enforce_prerequisites = wanted.enforce_prerequisites
    session.flush()


def find_version(session: Session, slug: str, version_id: str) -> ProblemVersion:
    """A version of a problem.

    Raises:
        ProblemNotFound: it has no such version.
    """
    version = session.get(ProblemVersion, version_id)
    if version is None or version.slug != slug:
        raise ProblemNotFound(
            f"{slug[:100]!r} has no version of this id. GET /api/v1/problems/{slug[:100]}/versions lists those it has."
        )
    return version


def computes_here(session: Session, toolchain: str) -> bool:
    """Whether a worker that lives computes expected outputs like this; while none does, nobody can tell."""
    living = [worker.toolchain for worker, lives in workers.all_of_them(session) if lives]
    digests = {toolchain_digest(each, device) for each in living for device in QUEUES}
    return not digests or toolchain in digests


def _may_replace(session: Session, change: Change, slug: str) -> None:
    free = store.free_for(session, slug, "upload")
    row = store.known(session, slug)
    served = None if row is None or row.version_id is None else row
    present = None if served is None else tag_of(session, served, change.user_id, change.settings)
    check_meant(change.meant, present)
    if not free:
        raise ServedFromFolder(
            f"{slug} is served from a folder of the operator's, which the next start would serve again. Change it "
            "there; or have the folder taken away and the service started again, and publish then; or take another "
            f"name. To keep learners from it, PATCH /api/v1/problems/{slug} with its visibility."
        )


def _serve(session: Session, version: ProblemVersion, visibility: Visibility | None) -> None:
    store.serve(session, version, "upload")
    session.flush()
    row = session.get_one(ServedProblem, version.slug)
    if visibility is not None:
        row.visibility = visibility
        session.flush()
