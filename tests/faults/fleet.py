"""Servers and workers on one database, which are killed and started again, and PostgreSQL beneath them.

Invariant: every process here was started here, and is ended with the fleet. What judges is a fake: this is about
attempts that travel, and real sandboxes are killed elsewhere.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx2
import psycopg

from tests.service.nursery import ROOT

_START_SECONDS = 120.0


class Member:
    """One process of the fleet, which keeps its place when it is started again."""

    def __init__(self, folder: Path, options: Mapping[str, str]) -> None:
        self._command = [sys.executable, "-m", "tests.service.server", str(folder / "gate")]
        self._command += [f"{name}={value}" for name, value in options.items()]
        self._log = folder / "log"
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(self._command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=log)

    def kill(self) -> None:
        """SIGKILL it and start it again."""
        self.process.kill()
        self.process.wait()
        self.process = self._start()

    def revive(self) -> None:
        """Start it again if it has ended by itself: a database that was away at its start refuses it."""
        if self.process.poll() is not None:
            self.process = self._start()

    def end(self) -> None:
        self.process.kill()
        self.process.wait()


class Fleet:
    """What serves and works: one server on SQLite, or two and some workers on PostgreSQL."""

    def __init__(self, folder: Path, problems: Path, database_url: str, workers: int) -> None:
        """Start all of it.

        Args:
            folder: for data and logs.
            problems: what is served.
            database_url: of PostgreSQL, or empty for SQLite in ``folder / "data"``.
            workers: processes that judge, on PostgreSQL.
        """
        self._url = database_url
        options = {"problems_dir": str(problems), "retry_seconds": "0.1", "database_url": database_url}
        options["submissions_in_flight"] = "2"  # so that clients keep pace with what is judged, and kills with both
        self.addresses: list[str] = []
        self.servers: list[Member] = []
        self.workers: list[Member] = []
        for number in range(2 if database_url else 1):
            port = _free_port()
            self.addresses.append(f"http://127.0.0.1:{port}")
            own = {"port": str(port), "workers": "0" if database_url else "2"}
            self.servers.append(_member(folder, f"server-{number}" if database_url else "", options | own))
        for number in range(workers):
            own = {"role": "worker", "workers": "2"}
            self.workers.append(_member(folder, f"worker-{number}", options | own))

    def wait(self) -> None:
        """Until every server answers, and somebody works."""
        deadline = time.monotonic() + _START_SECONDS
        for address in self.addresses:
            while not _ready(address):
                assert time.monotonic() < deadline, "the fleet does not start"
                self.revive()
                time.sleep(0.2)

    def revive(self) -> None:
        """Start again what has ended by itself."""
        for member in (*self.servers, *self.workers):
            member.revive()

    def kill_backend(self) -> bool:
        """SIGKILL a process of PostgreSQL that serves one of ours, so that the whole of it starts again."""
        query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid != pg_backend_pid()"
        try:
            with psycopg.connect(self._url, connect_timeout=5) as connection:
                found = connection.execute(f"{query} ORDER BY random() LIMIT 1").fetchone()
            if found is None:
                return False
            os.kill(found[0], signal.SIGKILL)
        except (psycopg.Error, ProcessLookupError):
            return False
        return True

    def end(self) -> None:
        """Kill all of it."""
        for member in (*self.servers, *self.workers):
            member.end()


def _member(folder: Path, name: str, options: Mapping[str, str]) -> Member:
    own = folder / name
    own.mkdir(exist_ok=True)
    return Member(own, {**options, "data_dir": str(own / "data")})


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def _ready(address: str) -> bool:
    try:
        told = httpx2.get(f"{address}/readyz", timeout=5)
    except httpx2.TransportError:
        return False
    return told.status_code == 200 and told.json()["workers"] > 0
