"""PostgreSQL's own programs for backups: found on the path, and given the operator's database.

Invariant: a password is in their environment, never among their arguments, which every user of the machine can read.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from app.errors import BackupRefused

#: Most of what a program says about its failure that is repeated.
_SAID = 1000


def command(program: str, *arguments: str) -> Sequence[str]:
    """A program and its arguments.

    Raises:
        BackupRefused: it is not installed.
    """
    found = shutil.which(program)
    if found is None:
        raise BackupRefused(
            f"{program} is not installed. Install PostgreSQL's client programs, of the server's version or a newer one "
            "(postgresql-client on Debian)."
        )
    return [found, *arguments]


def connection(url: str) -> tuple[str, Mapping[str, str]]:
    """A database as an argument, and the environment that goes with it."""
    parts = conninfo_to_dict(url, connect_timeout=10, application_name="allclose")
    password = parts.pop("password", None)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    if password is not None:
        environment["PGPASSWORD"] = str(password)
    return make_conninfo("", **parts), environment


def call(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> bytes:
    """What a program writes to standard output.

    Raises:
        BackupRefused: it failed; with what it said.
    """
    done = subprocess.run(arguments, env=environment, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
    if done.returncode:
        raise failed(arguments, done.returncode, done.stderr)
    return done.stdout


def failed(arguments: Sequence[str], status: int, said: bytes) -> BackupRefused:
    """A program that ended with ``status``, as an error."""
    text = said.decode("utf-8", "replace").strip()[-_SAID:] or f"it ended with status {status}"
    return BackupRefused(f"{Path(arguments[0]).name} failed: {text}")


def said(stream: IO[bytes]) -> bytes:
    """What was written to a file, from its beginning."""
    stream.seek(0)
    return stream.read()
