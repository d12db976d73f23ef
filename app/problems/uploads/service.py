"""What becomes of an upload: taken, claimed, checked, found.

Invariant: every change by whoever checks is fenced by their claim, which they renew while they work; one that nobody
renewed any more is taken up by another. A try that ended like this counts, or an upload that kills the service would do
so for ever. Whatever goes wrong here is our fault and said to be; findings are the author's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Update, delete, func, or_, select, update
from sqlalchemy.orm import Session, contains_eager

from app.accounts.models import User
from app.attempts.delivery import RetryPolicy
from app.database.db import alone, now
from app.errors import NotPublishable, TooManyInFlight, UploadNotFound
from app.problems.uploads.models import UNFINISHED, ProblemUpload

#: Uploads of one user that may be waiting or running: an archive is kept until it is checked.
MOST_IN_FLIGHT = 10
#: So long a claim counts without being renewed: many times as much as clocks of machines that share a database differ.
LEASE = timedelta(seconds=30)
#: So long what was found is kept; a version that was made of it stays for good.
_KEPT = timedelta(days=30)

_WAITING = "The service had a fault of its own, not yours, while checking this. It will be tried again."


@dataclass(frozen=True)
class Work:
    """What whoever checks an upload needs to know of it."""

    id: str
    slug: str
    archive: bytes
    mutants: bool


@dataclass(frozen=True)
class Found:
    """What a check has found.

    Attributes:
        record: a ``CheckRecord`` as JSON.
        errors: findings that keep the problem from being published.
        content: the publication; None if it may not be published.
        toolchain: the digest of what computed its expected outputs.
        draft: a ``Draft`` as JSON.
    """

    record: dict[str, Any]
    errors: int
    content: bytes | None
    toolchain: str
    draft: dict[str, Any]


def add(session: Session, user_id: str, slug: str, archive: bytes, *, mutants: bool) -> ProblemUpload:
    """Queue an archive that can be read.

    Raises:
        TooManyInFlight: earlier ones of this user have to be checked first.
    """
    alone(session, f"uploads of {user_id}")
    flying = select(func.count()).where(UNFINISHED, ProblemUpload.user_id == user_id)
    if session.scalars(flying).one() >= MOST_IN_FLIGHT:
        raise TooManyInFlight(f"You have {MOST_IN_FLIGHT} uploads that are not checked yet. Wait until one is.")
    user = session.get_one(User, user_id)
    upload = ProblemUpload(user=user, slug=slug, archive=archive, mutants=mutants)
    session.add(upload)
    session.flush()
    return upload


def find(session: Session, upload_id: str) -> ProblemUpload:
    """One upload with who sent it.

    Raises:
        UploadNotFound: there is none of this id, or none any more.
    """
    upload = session.scalars(_whole().where(ProblemUpload.id == upload_id)).one_or_none()
    if upload is None:
        raise UploadNotFound(
            "No upload has this id. GET /api/v1/problem-uploads lists those there are; they are kept for "
            f"{_KEPT.days} days."
        )
    return upload


def draft(session: Session, upload_id: str) -> dict[str, Any] | None:
    """What learners would see of an upload, as it is stored; None if that is not known (yet)."""
    return session.scalars(select(ProblemUpload.draft).where(ProblemUpload.id == upload_id)).one_or_none()


def latest(session: Session) -> dict[str, ProblemUpload]:
    """The newest upload of each problem, by its name."""
    newest = select(func.max(ProblemUpload.id)).group_by(ProblemUpload.slug)
    return {row.slug: row for row in session.scalars(_whole().where(ProblemUpload.id.in_(newest)))}


def page(session: Session, before: str | None, limit: int, slug: str | None = None) -> Sequence[ProblemUpload]:
    """Up to ``limit`` uploads older than the id ``before``, newest first; of one problem, if it is named."""
    query = _whole().order_by(ProblemUpload.id.desc()).limit(limit)
    query = query if slug is None else query.where(ProblemUpload.slug == slug)
    return session.scalars(query if before is None else query.where(ProblemUpload.id < before)).all()


def publishable(session: Session, upload_id: str, slug: str) -> bytes:
    """The publication of a checked upload of a problem.

    Raises:
        UploadNotFound: there is none of this id.
        NotPublishable: it is of another problem, not checked yet, or has errors.
    """
    upload = find(session, upload_id)
    if upload.slug != slug:
        raise NotPublishable(
            f"This is an upload of {upload.slug}. Publish it there: POST /api/v1/problems/{upload.slug}/publish."
        )
    if upload.state != "done":
        raise NotPublishable(f"This is {upload.state} and not checked yet. GET says when it is done.")
    content = session.scalars(select(ProblemUpload.content).where(ProblemUpload.id == upload_id)).one()
    if content is None and upload.record is None:
        raise NotPublishable("We have failed to check this, which is our fault. Upload it again.")
    if content is None:
        raise NotPublishable(
            f"The check has found {upload.errors} error{'s'[: upload.errors > 1]}. GET lists them; mend the folder and "
            "upload it again."
        )
    return content


def claim_next(session: Session, claim: str) -> Work | None:
    """Take the oldest upload that is due, or that nobody works on any more; None if there is none.

    No two take the same one: on SQLite only one of them writes, elsewhere each passes over what another takes.
    """
    due = (ProblemUpload.state == "queued") & or_(ProblemUpload.not_before.is_(None), ProblemUpload.not_before <= now())
    waiting = select(ProblemUpload.id).where(UNFINISHED, due | _lost()).order_by(ProblemUpload.id).limit(1)
    taken = (
        update(ProblemUpload)
        .where(ProblemUpload.id == waiting.with_for_update(skip_locked=True).scalar_subquery())
        .values(
            state="running",
            claim=claim,
            claimed_until=now() + LEASE,
            tries=ProblemUpload.tries + 1,
            started_at=now(),
            not_before=None,
        )
        .returning(ProblemUpload.id, ProblemUpload.slug, ProblemUpload.archive, ProblemUpload.mutants)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(taken).one_or_none()
    if row is None:
        return None
    assert row.archive is not None  # it is kept until the check is done
    return Work(row.id, row.slug, row.archive, row.mutants)


def renew(session: Session, upload_id: str, claim: str) -> bool:
    """Hold a claim for another while; False if it is lost."""
    return _changed(session, _held(upload_id, claim).values(claimed_until=now() + LEASE))


def finish(session: Session, upload_id: str, claim: str, found: Found) -> bool:
    """Save what a check has found; False if the claim is lost, and then nothing is saved."""
    values = {
        "record": found.record,
        "errors": found.errors,
        "content": found.content,
        "toolchain_sha256": found.toolchain,
        "draft": found.draft,
        "message": None,
    }
    if not _changed(session, _held(upload_id, claim).values(**values, **_done())):
        return False
    old = delete(ProblemUpload).where(ProblemUpload.state == "done", ProblemUpload.finished_at < now() - _KEPT)
    session.execute(old.execution_options(synchronize_session=False))
    return True


def fail_try(session: Session, upload_id: str, claim: str, policy: RetryPolicy) -> bool:
    """Note a fault of ours: queue the check again, or end it after the last try; False if the claim is lost."""
    tries = session.scalars(
        select(ProblemUpload.tries).where(ProblemUpload.id == upload_id, ProblemUpload.claim == claim)
    ).one_or_none()
    if tries is None:
        return False
    if tries >= policy.max_tries:
        return _changed(session, _held(upload_id, claim).values(**_given_up(tries)))
    values = {"not_before": policy.after(tries), "message": _WAITING}
    return _changed(session, _held(upload_id, claim).values(**values, **_queued()))


def hand_back(session: Session, upload_id: str, claim: str, pause: timedelta) -> bool:
    """Queue a check again of which nothing has run, or that a stop has interrupted; the try is not counted."""
    values = {"tries": ProblemUpload.tries - 1, "not_before": now() + pause}
    return _changed(session, _held(upload_id, claim).values(**values, **_queued()))


def end_lost(session: Session, policy: RetryPolicy) -> Sequence[str]:
    """End what was started often enough and is not worked on any more; returns the ids."""
    lost = update(ProblemUpload).where(UNFINISHED, _lost(), ProblemUpload.tries >= policy.max_tries)
    ended = lost.values(**_given_up(policy.max_tries)).returning(ProblemUpload.id)
    return session.scalars(ended.execution_options(synchronize_session=False)).all()


def _lost() -> ColumnElement[bool]:
    return (ProblemUpload.state == "running") & (ProblemUpload.claimed_until < now())


def _held(upload_id: str, claim: str) -> Update:
    return update(ProblemUpload).where(ProblemUpload.id == upload_id, ProblemUpload.claim == claim)


def _changed(session: Session, change: Update) -> bool:
    changed = change.returning(ProblemUpload.id).execution_options(synchronize_session=False)
    return session.scalars(changed).one_or_none() is not None


def _queued() -> dict[str, Any]:
    return {"state": "queued", "claim": None, "claimed_until": None, "started_at": None}


def _done() -> dict[str, Any]:
    return {"state": "done", "claim": None, "claimed_until": None, "finished_at": now(), "archive": None}


def _given_up(tries: int) -> dict[str, Any]:
    message = (
        f"The service failed {tries} times while checking this. That is our fault and not yours. Upload it again, and "
        "if it happens again give the operator this id."
    )
    return {"message": message, **_done()}


def _whole() -> Select[ProblemUpload]:
    return select(ProblemUpload).outerjoin(ProblemUpload.user).options(contains_eager(ProblemUpload.user))
