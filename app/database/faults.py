"""What SQLite refuses, said to an operator.

Invariant: no sentence here holds an SQL statement, a parameter or an address; SQLAlchemy's own texts hold all three.
"""

from __future__ import annotations

import sqlite3

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
#: An extended result code holds its primary one in its lowest byte.
_PRIMARY = 0xFF


def explain(error: DBAPIError) -> str:
    """What is wrong with the database and what to do, as one or two sentences.

    Args:
        error: raised by SQLAlchemy for an error of the ``sqlite3`` module.
    """
    code = getattr(error.orig, "sqlite_errorcode", None)
    meaning = None if code is None else _MEANINGS.get(code & _PRIMARY)
    if meaning is None:
        meaning = f"The database cannot be used: {error.orig}. If a newer version of allclose has used it, install that"
    return f"{meaning}, or choose another ALLCLOSE_DATA_DIR."
