"""What graded attempts were traced to, kept to judge them again without running their Python.

Invariant: a program lies here as the vetter wrote it, and is vetted again before it is evaluated. It goes with its
attempt, and takes a bounded share of the database: an attempt whose programs are large has none.
"""

from __future__ import annotations

import gzip
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.attempts.models import Attempt
from app.database.db import Base
from app.judge.traces import Traces
from sandbox import tree as trees
from sandbox.jobs import TracedProgram

#: Compressed bytes of one attempt's programs that are kept.
MOST_BYTES = 1 << 20


class AttemptProgram(Base):
    """The program of one signature.

    Attributes:
        signature: see ``app.judge.tracing.key``.
        tracing: see ``app.judge.tracing.traced_with``.
        program: compressed with gzip.
        returns: the tree that the function returned.
    """

    __tablename__ = "attempt_programs"

    attempt_id: Mapped[str] = mapped_column(ForeignKey(Attempt.id, ondelete="CASCADE"), primary_key=True)
    signature: Mapped[str] = mapped_column(primary_key=True)
    tracing: Mapped[str]
    program: Mapped[bytes]
    returns: Mapped[dict[str, Any]] = mapped_column(JSON)


def packed(traces: Traces | None) -> dict[str, bytes]:
    """The programs in the form that is stored, by signature; none if they are too large. It takes a while."""
    if traces is None:
        return {}
    found = {name: gzip.compress(traced.program, mtime=0) for name, traced in traces.programs.items()}
    return found if sum(map(len, found.values())) <= MOST_BYTES else {}


def keep(session: Session, attempt_id: str, traces: Traces, programs: dict[str, bytes]) -> None:
    """Keep what ``packed`` made of an attempt that is done now."""
    session.add_all(
        AttemptProgram(
            attempt_id=attempt_id,
            signature=name,
            tracing=traces.tracing,
            program=program,
            returns=trees.to_json(traces.programs[name].returns),
        )
        for name, program in programs.items()
    )


def stored(session: Session, attempt: Attempt) -> Traces | None:
    """What an attempt was traced to; None if nothing of it was kept."""
    rows = session.scalars(select(AttemptProgram).where(AttemptProgram.attempt_id == attempt.id)).all()
    if not rows or attempt.report is None:
        return None
    programs = {
        row.signature: TracedProgram(gzip.decompress(row.program), trees.from_json(row.returns)) for row in rows
    }
    return Traces(rows[0].tracing, programs, attempt.report["printed"], attempt.report.get("traced", 0))
