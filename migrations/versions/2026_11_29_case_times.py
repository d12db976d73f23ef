"""What each case of an attempt took, for the figures of instructors.

Invariant: what was judged before has no times, and counts in none.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_case_times"
down_revision = "0013_upload_drafts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("case_results", sa.Column("milliseconds", sa.Double(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("case_results", "milliseconds")
