"""Retention: what has been kept as long as the operator wants is deleted, and so is what has ended by itself.

Invariant: nobody's standing changes. Of a user's attempts at a problem there stay every accepted one, the latest, and
the latest of each way to fail, which hints wait for; where a problem limits attempts, or is not served at the moment,
all of them stay. Each transaction deletes a few rows, passes over those that another process is deleting, and leaves
nothing half done, so that it may stop anywhere and run in several processes at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Select, delete, exists, or_, select
from sqlalchemy.orm import Session, aliased

from app.accounts import throttle
from app.accounts.models import Link, SignedIn
from app.attempts import events
from app.attempts.models import Attempt
from app.database.blobs import Blob
from app.database.db import Database, alone, id_at, now
from app.problems import store
from app.problems.published import Published
from app.problems.tables import ProblemVersion
from app.settings import Settings

log = structlog.get_logger()

#: Rows that one transaction deletes at most.
BATCH = 100
#: Seconds between looks once nothing is due.
_PAUSE = 3600.0


class Retention:
    """A chore; see ``app.engine.chores``."""

    def __init__(
        self,
        settings: Settings,
        database: Database,
        published: Callable[[str], Published],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is deleted yet.

        Args:
            settings: the operator's, which say how long what is kept.
            database: what is deleted from.
            published: a problem version's content, by the version's id.
            clock: seconds since some moment.
        """
        self._settings = settings
        self._database = database
        self._published = published
        self._clock = clock
        self._due = clock()
        # Versions never change.
        self._unlimited: dict[str, bool] = {}

    def __call__(self) -> bool:
        """Delete up to ``BATCH`` rows of each kind; whether there may be more."""
        if self._clock() < self._due:
            return False
        # First, so that events are gone before their attempts are: whoever ends an attempt deletes old events too.
        with self._database.write() as session:
            _forget_ended(session)
        deleted = self._attempts()
        with self._database.write() as session:
            deleted["blobs"] = _delete_blobs(session)
        if any(deleted.values()):
            log.info("retention.deleted", **deleted)
        if BATCH in deleted.values():
            return True
        self._due = self._clock() + _PAUSE
        return False

    def _attempts(self) -> dict[str, int]:
        runs, graded = self._settings.keep_runs_days, self._settings.keep_attempts_days
        deleted = {}
        if runs:
            with self._database.write() as session:
                deleted["runs"] = _delete(session, _done("run", runs))
        if graded:
            slugs = self._free_slugs()
            with self._database.write() as session:
                deleted["attempts"] = _delete(session, _superseded(_done("grade", graded), slugs))
        return deleted

    def _free_slugs(self) -> Collection[str]:
        """Served problems that limit nobody's attempts: with fewer that are counted, somebody would have more left."""
        with self._database.read() as session:
            rows = store.served(session, everything=True)
            served = {row.slug: row.version_id for row in rows if row.version_id is not None}
        for version_id in served.values():
            if version_id not in self._unlimited:
                self._unlimited[version_id] = self._published(version_id).problem.attempts.most is None
        return [slug for slug, version_id in served.items() if self._unlimited[version_id]]


def _done(kind: str, days: int) -> Select[str]:
    """Ids of attempts of a kind that ended and were submitted at least so many days ago, oldest first."""
    before: datetime = now() - timedelta(days=days)
    query = select(Attempt.id).join(Attempt.problem_version)
    return query.where(Attempt.kind == kind, Attempt.state == "done", Attempt.id < id_at(before)).order_by(Attempt.id)


def _superseded(query: Select[str], slugs: Collection[str]) -> Select[str]:
    """Those of them that are nobody's, or that a later one of the same user at the same problem is just like."""
    later, version = aliased(Attempt), aliased(ProblemVersion)
    again = (
        exists()
        .where(later.user_id == Attempt.user_id, later.id > Attempt.id)
        .where(later.kind == "grade", later.verdict == Attempt.verdict)
        .where(later.reason.is_not_distinct_from(Attempt.reason))
        .where(version.id == later.problem_version_id, version.slug == ProblemVersion.slug)
    )
    likewise = (Attempt.verdict != "accepted") & ProblemVersion.slug.in_(slugs) & again
    return query.where(or_(Attempt.user_id.is_(None), likewise))


def _delete(session: Session, query: Select[str]) -> int:
    """Delete the first attempts of a query, with their cases and events."""
    ids = session.scalars(query.limit(BATCH).with_for_update(of=Attempt, skip_locked=True)).all()
    session.execute(delete(Attempt).where(Attempt.id.in_(ids)).execution_options(synchronize_session=False))
    return len(ids)


def _delete_blobs(session: Session) -> int:
    """Delete content that no problem version has."""
    alone(session, "blobs")
    used = exists().where(ProblemVersion.content_sha256 == Blob.sha256)
    keys = session.scalars(select(Blob.sha256).where(~used).limit(BATCH)).all()
    session.execute(delete(Blob).where(Blob.sha256.in_(keys)).execution_options(synchronize_session=False))
    return len(keys)


def _forget_ended(session: Session) -> None:
    """Delete sessions and links that have ended, failures that are forgiven, events that nobody watches."""
    session.execute(delete(SignedIn).where(SignedIn.expires_at <= now()))
    session.execute(delete(Link).where(Link.expires_at <= now()))
    throttle.forget(session)
    events.forget(session)
