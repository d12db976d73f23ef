"""The name that a client gave the request which made an attempt.

Invariant: attempts made before have none; nothing else of a row changes in either direction.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_idempotency"
down_revision = "0003_accounts"
branch_labels = None
depends_on = None

_INDEX = "ix_attempts_user_id_idempotency_key"


def upgrade() -> None:
    """Apply."""
    op.add_column("attempts", sa.Column("idempotency_key", sa.String(), nullable=True))
    op.create_index(_INDEX, "attempts", ["user_id", "idempotency_key"], unique=True)


def downgrade() -> None:
    """Undo."""
    op.drop_index(_INDEX, "attempts")
    op.drop_column("attempts", "idempotency_key")
