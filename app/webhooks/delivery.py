"""What senders do with the outbox: claim a webhook, note how a try went, forget what is long done.

Invariant: a webhook has one sender at a time, in whatever process, so one that does not answer holds up no other for
longer than a try; every change is fenced by its claim. A claim lasts far longer than a try can: a message is sent
again, with the same id, only if its sender died before it could note how it went.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from app.database.db import now
from app.webhooks.models import PENDING, Delivery, Webhook
from app.webhooks.sending import GONE, Outcome

#: Tries of a message before it is given up, about a day after the first.
MAX_TRIES = 10
#: Seconds before the second try, and how many times longer each further pause is: 8 * (3**9 - 1) / 2 s are 22 hours.
_FIRST_PAUSE, _FACTOR = 8.0, 3.0
#: By how much a pause is longer or shorter, so that what failed together does not come back together.
_JITTER = 0.2
#: A webhook of which every try failed for so long, and so often, is disabled.
DISABLED_AFTER, _DISABLED_FAILURES = timedelta(days=3), MAX_TRIES
#: How long a claim holds.
CLAIM = timedelta(minutes=5)
#: How long finished deliveries are kept.
KEPT = timedelta(days=7)
#: Most that are forgotten in one transaction.
_BATCH = 500


@dataclass(frozen=True)
class Message:
    """What a sender needs to know of the delivery that it holds."""

    webhook_id: str
    delivery_id: str
    event_id: str
    url: str
    secrets: tuple[str, ...]
    body: bytes


def is_due(session: Session) -> bool:
    """Whether a webhook that nobody holds has something to be told."""
    return session.scalars(select(Webhook.id).where(_ready()).limit(1)).first() is not None


def claim_next(session: Session, claim: str) -> Message | None:
    """Take the webhook that has waited longest, and its message that is longest due; None if nothing is due."""
    next_one = select(Webhook.id).where(_ready()).order_by(Webhook.served_at).limit(1)
    # Not so strong a lock that writing the outbox, which refers to the row, would wait for it.
    next_one = next_one.with_for_update(skip_locked=True, key_share=True)
    taken = (
        update(Webhook)
        .where(Webhook.id == next_one.scalar_subquery())
        .values(claim=claim, claimed_until=now() + CLAIM, served_at=now())
        .returning(Webhook)
        .execution_options(synchronize_session=False)
    )
    webhook = session.scalars(taken).one_or_none()
    if webhook is None:
        return None
    due = select(Delivery).where(Delivery.webhook_id == webhook.id, PENDING, Delivery.not_before <= now())
    delivery = session.scalars(due.order_by(Delivery.not_before, Delivery.id).limit(1)).first()
    if delivery is None:  # somebody else has just sent it
        webhook.claim = webhook.claimed_until = None
        return None
    old = webhook.old_secret if webhook.old_secret_until and webhook.old_secret_until > now() else None
    secrets = (webhook.secret,) if old is None else (webhook.secret, old)
    return Message(webhook.id, delivery.id, delivery.event_id, webhook.url, secrets, delivery.body.encode())


def note(session: Session, message: Message, claim: str, outcome: Outcome) -> bool:
    """Write down how a try went, and let the webhook go; False if the claim is lost, and then nothing is written."""
    held = select(Webhook).where(Webhook.id == message.webhook_id, Webhook.claim == claim)
    webhook = session.scalars(held.with_for_update(key_share=True)).one_or_none()
    if webhook is None:
        return False
    webhook.claim = webhook.claimed_until = None
    delivery = session.get_one(Delivery, message.delivery_id)
    if delivery.state != "pending" and not outcome.delivered:  # an admin has disabled the webhook meanwhile
        return True
    delivery.tries += 1
    delivery.status, delivery.error = outcome.status, outcome.error
    if outcome.delivered:
        delivery.state, delivery.finished_at = "delivered", now()
        webhook.failing_since, webhook.failures = None, 0
        return True
    if delivery.tries >= MAX_TRIES:
        delivery.state, delivery.finished_at = "failed", now()
    else:
        delivery.not_before = now() + _pause(delivery.tries)
    webhook.failing_since, webhook.failures = webhook.failing_since or now(), webhook.failures + 1
    _disable_if_dead(session, webhook, outcome)
    return True


def disable(session: Session, webhook: Webhook, because: str | None) -> None:
    """Send nothing to a webhook any more, and give up what is pending for it."""
    webhook.disabled_at, webhook.disabled_because = now(), because
    session.flush()
    told = "The webhook was disabled before this could be delivered."
    pending = update(Delivery).where(Delivery.webhook_id == webhook.id, PENDING)
    session.execute(pending.values(state="failed", finished_at=now(), error=told))


def forget(session: Session) -> bool:
    """Drop some of what is long finished; False if there is nothing to drop."""
    old = select(Delivery.id).where(Delivery.finished_at < now() - KEPT).limit(_BATCH)
    gone = delete(Delivery).where(Delivery.id.in_(old.with_for_update(skip_locked=True))).returning(Delivery.id)
    return bool(session.scalars(gone.execution_options(synchronize_session=False)).all())


def is_forgettable(session: Session) -> bool:
    """Whether there is something to drop."""
    old = select(Delivery.id).where(Delivery.finished_at < now() - KEPT).limit(1)
    return session.scalars(old).first() is not None


def _ready() -> ColumnElement[bool]:
    """Webhooks that may be taken: enabled, held by nobody who can be alive, with something due."""
    free = or_(Webhook.claim.is_(None), Webhook.claimed_until <= now())
    due = exists().where(Delivery.webhook_id == Webhook.id, PENDING, Delivery.not_before <= now())
    return Webhook.disabled_at.is_(None) & free & due


def _pause(tries: int) -> timedelta:
    """How long to wait after so many tries."""
    jitter = random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311 - nobody gains by guessing it
    return timedelta(seconds=_FIRST_PAUSE * _FACTOR ** (tries - 1) * jitter)


def _disable_if_dead(session: Session, webhook: Webhook, outcome: Outcome) -> None:
    assert webhook.failing_since is not None
    if outcome.status == GONE:
        disable(session, webhook, "The receiver answered 410: it wants no more messages.")
    elif webhook.failures >= _DISABLED_FAILURES and now() - webhook.failing_since >= DISABLED_AFTER:
        days, failures = DISABLED_AFTER.days, webhook.failures
        disable(
            session, webhook, f"Every try of {days} days failed, {failures} in a row. The last one: {outcome.error}"
        )
