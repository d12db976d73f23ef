"""``allclose db``: bring the operator's database up, check it, back it up, restore it.

Exit status: 0 done, and sound; 2 something is in the way that would be overwritten; 5 the database or the file is at
fault, or a server has it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from app.cli.inputs import FAULT, stop
from app.cli.output import console
from app.cli.settings import USAGE, settings
from app.database import backup as backups
from app.database import check as checks
from app.database import migrate
from app.database import restore as restoring
from app.database.db import FILE_NAME
from app.database.faults import explain
from app.database.place import open_database, owned
from app.errors import BackupRefused, StartRefused, WouldOverwrite


@contextmanager
def _told() -> Iterator[None]:
    """End the command with what is wrong."""
    try:
        yield
    except WouldOverwrite as refusal:
        stop(str(refusal), USAGE)
    except (BackupRefused, StartRefused) as refusal:
        stop(str(refusal), FAULT)
    except DBAPIError as error:
        stop(explain(error), FAULT)


def upgrade() -> int:
    """Bring the schema to the newest revision; on SQLite while no server runs."""
    with _told(), owned(settings()) as database:
        with database.engine.connect() as connection:
            before = migrate.revision(connection)
        migrate.upgrade(database)
    newest = migrate.revisions()[0]
    console().print(f"at revision {newest}" if before == newest else f"from revision {before} to {newest}")
    return 0


def check() -> int:
    """Say what is wrong with the database; it may be in use."""
    chosen = settings()
    place = chosen.data_dir / FILE_NAME
    if not chosen.database_url and not (place.is_file() and place.stat().st_size):
        stop(f"there is no database at {place}. Name its folder in ALLCLOSE_DATA_DIR", FAULT)
    database = open_database(chosen)
    try:
        with _told():
            wrong = checks.check(database)
    finally:
        database.close()
    for sentence in wrong or ["nothing is wrong"]:
        console().print(sentence)
    return FAULT if wrong else 0


def backup(target: str) -> int:
    """Write the database to a new file; it may be in use."""
    with _told():
        backups.backup(settings(), Path(target))
    console().print(f"backed up to {target}")
    return 0


def restore(source: str, *, replace: bool) -> int:
    """Put a backup in the place of the database, while no server runs."""
    with _told():
        revision = restoring.restore(settings(), Path(source), replace=replace)
    newest = migrate.revisions()[0]
    rest = (
        "" if revision == newest else f" of revision {revision}; the next start, or 'allclose db upgrade', changes it"
    )
    console().print(f"restored{rest}")
    return 0
