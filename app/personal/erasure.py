"""Erasing a user.

Invariant: what is left of them is that somebody attempted a problem at some time, and how it ended: verdict, reason,
the filed mistake it was, and the outcome of each case. Nothing is left that they wrote, chose or were told, nothing
that says who it was, and nothing that opens anything. Whoever works on an attempt of theirs loses its claim.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts import throttle
from app.accounts.models import FailedSignIns, User
from app.attempts.events import AttemptEvent
from app.attempts.models import Attempt, CaseOutcome, PastVerdict
from app.attempts.programs import AttemptProgram
from app.audit import forgetting
from app.audit import service as audit
from app.database.db import alone, now
from app.errors import WrongPassword
from app.rejudge.models import Rejudged, Rejudging
from app.webhooks import outbox
from app.webhooks.outbox import EventType


@dataclass(frozen=True)
class Erased:
    """Who was erased, and which of their attempts that ended: ids."""

    user_id: str
    cancelled: tuple[str, ...]


def erase_own(session: Session, user_id: str, password_hash: str | None) -> Erased:
    """Erase whoever has shown that they know the password of this hash.

    Raises:
        WrongPassword: it has been changed meanwhile.
        LastAdmin: nobody would be left to administer the service.
    """
    _lock(session, user_id)
    if not accounts.has_password(session, user_id, password_hash):
        raise WrongPassword("The password was changed a moment ago, elsewhere. Try again.")
    return _erase(session, session.get_one(User, user_id))


def erase(session: Session, name: str) -> Erased:
    """Erase the user of that name.

    Raises:
        UserNotFound: there is none.
        LastAdmin: nobody would be left to administer the service, or to use its machine.
    """
    user_id = accounts.find(session, name).id
    _lock(session, user_id)
    session.expire_all()
    return _erase(session, accounts.find(session, name))


def _lock(session: Session, user_id: str) -> None:
    """Keep others from making rows of the user's, before any row is locked that they have to look at."""
    for what in ("accounts", f"submissions of {user_id}", f"progress of {user_id}"):
        alone(session, what)


def _erase(session: Session, user: User) -> Erased:
    accounts.check_dispensable(session, user)
    theirs = select(Attempt.id).where(Attempt.user_id == user.id)
    # All of them, in the order in which a rejudging locks them: whoever writes one has ended, or waits.
    locked = session.execute(
        select(Attempt.id, Attempt.state).where(Attempt.user_id == user.id).order_by(Attempt.id).with_for_update()
    ).all()
    cancelled = tuple(attempt_id for attempt_id, state in locked if state != "done")
    named = Rejudging.kind == "user", Rejudging.subject == user.name
    about = tuple(session.scalars(select(Rejudging.id).where(*named)))
    unheld = {"claim": None, "claimed_by": None, "not_before": None}
    ended = {"state": "done", **unheld, "verdict": "cancelled", "finished_at": now()}
    content = {"source": b"", "run_input": None, "report": None, "message": None, "idempotency_key": None}
    for change in (
        update(Attempt).where(Attempt.id.in_(cancelled)).values(**ended),
        update(CaseOutcome).where(CaseOutcome.attempt_id.in_(theirs)).values(message=""),
        delete(AttemptEvent).where(AttemptEvent.attempt_id.in_(theirs)),
        delete(AttemptProgram).where(AttemptProgram.attempt_id.in_(theirs)),
        update(PastVerdict).where(PastVerdict.attempt_id.in_(theirs)).values(message=None, report=None),
        # What was judged again and is not applied is gone, and whoever judges one now loses it.
        delete(Rejudged).where(Rejudged.attempt_id.in_(theirs), Rejudged.state != "applied"),
        update(Rejudging).where(*named).values(subject=audit.ERASED),
        update(Attempt).where(Attempt.user_id == user.id).values(user_id=None, **content),
        delete(FailedSignIns).where(FailedSignIns.key == throttle.account(user.name_key).key),
        # Sessions, tokens, links, hints and whatever else is a user's go with them.
        delete(User).where(User.id == user.id),
    ):
        session.execute(change.execution_options(synchronize_session=False))
    for attempt_id in cancelled:
        outbox.attempt_ended(session, attempt_id, EventType.ATTEMPT_FINISHED)
    forgetting.forget_names(session, user.id, about)
    return Erased(user.id, cancelled)
