"""A real service in a process of its own, which tests may kill and start again on the same data.

Invariant: nothing of it is a fake; it is what ``allclose serve`` starts, with settings from its environment.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import httpx2

from app.database.db import FILE_NAME

ROOT = Path(__file__).resolve().parents[2]
SLUG = "equivalent_two_ways"
PROBLEM = ROOT / "problems" / SLUG

_SERVE = [sys.executable, "-c", "from app.cli import main; main()", "serve", "--port", "0"]
#: A submission that never ends is judged soon, by its processor time; an honest one may wait for a busy machine.
_LIMITS = "\n[limits]\ntrace_seconds = 60.0\nevaluate_seconds = 120.0\ncpu_seconds = 6.0\n"
_STOP_SECONDS = 60


class StartFailed(RuntimeError):
    """The service ended before it served; the text is what it wrote."""


class RealService:
    """``allclose serve`` on the problem ``SLUG``, with a client for it."""

    def __init__(self, folder: Path, environment: Mapping[str, str], problems: Sequence[Path] = (PROBLEM,)) -> None:
        """Start nothing yet.

        Args:
            folder: where data, problems and log go.
            environment: further variables, such as the choice of a backend.
            problems: folders of what it serves.
        """
        self._log_path = folder / "service.log"
        self._problems = folder / "problems"
        for problem in problems:
            copy = shutil.copytree(problem, self._problems / problem.name)
            settings = (copy / "problem.toml").read_text(encoding="utf-8")
            if "[limits]" not in settings:
                (copy / "problem.toml").write_text(settings + _LIMITS, encoding="utf-8")
        own = {"DATA_DIR": folder / "data", "PROBLEMS_DIR": self._problems, "WORKERS": 2, "RETRY_SECONDS": 0.2}
        self._environment = {**os.environ, **{f"ALLCLOSE_{name}": str(value) for name, value in own.items()}}
        self._environment |= environment
        self._database = folder / "data" / FILE_NAME
        self._token = ""
        self._process: subprocess.Popen[str] | None = None
        self.client = httpx2.Client()

    @property
    def pid(self) -> int:
        """The server's process."""
        assert self._process is not None
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it and wait until it serves.

        Raises:
            StartFailed: it refused.
        """
        with self._log_path.open("ab") as log:
            self._process = subprocess.Popen(
                _SERVE, cwd=ROOT, env=self._environment, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        address = self._process.stdout.readline()
        if not address:
            self._reap()
            raise StartFailed(self.log())
        told = self._process.stdout.readline()
        if found := re.search(r"allc_[\w-]{43}", told):
            self._token = found[0]
        self.client.close()
        headers = {"Authorization": f"Bearer {self._token}"}
        self.client = httpx2.Client(base_url=address.split()[-1], timeout=60, headers=headers)

    def kill(self) -> None:
        """SIGKILL, as when the power goes."""
        assert self._process is not None
        self._process.kill()
        self._reap()

    def stop(self) -> None:
        """SIGTERM, as an operator does it; safe to call twice."""
        self.client.close()
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(_STOP_SECONDS)
            finally:
                self._process.kill()
        self._reap()

    def submit(self, source: str, problem: str = SLUG) -> str:
        """Submit a source; its attempt's id.

        Raises:
            httpx2.TransportError: the server is gone; whether it took the attempt is unknown.
        """
        answer = self.client.post("/api/v1/attempts", json={"problem": problem, "source": source})
        assert answer.status_code == 202, answer.text
        return str(answer.headers["Location"].rpartition("/")[2])

    def wait(self, attempt: str, seconds: float = 60.0) -> dict[str, Any]:
        """The attempt once it is done."""
        deadline = time.monotonic() + seconds
        while True:
            told: dict[str, Any] = self.client.get(f"/api/v1/attempts/{attempt}").json()
            if told["state"] == "done":
                return told
            assert time.monotonic() < deadline, f"not judged in time: {told['state']}, {told['tries']} tries"
            time.sleep(0.02)

    def ready(self) -> tuple[int, str]:
        """Status and text of ``/readyz``."""
        answer = self.client.get("/readyz")
        return answer.status_code, answer.text

    def wait_until_ready(self, status: int = 200, seconds: float = 60.0) -> str:
        """Wait until ``/readyz`` answers ``status``; its text."""
        deadline = time.monotonic() + seconds
        while True:
            found, text = self.ready()
            if found == status:
                return text
            assert time.monotonic() < deadline, f"/readyz stays {found}: {text}"
            time.sleep(0.1)

    @contextlib.contextmanager
    def rows(self) -> Iterator[sqlite3.Connection]:
        """A connection of our own to its database."""
        with contextlib.closing(sqlite3.connect(self._database, timeout=30)) as connection:
            connection.row_factory = sqlite3.Row
            yield connection
            connection.commit()

    def log(self) -> str:
        """The end of what it wrote to standard error."""
        return self._log_path.read_text(encoding="utf-8", errors="replace")[-4000:]

    def _reap(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.wait()
        self._process.stdout.close()
