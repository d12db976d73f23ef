"""What a database refuses, said to an operator.

Invariant: no sentence here holds an SQL statement, a parameter or an address; SQLAlchemy's own texts hold all three.
"""

from __future__ import annotations

import sqlite3

import psycopg
from sqlalchemy.exc import DBAPIError

#: SQLite's primary result code -> what it means here. https://www.sqlite.org/rescode.html
_MEANINGS = {
    sqlite3.SQLITE_FULL: "There is no space left for the database. Make room on its disk",
    sqlite3.SQLITE_IOERR: "The database cannot be read or written. See whether its disk is full or failing",
    sqlite3.SQLITE_CANTOPEN: "The database cannot be opened. Let this user write it and the folder it lies in",
    sqlite3.SQLITE_READONLY: "The database cannot be written. Let this user write it and the folder it lies in",
    sqlite3.SQLITE_PERM: "The database cannot be written. Let this user write it and the folder it lies in",
    sqlite3.SQLITE_BUSY: "Another program holds the database. End that program",
    sqlite3.SQLITE_LOCKED: "Another program holds the database. End that program",
    sqlite3.SQLITE_NOTADB: "The file in the database's place is no SQLite database. Move it away",
    sqlite3.SQLITE_CORRUPT: "The database is damaged. Restore a backup",
}
#: How a class of PostgreSQL's SQLSTATE begins, or a whole one -> what it means here.
#: https://www.postgresql.org/docs/current/errcodes-appendix.html
_STATES = {
    "08": "The PostgreSQL server does not answer. Start it",
    "28": "The PostgreSQL server does not let this user in. Correct name and password",
    "3D000": "The PostgreSQL server has no database, or no user, of this name. Create it",
    "25006": "The PostgreSQL database cannot be written. Let it be written, or name its primary server",
    "42501": "The PostgreSQL user may not do what the service has to. Let it own the database",
    "53": "The PostgreSQL server has no room left, on its disk or for connections. Make some",
    "57P": "The PostgreSQL server is stopping or starting. Wait until it is there",
}

#: A server that lets nobody in says so in words, without a code: what is in them -> the code that it means.
_REFUSALS = {'" does not exist': "3D000", "authentication failed": "28", "pg_hba.conf": "28", "starting up": "57P"}

#: An extended result code holds its primary one in its lowest byte.
_PRIMARY = 0xFF


def explain(error: DBAPIError) -> str:
    """What is wrong with the database and what to do, as one or two sentences.

    Args:
        error: raised by SQLAlchemy for an error of ``sqlite3`` or ``psycopg``.
    """
    if isinstance(error.orig, psycopg.Error):
        state = error.orig.sqlstate or _state_of_refusal(str(error.orig))
        meaning = next((text for start, text in _STATES.items() if state.startswith(start)), None)
        meaning = meaning or f"The PostgreSQL database cannot be used (SQLSTATE {state}). See its log"
        return f"{meaning}, or choose another ALLCLOSE_DATABASE_URL."
    return f"{explain_sqlite(error.orig)}, or choose another ALLCLOSE_DATA_DIR."


def damaged(error: BaseException | None) -> bool:
    """Whether an error of ``sqlite3`` says that a file is damaged, or no database at all."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _PRIMARY in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


def explain_sqlite(error: BaseException | None) -> str:
    """The same for an error of ``sqlite3`` itself, without the full stop."""
    code = getattr(error, "sqlite_errorcode", None)
    meaning = None if code is None else _MEANINGS.get(code & _PRIMARY)
    return meaning or (
        f"The database cannot be used: {error}. If a newer version of allclose has used it, install that"
    )


def _state_of_refusal(text: str) -> str:
    """The SQLSTATE of a connection that did not come about; where nothing is said, nobody has answered."""
    return next((state for words, state in _REFUSALS.items() if words in text), "08")
