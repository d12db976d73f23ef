"""Rejudgings, the attempts that each selects, verdicts that were replaced, and what attempts were traced to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_rejudge"
down_revision = "0009_audit"
branch_labels = None
depends_on = None

_STATES = "state IN ('previewing', 'previewed', 'applying', 'applied', 'cancelled')"
_ITEM_STATES = "state IN ('waiting', 'judged', 'failed', 'applied', 'skipped')"
_DIRECTIONS = "direction IN ('raised', 'lowered', 'changed', 'unchanged')"
_WAITING = sa.text("state = 'waiting'")


def upgrade() -> None:
    """Apply."""
    _create_rejudgings()
    _create_rejudged()
    _create_past()
    _create_programs()


def downgrade() -> None:
    """Undo."""
    for table in ("attempt_programs", "past_verdicts", "rejudged_attempts", "rejudgings"):
        op.drop_table(table)


def _create_rejudgings() -> None:
    op.create_table(
        "rejudgings",
        sa.Column("id", sa.String(), nullable=False),
        _moment("created_at", nullable=False),
        _text("made_by"),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        _text("against"),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("allow_lowering", sa.Boolean(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        _moment("previewed_at"),
        _moment("ended_at"),
        sa.CheckConstraint("kind IN ('problem', 'version', 'user', 'attempt')", name=op.f("ck_rejudgings_kind")),
        sa.CheckConstraint(_STATES, name=op.f("ck_rejudgings_state")),
        _points("rejudgings", "made_by", "users", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejudgings")),
    )


def _create_rejudged() -> None:
    table = "rejudged_attempts"
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("rejudging_id", "attempt_id", "version_id")),
        sa.Column("state", sa.String(), nullable=False),
        _text("claim"),
        _moment("claimed_until"),
        sa.Column("tries", sa.Integer(), nullable=False),
        _moment("not_before"),
        _text("seen_sha256"),
        *(_text(f"{when}_{what}") for when in ("before", "after") for what in ("verdict", "reason")),
        _text("direction"),
        sa.Column("traced", sa.Boolean(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.CheckConstraint(_ITEM_STATES, name=op.f(f"ck_{table}_state")),
        sa.CheckConstraint(_DIRECTIONS, name=op.f(f"ck_{table}_direction")),
        _points(table, "rejudging_id", "rejudgings", "CASCADE"),
        _points(table, "attempt_id", "attempts", "CASCADE"),
        _points(table, "version_id", "problem_versions"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("rejudging_id", "attempt_id", name=op.f(f"uq_{table}_rejudging_id_attempt_id")),
    )
    op.create_index(op.f(f"ix_{table}_attempt_id"), table, ["attempt_id"])
    op.create_index(f"ix_{table}_rejudging_id_state_direction", table, ["rejudging_id", "state", "direction"])
    op.create_index(f"ix_{table}_waiting", table, ["id"], sqlite_where=_WAITING, postgresql_where=_WAITING)


def _create_past() -> None:
    table = "past_verdicts"
    op.create_table(
        table,
        *(sa.Column(name, sa.String(), nullable=False) for name in ("id", "attempt_id", "version_id")),
        *(_text(name) for name in ("verdict", "reason", "message", "pitfall")),
        sa.Column("report", sa.JSON(), nullable=True),
        _moment("replaced_at", nullable=False),
        _text("rejudging_id"),
        sa.Column("by_version_id", sa.String(), nullable=False),
        _points(table, "attempt_id", "attempts", "CASCADE"),
        _points(table, "version_id", "problem_versions"),
        _points(table, "rejudging_id", "rejudgings", "SET NULL"),
        _points(table, "by_version_id", "problem_versions"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for column in ("attempt_id", "rejudging_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _create_programs() -> None:
    table = "attempt_programs"
    op.create_table(
        table,
        *(sa.Column(name, sa.String(), nullable=False) for name in ("attempt_id", "signature", "tracing")),
        sa.Column("program", sa.LargeBinary(), nullable=False),
        sa.Column("returns", sa.JSON(), nullable=False),
        _points(table, "attempt_id", "attempts", "CASCADE"),
        sa.PrimaryKeyConstraint("attempt_id", "signature", name=op.f(f"pk_{table}")),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=True)


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _points(table: str, column: str, to: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{to}")
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=name, ondelete=ondelete)
