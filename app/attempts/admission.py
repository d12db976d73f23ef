"""Whether a submission is taken now: repeated requests, attempts in flight, a problem's limit and its cooldown.

Invariant: what is said here is said before anything is queued, and about attempts that count only: graded ones that
ended by their own doing or have not ended. An attempt that we failed to judge, or that was cancelled before anything of
it was judged, is as if it had never been made, so a pause or a try that it cost is given back at once; being judged
after all does not take that back. ``earlier`` comes first in a transaction: it has the user's submissions taken one
after the other, or two at the same moment would both be the last one allowed.
"""

from __future__ import annotations

import json
from datetime import timedelta
from math import ceil

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager

from app.attempts.models import NO_OUTCOME, UNFINISHED, Attempt, PastVerdict
from app.attempts.service import Submitted
from app.database.db import alone, now
from app.errors import KeyReused, NoAttemptsLeft, TooEarly, TooManyInFlight
from app.problems.model import AttemptPolicy
from app.problems.tables import ProblemVersion

#: A cooldown is doubled with each failure up to this.
_LONGEST = timedelta(hours=1)
#: So long a cancelled attempt may still keep a worker.
_LEAVING = timedelta(seconds=30)


def earlier(session: Session, user_id: str, key: str | None, sent: Submitted) -> Attempt | None:
    """The attempt that an earlier request with the same ``Idempotency-Key`` has made; None if there was none.

    Raises:
        KeyReused: that request was for something else.
    """
    alone(session, f"submissions of {user_id}")
    if key is None:
        return None
    query = select(Attempt).join(Attempt.problem_version).outerjoin(Attempt.user)
    query = query.options(contains_eager(Attempt.problem_version), contains_eager(Attempt.user))
    made = session.scalars(query.where(Attempt.user_id == user_id, Attempt.idempotency_key == key)).one_or_none()
    if made is None:
        return None
    if _spelt(Submitted(made.kind, made.problem_version.slug, made.source, made.run_input)) != _spelt(sent):
        raise KeyReused(
            "This Idempotency-Key was sent with another submission before. Take a new one for each submission, and the "
            "same one only to repeat a request whose answer was lost."
        )
    return made


def _spelt(sent: Submitted) -> tuple[str, str, bytes, str]:
    """What a submission is, so that only the same is equal: for Python 1 is True, and NaN not NaN."""
    return sent.kind, sent.slug, sent.source, json.dumps(sent.run_input, sort_keys=True)


def check(session: Session, user_id: str, sent: Submitted, policy: AttemptPolicy, most_in_flight: int) -> None:
    """Return if a submission may be queued now.

    Args:
        session: one in which ``earlier`` was asked first.
        user_id: whose submission it is.
        sent: what it is.
        policy: the problem's.
        most_in_flight: attempts and runs of one user that may be queued or running at a time.

    Raises:
        TooManyInFlight: earlier ones have to end first.
        NoAttemptsLeft: the problem allows no further attempt.
        TooEarly: the problem has a cooldown; it says for how many seconds.
    """
    flying = select(func.count()).where(UNFINISHED, Attempt.user_id == user_id)
    # Whoever judges a cancelled one notices at its next case: until then it is in flight as much as others.
    leaving = select(func.count()).where(
        Attempt.user_id == user_id,
        Attempt.verdict == "cancelled",
        Attempt.started_at.is_not(None),
        Attempt.finished_at > now() - _LEAVING,
    )
    if session.scalars(flying).one() + session.scalars(leaving).one() >= most_in_flight:
        raise TooManyInFlight(
            f"You have {most_in_flight} submissions that are queued or running. Wait until one is done, or cancel one."
        )
    if sent.kind != "grade":
        return
    counted = _counted(user_id, sent.slug)
    if policy.most is not None:
        made = session.scalars(select(func.count()).select_from(counted.subquery())).one()
        if made >= policy.most:
            raise NoAttemptsLeft(f"This problem allows {policy.most} attempts, and you have made them all.")
    if policy.cooldown_seconds is not None:
        _check_cooldown(session, counted, timedelta(seconds=policy.cooldown_seconds))


def _check_cooldown(session: Session, counted: Select[str], first: timedelta) -> None:
    """Return if no attempt is in flight, and the pause after the latest failures in a row is over."""
    columns = counted.with_only_columns(Attempt.verdict, Attempt.finished_at).order_by(Attempt.id.desc())
    failures = 0
    latest = None
    for verdict, finished_at in session.execute(columns):
        if finished_at is None:
            raise TooEarly("Your latest attempt at this problem is not done. Wait for its verdict.", 1)
        if verdict == "accepted":
            break
        latest = latest or finished_at
        failures += 1
    if latest is None:
        return
    pause = min(first * 2 ** min(failures - 1, 30), _LONGEST)
    left = ceil((latest + pause - now()).total_seconds())
    if left > 0:
        raise TooEarly(
            f"After {failures} attempts that failed this problem takes the next one in {left} s. Runs are not limited.",
            left,
        )


def _counted(user_id: str, slug: str) -> Select[str]:
    """Graded attempts of a user's at any version of a problem, but for those that say nothing about them.

    Whoever was told that an attempt does not count, since we failed to judge it, keeps that if it failed later.
    """
    given_back = select(PastVerdict.attempt_id).where(
        PastVerdict.attempt_id == Attempt.id, PastVerdict.verdict == "internal_error"
    )
    return (
        select(Attempt.id)
        .join(Attempt.problem_version)
        .where(
            Attempt.user_id == user_id,
            Attempt.kind == "grade",
            ProblemVersion.slug == slug,
            Attempt.verdict.is_(None)
            | Attempt.verdict.not_in(NO_OUTCOME)
            | ((Attempt.verdict == "cancelled") & Attempt.started_at.is_not(None)),
            Attempt.verdict.is_(None) | (Attempt.verdict == "accepted") | ~given_back.exists(),
        )
    )
