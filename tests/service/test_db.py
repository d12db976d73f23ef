"""Transactions, and what SQLite is told."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from app.accounts.models import FailedSignIns
from app.database.db import Database, now
from tests.service.fakes import SQLITE_ONLY


@SQLITE_ONLY
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 5000)]
)
def test_every_connection_is_durable_and_strict(database: Database, pragma: str, value: object) -> None:
    """A committed attempt could vanish in a power cut, or point to a version that is not there."""
    with database.read() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


@SQLITE_ONLY
def test_a_write_holds_the_lock_from_its_beginning(database: Database) -> None:
    """Two workers could read the same queue before either writes, and claim the same attempt."""
    path = database.engine.url.database
    assert path is not None
    with database.write():
        other = sqlite3.connect(path, timeout=0, isolation_level=None)
        with closing(other), pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")


def test_readers_work_while_somebody_writes(database: Database) -> None:
    """A long write would keep every page from loading."""
    with database.write() as writer:
        writer.add(FailedSignIns(key="a", count=1, latest_at=now()))
        writer.flush()
        with database.read() as reader:
            assert reader.get(FailedSignIns, "a") is None


def test_a_write_that_raises_changes_nothing(database: Database) -> None:
    """Half of a submission could be kept."""
    with pytest.raises(IntegrityError), database.write() as session:
        session.add_all(
            [FailedSignIns(key="a", count=1, latest_at=now()), FailedSignIns(key="a", count=1, latest_at=now())]
        )
    with database.read() as session:
        assert session.get(FailedSignIns, "a") is None


def test_a_read_keeps_nothing(database: Database) -> None:
    """A route that only looks could change what it looks at."""
    with database.read() as session:
        session.add(FailedSignIns(key="a", count=1, latest_at=now()))
        session.flush()
    with database.read() as session:
        assert session.get(FailedSignIns, "a") is None


def test_moments_come_back_in_utc(database: Database) -> None:
    """A time zone would be lost on the way through SQLite, and deadlines shift by hours."""
    moment = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    with database.write() as session:
        session.add(FailedSignIns(key="a", count=1, latest_at=moment))
    with database.read() as session:
        row = session.get_one(FailedSignIns, "a")
    assert row.latest_at.isoformat() == "2026-07-01T10:00:00+00:00"


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    """Local time would be stored as UTC."""
    with pytest.raises(StatementError, match="time zone"), database.write() as session:
        session.add(FailedSignIns(key="a", count=1, latest_at=datetime.now(UTC).replace(tzinfo=None)))


def test_errors_of_the_database_do_not_repeat_values(database: Database) -> None:
    """A log would hold learners' sources and token hashes."""
    with pytest.raises(IntegrityError) as error, database.write() as session:
        session.execute(text("INSERT INTO api_tokens (sha256, hint) VALUES (:a, :b)"), {"a": "sesame", "b": "x"})
    assert "sesame" not in str(error.value)
