"""A copy of the operator's database in one file, made while the service runs.

Invariant: the file is the database as it was at one moment, is readable by its owner only, and is there under its name
whole or not at all; nothing is ever overwritten.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from app.database import programs
from app.database.db import FILE_NAME
from app.database.faults import explain_sqlite
from app.errors import BackupRefused, WouldOverwrite
from app.settings import Settings

#: How files begin: https://www.sqlite.org/fileformat2.html, and pg_dump's custom format.
SQLITE, POSTGRESQL = b"SQLite format 3\0", b"PGDMP"


def backup(settings: Settings, target: Path) -> None:
    """Write the operator's database to ``target``.

    Raises:
        WouldOverwrite: there is such a file.
        BackupRefused: there is no database, or it or the file cannot be used.
    """
    if os.path.lexists(target):
        raise WouldOverwrite(f"{target} is there already, and nothing is overwritten. Name another file.")
    try:
        with part_of(target) as part:
            if settings.database_url:
                _dump(settings.database_url, part)
            else:
                copy(settings.data_dir / FILE_NAME, part)
            keep(part)
            os.link(part, target)  # unlike a rename, it fails if somebody was faster
            keep(target.parent)
    except FileExistsError as error:
        raise WouldOverwrite(f"{target} has just been made by somebody else. Name another file.") from error
    except OSError as error:
        raise BackupRefused(f"The backup {target} cannot be written: {error.strerror}.") from error


def copy(source: Path, target: Path) -> None:
    """Write an SQLite database to an empty file, as it is at this moment, and see that it is whole.

    Raises:
        BackupRefused: there is none, it is damaged, or there is no room.
    """
    if not source.is_file() or not source.stat().st_size:
        raise BackupRefused(f"There is no database at {source}. Name its folder in ALLCLOSE_DATA_DIR.")
    try:
        with (
            closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as live,
            closing(sqlite3.connect(target, isolation_level=None)) as made,
        ):
            live.execute("PRAGMA busy_timeout=5000")
            live.backup(made)  # in one step, so that it need not begin anew when something is written
            made.execute("PRAGMA journal_mode=DELETE")  # one file, which can be read where nothing can be written
            found = made.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupRefused(f"{explain_sqlite(error)}.") from error
    if found != "ok":
        raise BackupRefused(f"{source} is damaged: {found}. Restore an earlier backup.")


@contextmanager
def part_of(target: Path) -> Iterator[Path]:
    """An empty file of one's own beside ``target``, gone when the block ends unless it has been moved."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(8)}.part")
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    try:
        yield part
    finally:
        for left in (part, part.with_name(f"{part.name}-journal")):
            left.unlink(missing_ok=True)


def keep(path: Path) -> None:
    """Have the disk hold what was written to a file, or which files are in a folder."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _dump(url: str, target: Path) -> None:
    where, environment = programs.connection(url)
    options = ("--format=custom", "--no-owner", "--no-privileges", "--no-password")
    programs.call(programs.command("pg_dump", *options, f"--file={target}", f"--dbname={where}"), environment)
