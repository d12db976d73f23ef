"""The database: engine, transactions and what every table shares.

Invariant: a transaction is begun and committed here and nowhere else. ``write`` takes SQLite's write lock when it
begins, so two of them never deadlock by upgrading, and commits when its block ends; ``read`` always rolls back.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uuid_utils
from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import URL, Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.types import TypeDecorator

FILE_NAME = "allclose.sqlite3"

#: Run on every new connection. WAL lets readers work beside the writer; FULL keeps a committed attempt through a power
#: cut; without ``foreign_keys`` SQLite ignores them.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")

#: Execution option that carries the kind of BEGIN from a session factory to the begin hook.
_BEGIN = "allclose_begin"


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time. SQLite keeps no zone, so it stores UTC and gives aware datetimes back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive values: whose clock would they be of?"""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment must have a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """What was stored is UTC, whether or not the database says so."""
        del dialect
        return None if value is None else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """Base of all tables. Constraints have names, for migrations must be able to drop them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012  # SQLAlchemy reads this class attribute


def new_id() -> str:
    """A UUIDv7: ids sort by the time they were made."""
    return str(uuid_utils.uuid7())


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Database:
    """One SQLite file. Safe to use from several threads."""

    def __init__(self, path: Path, pool: int = 20) -> None:
        """Prepare to use the file at ``path`` with up to ``pool`` connections; nothing is opened yet."""
        # Parameters hold sources and token hashes, which have no place in a log.
        self.engine = create_engine(
            URL.create("sqlite", database=str(path)), hide_parameters=True, pool_size=pool, max_overflow=0
        )
        event.listen(self.engine, "connect", _on_connect)
        event.listen(self.engine, "begin", _on_begin)
        self._reads = sessionmaker(self.engine.execution_options(**{_BEGIN: "DEFERRED"}), expire_on_commit=False)
        self._writes = sessionmaker(immediate(self.engine), expire_on_commit=False)
        # SQLite lets waiting writers sleep and poll; threads of one process can take turns.
        self._writing = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one snapshot; anything it would write is rolled back."""
        with self._reads() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that holds the write lock; commits when the block ends, rolls back when it raises."""
        with self._writing, self._writes.begin() as session:
            # A session begins with its first statement; the lock must be held before the block looks at anything.
            session.connection()
            yield session

    def close(self) -> None:
        """Close the pooled connections."""
        self.engine.dispose()


def immediate(engine: Engine) -> Engine:
    """The same engine, whose transactions begin with the write lock."""
    return engine.execution_options(**{_BEGIN: "IMMEDIATE"})


def _on_connect(connection: DBAPIConnection, record: Any) -> None:
    del record
    # The driver's own transaction handling begins late and leaves DDL outside; the begin hook replaces it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_BEGIN, 'DEFERRED')}")
