"""Writing the audit log down, and looking through it.

Invariant: ``record`` only adds, to the caller's transaction: what was undone is not told, and what was done is. Of
whoever is erased the log keeps what they did and when, as one person, and not who that was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal, get_args

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.models import User
from app.accounts.rights import Actor
from app.audit.models import AuditEntry

#: Longest text of a detail or a name that is kept, in characters.
_LONGEST = 200
#: Most details of one entry.
_MOST = 20
#: The actor's name where nobody's account did it.
MACHINE = "(at the machine)"
#: … and where somebody was erased.
ERASED = "(erased)"

Kind = Literal["user", "link", "token", "problem", "version", "attempt", "rejudging", "webhook"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Detail = str | int | float | bool | None


class Action(StrEnum):
    """What is written down. A value is a noun and what became of it."""

    USER_CHANGED = "user.changed"
    PASSWORD_CHANGED = "password.changed"  # noqa: S105 - a name
    INVITATION_MADE = "invitation.made"
    RESET_MADE = "reset.made"
    LINK_USED = "link.used"
    TOKEN_MADE = "token.made"  # noqa: S105 - a name
    TOKEN_REVOKED = "token.revoked"  # noqa: S105 - a name
    IDENTITY_LINKED = "identity.linked"
    IDENTITY_UNLINKED = "identity.unlinked"
    USER_ERASED = "user.erased"
    PROBLEM_PUBLISHED = "problem.published"
    PROBLEM_UNPUBLISHED = "problem.unpublished"
    PROBLEM_CHANGED = "problem.changed"
    WEBHOOK_MADE = "webhook.made"
    WEBHOOK_CHANGED = "webhook.changed"
    WEBHOOK_DELETED = "webhook.deleted"
    WEBHOOK_SECRET_MADE = "webhook.secret_made"  # noqa: S105 - a name
    REJUDGING_MADE = "rejudging.made"
    REJUDGING_APPLIED = "rejudging.applied"
    REJUDGING_CANCELLED = "rejudging.cancelled"


@dataclass(frozen=True)
class Subject:
    """What something was done to: by what it is known here, and by what to people."""

    kind: Kind
    id: str
    name: str


@dataclass(frozen=True)
class Filter:
    """Which entries are asked for; None for all.

    Attributes:
        who: an actor's id, or a name of theirs, now or then.
        subject: the subject's id, or its name then.
        since: written then or later.
        until: written before.
    """

    who: str | None = None
    action: Action | None = None
    kind: Kind | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def record(session: Session, actor: Actor | None, action: Action, subject: Subject, **details: Detail) -> None:
    """Write down what ``actor`` does, as part of the transaction that does it.

    Args:
        session: the one that does it.
        actor: who; None for whoever is at the machine.
        action: what.
        subject: to what.
        details: a few plain values that say how. Nothing that opens anything, and no learner's code.

    Raises:
        ValueError: there are more details than belong here.
    """
    if len(details) > _MOST:
        raise ValueError(f"{len(details)} details; at most {_MOST} belong in an entry of the audit log")
    session.add(
        AuditEntry(
            actor_id=None if actor is None else actor.user_id,
            actor_name=MACHINE if actor is None else actor.name,
            action=action,
            subject_kind=subject.kind,
            subject_id=subject.id,
            subject_name=_cut(subject.name),
            details={name: _cut(value) if isinstance(value, str) else value for name, value in details.items()},
        )
    )
    session.flush()


def page(session: Session, wanted: Filter, before: str | None, limit: int) -> Sequence[AuditEntry]:
    """Up to ``limit`` entries older than the id ``before``, newest first."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if wanted.who is not None:
        theirs = select(User.id).where(User.name_key == accounts.key(wanted.who))
        named = (AuditEntry.actor_id == wanted.who, AuditEntry.actor_name == wanted.who)
        query = query.where(or_(*named, AuditEntry.actor_id.in_(theirs)))
    if wanted.subject is not None:
        query = query.where(or_(AuditEntry.subject_id == wanted.subject, AuditEntry.subject_name == wanted.subject))
    for column, value in ((AuditEntry.action, wanted.action), (AuditEntry.subject_kind, wanted.kind)):
        query = query if value is None else query.where(column == value)
    if wanted.since is not None:
        query = query.where(AuditEntry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(AuditEntry.at < wanted.until)
    return session.scalars(query if before is None else query.where(AuditEntry.id < before)).all()


def user(of: User) -> Subject:
    """A user as what something is done to."""
    return Subject("user", of.id, of.name)


def _cut(text: str) -> str:
    """A text that either database keeps as JSON, and that nobody can fill the log with."""
    return text[:_LONGEST].replace("\0", "\ufffd").encode("utf-8", "replace").decode()
