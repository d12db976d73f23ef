"""Erasing somebody, whether over the API or by a page.

Invariant: whoever erases themselves knows their password; an admin erases others only; and that somebody was erased is
in the audit log, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence

import structlog

from app.accounts import passwords, throttle
from app.accounts import service as accounts
from app.accounts.rights import Actor
from app.attempts import delivery
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.errors import Forbidden, WrongPassword
from app.personal import erasure
from app.personal.erasure import Erased
from app.service import Service

log = structlog.get_logger()


def erase_oneself(running: Service, actor: Actor, password: str) -> None:
    """Erase whoever asks, for good. How their attempts ended stays, without name, sources and reports.

    Raises:
        TooManyFailures: there were too many wrong passwords.
        WrongPassword: it is not theirs.
        LastAdmin: see ``erasure.erase_own``.
    """
    owner = throttle.account(accounts.key(actor.name))
    with running.database.write() as session:
        throttle.take(session, [owner])
        _, known = accounts.credentials(session, actor.name)
    if not passwords.is_right(password, known):
        raise WrongPassword("That is not your password. Without one, ask an admin of this service.")
    with running.database.write() as session:
        # Erasing takes the name out again, and leaves that somebody did this.
        audit.record(session, actor, Action.USER_ERASED, Subject("user", actor.user_id, actor.name))
        erased = erasure.erase_own(session, actor.user_id, known)
        ended = delivery.endings(session, erased.cancelled)
    _tell(running, actor, erased, ended)


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
    _tell(running, actor, erased, ended)


def _tell(running: Service, actor: Actor, erased: Erased, ended: Sequence[delivery.Ended]) -> None:
    """Say to whoever counts or watches what became of the attempts of somebody who was erased."""
    log.info("user.erased", user=erased.user_id, by=actor.user_id)
    running.metrics.ended(ended)
    for attempt_id in erased.cancelled:
        running.streams.wake(attempt_id)
