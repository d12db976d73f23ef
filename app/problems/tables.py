"""Tables of problems: every version ever published, which of them is served, and to whom.

Invariant: a ``ProblemVersion`` never changes. A folder with other content, or another toolchain that computes the
expected outputs, makes a new row; attempts keep pointing to the one they were judged against.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
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
    """A problem by its name, and the version that learners get. Without one it is not served; its attempts stay.

    Attributes:
        version_id: None once it was withdrawn or unpublished: how it is shown is kept for when it comes back.
        origin: where the version comes from: the operator's ``folder``, or an ``upload`` over the API.
        visibility: ``public``, ``unlisted`` for whoever knows the name, or ``hidden`` from all but instructors.
        enforce_prerequisites: whether attempts are taken only of whoever has solved the problems that come before.
    """

    __tablename__ = "served_problems"
    __table_args__ = (
        CheckConstraint("origin IN ('folder', 'upload')", name="origin"),
        CheckConstraint("visibility IN ('public', 'unlisted', 'hidden')", name="visibility"),
    )

    slug: Mapped[str] = mapped_column(primary_key=True)
    version_id: Mapped[str | None] = mapped_column(ForeignKey(ProblemVersion.id))
    origin: Mapped[str]
    visibility: Mapped[str] = mapped_column(default="public")
    enforce_prerequisites: Mapped[bool] = mapped_column(default=False)
    version: Mapped[ProblemVersion | None] = relationship(lazy="raise")
