"""How the backend holds one zygote: descriptors to wait on, bytes in, bytes out, a way to end it.

Invariant: nothing here blocks but ``close``, and ``kill`` may be called from any thread.
"""

from __future__ import annotations

import os
import subprocess
from typing import Protocol

_ERRORS = 1 << 16


class Stream(Protocol):
    """A running zygote. ``writing`` and ``reading`` are descriptors to poll; they may be the same one."""

    writing: int
    reading: int

    @property
    def alive(self) -> bool:
        """Whether it still runs, as far as can be told without waiting."""

    def write(self, data: bytes) -> int:
        """Send what there is room for; how many bytes that was.

        Raises:
            OSError: it is gone.
        """

    def read(self) -> bytes | None:
        """What arrived; empty if that was nothing for us, None once it is gone.

        Raises:
            OSError: it is gone.
        """

    def errors(self) -> str:
        """What it wrote to its standard error, for messages to the operator."""

    def kill(self) -> None:
        """End it; safe from any thread. The next read finds it gone."""

    def close(self) -> None:
        """End it and free what it held; safe to call twice."""


class ProcessStream:
    """A zygote that is a process of ours, over two pipes."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        """Start ``command`` in a session of its own.

        Raises:
            OSError: it could not be started.
        """
        errors_read, errors_write = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._errors = os.fdopen(errors_read, "rb", buffering=0)
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors_write,
                env=environment,
                cwd="/",
                start_new_session=True,
                bufsize=0,
            )
        except OSError:
            self._errors.close()
            raise
        finally:
            os.close(errors_write)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.writing, self.reading = self._process.stdin.fileno(), self._process.stdout.fileno()
        os.set_blocking(self.writing, False)
        os.set_blocking(self.reading, False)

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.returncode is None and self._process.poll() is None

    def write(self, data: bytes) -> int:
        """Write what the pipe has room for."""
        return os.write(self.writing, data)

    def read(self) -> bytes | None:
        """What is in the pipe; None at its end."""
        return os.read(self.reading, 1 << 16) or None

    def errors(self) -> str:
        """What it wrote to its standard error."""
        return (self._errors.read(_ERRORS) or b"").decode(errors="replace").strip()

    def kill(self) -> None:
        """Kill the process and wait for its end."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Kill it and close the pipes."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout, self._errors):
            if pipe is not None:
                pipe.close()
