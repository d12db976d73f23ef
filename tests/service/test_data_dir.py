"""One server owns a data directory."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from app.accounts import service as accounts
from app.database import migrate
from app.database.data_dir import exclusive
from app.database.db import FILE_NAME, Database
from app.errors import StartRefused


def test_two_servers_cannot_share_a_directory(tmp_path: Path) -> None:
    """A second server would queue again what the first one is running."""
    with (
        exclusive(tmp_path / "data"),
        pytest.raises(StartRefused, match="Another allclose"),
        exclusive(tmp_path / "data"),
    ):
        pass
    with exclusive(tmp_path / "data") as again:
        assert again.parent == tmp_path / "data"


def test_a_new_directory_is_for_its_owner_only(tmp_path: Path) -> None:
    """Other users of the machine could read hidden cases and sources."""
    with exclusive(tmp_path / "a" / "data") as database:
        assert database.parent.stat().st_mode & 0o077 == 0


def test_the_database_is_for_its_owner_only_in_any_directory(tmp_path: Path) -> None:
    """A directory that an operator made before would let others read hidden cases."""
    tmp_path.chmod(0o755)
    with exclusive(tmp_path) as path:
        database = Database(path)
        migrate.upgrade(database)
        with database.write() as session:
            accounts.operator(session)
        modes = {file.name: file.stat().st_mode & 0o077 for file in tmp_path.iterdir()}
        database.close()
    assert "allclose.sqlite3-wal" in modes
    assert set(modes.values()) == {0}


@pytest.mark.parametrize("place", ["file", "file/data"])
def test_a_file_for_the_directory_is_told(tmp_path: Path, place: str) -> None:
    """An operator would be told to make writable what is no directory."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StartRefused, match=r"is a file.*ALLCLOSE_DATA_DIR"), exclusive(tmp_path / place):
        pass


@pytest.mark.parametrize("name", ["server.lock", FILE_NAME])
def test_a_folder_for_a_file_is_told(tmp_path: Path, name: str) -> None:
    """An operator would see a traceback and not which folder to move away."""
    (tmp_path / name).mkdir()
    with pytest.raises(StartRefused, match=rf"a folder where the file .*{name} belongs"), exclusive(tmp_path):
        pass


@pytest.mark.parametrize(
    ("number", "told"), [(errno.ENOSPC, "Make room"), (errno.EDQUOT, "Make room"), (errno.EROFS, "Make it writable")]
)
def test_what_the_disk_refuses_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str) -> None:
    """An operator of a full disk would be sent to change permissions."""

    def refuse(path: Path, flags: int, mode: int) -> int:
        del flags, mode
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StartRefused, match=told), exclusive(tmp_path):
        pass


def _full(path: Path) -> None:
    database = Database(path)
    # As on a disk that is full: SQLite may add no page.
    event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA max_page_count=1"))
    migrate.upgrade(database)


def _no_database(path: Path) -> None:
    path.write_bytes(b"not a database at all" * 100)
    migrate.upgrade(Database(path))


def _folder(path: Path) -> None:
    path.mkdir()
    migrate.upgrade(Database(path))


def _held(path: Path) -> None:
    database = Database(path)
    event.listen(database.engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=0"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        migrate.upgrade(database)


def _foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE attempts (id)")
    migrate.upgrade(Database(path))


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (_full, "no space left for the database"),
        (_no_database, "no SQLite database"),
        (_folder, "cannot be opened"),
        (_held, "Another program holds the database"),
        (_foreign, "table attempts already exists"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(tmp_path: Path, fault: Callable[[Path], None], told: str) -> None:
    """An operator would have to find the cause between an SQL statement and an address of SQLAlchemy's."""
    with pytest.raises(StartRefused, match=told) as refusal:
        fault(tmp_path / FILE_NAME)
    assert "ALLCLOSE_DATA_DIR" in str(refusal.value)
    for noise in ("http", "SQL:", "sqlite3."):
        assert noise not in str(refusal.value)
