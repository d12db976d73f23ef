"""What admins do with webhooks: make, look at, change, try and remove them.

Invariant: a secret is readable exactly once, as the return value of ``create`` or ``rotate``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

import httpx2
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.database.db import alone, now
from app.errors import TooManyWebhooks, WebhookDisabled, WebhookNotFound, WebhookUrlRefused
from app.settings import Settings
from app.webhooks import addresses, delivery, outbox, signing
from app.webhooks.models import Delivery, Webhook
from app.webhooks.outbox import EventType

#: Webhooks that there may be; each costs every verdict a row.
_MOST = 20
#: How long a secret that was replaced goes on signing.
OVERLAP = timedelta(days=1)
_PORTS = range(1, 65536)


@dataclass(frozen=True)
class Change:
    """What is to change of a webhook; None for what stays."""

    url: str | None = None
    description: str | None = None
    events: Collection[EventType] | None = None
    disabled: bool | None = None


def check_url(url: str, settings: Settings) -> None:
    """Return if messages may be sent to ``url``, as far as can be told without looking its host up.

    Raises:
        WebhookUrlRefused: it says why.
    """
    try:
        parts = httpx2.URL(url)
        host = parts.raw_host.decode("ascii")
    except (httpx2.InvalidURL, UnicodeError) as error:
        raise WebhookUrlRefused(f"This is no address of a server: {error}.") from error
    if parts.scheme != "https" and not (parts.scheme == "http" and settings.webhook_http):
        raise WebhookUrlRefused(
            "A webhook's address has to begin with https://, or whoever is on the way could read its messages. "
            "ALLCLOSE_WEBHOOK_HTTP=true allows http:// too."
        )
    if not host or parts.userinfo or parts.fragment or (parts.port is not None and parts.port not in _PORTS):
        raise WebhookUrlRefused(
            "A webhook's address is a host, a port if it needs one, a path and a query, without a name and password "
            "and without a fragment: https://lms.example.edu/hooks/allclose"
        )
    address = addresses.literal(host)
    refused = None if address is None else addresses.refusal(address, addresses.parse(settings.webhook_networks))
    if refused is not None:
        raise WebhookUrlRefused(
            f"Nothing is sent to {host}, for this address is {refused}. ALLCLOSE_WEBHOOK_NETWORKS can allow it."
        )


def create(session: Session, url: str, description: str, events: Collection[EventType]) -> tuple[Webhook, str]:
    """Make a webhook for a ``url`` that was checked; returns it and its secret.

    Raises:
        TooManyWebhooks: there are as many as there may be.
    """
    alone(session, "webhooks")
    if session.scalars(select(func.count()).select_from(Webhook)).one() >= _MOST:
        raise TooManyWebhooks(
            f"There are {_MOST} webhooks already, and each has to be told of every attempt. Delete one."
        )
    secret = signing.new_secret()
    webhook = Webhook(url=url, description=description, events=_names(events), secret=secret)
    session.add(webhook)
    session.flush()
    return webhook, secret


def every(session: Session) -> Sequence[Webhook]:
    """Every webhook, oldest first; there are few."""
    return session.scalars(select(Webhook).order_by(Webhook.id)).all()


def find(session: Session, webhook_id: str, *, locked: bool = False) -> Webhook:
    """One webhook; ``locked`` lets nobody else change it.

    Raises:
        WebhookNotFound: none has this id.
    """
    query = select(Webhook).where(Webhook.id == webhook_id)
    webhook = session.scalars(query.with_for_update() if locked else query).one_or_none()
    if webhook is None:
        raise WebhookNotFound("No webhook has this id. GET /api/v1/webhooks lists those there are.")
    return webhook


def change(session: Session, webhook_id: str, wanted: Change) -> Webhook:
    """Change a webhook, whose new address, if any, was checked. What is pending goes to the new one.

    Raises:
        WebhookNotFound: none has this id.
    """
    webhook = find(session, webhook_id, locked=True)
    if wanted.url is not None:
        webhook.url = wanted.url
    if wanted.description is not None:
        webhook.description = wanted.description
    if wanted.events is not None:
        webhook.events = _names(wanted.events)
    if wanted.disabled and webhook.disabled_at is None:
        delivery.disable(session, webhook, because=None)
    elif wanted.disabled is False and webhook.disabled_at is not None:
        webhook.disabled_at = webhook.disabled_because = webhook.failing_since = None
        webhook.failures = 0
    session.flush()
    return webhook


def delete(session: Session, webhook_id: str) -> None:
    """Remove a webhook with its deliveries; a message that is on its way may still arrive.

    Raises:
        WebhookNotFound: none has this id.
    """
    session.delete(find(session, webhook_id, locked=True))
    session.flush()


def rotate(session: Session, webhook_id: str) -> tuple[Webhook, str]:
    """Give a webhook another secret; the one before signs too for ``OVERLAP``. Returns it and its new secret.

    Raises:
        WebhookNotFound: none has this id.
    """
    webhook = find(session, webhook_id, locked=True)
    secret = signing.new_secret()
    webhook.old_secret, webhook.old_secret_until = webhook.secret, now() + OVERLAP
    webhook.secret = secret
    session.flush()
    return webhook, secret


def test(session: Session, webhook_id: str) -> Delivery:
    """Write a message for one webhook that only tells that it can be told.

    Raises:
        WebhookNotFound: none has this id.
        WebhookDisabled: nothing is sent to it.
    """
    webhook = find(session, webhook_id, locked=True)
    if webhook.disabled_at is not None:
        raise WebhookDisabled('Nothing is sent to a webhook that is disabled. PATCH it with {"disabled": false} first.')
    return outbox.test(session, webhook_id)


def page(session: Session, webhook_id: str, before: str | None, limit: int) -> Sequence[Delivery]:
    """Up to ``limit`` deliveries of a webhook older than the id ``before``, newest first.

    Raises:
        WebhookNotFound: none has this id.
    """
    query = select(Delivery).where(Delivery.webhook_id == find(session, webhook_id).id)
    query = query.order_by(Delivery.id.desc()).limit(limit)
    return session.scalars(query if before is None else query.where(Delivery.id < before)).all()


def _names(events: Collection[EventType]) -> list[str]:
    return [event.value for event in EventType if event in events]
