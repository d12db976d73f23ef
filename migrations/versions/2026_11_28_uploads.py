"""Problems over the API: uploaded folders, and where a served problem comes from and who may see it.

Invariant: what was served before comes from the operator's folder and stays public. A token that was good for
everything stays so. Going down stops serving what was unpublished, and forgets what was uploaded but not published.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_uploads"
down_revision = "0010_rejudge"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_EVERYTHING = {"read", "submit", "account", "admin"}
_SCOPE = "problems"


def upgrade() -> None:
    """Apply."""
    with op.batch_alter_table("served_problems") as batch:
        batch.alter_column("version_id", existing_type=sa.String(), nullable=True)
        for name, kind, value in (
            ("origin", sa.String(), sa.text("'folder'")),
            ("visibility", sa.String(), sa.text("'public'")),
            ("enforce_prerequisites", sa.Boolean(), sa.false()),
        ):
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=value))
        batch.create_check_constraint(op.f("ck_served_problems_origin"), "origin IN ('folder', 'upload')")
        batch.create_check_constraint(
            op.f("ck_served_problems_visibility"), "visibility IN ('public', 'unlisted', 'hidden')"
        )
    op.create_table(
        "problem_uploads",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("user_id", sa.String(), nullable=True),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("archive", sa.LargeBinary(), nullable=True),
        sa.Column("mutants", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("not_before", _MOMENT, nullable=True),
        sa.Column("claim", sa.String(), nullable=True),
        sa.Column("claimed_until", _MOMENT, nullable=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("started_at", _MOMENT, nullable=True),
        sa.Column("finished_at", _MOMENT, nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("record", sa.JSON(), nullable=True),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("toolchain_sha256", sa.String(), nullable=True),
        sa.Column("version_id", sa.String(), nullable=True),
        sa.CheckConstraint("(claim IS NULL) = (claimed_until IS NULL)", name=op.f("ck_problem_uploads_claimed_until")),
        sa.CheckConstraint("(state = 'running') = (claim IS NOT NULL)", name=op.f("ck_problem_uploads_claim")),
        sa.CheckConstraint("state IN ('queued', 'running', 'done')", name=op.f("ck_problem_uploads_state")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_problem_uploads_user_id_users"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["problem_versions.id"], name=op.f("fk_problem_uploads_version_id_problem_versions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_problem_uploads")),
    )
    unfinished = sa.text("state != 'done'")
    op.create_index(
        "ix_problem_uploads_unfinished",
        "problem_uploads",
        ["state", "id"],
        sqlite_where=unfinished,
        postgresql_where=unfinished,
    )
    for sha256, scopes in _tokens():
        if set(scopes) >= _EVERYTHING:
            _set_scopes(sha256, [*scopes, _SCOPE])


def downgrade() -> None:
    """Undo."""
    for sha256, scopes in _tokens():
        if _SCOPE in scopes:
            _set_scopes(sha256, [scope for scope in scopes if scope != _SCOPE])
    op.drop_index("ix_problem_uploads_unfinished", "problem_uploads")
    op.drop_table("problem_uploads")
    op.execute("DELETE FROM served_problems WHERE version_id IS NULL")
    with op.batch_alter_table("served_problems") as batch:
        batch.drop_constraint(op.f("ck_served_problems_origin"), type_="check")
        batch.drop_constraint(op.f("ck_served_problems_visibility"), type_="check")
        for name in ("origin", "visibility", "enforce_prerequisites"):
            batch.drop_column(name)
        batch.alter_column("version_id", existing_type=sa.String(), nullable=False)


def _table() -> sa.TableClause:
    return sa.table("api_tokens", sa.column("sha256"), sa.column("scopes", sa.JSON()))


def _tokens() -> list[tuple[str, list[str]]]:
    """Hash and scopes of every token."""
    table = _table()
    return [(sha256, scopes) for sha256, scopes in op.get_bind().execute(sa.select(table.c.sha256, table.c.scopes))]


def _set_scopes(sha256: str, scopes: list[str]) -> None:
    table = _table()
    op.get_bind().execute(table.update().where(table.c.sha256 == sha256).values(scopes=scopes))
