"""Backing up, restoring and checking: nothing is lost by any of it, and nothing that is wrong goes unseen."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import select, text, update

from app.attempts import delivery, service
from app.attempts.models import Attempt
from app.database import migrate, programs
from app.database.backup import backup
from app.database.blobs import Blob
from app.database.check import check
from app.database.db import FILE_NAME, Database
from app.database.place import open_database, owned
from app.database.restore import restore
from app.errors import BackupRefused, StartRefused, WouldOverwrite
from app.settings import Settings
from tests.postgres import Cluster
from tests.service import fakes
from tests.service.fakes import SQLITE_ONLY

POSTGRESQL_ONLY = pytest.mark.parametrize("database_url", ["postgresql"], ids=["postgresql"], indirect=True)


@pytest.fixture
def here(tmp_path: Path, database_url: str, database: Database) -> Settings:
    """Settings of the database that has ``add_one``."""
    return Settings(data_dir=tmp_path, database_url=database_url)


@pytest.fixture
def other(request: pytest.FixtureRequest, tmp_path: Path, database_url: str) -> Iterator[Settings]:
    """Settings of a place where there is nothing."""
    if not database_url:
        yield Settings(data_dir=tmp_path / "other")
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    address = cluster.new()
    yield Settings(data_dir=tmp_path / "other", database_url=address)
    cluster.drop(address)


def _submit(database: Database, source: bytes = b"right") -> str:
    with database.write() as session:
        return service.submit(session, None, service.Submitted("grade", "add_one", source)).id


def _sources(settings: Settings) -> list[bytes]:
    with closing(open_database(settings)) as database, database.read() as session:
        return [*session.scalars(select(Attempt.source).order_by(Attempt.id))]


def _left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_what_is_backed_up_while_attempts_are_written_is_there_again(
    here: Settings, other: Settings, database: Database, tmp_path: Path
) -> None:
    """A backup of a busy service would be one of half of its transactions, or stop it."""
    stop, written = threading.Event(), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            _submit(database, str(number).encode())
            number += 1
            if number == 20:
                written.set()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert written.wait(60)
        backup(here, tmp_path / "backup")
    finally:
        stop.set()
        writer.join()
    assert restore(other, tmp_path / "backup") == migrate.revisions()[0]
    sources = _sources(other)
    assert len(sources) >= 20
    assert sources == [str(number).encode() for number in range(len(sources))]
    assert len(_sources(here)) >= len(sources)
    with closing(open_database(other)) as restored:
        assert check(restored) == []
        migrate.upgrade(restored)
        with restored.write() as session:
            assert delivery.claim_next(session, "claim") is not None


def test_a_backup_is_private_and_overwrites_nothing(here: Settings, tmp_path: Path) -> None:
    """Everybody on the machine could read all sources, or a slip would cost the only good backup."""
    target = tmp_path / "backup"
    backup(here, target)
    before = target.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with pytest.raises(WouldOverwrite, match="nothing is overwritten"):
        backup(here, target)
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(WouldOverwrite):
        backup(here, tmp_path / "link")
    assert target.read_bytes() == before
    with pytest.raises(BackupRefused, match="cannot be written"):
        backup(here, tmp_path / "no folder" / "backup")
    assert _left(tmp_path) == []


def test_a_restore_replaces_only_if_it_is_told_to(
    here: Settings, other: Settings, database: Database, tmp_path: Path
) -> None:
    """A slip would cost everything since the backup."""
    _submit(database, b"old")
    backup(here, tmp_path / "backup")
    _submit(database, b"new")
    database.close()
    with pytest.raises(WouldOverwrite, match="--replace"):
        restore(here, tmp_path / "backup")
    assert _sources(here) == [b"old", b"new"]
    restore(here, tmp_path / "backup", replace=True)
    assert _sources(here) == [b"old"]
    assert _left(tmp_path) == []


def test_nothing_is_restored_under_a_running_server(here: Settings, tmp_path: Path) -> None:
    """A server would go on with rows that are not there any more."""
    backup(here, tmp_path / "backup")
    with owned(here) as running, running.read() as session:
        session.connection()
        with pytest.raises(StartRefused, match="Another allclose server"):
            restore(here, tmp_path / "backup", replace=True)


def test_an_older_backup_is_restored_and_brought_up(
    here: Settings, other: Settings, database: Database, tmp_path: Path
) -> None:
    """Backups would be worth nothing after an upgrade."""
    _submit(database)
    with migrate.transaction(database) as connection:
        command.downgrade(migrate.configuration(connection), "0005_events")
    assert "older version" in check(database)[0]
    backup(here, tmp_path / "backup")
    assert restore(other, tmp_path / "backup") == "0005_events"
    with closing(open_database(other)) as restored:
        migrate.upgrade(restored)
        assert check(restored) == []
    assert _sources(other) == [b"right"]


def test_a_newer_backup_is_refused(here: Settings, other: Settings, database: Database, tmp_path: Path) -> None:
    """An older program would write into tables that it does not know."""
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'from_the_future'"))
    assert "newer version" in check(database)[0]
    backup(here, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="newer version"):
        restore(other, tmp_path / "backup")
    restored = open_database(other)
    with closing(restored), restored.engine.connect() as found:
        assert migrate.revision(found) is None


@pytest.mark.parametrize("content", [b"", b"garbage" * 1000, b"SQLite format 3\0" * 500, b"PGDMP" + bytes(500)])
def test_what_is_no_backup_changes_nothing(here: Settings, database: Database, tmp_path: Path, content: bytes) -> None:
    """Whoever names the wrong file would lose the database."""
    _submit(database)
    database.close()
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(BackupRefused):
        restore(here, tmp_path / "file", replace=True)
    with pytest.raises(BackupRefused, match="cannot be read"):
        restore(here, tmp_path / "nothing", replace=True)
    assert _sources(here) == [b"right"]
    assert _left(tmp_path) == []


def test_a_backup_that_was_cut_off_changes_nothing(here: Settings, database: Database, tmp_path: Path) -> None:
    """A copy that ended early would replace the whole by a part."""
    for number in range(50):
        _submit(database, os.urandom(2000) + str(number).encode())
    backup(here, tmp_path / "backup")
    before = _sources(here)
    database.close()
    content = (tmp_path / "backup").read_bytes()
    (tmp_path / "part").write_bytes(content[: len(content) * 2 // 3])
    with pytest.raises(BackupRefused):
        restore(here, tmp_path / "part", replace=True)
    assert _sources(here) == before


@contextmanager
def _small_files(size: int) -> Iterator[None]:
    """As on a disk that is full: no file of ours grows beyond so many bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_what_was_there(here: Settings, database: Database, tmp_path: Path) -> None:
    """Half of a backup would lie under its name, or half of a database in its place."""
    for _ in range(50):
        _submit(database, os.urandom(4000))
    backup(here, tmp_path / "backup")
    before = _sources(here)
    with _small_files(20_000), pytest.raises(BackupRefused):
        backup(here, tmp_path / "second")
    assert not (tmp_path / "second").exists()
    database.close()
    if database.is_sqlite:
        with _small_files(20_000), pytest.raises(BackupRefused):
            restore(here, tmp_path / "backup", replace=True)
    assert _sources(here) == before
    assert _left(tmp_path) == []


@SQLITE_ONLY
def test_a_damaged_database_is_set_aside(here: Settings, database: Database, tmp_path: Path) -> None:
    """Nobody could put a backup in the place of what is damaged, or save anything of that later."""
    _submit(database)
    backup(here, tmp_path / "backup")
    database.close()
    (tmp_path / FILE_NAME).write_bytes(b"damaged" * 1000)
    with pytest.raises(WouldOverwrite):
        restore(here, tmp_path / "backup")
    restore(here, tmp_path / "backup", replace=True)
    assert _sources(here) == [b"right"]
    assert (tmp_path / f"{FILE_NAME}.damaged").read_bytes().startswith(b"damaged")


@SQLITE_ONLY
def test_what_is_in_the_journal_is_not_read_into_the_restored(
    here: Settings, database: Database, tmp_path: Path
) -> None:
    """What a killed server left beside the database would spoil the one that takes its place."""
    backup(here, tmp_path / "backup")
    _submit(database, b"new")
    journal = tmp_path / f"{FILE_NAME}-wal"
    content = journal.read_bytes()
    assert content
    database.close()
    journal.write_bytes(content)
    restore(here, tmp_path / "backup", replace=True)
    assert not journal.exists()
    assert _sources(here) == []


@SQLITE_ONLY
def test_a_database_that_somebody_writes_is_not_replaced(here: Settings, database: Database, tmp_path: Path) -> None:
    """Another program's transaction would end in a file that is gone."""
    backup(here, tmp_path / "backup")
    with database.write(), pytest.raises(BackupRefused, match="Another program holds"):
        restore(here, tmp_path / "backup", replace=True)


@SQLITE_ONLY
def test_a_damaged_database_is_not_backed_up(here: Settings, database: Database, tmp_path: Path) -> None:
    """Good backups would be replaced by bad ones until none is left."""
    for _ in range(50):
        _submit(database, os.urandom(4000))
    database.close()
    with (tmp_path / FILE_NAME).open("r+b") as file:
        file.seek(100_000)
        file.write(b"\xff" * 60_000)
    with pytest.raises(BackupRefused, match="damaged"):
        backup(here, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()
    with closing(open_database(here)) as damaged:
        assert any("damaged" in sentence for sentence in check(damaged))


@SQLITE_ONLY
def test_a_database_of_something_else_is_no_backup(here: Settings, other: Settings, tmp_path: Path) -> None:
    """The service would start on tables of another program."""
    with closing(sqlite3.connect(tmp_path / "photos")) as made:
        made.execute("CREATE TABLE photos (id)")
    with closing(sqlite3.connect(tmp_path / "odd")) as made:
        made.execute("CREATE TABLE a (id REFERENCES b (no_column))")
        made.execute("CREATE TABLE b (id)")
    with pytest.raises(BackupRefused, match=r"odd cannot be used: .*foreign key mismatch"):
        restore(other, tmp_path / "odd")
    with pytest.raises(BackupRefused, match="holds other tables"):
        restore(other, tmp_path / "photos")
    with pytest.raises(BackupRefused, match="There is no database"):
        backup(Settings(data_dir=tmp_path / "empty"), tmp_path / "backup")


@POSTGRESQL_ONLY
def test_programs_that_are_missing_are_named(
    here: Settings, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operator would read a traceback instead of the name of a package."""
    backup(here, tmp_path / "backup")
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(BackupRefused, match=r"pg_dump is not installed.*postgresql-client"):
        backup(here, tmp_path / "second")
    with pytest.raises(BackupRefused, match="pg_restore is not installed"):
        restore(here, tmp_path / "backup", replace=True)


@POSTGRESQL_ONLY
def test_a_backup_of_another_kind_is_told(here: Settings, database: Database, tmp_path: Path) -> None:
    """An operator who forgets a variable would look for the fault in the file."""
    backup(here, tmp_path / "backup")
    with pytest.raises(BackupRefused, match="a backup of PostgreSQL"):
        restore(Settings(data_dir=tmp_path / "lite"), tmp_path / "backup")


def test_a_password_is_no_argument() -> None:
    """Everybody on the machine could read it in the list of processes."""
    where, environment = programs.connection("postgresql://us:p%40ss@host:5433/name?sslmode=require")
    assert "p@ss" not in where
    assert "sslmode=require" in where
    assert environment["PGPASSWORD"] == "p@ss"


def _break(change: Callable[[Database], None], database: Database) -> list[str]:
    attempt_id = _submit(database)
    with database.write() as session:
        delivery.claim_next(session, "claim")
    with database.write() as session:
        delivery.finish(session, attempt_id, "claim", fakes.report(fakes.problem("add_one"), b"right"))
    assert check(database) == []
    change(database)
    return check(database)


def _set(**values: object) -> Callable[[Database], None]:
    def change(database: Database) -> None:
        with database.write() as session:
            session.execute(update(Attempt).values(**values))

    return change


def _spoil(database: Database) -> None:
    with database.write() as session:
        session.execute(update(Blob).values(content=b"something else"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set(verdict=None), "is done without a verdict"),
        (_set(finished_at=None), "nobody knows since when"),
        (_set(state="queued"), "has an outcome, and is not done"),
        (_spoil, "something else than its name says"),
    ],
)
def test_contradictions_are_found(database: Database, change: Callable[[Database], None], says: str) -> None:
    """A fault of ours in the data would be met by learners one by one."""
    [sentence] = _break(change, database)
    assert says in sentence


@SQLITE_ONLY
def test_what_constraints_should_have_kept_out_is_found(database: Database) -> None:
    """A file that was written without them would pass."""
    _submit(database)
    with database.write() as session:
        connection = session.connection()
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=ON")
        connection.exec_driver_sql("UPDATE attempts SET state = 'running'")
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=OFF")
    with closing(sqlite3.connect(str(database.engine.url.database))) as careless:
        careless.execute("DELETE FROM blobs")
        careless.commit()
    wrong = "\n".join(check(database))
    for says in ("CHECK constraint failed", "running without a claim", "points to nothing in blobs", "content of the"):
        assert says in wrong
