"""A PostgreSQL server for tests, started where the programs are, in a folder of its own, on a socket of its own.

Invariant: no server that was there before is used or touched, and this one ends with the test run. It keeps nothing
through a crash of the machine: what is tested is our transactions, not its disks.
"""

from __future__ import annotations

import contextlib
import functools
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg

#: Where Debian keeps what is not on the path, newest version first.
_DEBIAN = Path("/usr/lib/postgresql")
_OPTIONS = "-c fsync=off -c full_page_writes=off -c max_connections=200 -c listen_addresses="


@functools.cache
def programs() -> Path | None:
    """The folder of ``initdb`` and ``pg_ctl``; None if they are not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(_DEBIAN.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


class Cluster:
    """A running server. Databases made in it are gone with it."""

    def __init__(self, folder: Path) -> None:
        """Make and start it in ``folder``, as another user where we are root: PostgreSQL runs for nobody else."""
        found = programs()
        assert found is not None
        self._folder, self._programs = folder, found
        self._user = _servant() if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(folder, self._user)
            folder.parent.chmod(0o755)
        data = str(folder / "data")
        self._call(
            "initdb", "--pgdata", data, "--username", "allclose", "--auth", "trust", "--no-sync", "--encoding=UTF8"
        )
        self._call("pg_ctl", "--pgdata", data, "--wait", "--options", f"{_OPTIONS} -k {folder}", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: ``fast``, or ``immediate`` as after a crash."""
        self._call("pg_ctl", "--pgdata", str(self._folder / "data"), "--wait", "--mode", how, "stop")

    def start(self) -> None:
        """Start it again."""
        options = f"{_OPTIONS} -k {self._folder}"
        self._call("pg_ctl", "--pgdata", str(self._folder / "data"), "--wait", "--options", options, "start")

    def new(self, template: str = "template1") -> str:
        """The address of a new database, a copy of ``template``."""
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.address(name)

    def drop(self, address: str) -> None:
        """Drop a database, and whatever is connected to it."""
        name = address.split("?", maxsplit=1)[0].rpartition("/")[2]
        with (
            contextlib.suppress(psycopg.Error),
            psycopg.connect(self.address("postgres"), autocommit=True) as connection,
        ):
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def address(self, name: str) -> str:
        """The address of a database of this server."""
        return f"postgresql://allclose@/{name}?host={self._folder}"

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            command,
            user=self._user,
            cwd="/",
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr[-2000:]}")


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """A cluster for the length of a block. Its folder has a short name, for sockets may not have long ones."""
    with tempfile.TemporaryDirectory(prefix="ac-pg-") as outer:
        folder = Path(outer) / "c"
        folder.mkdir()
        cluster = Cluster(folder)
        try:
            yield cluster
        finally:
            cluster.stop("immediate")


def _servant() -> str:
    """Somebody who is not root."""
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise RuntimeError("there is no user who could run PostgreSQL")
