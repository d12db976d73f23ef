"""Tables of rejudgings: what was asked for, and of each selected attempt what it came to.

Invariant: a rejudging's attempts and the version that each is judged against are chosen once, when it is made. Of what
is judged only the holder of ``claim`` writes; what is applied is done together with the attempt's change.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import User
from app.attempts.models import Attempt
from app.database.db import Base, new_id, now
from app.problems.tables import ProblemVersion

_WAITING = text("state = 'waiting'")


class Rejudging(Base):
    """One request to judge attempts again.

    Attributes:
        made_by: whose request it was; None once they are erased.
        kind: what was selected by: ``problem``, ``version``, ``user`` or ``attempt``.
        subject: which one, as it was asked for.
        against: the version to judge against, as it was asked for; None for the one that is served.
        state: ``previewing``, ``previewed``, ``applying``, ``applied`` or ``cancelled``.
        allow_lowering: whether accepted attempts may become anything else.
        total: how many attempts were selected.
        previewed_at: when every one of them had been judged.
        ended_at: when it was applied or cancelled.
    """

    __tablename__ = "rejudgings"
    __table_args__ = (
        CheckConstraint("kind IN ('problem', 'version', 'user', 'attempt')", name="kind"),
        CheckConstraint("state IN ('previewing', 'previewed', 'applying', 'applied', 'cancelled')", name="state"),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(default=now)
    made_by: Mapped[str | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    kind: Mapped[str]
    subject: Mapped[str]
    against: Mapped[str | None]
    state: Mapped[str] = mapped_column(default="previewing")
    allow_lowering: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int] = mapped_column(default=0)
    previewed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Rejudged(Base):
    """One selected attempt. It goes with the attempt, if that is removed.

    Attributes:
        version_id: of what it is judged against.
        state: ``waiting``; ``judged``; ``failed`` by faults of ours; ``applied``; ``skipped``, for the attempt was not
            any more as it had been when it was judged.
        claim: fence of whoever judges it.
        claimed_until: when that claim is too old, unless it is renewed.
        tries: how often that was begun.
        not_before: when it may be begun again after a fault of ours.
        seen_sha256: what the attempt was then, see ``app.attempts.verdicts.digest``.
        direction: ``raised`` to accepted, ``lowered`` from it, ``changed`` otherwise, or ``unchanged``.
        traced: whether its source was traced again; False where its stored programs were used.
        report: the new record, where something changed and until that is applied.
    """

    __tablename__ = "rejudged_attempts"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'judged', 'failed', 'applied', 'skipped')", name="state"),
        CheckConstraint("direction IN ('raised', 'lowered', 'changed', 'unchanged')", name="direction"),
        UniqueConstraint("rejudging_id", "attempt_id"),
        Index("ix_rejudged_attempts_rejudging_id_state_direction", "rejudging_id", "state", "direction"),
        Index("ix_rejudged_attempts_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    rejudging_id: Mapped[str] = mapped_column(ForeignKey(Rejudging.id, ondelete="CASCADE"))
    attempt_id: Mapped[str] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey(ProblemVersion.id))
    state: Mapped[str] = mapped_column(default="waiting")
    claim: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    seen_sha256: Mapped[str | None]
    before_verdict: Mapped[str | None]
    before_reason: Mapped[str | None]
    after_verdict: Mapped[str | None]
    after_reason: Mapped[str | None]
    direction: Mapped[str | None]
    traced: Mapped[bool | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
