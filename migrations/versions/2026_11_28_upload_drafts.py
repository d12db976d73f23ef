"""What learners would see of an uploaded problem, for the page that shows it to its author.

Invariant: of what was checked before, nothing is known of that.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_upload_drafts"
down_revision = "0012_oidc"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("problem_uploads", sa.Column("draft", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Undo."""
    op.drop_column("problem_uploads", "draft")
