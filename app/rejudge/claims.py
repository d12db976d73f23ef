"""What happens to the selected attempts of rejudgings in the database: claimed, judged, applied.

Invariant: whoever judges one holds a claim, which ends by itself unless it is renewed, and whoever has lost it writes
nothing; nor does anybody for a rejudging that was cancelled. A verdict is applied in one transaction with its note.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session

from app.attempts import verdicts
from app.attempts.delivery import RetryPolicy, storable
from app.attempts.models import Attempt
from app.attempts.verdicts import Replacement
from app.database.db import now
from app.judge.verdict import Report
from app.rejudge.models import Rejudged, Rejudging
from app.rejudge.service import LOWERING, RAISING
from app.settings import QUEUES

#: How long a claim lasts that nobody renews.
LEASE_SECONDS = 30.0
#: Verdicts that are applied in one transaction.
_TOGETHER = 20


@dataclass(frozen=True)
class Held:
    """One selected attempt that somebody judges, and the fence of their writes."""

    id: int
    attempt_id: str
    version_id: str
    claim: str


@dataclass(frozen=True)
class Seen:
    """What an attempt was when it was judged again."""

    source: bytes
    sha256: str
    verdict: str | None
    reason: str | None


def is_due(session: Session) -> bool:
    """Whether any rejudging is neither whole nor done."""
    busy = select(Rejudging.id).where(Rejudging.state.in_(("previewing", "applying"))).limit(1)
    return session.scalars(busy).first() is not None


def settle(session: Session, policy: RetryPolicy) -> None:
    """Give up what has ended its holder too often, and call the previews whole of which nothing is left."""
    expired = (Rejudged.state == "waiting") & (Rejudged.claimed_until < now())
    lost = update(Rejudged).where(expired, Rejudged.tries >= policy.max_tries)
    session.execute(
        lost.values(state="failed", claim=None, claimed_until=None).execution_options(synchronize_session=False)
    )
    waiting = select(Rejudged.id).where(Rejudged.rejudging_id == Rejudging.id, Rejudged.state == "waiting")
    whole = update(Rejudging).where(Rejudging.state == "previewing", ~waiting.exists())
    session.execute(whole.values(state="previewed", previewed_at=now()).execution_options(synchronize_session=False))


def take(session: Session, claim: str, queues: Collection[str] = QUEUES) -> Held | None:
    """Claim the next attempt that is to be judged again and takes one of these queues; None if none is due."""
    due = (
        Rejudged.state == "waiting",
        or_(Rejudged.claimed_until.is_(None), Rejudged.claimed_until < now()),
        or_(Rejudged.not_before.is_(None), Rejudged.not_before <= now()),
    )
    query = select(Rejudged.id).join(Rejudging, Rejudged.rejudging_id == Rejudging.id)
    query = query.join(Attempt, Rejudged.attempt_id == Attempt.id).where(Attempt.queue.in_(queues))
    query = query.where(Rejudging.state == "previewing", *due).order_by(Rejudged.id).limit(1)
    first = query.with_for_update(skip_locked=True, of=Rejudged).scalar_subquery()
    values = {"claim": claim, "claimed_until": _lease(), "tries": Rejudged.tries + 1, "not_before": None}
    taken = update(Rejudged).where(Rejudged.id == first).values(**values)
    columns = (Rejudged.id, Rejudged.attempt_id, Rejudged.version_id)
    row = session.execute(taken.returning(*columns).execution_options(synchronize_session=False)).one_or_none()
    return None if row is None else Held(*row, claim=claim)


def renew(session: Session, held: Held) -> bool:
    """Hold it for longer; False if the claim is lost."""
    return _write(session, held, claimed_until=_lease())


def keep(session: Session, held: Held, seen: Seen, report: Report, *, traced: bool) -> bool:
    """Save what judging again came to; False if the claim is lost, and then nothing is saved."""
    direction = compare(seen, report)
    record = None if direction == "unchanged" else storable(report.model_dump(mode="json"))
    before = {"seen_sha256": seen.sha256, "before_verdict": seen.verdict, "before_reason": seen.reason}
    after = {"after_verdict": report.verdict, "after_reason": report.reason, "report": record}
    told = {"direction": direction, "traced": traced, "state": "judged"}
    return _write(session, held, **before, **after, **told, claim=None, claimed_until=None)


def give_back(session: Session, held: Held, after: datetime) -> bool:
    """Have it judged later, as if nobody had tried."""
    return _write(session, held, claim=None, claimed_until=None, tries=Rejudged.tries - 1, not_before=after)


def fail_try(session: Session, held: Held, policy: RetryPolicy) -> bool:
    """Note a fault of ours: it is tried again, or given up after the last try."""
    tries = session.scalars(select(Rejudged.tries).where(_holds(held))).one_or_none()
    if tries is None:
        return False
    again = {"not_before": policy.after(tries)} if tries < policy.max_tries else {"state": "failed"}
    return _write(session, held, claim=None, claimed_until=None, **again)


def compare(before: Seen, after: Report) -> str:
    """How a verdict changes. One that keeps its reason is unchanged, whatever its words."""
    if (before.verdict, before.reason) == (after.verdict, after.reason):
        return "unchanged"
    if after.verdict == "accepted":
        return "raised"
    return "lowered" if before.verdict == "accepted" else "changed"


def apply_some(session: Session) -> Sequence[str] | None:
    """Apply a few verdicts; returns the attempts that changed, None if there is nothing to do."""
    query = select(Rejudging).where(Rejudging.state == "applying").order_by(Rejudging.id).limit(1)
    rejudging = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
    if rejudging is None:
        return None
    wanted = LOWERING if rejudging.allow_lowering else RAISING
    left = select(Rejudged).where(
        Rejudged.rejudging_id == rejudging.id, Rejudged.state == "judged", Rejudged.direction.in_(wanted)
    )
    # In the order of attempts, so that two rejudgings of the same never wait for each other.
    rows = session.scalars(left.order_by(Rejudged.attempt_id).limit(_TOGETHER)).all()
    if not rows:
        rejudging.state, rejudging.ended_at = "applied", now()
        return []
    return [row.attempt_id for row in rows if _apply(session, row)]


def _apply(session: Session, row: Rejudged) -> bool:
    """Whether an attempt has another verdict now; it has not if it is no more as it was judged."""
    if row.report is None or row.seen_sha256 is None:
        row.state = "skipped"
        return False
    by = Replacement(row.seen_sha256, row.report, row.version_id, row.rejudging_id)
    applied = verdicts.replace(session, row.attempt_id, by)
    row.state, row.report = "applied" if applied else "skipped", None
    return applied


def _lease() -> datetime:
    return now() + timedelta(seconds=LEASE_SECONDS)


def _holds(held: Held) -> ColumnElement[bool]:
    previewing = select(Rejudging.id).where(Rejudging.id == Rejudged.rejudging_id, Rejudging.state == "previewing")
    return (Rejudged.id == held.id) & (Rejudged.claim == held.claim) & previewing.exists()


def _write(session: Session, held: Held, **values: Any) -> bool:
    written = update(Rejudged).where(_holds(held)).values(**values).returning(Rejudged.id)
    return session.scalars(written.execution_options(synchronize_session=False)).one_or_none() is not None
