"""Replacing an attempt's verdict by another one, and what it had before.

Invariant: a verdict is replaced only while the attempt is as it was when the new one was made, and what was there is
kept, in the same transaction. When the attempt ended, and what it was submitted for, stay as they are.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts import delivery, events
from app.attempts.models import Attempt, PastVerdict
from app.attempts.service import ended
from app.problems.tables import ProblemVersion


@dataclass(frozen=True)
class Replacement:
    """A verdict that is to take the place of another.

    Attributes:
        seen_sha256: what the attempt has to be still, see ``digest``.
        report: the new record, as it is stored.
        version_id: of the version that it was judged against.
        rejudging_id: what it comes from.
    """

    seen_sha256: str
    report: dict[str, Any]
    version_id: str
    rejudging_id: str


@dataclass(frozen=True)
class Earlier:
    """A verdict that an attempt had before, and the label of the version that it was judged against."""

    past: PastVerdict
    label: str


def digest(attempt: Attempt) -> str:
    """What a new verdict is made for: source, verdict and record of an attempt, as a SHA-256."""
    told = [attempt.state, attempt.verdict, attempt.reason, attempt.message, attempt.report]
    whole = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    whole.update(attempt.source)
    return whole.hexdigest()


def replace(session: Session, attempt_id: str, by: Replacement) -> bool:
    """Give an attempt another verdict; False if it is gone or not as it was, and then nothing is changed."""
    query = select(Attempt).where(Attempt.id == attempt_id).with_for_update().execution_options(populate_existing=True)
    attempt = session.scalars(query).one_or_none()
    if attempt is None or digest(attempt) != by.seen_sha256:
        return False
    session.add(
        PastVerdict(
            attempt_id=attempt.id,
            version_id=judged_against(session, attempt),
            verdict=attempt.verdict,
            reason=attempt.reason,
            message=attempt.message,
            pitfall=attempt.pitfall,
            report=attempt.report,
            rejudging_id=by.rejudging_id,
            by_version_id=by.version_id,
        )
    )
    pitfall = by.report.get("pitfall")
    attempt.verdict, attempt.reason, attempt.message = (by.report[key] for key in ("verdict", "reason", "message"))
    attempt.pitfall = None if pitfall is None else pitfall["submission"]
    attempt.report = by.report
    delivery.keep_cases(session, attempt.id, by.report["cases"])
    session.flush()
    events.record(session, attempt.id, [("rejudged", ended(attempt))])
    return True


def earlier(session: Session, attempt_id: str) -> Sequence[Earlier]:
    """What verdicts an attempt had before, the oldest first."""
    query = select(PastVerdict, ProblemVersion.label).join(ProblemVersion, PastVerdict.version_id == ProblemVersion.id)
    rows = session.execute(query.where(PastVerdict.attempt_id == attempt_id).order_by(PastVerdict.id))
    return [Earlier(*row) for row in rows]


def judged_against(session: Session, attempt: Attempt) -> str:
    """The version that the present verdict of an attempt was judged against."""
    latest = select(PastVerdict.by_version_id).where(PastVerdict.attempt_id == attempt.id)
    replaced = session.scalars(latest.order_by(PastVerdict.id.desc()).limit(1)).first()
    return replaced or attempt.problem_version_id
