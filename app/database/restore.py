"""What is in a backup, put back in the place of the operator's database.

Invariant: no server has the database meanwhile. What was there before is there until all of the backup is known to be
sound and has taken its place, at one stroke: a rename, or one transaction.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import tempfile
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import inspect

from app.database import backup, migrate, programs
from app.database.data_dir import exclusive
from app.database.faults import damaged, explain_sqlite
from app.database.place import check_unused, owned
from app.errors import BackupRefused, WouldOverwrite
from app.settings import Settings

#: What its tables leave behind, and a dump makes again.
_DROP_PROCRASTINATE = """
DO $$
DECLARE
    found record;
BEGIN
    FOR found IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pronamespace = current_schema()::regnamespace
    LOOP EXECUTE format('DROP FUNCTION %s CASCADE', found.name); END LOOP;
    FOR found IN SELECT oid::regtype AS name FROM pg_type
        WHERE typtype IN ('c', 'e') AND typname LIKE 'procrastinate\\_%'
            AND typnamespace = current_schema()::regnamespace
    LOOP EXECUTE format('DROP TYPE %s CASCADE', found.name); END LOOP;
END
$$;
"""

_OCCUPIED = (
    "There is a database already. Name another place in {variable}, or replace all that is in it with --replace."
)


def restore(settings: Settings, source: Path, *, replace: bool = False) -> str:
    """Make the operator's database what it was at the time of a backup; returns the schema's revision then.

    Args:
        settings: the operator's, which say where the database is.
        source: a file that ``backup`` wrote, of the same kind of database.
        replace: lose what is there now. Without it there must be no tables.

    Raises:
        StartRefused: a server has the database, or it cannot be used.
        WouldOverwrite: something is there.
        BackupRefused: the file cannot be used, or there is no room.
    """
    begins = _beginning(source)
    wanted, other = (backup.POSTGRESQL, backup.SQLITE) if settings.database_url else (backup.SQLITE, backup.POSTGRESQL)
    if begins.startswith(other):
        kind = "SQLite" if other == backup.SQLITE else "PostgreSQL"
        raise BackupRefused(f"{source} is a backup of {kind}. Set ALLCLOSE_DATABASE_URL accordingly.")
    if not begins.startswith(wanted):
        raise BackupRefused(f"{source} is no backup of allclose.")
    return (_restore_postgresql if settings.database_url else _restore_sqlite)(settings, source, replace)


def _beginning(source: Path) -> bytes:
    try:
        with source.open("rb") as file:
            return file.read(len(backup.SQLITE))
    except OSError as error:
        raise BackupRefused(f"{source} cannot be read: {error.strerror}.") from error


def _known(source: Path, revision: str | None) -> str:
    """A backup's revision, if this version of the program can work with it.

    Raises:
        BackupRefused: it cannot.
    """
    if revision is None:
        raise BackupRefused(f"{source} is no backup of allclose: it holds other tables.")
    if revision not in migrate.revisions():
        raise BackupRefused(
            f"{source} was made by a newer version of allclose (revision {revision}). Install that one."
        )
    return revision


def _restore_sqlite(settings: Settings, source: Path, replace: bool) -> str:  # noqa: FBT001
    with exclusive(settings.data_dir) as place:
        if not replace and _occupied(place):
            raise WouldOverwrite(_OCCUPIED.format(variable="ALLCLOSE_DATA_DIR"))
        try:
            with backup.part_of(place) as part:
                backup.copy(source, part)
                revision = _known(source, _revision(part))
                backup.keep(part)
                _fold_in(place)
                part.replace(place)
                backup.keep(place.parent)
        except sqlite3.Error as error:
            raise BackupRefused(f"{source} cannot be used: {explain_sqlite(error)}.") from error
        except OSError as error:
            raise BackupRefused(f"The database {place} cannot be written: {error.strerror}.") from error
    return revision


def _occupied(place: Path) -> bool:
    """Whether there is anything in a database's file; what cannot be read is something."""
    try:
        with closing(sqlite3.connect(place)) as database:
            return database.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is not None
    except sqlite3.DatabaseError:
        return True


def _revision(part: Path) -> str | None:
    """The revision of a copy, whose references are whole.

    Raises:
        BackupRefused: rows point to nothing.
    """
    with closing(sqlite3.connect(part)) as made:
        broken = len(made.execute("PRAGMA foreign_key_check").fetchall())
        if broken:
            raise BackupRefused(f"{broken} rows of the backup point to nothing. Take another one.")
        with suppress(sqlite3.OperationalError):  # there is no such table
            found = made.execute("SELECT version_num FROM alembic_version").fetchone()
            return None if found is None else str(found[0])
    return None


def _fold_in(place: Path) -> None:
    """Leave nothing of the old database beside its file: a journal that stays would be read into the new one.

    Raises:
        BackupRefused: somebody else has it open.
    """
    try:
        with closing(sqlite3.connect(place, isolation_level=None)) as old:
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        if not damaged(error):
            raise BackupRefused(f"{explain_sqlite(error)}.") from error
        for suffix in ("", "-wal", "-shm", "-journal"):  # somebody may save something of it yet
            beside = place.with_name(place.name + suffix)
            with suppress(FileNotFoundError):
                beside.rename(place.with_name(f"{place.name}.damaged{suffix}"))


def _restore_postgresql(settings: Settings, source: Path, replace: bool) -> str:  # noqa: FBT001
    file = f"{os.path.abspath(source)}"  # noqa: PTH100 - a name may begin with a dash; links stay as they are
    read = programs.command("pg_restore", "--no-owner", "--no-privileges", "--file=-", file)
    revision = _known(source, _dumped_revision(file))
    with owned(settings) as database:
        check_unused(database)
        tables = inspect(database.engine).get_table_names()
        if tables and not replace:
            raise WouldOverwrite(_OCCUPIED.format(variable="ALLCLOSE_DATABASE_URL"))
        quote = database.engine.dialect.identifier_preparer.quote_identifier
        gone = "".join(f"DROP TABLE {quote(name)} CASCADE;\n" for name in tables) + _DROP_PROCRASTINATE
        begin = f"SET client_min_messages = warning; SET lock_timeout = '10s';\nBEGIN;\n{gone}"
        _load(settings.database_url, list(read), begin.encode())
    return revision


def _dumped_revision(file: str) -> str | None:
    """The revision that a dump's rows are of."""
    options = ("--data-only", "--table=alembic_version", "--file=-", file)
    lines = programs.call(programs.command("pg_restore", *options)).decode().splitlines()
    copied = [number for number, line in enumerate(lines) if line.startswith("COPY ")]
    return lines[copied[0] + 1] if copied else None


def _load(url: str, read: list[str], begin: bytes) -> None:
    """Have ``psql`` do what ``pg_restore`` writes, after ``begin``, in one transaction.

    The word that commits it is sent once ``pg_restore`` has ended well: what is cut off is undone.

    Raises:
        BackupRefused: one of them failed.
    """
    where, environment = programs.connection(url)
    options = ("--no-psqlrc", "--quiet", "--no-password", "--set=ON_ERROR_STOP=1", f"--dbname={where}", "--file=-")
    write = programs.command("psql", *options)
    with (
        tempfile.TemporaryFile() as read_said,
        tempfile.TemporaryFile() as write_said,
        subprocess.Popen(  # noqa: S603
            write, env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=write_said
        ) as writer,
        subprocess.Popen(read, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=read_said) as reader,  # noqa: S603
    ):
        assert writer.stdin is not None
        assert reader.stdout is not None
        with suppress(BrokenPipeError):  # the writer has failed, and says why
            writer.stdin.write(begin)
            shutil.copyfileobj(reader.stdout, writer.stdin)
            if reader.wait() == 0:
                writer.stdin.write(b"COMMIT;\n")
            writer.stdin.flush()
        reader.stdout.close()
        with suppress(BrokenPipeError):
            writer.stdin.close()
        if writer.wait():
            raise programs.failed(write, writer.returncode, programs.said(write_said))
        if reader.wait():
            raise programs.failed(read, reader.returncode, programs.said(read_said))
