"""Work in the background: sending what is due, and dropping what is long done.

Invariant: no transaction is open while a message is on its way. Whatever goes wrong with a message is noted as a try
that failed, and one that cannot be noted is sent again once its claim is too old.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import structlog

from app.database.db import Database, new_id
from app.engine.chores import Chore
from app.settings import Settings
from app.webhooks import addresses, delivery, signing
from app.webhooks.delivery import Message
from app.webhooks.sending import Outcome, Sender

log = structlog.get_logger()

#: From an address, headers and a body to what became of them.
Send = Callable[[str, Mapping[str, str], bytes], Outcome]


def chores(database: Database, settings: Settings) -> Mapping[str, Chore]:
    """What there is to do, by name."""
    sender = Sender(addresses.parse(settings.webhook_networks))
    sending: dict[str, Chore] = {
        f"webhooks-{number}": lambda: deliver_one(database, sender.send) for number in range(settings.webhook_senders)
    }
    return {**sending, "webhooks-forgotten": lambda: forget_some(database)}


def deliver_one(database: Database, send: Send) -> bool:
    """Send one message that is due; False if none is."""
    with database.read() as session:  # a look that finds nothing, as most do, should not make writers wait
        if not delivery.is_due(session):
            return False
    claim = new_id()
    with database.write() as session:
        message = delivery.claim_next(session, claim)
    if message is None:
        return False
    outcome = _sent(message, send)
    with database.write() as session:
        noted = delivery.note(session, message, claim, outcome)
    log.info(
        "webhook.sent",
        webhook=message.webhook_id,
        delivery=message.delivery_id,
        status=outcome.status,
        delivered=outcome.delivered,
        noted=noted,
    )
    return True


def forget_some(database: Database) -> bool:
    """Drop some deliveries that were finished long ago; False if there are none."""
    with database.read() as session:
        if not delivery.is_forgettable(session):
            return False
    with database.write() as session:
        return delivery.forget(session)


def _sent(message: Message, send: Send) -> Outcome:
    try:
        headers = signing.headers(message.secrets, message.event_id, int(time.time()), message.body)
        return send(message.url, headers, message.body)
    except Exception:
        # A message that ends a try in a way of its own would be tried for ever, and its webhook be held up by it.
        log.exception("webhook.fault", webhook=message.webhook_id, delivery=message.delivery_id)
        return Outcome(None, "The service had a fault of its own while sending this.")
