"""Accounts: users, sessions, one-time links, failed sign-ins; and whose tokens and attempts are.

Invariant: tokens and attempts that were there belong to the operator of the machine, who alone could use the service.
Going down keeps both and forgets whose they are.
"""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
import uuid_utils
from alembic import op

revision = "0003_accounts"
down_revision = "0002_pitfalls"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_SCOPES = ["read", "submit", "account", "admin"]


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "users",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("disabled_at", _MOMENT, nullable=True),
        sa.CheckConstraint("role IN ('learner', 'instructor', 'admin')", name=op.f("ck_users_role")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("name_key", name=op.f("uq_users_name_key")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_sessions_user_id_users"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"])
    op.create_table(
        "one_time_links",
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["users.id"], name=op.f("fk_one_time_links_made_by_users"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("purpose IN ('invitation', 'reset')", name=op.f("ck_one_time_links_purpose")),
        sa.CheckConstraint("(purpose = 'invitation') = (role IS NOT NULL)", name=op.f("ck_one_time_links_role")),
        sa.CheckConstraint("(purpose = 'reset') = (user_id IS NOT NULL)", name=op.f("ck_one_time_links_user")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_one_time_links_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_one_time_links")),
    )
    op.create_index(op.f("ix_one_time_links_user_id"), "one_time_links", ["user_id"])
    op.create_table(
        "failed_sign_ins",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("count", sa.Double(), nullable=False),
        sa.Column("latest_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_failed_sign_ins")),
    )
    operator = _operator()
    _own_tokens(operator)
    with op.batch_alter_table("attempts") as batch:
        batch.add_column(sa.Column("user_id", sa.String(), nullable=True))
        batch.create_foreign_key(op.f("fk_attempts_user_id_users"), "users", ["user_id"], ["id"], ondelete="SET NULL")
    op.execute(sa.text("UPDATE attempts SET user_id = :operator").bindparams(operator=operator))
    op.create_index("ix_attempts_user_id_id", "attempts", ["user_id", "id"])


def _operator() -> str:
    """Make the account of the machine's own user."""
    users = sa.table("users", *(sa.column(name) for name in ("id", "name", "name_key", "role")), _moment("created_at"))
    made = str(uuid_utils.uuid7())
    op.bulk_insert(
        users,
        [{"id": made, "name": "operator", "name_key": "operator", "role": "admin", "created_at": datetime.now(UTC)}],
    )
    return made


def _own_tokens(operator: str) -> None:
    """Give every token an id, an owner, and the scopes that it has had."""
    with op.batch_alter_table("api_tokens") as batch:
        batch.add_column(sa.Column("id", sa.String(), nullable=True))
        batch.add_column(sa.Column("user_id", sa.String(), nullable=True))
        batch.add_column(sa.Column("scopes", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("expires_at", _MOMENT, nullable=True))
        batch.add_column(sa.Column("last_used_at", _MOMENT, nullable=True))
    tokens = sa.table(
        "api_tokens", *(sa.column(name) for name in ("sha256", "id", "user_id")), sa.column("scopes", sa.JSON())
    )
    connection = op.get_bind()
    for sha256 in connection.scalars(sa.select(tokens.c.sha256)).all():
        row = tokens.update().where(tokens.c.sha256 == sha256)
        connection.execute(row.values(id=str(uuid_utils.uuid7()), user_id=operator, scopes=_SCOPES))
    with op.batch_alter_table("api_tokens") as batch:
        batch.alter_column("id", existing_type=sa.String(), nullable=False)
        batch.alter_column("user_id", existing_type=sa.String(), nullable=False)
        batch.alter_column("scopes", existing_type=sa.JSON(), nullable=False)
        batch.create_unique_constraint(op.f("uq_api_tokens_id"), ["id"])
        batch.create_foreign_key(op.f("fk_api_tokens_user_id_users"), "users", ["user_id"], ["id"], ondelete="CASCADE")
        batch.create_index(op.f("ix_api_tokens_user_id"), ["user_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_index("ix_attempts_user_id_id", "attempts")
    with op.batch_alter_table("attempts") as batch:
        batch.drop_constraint(op.f("fk_attempts_user_id_users"), type_="foreignkey")
        batch.drop_column("user_id")
    with op.batch_alter_table("api_tokens") as batch:
        batch.drop_index(op.f("ix_api_tokens_user_id"))
        batch.drop_constraint(op.f("fk_api_tokens_user_id_users"), type_="foreignkey")
        batch.drop_constraint(op.f("uq_api_tokens_id"), type_="unique")
        for name in ("last_used_at", "expires_at", "scopes", "user_id", "id"):
            batch.drop_column(name)
    for table in ("failed_sign_ins", "one_time_links", "sessions", "users"):
        op.drop_table(table)


def _moment(name: str) -> sa.ColumnClause[datetime]:
    return sa.column(name, _MOMENT)
