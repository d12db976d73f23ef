"""Whom a provider's subject is here, and sign-ins that are on their way.

Invariant: nobody is bound to a provider before; going back leaves accounts without a password without a way in, until
an admin makes a link for them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_oidc"
down_revision = "0011_uploads"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "oidc_identities",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("linked", sa.Boolean(), nullable=False),
        sa.Column("called", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_oidc_identities_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_oidc_identities")),
        sa.UniqueConstraint("user_id", "issuer", name=op.f("uq_oidc_identities_user_id_issuer")),
    )
    op.create_table(
        "oidc_flows",
        *(
            sa.Column(name, sa.String(), nullable=name in ("invitation", "session"))
            for name in ("state", "browser", "nonce", "verifier", "target", "invitation", "session")
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("invitation IS NULL OR session IS NULL", name=op.f("ck_oidc_flows_purpose")),
        sa.ForeignKeyConstraint(
            ["session"], ["sessions.sha256"], name=op.f("fk_oidc_flows_session_sessions"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("state", name=op.f("pk_oidc_flows")),
    )
    op.create_index(op.f("ix_oidc_flows_session"), "oidc_flows", ["session"])
    op.create_index(op.f("ix_oidc_flows_expires_at"), "oidc_flows", ["expires_at"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("oidc_flows")
    op.drop_table("oidc_identities")
