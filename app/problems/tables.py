"""Tables of problems: every version ever published, and which of them is served.

Invariant: a ``ProblemVersion`` never changes. A folder with other content, or another toolchain that computes the
expected outputs, makes a new row; attempts keep pointing to the one they were judged against.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database.blobs import Blob
from app.database.db import Base, new_id, now


class ProblemVersion(Base):
    """One published version.

    Attributes:
        sha256: of the folder.
        toolchain_sha256: of what computed the expected outputs, see ``app.problems.store``.
        label: the author's own version number.
        content_sha256: the blob with the problem, its cases and expected outputs. Hidden inputs live only there.
    """

    __tablename__ = "problem_versions"
    __table_args__ = (UniqueConstraint("slug", "sha256", "toolchain_sha256"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str]
    sha256: Mapped[str]
    toolchain_sha256: Mapped[str]
    label: Mapped[str]
    title: Mapped[str]
    difficulty: Mapped[int]
    tags: Mapped[list[str]] = mapped_column(JSON)
    prerequisites: Mapped[list[str]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(default=now)
    content_sha256: Mapped[str] = mapped_column(ForeignKey(Blob.sha256))


class ServedProblem(Base):
    """A problem that learners can see, and the version they get. Removing the row hides it; its attempts stay."""

    __tablename__ = "served_problems"

    slug: Mapped[str] = mapped_column(primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey(ProblemVersion.id))
    version: Mapped[ProblemVersion] = relationship(lazy="raise")
