"""Alembic's entry point: runs revisions on the connection it is given, or on the operator's database.

Invariant: the caller owns the transaction; a revision that fails half way leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Mapping

from alembic import context
from sqlalchemy import Connection

from app.database.db import immediate
from app.database.place import open_database
from app.database.schema import metadata
from app.settings import load_settings


def _ours(name: str | None, kind: str, parents: Mapping[str, str | None]) -> bool:
    """Whether something that is in the database is described by models; Procrastinate's tables are not."""
    del parents
    return not (kind == "table" and name is not None and name.startswith("procrastinate_"))


def run(connection: Connection) -> None:
    """Apply the revisions that Alembic has chosen."""
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, include_name=_ours)
    context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("SQL scripts are not supported: run the migrations on a database.")

given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    database = open_database(load_settings())
    with immediate(database.engine).begin() as opened:
        run(opened)
    database.close()
