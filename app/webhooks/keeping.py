"""What admins do with webhooks, whether over the API or by a page.

Invariant: whatever is done is in the audit log, in the same transaction, which names a webhook by its host alone: path
or query may open something there. A secret is returned to whoever had it made, once.
"""

from __future__ import annotations

from urllib.parse import urlsplit

import structlog

from app.accounts.rights import Actor
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.service import Service
from app.webhooks import schemas, service
from app.webhooks.schemas import DeliveryDetail, NewWebhook, WebhookChange, WebhookDetail, WebhookRequest

log = structlog.get_logger()


def make(running: Service, actor: Actor, wanted: WebhookRequest) -> NewWebhook:
    """Have another service told; for the errors see ``service.check_url`` and ``service.create``."""
    service.check_url(wanted.url, running.settings)
    with running.database.write() as session:
        row, secret = service.create(session, wanted.url, wanted.description, wanted.events)
        made = schemas.new_webhook(row, secret)
        audit.record(session, actor, Action.WEBHOOK_MADE, _subject(made.id, made.url))
    log.info("webhook.made", webhook=made.id, by=actor.user_id)
    return made


def change(running: Service, actor: Actor, webhook_id: str, wanted: WebhookChange) -> WebhookDetail:
    """Change a webhook; for the errors see ``service.check_url`` and ``service.change``."""
    if wanted.url is not None:
        service.check_url(wanted.url, running.settings)
    told = service.Change(wanted.url, wanted.description, wanted.events, wanted.disabled)
    with running.database.write() as session:
        changed = schemas.webhook(service.change(session, webhook_id, told))
        subject = _subject(changed.id, changed.url)
        audit.record(session, actor, Action.WEBHOOK_CHANGED, subject, disabled=wanted.disabled)
    log.info("webhook.changed", webhook=webhook_id, by=actor.user_id, disabled=changed.disabled_at is not None)
    return changed


def delete(running: Service, actor: Actor, webhook_id: str) -> None:
    """Remove a webhook with its deliveries.

    Raises:
        WebhookNotFound: none has this id.
    """
    with running.database.write() as session:
        url = service.find(session, webhook_id).url
        service.delete(session, webhook_id)
        audit.record(session, actor, Action.WEBHOOK_DELETED, _subject(webhook_id, url))
    log.info("webhook.deleted", webhook=webhook_id, by=actor.user_id)


def rotate(running: Service, actor: Actor, webhook_id: str) -> NewWebhook:
    """Give a webhook another secret.

    Raises:
        WebhookNotFound: none has this id.
    """
    with running.database.write() as session:
        row, secret = service.rotate(session, webhook_id)
        made = schemas.new_webhook(row, secret)
        audit.record(session, actor, Action.WEBHOOK_SECRET_MADE, _subject(made.id, made.url))
    log.info("webhook.secret_rotated", webhook=webhook_id, by=actor.user_id)
    return made


def test(running: Service, actor: Actor, webhook_id: str) -> DeliveryDetail:
    """Queue a message that only tells that the webhook can be told.

    Raises:
        WebhookNotFound: none has this id.
        WebhookDisabled: nothing is sent to it.
    """
    with running.database.write() as session:
        queued = schemas.delivery(service.test(session, webhook_id))
    running.chores.notify()
    log.info("webhook.tested", webhook=webhook_id, by=actor.user_id)
    return queued


def _subject(webhook_id: str, url: str) -> Subject:
    return Subject("webhook", webhook_id, urlsplit(url).hostname or "")
