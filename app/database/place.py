"""Where the operator's database is, and who may work on it.

Invariant: of SQLite's data directory the kernel keeps other servers out, so an attempt that is marked running there and
is not held by this one is nobody's. A PostgreSQL database is worked on by any number of processes; what only one of
them may do at a time is done in a ``turn``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select, text

from app.database.data_dir import exclusive
from app.database.db import FILE_NAME, Database
from app.errors import StartRefused
from app.settings import Settings

_OTHERS = text(
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'allclose' AND pid != pg_backend_pid()"
)


def open_database(settings: Settings) -> Database:
    """The operator's database, for whoever only looks: nothing is made and nobody kept out."""
    place = settings.database_url or settings.data_dir / FILE_NAME
    return Database(place, settings.database_pool)


@contextmanager
def owned(settings: Settings) -> Iterator[Database]:
    """The operator's database, SQLite's kept from other servers; closed when the block ends.

    Raises:
        StartRefused: it cannot be used, or another server has it.
    """
    if settings.database_url:
        database = open_database(settings)
        try:
            yield database
        finally:
            database.close()
        return
    with exclusive(settings.data_dir) as path:
        database = Database(path, settings.database_pool)
        try:
            yield database
        finally:
            database.close()


def check_unused(database: Database) -> None:
    """Return if no other process of ours is connected to a PostgreSQL database.

    Raises:
        StartRefused: one is.
    """
    with database.engine.connect() as connection:
        others = connection.execute(_OTHERS).scalar_one()
    if others:
        raise StartRefused("Another allclose server or worker is using this database. Stop it first.")


@contextmanager
def turn(database: Database, what: str) -> Iterator[None]:
    """Wait until no other process does ``what``, and keep others waiting until the block ends.

    Unlike ``alone`` it needs no transaction, so it may take long. Whoever loses its connection loses its turn.

    Raises:
        OperationalError: the database does not answer.
    """
    if database.is_sqlite:
        yield
        return
    with database.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        key = func.hashtextextended(f"turn: {what}", 0)
        connection.execute(select(func.pg_advisory_lock(key)))
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(key)))
