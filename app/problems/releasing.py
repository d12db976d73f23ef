"""What instructors do with problems, whether over the API or by a page: publish, unpublish, change how one is shown.

Invariant: whatever is done is in the audit log, in the same transaction. A publication is read outside of any: it is
some megabytes, and nobody else could write meanwhile.
"""

from __future__ import annotations

import structlog

from app.accounts.rights import Actor
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.problems import serving
from app.problems.schemas import ProblemChange, Publication
from app.problems.serving import Change
from app.problems.uploads import service as uploads
from app.service import Service

log = structlog.get_logger()


def publish(running: Service, actor: Actor, slug: str, wanted: Publication, meant: str | None = None) -> None:
    """Serve a checked upload, or a version that was served before. Earlier attempts keep the version they were for.

    Args:
        running: the service.
        actor: who does it.
        slug: the problem's.
        wanted: what to serve, and who may see it.
        meant: tags of what it is meant for; None for whatever is there.

    Raises:
        UploadNotFound: there is no such upload.
        ProblemNotFound: the problem has no such version.
        Changed: see ``serving.publish_upload``.
        NotPublishable: likewise, and ``uploads.publishable``.
        ServedFromFolder: likewise.
    """
    change = Change(actor.user_id, running.settings, meant)
    if wanted.version is not None:
        with running.database.write() as session:
            version = serving.find_version(session, slug, wanted.version)
            serving.publish_version(session, change, version, wanted.visibility)
            label, sha256 = version.label, version.sha256
            audit.record(session, actor, Action.PROBLEM_PUBLISHED, _subject(slug), version=version.id)
    else:
        with running.database.read() as session:
            content = uploads.publishable(session, wanted.upload or "", slug)
        published = running.workplace.pipeline.load(content)
        with running.database.write() as session:
            upload = uploads.find(session, wanted.upload or "")
            serving.publish_upload(session, change, upload, published, wanted.visibility)
            label, sha256 = published.problem.version, published.problem.sha256
            audit.record(session, actor, Action.PROBLEM_PUBLISHED, _subject(slug), version=upload.version_id)
    log.info("problem.published", problem=slug, version=label, sha256=sha256, user=actor.user_id)


def unpublish(running: Service, actor: Actor, slug: str, meant: str | None = None) -> None:
    """Stop serving a problem that was published over the API; for the errors see ``serving.unpublish``."""
    with running.database.write() as session:
        serving.unpublish(session, Change(actor.user_id, running.settings, meant), slug)
        audit.record(session, actor, Action.PROBLEM_UNPUBLISHED, _subject(slug))
    log.info("problem.unpublished", problem=slug, user=actor.user_id)


def change_shown(running: Service, actor: Actor, slug: str, wanted: ProblemChange, meant: str | None = None) -> None:
    """Change who may see a problem, and whether others come first; for the errors see ``serving.change_shown``."""
    told = wanted.model_dump(exclude_none=True)
    with running.database.write() as session:
        serving.change_shown(session, Change(actor.user_id, running.settings, meant), slug, wanted)
        audit.record(session, actor, Action.PROBLEM_CHANGED, _subject(slug), **told)
    log.info("problem.changed", problem=slug, user=actor.user_id, **told)


def _subject(slug: str) -> Subject:
    return Subject("problem", slug, slug)
