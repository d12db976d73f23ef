"""The table of uploaded problem folders.

Invariant: the row is the truth, as for an attempt: only the holder of ``claim`` may say how a check ended, and a claim
counts until ``claimed_until``, so that what a process has left is taken up by another. Once ``done``, nothing changes
any more but which version was made of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import User
from app.database.db import Base, new_id, now
from app.problems.tables import ProblemVersion

#: Says to a database, word for word, that the index of what is not done will do.
UNFINISHED = text("problem_uploads.state != 'done'")
_UNFINISHED = text("state != 'done'")


class ProblemUpload(Base):
    """One uploaded folder and its check.

    Attributes:
        user_id: who uploaded it; None for a user who has been erased.
        archive: the zip archive; None once it is checked.
        mutants: whether slips in the reference are looked for.
        state: ``queued``, ``running`` or ``done``.
        tries: how often the check was started.
        not_before: when it may be started again after a fault of ours.
        claim: fence of whoever checks it; None otherwise.
        claimed_until: when others may take it.
        message: what to know about a fault of ours; None if there was none.
        record: what was found (``CheckRecord``); None until it is done, and after too many faults of ours.
        errors: findings that keep it from being published.
        draft: what learners would see of it (``schemas.Draft``); None until it is done, and of uploads of earlier
            releases.
        content: the publication that the check made; None if it may not be published.
        toolchain_sha256: of what computed its expected outputs.
        version_id: what it was published as.
    """

    __tablename__ = "problem_uploads"
    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done')", name="state"),
        CheckConstraint("(state = 'running') = (claim IS NOT NULL)", name="claim"),
        CheckConstraint("(claim IS NULL) = (claimed_until IS NULL)", name="claimed_until"),
        Index("ix_problem_uploads_unfinished", "state", "id", sqlite_where=_UNFINISHED, postgresql_where=_UNFINISHED),
    )

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    user_id: Mapped[str | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))
    slug: Mapped[str]
    archive: Mapped[bytes | None] = mapped_column(deferred=True, deferred_raiseload=True)
    mutants: Mapped[bool]
    state: Mapped[str] = mapped_column(default="queued")
    tries: Mapped[int] = mapped_column(default=0)
    not_before: Mapped[datetime | None]
    claim: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    message: Mapped[str | None]
    record: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    errors: Mapped[int] = mapped_column(default=0)
    draft: Mapped[dict[str, Any] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True, deferred_raiseload=True
    )
    content: Mapped[bytes | None] = mapped_column(deferred=True, deferred_raiseload=True)
    toolchain_sha256: Mapped[str | None]
    version_id: Mapped[str | None] = mapped_column(ForeignKey(ProblemVersion.id))
    user: Mapped[User | None] = relationship(lazy="raise")
