"""The data directory: where it is, who may read it, and that one server owns it at a time.

Invariant: while ``exclusive`` is held no other server has the directory, so an attempt left ``running`` in its
database is nobody's and can be queued again.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.database.db import FILE_NAME
from app.errors import StartRefused

_LOCK = "server.lock"
#: Mode of files that hold sources and hidden cases; SQLite gives its journal the mode of the database.
_PRIVATE = 0o600


@contextmanager
def exclusive(directory: Path) -> Iterator[Path]:
    """Make the directory if it is missing and hold it; the kernel lets go when the process dies, however it dies.

    Gives the path of the database in it, a file that other users cannot read whatever the directory allows.

    Raises:
        StartRefused: it cannot be written, or another server has it.
    """
    try:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _refusal(directory, "directory", error) from error
    descriptor = _open(directory / _LOCK)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StartRefused(
                f"Another allclose server is using the data directory {directory}. Stop it, or name another directory "
                "in ALLCLOSE_DATA_DIR."
            ) from error
        database = directory / FILE_NAME
        os.close(_open(database))
        yield database
    finally:
        os.close(descriptor)


def _open(path: Path) -> int:
    """A descriptor of the file, made if it is missing.

    Raises:
        StartRefused: it cannot be opened for writing.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _PRIVATE)
    except OSError as error:
        raise _refusal(path, "file", error) from error


def _refusal(path: Path, kind: str, error: OSError) -> StartRefused:
    match error.errno:
        case errno.EEXIST | errno.ENOTDIR:
            fault, mend = f"The data directory {path} is a file, or lies below one", "Move that file away"
        case errno.EISDIR:
            fault, mend = f"There is a folder where the file {path} belongs", "Move that folder away"
        case errno.ENOSPC | errno.EDQUOT:
            fault, mend = f"There is no space left for the data {kind} {path}", "Make room on its disk"
        case _:
            fault = f"The data {kind} {path} cannot be used: {error.strerror}"
            mend = "Make it writable for this user"
    return StartRefused(f"{fault}. {mend}, or name another directory in ALLCLOSE_DATA_DIR.")
