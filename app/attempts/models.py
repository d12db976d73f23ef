"""Tables of attempts: what was submitted, how far it is, and how it ended.

Invariant: the attempt row is the truth. It exists before its submitter gets an answer, its source never changes, and
only the holder of ``claim`` may finish it; once ``done`` only its verdict changes, by ``app.attempts.verdicts``, which
keeps what it was.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.database.db import Base, new_id, now
from app.problems.tables import ProblemVersion

#: Verdicts that say nothing about a submission.
NO_OUTCOME = ("internal_error", "cancelled")
#: Says to a database, word for word, that the index of what is not done will do.
UNFINISHED = text("attempts.state != 'done'")
_UNFINISHED = text("state != 'done'")
_DEAD = text("verdict = 'internal_error'")


class Attempt(Base):
    """One submission, to be graded or only run.

    Attributes:
        user_id: whose it is; None for a user who has been erased, and for what no user submitted.
        idempotency_key: what the request that made it was named, to be known again.
        kind: ``grade`` counts; ``run`` is eager, on inputs the learner may see.
        run_input: the learner's own inputs of a run, as JSON; None runs the public examples.
        state: ``queued``, ``running`` or ``done``.
        tries: how often it was started.
        not_before: when a queued attempt may be started again after a fault of ours.
        claim: fence of whoever is running it; None otherwise.
        claimed_by: the worker that is, by its id.
        queue: what it takes, ``cpu`` or ``gpu``.
        priority: those of a higher one are judged first, 0 is the highest.
        pitfall: path of the filed mistake that a graded attempt makes, if it is a known one.
        verdict: of a run on the learner's own inputs None, unless something went wrong.
        report: the whole verdict record (``Report``), or the ``RunReport`` of a run.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        CheckConstraint("kind IN ('grade', 'run')", name="kind"),
        CheckConstraint("state IN ('queued', 'running', 'done')", name="state"),
        CheckConstraint("(state = 'running') = (claim IS NOT NULL)", name="claim"),
        # A user's own, newest first.
        Index("ix_attempts_user_id_id", "user_id", "id"),
        Index("ix_attempts_user_id_idempotency_key", "user_id", "idempotency_key", unique=True),
        # What we failed to judge is looked for among all that was.
        Index("ix_attempts_dead", "id", sqlite_where=_DEAD, postgresql_where=_DEAD),
        # Finished attempts pile up; workers look for the few that are not.
        Index("ix_attempts_unfinished", "state", "id", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    idempotency_key: Mapped[str | None]
    kind: Mapped[str]
    user_id: Mapped[str | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    problem_version_id: Mapped[str] = mapped_column(ForeignKey(ProblemVersion.id), index=True)
    source: Mapped[bytes]
    run_input: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)
    state: Mapped[str] = mapped_column(default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    claim: Mapped[str | None]
    claimed_by: Mapped[str | None]
    queue: Mapped[str] = mapped_column(default="cpu", server_default="cpu")
    priority: Mapped[int] = mapped_column(default=0, server_default="0")
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    message: Mapped[str | None]
    pitfall: Mapped[str | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    problem_version: Mapped[ProblemVersion] = relationship(lazy="raise")
    user: Mapped[User | None] = relationship(lazy="raise")


class CaseOutcome(Base):
    """One case of a graded attempt, as it stands in the report, in a form that SQL can count.

    Attributes:
        milliseconds: compiling and running it took, which hidden values can decide: for instructors only. None where
            nothing of it was evaluated, or it was judged again since.
    """

    __tablename__ = "case_results"

    attempt_id: Mapped[str] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    public: Mapped[bool]
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    message: Mapped[str]
    milliseconds: Mapped[float | None]


class PastVerdict(Base):
    """A verdict that a graded attempt had before it was judged again.

    Attributes:
        version_id: of the version that it was judged against.
        report: the whole record; None for a fault of ours.
        replaced_at: when another verdict took its place.
        rejudging_id: what made that other one.
        by_version_id: of the version that the other one was judged against.
    """

    __tablename__ = "past_verdicts"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    attempt_id: Mapped[str] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"), index=True)
    version_id: Mapped[str] = mapped_column(ForeignKey(ProblemVersion.id))
    verdict: Mapped[str | None]
    reason: Mapped[str | None]
    message: Mapped[str | None]
    pitfall: Mapped[str | None]
    report: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    replaced_at: Mapped[datetime] = mapped_column(default=now)
    rejudging_id: Mapped[str | None] = mapped_column(ForeignKey("rejudgings.id", ondelete="SET NULL"), index=True)
    by_version_id: Mapped[str] = mapped_column(ForeignKey(ProblemVersion.id))
