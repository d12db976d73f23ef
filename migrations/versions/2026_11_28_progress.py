"""Hints that somebody opened, and problems that they gave up.

Invariant: hints without a condition were open to everybody before; they are closed now, and opened anew.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_progress"
down_revision = "0005_events"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    for table, columns in (("opened_hints", ("slug", "title")), ("given_up", ("slug",))):
        op.create_table(
            table,
            sa.Column("user_id", sa.String(), nullable=False),
            *(sa.Column(name, sa.String(), nullable=False) for name in columns),
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.ForeignKeyConstraint(
                ["user_id"], ["users.id"], name=op.f(f"fk_{table}_user_id_users"), ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint("user_id", *columns, name=op.f(f"pk_{table}")),
        )


def downgrade() -> None:
    """Undo."""
    op.drop_table("given_up")
    op.drop_table("opened_hints")
