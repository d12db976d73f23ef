"""The database: engine, transactions and what every table shares.

Invariant: a transaction is begun and committed here and nowhere else. ``write`` takes SQLite's write lock when it
begins, so two of them never deadlock by upgrading, and commits when its block ends; ``read`` always rolls back. On
PostgreSQL writers work side by side: what they change they lock row by row, and where one decides by what is not there
yet it asks to be ``alone`` first, which on SQLite it is anyway.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import uuid_utils
from sqlalchemy import DateTime, Engine, MetaData, String, create_engine, event, func, literal, select
from sqlalchemy.engine import URL, Connection, Dialect, ExceptionContext, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

FILE_NAME = "allclose.sqlite3"

#: Run on every new connection. WAL lets readers work beside the writer; FULL keeps a committed attempt through a power
#: cut; without ``foreign_keys`` SQLite ignores them.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000")

#: What drivers are told. A server that does not answer is given up after some seconds, and looked for again.
_CONNECT: Mapping[str, Mapping[str, Any]] = {
    "sqlite": {},
    "postgresql": {"connect_timeout": 10, "application_name": "allclose", "keepalives_idle": 30},
}

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
        """What was stored without a zone is UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Text(TypeDecorator[str]):
    """Text that either database can keep: NULs, which PostgreSQL refuses, and half surrogate pairs are replaced."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored by what shows that something was there."""
        del dialect
        return None if value is None else value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


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
    type_annotation_map = {datetime: UtcDateTime, str: Text}  # noqa: RUF012  # SQLAlchemy reads this class attribute


def new_id() -> str:
    """A UUIDv7: ids sort by the time they were made."""
    return str(uuid_utils.uuid7())


def id_at(moment: datetime) -> str:
    """What ids made at ``moment`` or later are not less than, and earlier ones are (RFC 9562, section 5.7)."""
    milliseconds = f"{(moment - datetime.fromtimestamp(0, UTC)) // timedelta(milliseconds=1):012x}"
    return f"{milliseconds[:8]}-{milliseconds[8:]}-7000-8000-000000000000"


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Database:
    """One SQLite file, or one PostgreSQL database. Safe to use from several threads."""

    def __init__(self, place: Path | str, pool: int = 20) -> None:
        """Prepare to use up to ``pool`` connections; nothing is opened yet.

        Args:
            place: a file of SQLite, or the address of a PostgreSQL database, ``postgresql://user:password@host/name``.
            pool: connections at a time; whoever wants one more waits.
        """
        if isinstance(place, Path):
            url = URL.create("sqlite", database=str(place))
        else:
            url = make_url(place).set(drivername="postgresql+psycopg")
        # Parameters hold sources and token hashes, which have no place in a log.
        self.engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=pool,
            max_overflow=0,
            pool_pre_ping=not isinstance(place, Path),  # a server that was started again has closed them all
            connect_args=_CONNECT[url.get_backend_name()],
        )
        #: Whether writers are alone by themselves.
        self.is_sqlite = isinstance(place, Path)
        # SQLite lets waiting writers sleep and poll; threads of one process can take turns.
        self._writing: AbstractContextManager[object] = threading.Lock() if self.is_sqlite else nullcontext()
        if self.is_sqlite:
            event.listen(self.engine, "connect", _on_connect)
            event.listen(self.engine, "begin", _on_begin)
            snapshots = self.engine.execution_options(**{_BEGIN: "DEFERRED"})
        else:
            event.listen(self.engine, "handle_error", _hide_values)
            snapshots = self.engine.execution_options(isolation_level="REPEATABLE READ")
        self._reads = sessionmaker(snapshots, expire_on_commit=False)
        self._writes = sessionmaker(immediate(self.engine), expire_on_commit=False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one snapshot; anything it would write is rolled back."""
        with self._reads() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when the block ends, rolls back when it raises; on SQLite it holds the write lock."""
        with self._writing, self._writes.begin() as session:
            # A session begins with its first statement; the lock must be held before the block looks at anything.
            session.connection()
            yield session

    def connections(self) -> tuple[int, int]:
        """Connections in use, and how many there may be."""
        pool = self.engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout(), pool.size()

    def close(self) -> None:
        """Close the pooled connections."""
        self.engine.dispose()


def is_postgresql(session: Session) -> bool:
    """Whether writers work side by side, in several processes; otherwise this is SQLite."""
    return session.get_bind().dialect.name == "postgresql"


def alone(session: Session, what: str) -> None:
    """Wait until no other transaction is alone in ``what``, and stay so until this one ends."""
    if is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(literal(what, Text), 0))))


def tell(session: Session, channel: str, what: str) -> None:
    """Tell other processes something once this transaction is committed; on SQLite there are none."""
    if is_postgresql(session):
        session.execute(select(func.pg_notify(channel, what)))


def immediate(engine: Engine) -> Engine:
    """The same engine, whose transactions begin with the write lock."""
    return engine.execution_options(**{_BEGIN: "IMMEDIATE"})


def _hide_values(context: ExceptionContext) -> None:
    """Leave out what PostgreSQL says in detail: it repeats the values of the row at fault."""
    original, shown = context.original_exception, context.sqlalchemy_exception
    primary = original.diag.message_primary if isinstance(original, psycopg.Error) else None
    if primary is not None and shown is not None:
        original.args = (primary,)
        shown.args = (f"({type(original).__name__}) {primary}",)


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
