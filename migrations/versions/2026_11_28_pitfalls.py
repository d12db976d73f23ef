"""Which filed mistake an attempt makes, for instructors to count.

Invariant: attempts judged before have none; nothing else of a row changes in either direction.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_pitfalls"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Not in a batch, which would copy the table and leave out its check constraints.
    op.add_column("attempts", sa.Column("pitfall", sa.String(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("attempts", "pitfall")
