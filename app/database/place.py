"""Where the operator's database is, and that one server owns it at a time.

Invariant: while ``owned`` is held no other server works on the database, so an attempt that is marked running there and
is not held by this one is nobody's. In SQLite's case the kernel keeps the data directory for a process; PostgreSQL
keeps a lock for a connection, so whoever has lost that connection owns nothing until it has the lock again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app.database.data_dir import exclusive
from app.database.db import FILE_NAME, Database
from app.database.faults import explain
from app.errors import StartRefused
from app.settings import Settings

_TAKE = text("SELECT pg_try_advisory_lock(hashtextextended('the one server', 0))")
_PING = text("SELECT 1")


def open_database(settings: Settings) -> Database:
    """The operator's database, for whoever only looks: nothing is made and nobody kept out."""
    place = settings.database_url or settings.data_dir / FILE_NAME
    return Database(place, settings.database_pool)


@contextmanager
def owned(settings: Settings) -> Iterator[tuple[Database, Callable[[], bool]]]:
    """The operator's database, kept from other servers; and a function that says whether it still is.

    Raises:
        StartRefused: it cannot be used, or another server has it.
    """
    if not settings.database_url:
        with exclusive(settings.data_dir) as path:
            database = Database(path, settings.database_pool)
            try:
                yield database, lambda: True
            finally:
                database.close()
        return
    database = Database(settings.database_url, settings.database_pool)
    lock = _ServerLock(database)
    try:
        try:
            if not lock.held():
                raise StartRefused(
                    "Another allclose server is using this database. Stop it, or name another one in "
                    "ALLCLOSE_DATABASE_URL."
                )
        except DBAPIError as error:
            raise StartRefused(explain(error)) from error
        yield database, lock.held
    finally:
        lock.release()
        database.close()


class _ServerLock:
    """PostgreSQL's lock of a server, on a connection of its own. Safe to use from several threads."""

    def __init__(self, database: Database) -> None:
        self._engine = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._connection: Connection | None = None
        self._turn = threading.Lock()

    def held(self) -> bool:
        """Whether this server has the lock; it is taken if it is free.

        Raises:
            DBAPIError: the database does not answer.
        """
        with self._turn:
            if self._connection is not None:
                try:
                    self._connection.execute(_PING)
                except SQLAlchemyError:
                    self._drop()
                else:
                    return True
            connection = self._engine.connect()
            if connection.execute(_TAKE).scalar_one():
                connection.detach()  # it never goes back to the pool, where somebody else would have the lock
                self._connection = connection
                return True
            connection.close()
            return False

    def release(self) -> None:
        """Let other servers have it."""
        with self._turn:
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(SQLAlchemyError):
                self._connection.close()
            self._connection = None
