"""Bringing a database to the newest schema.

Invariant: tables are only ever made and changed by the revisions in ``migrations``; they are found from the installed
package, so the current directory does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from app.database.db import Database, immediate
from app.database.faults import explain
from app.errors import StartRefused

SCRIPTS = Path(__file__).resolve().parents[2] / "migrations"


def configuration(connection: Connection) -> Config:
    """Alembic's configuration for work on ``connection``."""
    config = _scripts()
    config.attributes["connection"] = connection
    return config


def _scripts() -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def revisions() -> Sequence[str]:
    """Every revision that this version of the program knows, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_scripts()).walk_revisions()]


@lru_cache(maxsize=1)
def _newest() -> str | None:
    """The head of all revisions; reading their files takes longer than everything else of most starts."""
    return ScriptDirectory.from_config(_scripts()).get_current_head()


def revision(connection: Connection) -> str | None:
    """The revision that a database is at; None if it has no tables of ours."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(database: Database, to: str = "head") -> None:
    """Apply every missing revision, in one transaction.

    Raises:
        StartRefused: the file is no database of ours, or a newer version of the program made it.
    """
    try:
        with transaction(database) as connection:
            if to != "head" or revision(connection) != _newest():
                command.upgrade(configuration(connection), to)
    except DatabaseError as error:
        raise StartRefused(explain(error)) from error
    except CommandError as error:
        raise StartRefused(
            f"The database cannot be brought to this version of allclose: {error}. If a newer version has used it, "
            "install that one; otherwise restore a backup or choose another ALLCLOSE_DATA_DIR."
        ) from error


@contextmanager
def transaction(database: Database) -> Iterator[Connection]:
    """One write transaction in which tables can be changed, by one process at a time."""
    if database.is_sqlite:
        with _without_foreign_keys(database) as connection:
            yield connection
        return
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended('migrations', 0))"))
        yield connection


@contextmanager
def _without_foreign_keys(database: Database) -> Iterator[Connection]:
    """One write transaction of SQLite's in which tables can be rebuilt.

    SQLite changes a column by copying its table and dropping the old one, and with foreign keys on the drop would
    delete every row that points to it. The switch has no effect inside a transaction, so it comes before BEGIN, on a
    connection that never goes back to the pool; the check before COMMIT finds what the switch would have prevented.
    """
    with immediate(database.engine).connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        connection.detach()
        with connection.begin():
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise CommandError(f"a revision left {len(broken)} rows that point to nothing")
