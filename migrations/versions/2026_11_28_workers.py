"""Workers in processes of their own: who works, what each attempt takes, and Procrastinate's tables on PostgreSQL.

Invariant: attempts that were there go on, on the CPU's queue; what was running is found as nobody's and queued again.
Procrastinate's tables are those of its release 3.10: a release that has others ships files of SQL that change them,
which then are a revision here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0007_workers"
down_revision = "0006_progress"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_DEAD = sa.text("verdict = 'internal_error'")

#: Everything whose name begins like theirs.
_DROP_PROCRASTINATE = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind = 'r' AND relname LIKE 'procrastinate\\_%' AND relnamespace = current_schema()::regnamespace
    LOOP EXECUTE format('DROP TABLE %s CASCADE', found.name); END LOOP;
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = current_schema()::regnamespace
    LOOP EXECUTE format('DROP FUNCTION %s CASCADE', found.name); END LOOP;
    FOR found IN SELECT oid::regtype AS name FROM pg_type
        WHERE typtype IN ('c', 'e') AND typname LIKE 'procrastinate\\_%'
            AND typnamespace = current_schema()::regnamespace
    LOOP EXECUTE format('DROP TYPE %s CASCADE', found.name); END LOOP;
END
$$
"""


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "workers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("slots", sa.Integer(), nullable=False),
        sa.Column("toolchain", sa.JSON(), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workers")),
    )
    op.add_column("attempts", sa.Column("queue", sa.String(), nullable=False, server_default="cpu"))
    op.add_column("attempts", sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("attempts", sa.Column("claimed_by", sa.String(), nullable=True))
    op.create_index("ix_attempts_dead", "attempts", ["id"], sqlite_where=_DEAD, postgresql_where=_DEAD)
    if op.get_bind().dialect.name == "postgresql":
        _execute(SchemaManager.get_schema())


def downgrade() -> None:
    """Undo."""
    if op.get_bind().dialect.name == "postgresql":
        _execute(_DROP_PROCRASTINATE)
    op.drop_index("ix_attempts_dead", "attempts")
    for column in ("claimed_by", "priority", "queue"):
        op.drop_column("attempts", column)
    op.drop_table("workers")


def _execute(statements: str) -> None:
    """Run several statements at once; with parameters, even none, a percent sign would stand for one."""
    connection = op.get_bind().connection.driver_connection
    assert connection is not None
    connection.execute(statements)
