"""Erasing other people, whether over the API or by a page.

Invariant: nobody erases themselves like this, for that takes their password; and that somebody was erased is in the
audit log, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from app.accounts import service as accounts
from app.accounts.rights import Actor
from app.attempts import delivery
from app.audit import service as audit
from app.audit.service import Action
from app.errors import Forbidden
from app.personal import erasure
from app.personal.erasure import Erased
from app.service import Service

log = structlog.get_logger()


def erase_user(running: Service, actor: Actor, name: str) -> None:
    """Erase a user for good.

    Raises:
        Forbidden: it is whoever asks.
        UserNotFound: there is no such user.
        LastAdmin: see ``erasure.erase``.
    """
    if accounts.key(name) == accounts.key(actor.name):
        raise Forbidden("That is you. POST /api/v1/account/erase erases you, with your password.")
    with running.database.write() as session:
        audit.record(session, actor, Action.USER_ERASED, audit.user(accounts.find(session, name)))
        erased = erasure.erase(session, name)
        ended = delivery.endings(session, erased.cancelled)
    tell(running, actor, erased, ended)


def tell(running: Service, actor: Actor, erased: Erased, ended: Sequence[delivery.Ended]) -> None:
    """Say to whoever counts or watches what became of the attempts of somebody who was erased."""
    log.info("user.erased", user=erased.user_id, by=actor.user_id)
    running.metrics.ended(ended)
    for attempt_id in erased.cancelled:
        running.streams.wake(attempt_id)
