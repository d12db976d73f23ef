"""What people do with attempts: submit, look at one, look through all.

Invariant: a submission is checked for its problem and its size only. Whatever else is wrong with a source is judged and
told as a verdict, so nothing that was submitted is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, defer

from app.accounts.models import User
from app.attempts import events
from app.attempts.models import NO_OUTCOME, UNFINISHED, Attempt
from app.database.db import now
from app.engine import jobs
from app.errors import AlreadyDone, AttemptNotFound, RunNotFound, SourceNotText, SourceTooLarge, Unauthenticated
from app.problems import store
from app.problems.tables import ProblemVersion
from app.settings import Queue

Kind = Literal["grade", "run"]
How = Literal["whole", "brief", "locked"]


_CANCELLED = "You cancelled it before anything was judged. It does not count."
_CANCELLED_LATE = "You cancelled it while it was judged. It counts as an attempt that failed."


@dataclass(frozen=True)
class Submitted:
    """What somebody sends: a source for a problem, and own inputs of a run."""

    kind: str
    slug: str
    source: bytes
    run_input: object = None


@dataclass(frozen=True)
class Mistakes:
    """How many attempts had one outcome; ``verdict`` may be ``accepted``."""

    verdict: str
    reason: str | None
    pitfall: str | None
    attempts: int


def encode(source: str, max_source: int) -> bytes:
    """The bytes of a submitted source.

    Raises:
        SourceNotText: it has half of a surrogate pair, which JSON can spell and UTF-8 cannot.
        SourceTooLarge: more than ``max_source`` bytes.
    """
    try:
        content = source.encode()
    except UnicodeEncodeError as error:
        raise SourceNotText(
            f"The character at position {error.start} of the source is half of a surrogate pair. Send the file's own "
            "text, decoded as UTF-8."
        ) from error
    if len(content) > max_source:
        raise SourceTooLarge(
            f"The source has {len(content):,} bytes; at most {max_source:,} are accepted. Leave out data and code that "
            "the exercise does not need."
        )
    return content


def submit(  # noqa: PLR0913
    session: Session,
    user_id: str | None,
    sent: Submitted,
    key: str | None = None,
    queue: Queue = "cpu",
    *,
    everything: bool = False,
) -> Attempt:
    """Queue what a user sent for the version of its problem that is served now, behind what others have queued.

    Args:
        session: to write to.
        user_id: whose it is; None for what no user submits.
        sent: the submission.
        key: by which the same request is known when it is repeated.
        queue: what judging it takes.
        everything: whether the problem may be a hidden one.

    Raises:
        ProblemNotFound: no problem of that name is served.
        Unauthenticated: the user has been erased.
    """
    version = store.current(session, sent.slug, everything=everything)
    user = None if user_id is None else session.get(User, user_id)
    if user is None and user_id is not None:
        raise Unauthenticated("Your account has just been erased.")
    attempt = Attempt(
        kind=sent.kind,
        user=user,
        problem_version=version,
        source=sent.source,
        run_input=sent.run_input,
        idempotency_key=key,
        queue=queue,
        # Whoever submits much at once waits behind those who do not, but not behind their own.
        priority=-_unfinished(session, user_id),
    )
    session.add(attempt)
    session.flush()
    events.record(session, attempt.id, [("queued", {})])
    jobs.defer(session, attempt.id)
    return attempt


def _unfinished(session: Session, user_id: str | None) -> int:
    query = select(func.count()).where(UNFINISHED, Attempt.user_id == user_id)
    return session.scalars(query).one()


def find(
    session: Session,
    kind: Kind,
    attempt_id: str,
    user_id: str | None = None,
    how: How = "whole",
) -> Attempt:
    """One attempt with its problem version; only that user's own, if one is given, as far as it is asked for.

    Args:
        session: to read from.
        kind: graded, or a run.
        attempt_id: its id.
        user_id: whose it has to be; None for anybody's.
        how: ``brief`` leaves out source and report, which may be large; ``locked`` lets nobody else change it.

    Raises:
        AttemptNotFound: no graded attempt has this id.
        RunNotFound: no run has this id.
    """
    query = _whole(user_id).where(Attempt.id == attempt_id, Attempt.kind == kind)
    if how == "brief":
        query = query.options(defer(Attempt.source, raiseload=True), defer(Attempt.report, raiseload=True))
    attempt = session.scalars(query.with_for_update(of=Attempt) if how == "locked" else query).one_or_none()
    if attempt is not None:
        return attempt
    if kind == "run":
        raise RunNotFound("No run of yours has this id. POST /api/v1/runs answers with the address of the run it made.")
    raise AttemptNotFound("No attempt of yours has this id. GET /api/v1/attempts lists those there are.")


def cancel(session: Session, kind: Kind, attempt_id: str, user_id: str) -> Attempt:
    """End an attempt of a user's that is not done. Whoever is judging it loses its claim, and stops at the next case.

    Raises:
        AttemptNotFound: they have no graded attempt of this id.
        RunNotFound: they have no run of this id.
        AlreadyDone: it has ended by itself.
    """
    attempt = find(session, kind, attempt_id, user_id, "locked")
    if attempt.state == "done":
        raise AlreadyDone("It is done already, so there is nothing to cancel. GET shows how it ended.")
    attempt.state, attempt.claim, attempt.claimed_by, attempt.not_before = "done", None, None, None
    attempt.verdict, attempt.finished_at = "cancelled", now()
    # Whoever watched it may know how some cases went.
    attempt.message = _CANCELLED if attempt.started_at is None else _CANCELLED_LATE
    session.flush()
    events.record(session, attempt.id, [("done", ended(attempt))])
    return attempt


def ended(attempt: Attempt) -> dict[str, str | None]:
    """How an attempt ended, as its last event tells it."""
    return {"verdict": attempt.verdict, "reason": attempt.reason, "message": attempt.message}


def page(
    session: Session, user_id: str | None, before: str | None, limit: int, slug: str | None = None
) -> Sequence[Attempt]:
    """Up to ``limit`` graded attempts, newest first.

    Args:
        session: to read from.
        user_id: whose; None for everybody's.
        before: only what is older than this id.
        limit: how many at most.
        slug: only those at this problem.
    """
    query = _whole(user_id).where(Attempt.kind == "grade").order_by(Attempt.id.desc()).limit(limit)
    if slug is not None:
        query = query.where(ProblemVersion.slug == slug)
    return session.scalars(query if before is None else query.where(Attempt.id < before)).all()


def mistakes(session: Session, slug: str, since: datetime | None, label: str | None) -> Sequence[Mistakes]:
    """How often each outcome of graded attempts at a problem was met, the most frequent first.

    Args:
        session: to read from.
        slug: the problem's.
        since: only attempts made then or later.
        label: only attempts at versions of this label.
    """
    outcome = (Attempt.verdict, Attempt.reason, Attempt.pitfall)
    count = func.count()
    query = (
        select(*outcome, count)
        .join(Attempt.problem_version)
        .where(ProblemVersion.slug == slug, Attempt.kind == "grade", Attempt.verdict.not_in(NO_OUTCOME))
        .group_by(*outcome)
        .order_by(count.desc(), *outcome)
    )
    if since is not None:
        query = query.where(Attempt.created_at >= since)
    if label is not None:
        query = query.where(ProblemVersion.label == label)
    rows = session.execute(query)
    return [Mistakes(verdict or "", reason, pitfall, attempts) for verdict, reason, pitfall, attempts in rows]


def unfinished(session: Session) -> dict[tuple[str, str], tuple[int, datetime]]:
    """By kind and state: how many attempts are not done, and when the oldest of them was submitted."""
    columns = (Attempt.kind, Attempt.state, func.count(), func.min(Attempt.created_at))
    query = select(*columns).where(UNFINISHED).group_by(Attempt.kind, Attempt.state)
    return {(kind, state): (number, oldest) for kind, state, number, oldest in session.execute(query)}


def depth(session: Session) -> dict[str, int]:
    """How many attempts and runs are queued, and how many are running."""
    query = select(Attempt.state, func.count()).where(Attempt.state != "done").group_by(Attempt.state)
    return {"queued": 0, "running": 0} | dict(session.execute(query).all())


def queue(session: Session, name: str) -> dict[str, Any]:
    """How many attempts of a queue are ``queued`` and ``running``, and since when the ``oldest_queued_at`` waits."""
    of_it = (UNFINISHED, Attempt.queue == name)
    counts = dict(session.execute(select(Attempt.state, func.count()).where(*of_it).group_by(Attempt.state)).all())
    oldest = session.scalars(select(func.min(Attempt.created_at)).where(*of_it, Attempt.state == "queued")).one()
    return {"queued": 0, "running": 0, **counts, "oldest_queued_at": oldest}


def held_by(session: Session) -> dict[str | None, int]:
    """How many attempts each worker holds, by its id."""
    query = select(Attempt.claimed_by, func.count()).where(UNFINISHED, Attempt.state == "running")
    return dict(session.execute(query.group_by(Attempt.claimed_by)).all())


def dead(session: Session, before: str | None, limit: int) -> Sequence[Attempt]:
    """Up to ``limit`` attempts and runs that we failed to judge, older than the id ``before``, newest first."""
    query = _whole(None).where(Attempt.verdict == "internal_error").order_by(Attempt.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(Attempt.id < before)).all()


def count_dead(session: Session, most: int) -> int:
    """How many attempts and runs we failed to judge; as many as ``most`` are counted."""
    some = select(Attempt.id).where(Attempt.verdict == "internal_error").limit(most).subquery()
    return session.scalars(select(func.count()).select_from(some)).one()


def _whole(user_id: str | None) -> Select[Attempt]:
    """Attempts with version and submitter: a user's, or None for everybody's."""
    query = select(Attempt).join(Attempt.problem_version).outerjoin(Attempt.user)
    query = query.options(contains_eager(Attempt.problem_version), contains_eager(Attempt.user))
    return query if user_id is None else query.where(Attempt.user_id == user_id)
