"""Processes of ``tests.service.server`` that are forked from one that has imported everything.

Importing the application takes seconds, which dozens of tests would each wait for. What is forked differs from a
process of its own in nothing that a test can tell: it has its own pid, streams, signals and exit status.

Invariant: the nursery has one thread and no work of its own, so that a fork copies nothing half done; it ends when the
tests do, and whatever it has forked with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

#: The checkout, where processes are started.
ROOT = Path(__file__).resolve().parents[2]

_PR_SET_PDEATHSIG = 1
_MESSAGE = 1 << 16


class Child:
    """A forked process, with as much of ``subprocess.Popen`` as tests use."""

    def __init__(self, pid: int, stdout: TextIO, stderr: TextIO, status: int) -> None:
        """Hold what the nursery gave: ends of pipes, and one from which the exit status is read when there is one."""
        self.pid = pid
        self.stdout = stdout
        self.stderr = stderr
        self.returncode: int | None = None
        self._status = status

    def poll(self) -> int | None:
        """The exit status; None while it runs."""
        return self._wait(0.0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it has ended.

        Raises:
            subprocess.TimeoutExpired: it has not.
        """
        status = self._wait(timeout)
        if status is None:
            assert timeout is not None
            raise subprocess.TimeoutExpired(f"process {self.pid}", timeout)
        return status

    def _wait(self, timeout: float | None) -> int | None:
        if self.returncode is None and select.select([self._status], [], [], timeout)[0]:
            self.returncode = int(os.read(self._status, 16))
            os.close(self._status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless it has ended."""
        if self.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def terminate(self) -> None:
        """SIGTERM."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """SIGKILL."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, timeout: float | None = None) -> tuple[str, str]:
        """What it still writes, and its exit status in ``returncode``."""
        deadline = None if timeout is None else time.monotonic() + timeout
        status = self.wait(timeout)
        assert deadline is None or time.monotonic() <= deadline, status
        return self.stdout.read(), self.stderr.read()

    def close(self) -> None:
        """Kill it, and let go of what there is of it."""
        self.kill()
        self.wait()
        self.stdout.close()
        self.stderr.close()


class Nursery:
    """The process that forks; started once for all tests of a session."""

    def __init__(self) -> None:
        """Start it; it imports while the tests go on."""
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            command = [sys.executable, "-m", "tests.service.nursery", str(theirs.fileno())]
            self._process = subprocess.Popen(command, cwd=ROOT, pass_fds=[theirs.fileno()])

    def fork(self, arguments: Sequence[str]) -> Child:
        """Start ``python -m tests.service.server ARGUMENTS`` in the present environment."""
        stdout, their_stdout = os.pipe()
        stderr, their_stderr = os.pipe()
        status, their_status = os.pipe()
        asked = json.dumps([list(arguments), dict(os.environ)]).encode()
        theirs = [their_stdout, their_stderr, their_status]
        socket.send_fds(self._socket, [asked], theirs)
        for each in theirs:
            os.close(each)
        pid = int(self._socket.recv(16))
        return Child(pid, os.fdopen(stdout), os.fdopen(stderr), status)

    def close(self) -> None:
        """End it and all that it has forked."""
        self._socket.close()
        self._process.wait()


def _serve(asking: socket.socket) -> None:
    from tests.service import server  # noqa: PLC0415 - by the process that forks alone

    running: dict[int, int] = {}
    reaped, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake)
    while True:
        ready, _, _ = select.select([asking.fileno(), reaped], [], [])
        if reaped in ready:
            os.read(reaped, 4096)
            _reap(running)
        if asking.fileno() not in ready:
            continue
        asked, theirs, _, _ = socket.recv_fds(asking, _MESSAGE, 3)
        if not asked:
            return
        stdout, stderr, status = theirs
        arguments, environment = json.loads(asked)
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            os.dup2(stdout, 1)
            os.dup2(stderr, 2)
            for each in (*theirs, reaped, wake, asking.detach(), *running.values()):
                os.close(each)
            os.environ.clear()
            os.environ.update(environment)
            # The caller's frames unwind, and the process ends as any other does.
            raise SystemExit(server.run(arguments))
        running[pid] = status
        os.close(stdout)
        os.close(stderr)
        asking.send(str(pid).encode())


def _reap(running: dict[int, int]) -> None:
    for pid in tuple(running):
        found, status = os.waitpid(pid, os.WNOHANG)
        if found:
            end = running.pop(pid)
            with contextlib.suppress(BrokenPipeError):
                os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
            os.close(end)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
