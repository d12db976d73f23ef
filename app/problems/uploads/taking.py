"""How an archive gets here, whether over the API or by a page.

Invariant: what cannot be read is refused before anything is stored, and whoever checks it is called only once it is.
"""

from __future__ import annotations

import structlog

from app.accounts.rights import Actor
from app.problems.uploads import schemas, service
from app.problems.uploads.archive import unpack
from app.problems.uploads.schemas import UploadProgress
from app.service import Service

log = structlog.get_logger()


def take(running: Service, actor: Actor, archive: bytes, slug: str | None, *, mutants: bool) -> UploadProgress:
    """Queue a folder to be checked in the sandbox.

    Args:
        running: the service.
        actor: whose upload it is.
        archive: the zip archive.
        slug: the problem's name; None for that of the folder in the archive.
        mutants: whether slips in the reference are looked for.

    Raises:
        ArchiveRefused: it cannot be read as the folder of a problem.
        TooManyInFlight: earlier ones of this user have to be checked first.
    """
    name = unpack(archive, slug).slug
    with running.database.write() as session:
        upload = schemas.progress(service.add(session, actor.user_id, name, archive, mutants=mutants))
    running.chores.notify()
    log.info("upload.taken", upload=upload.id, problem=name, user=actor.user_id, bytes=len(archive))
    return upload
