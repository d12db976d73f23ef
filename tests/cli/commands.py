"""The command line, called in this process with a sandbox that is warm.

Invariant: what a command gets and gives is what it would as a process: arguments, environment, working directory,
standard streams, exit status, and nothing that another command's sandbox has remembered. What only a process can show
(pipes, signals, its start) is tested with ``COMMAND``.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from app import walls
from app.cli import main
from app.cli.inputs import LANES
from app.settings import Settings
from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox
from sandbox.stages.cache import OutputCache

#: The command as a process.
COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]

_open_sandbox = walls.open_sandbox


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    returncode: int
    stdout: str
    stderr: str


class _Borrowed:
    """The warm sandbox, which a command cannot close."""

    def __init__(self, lent: LocalSandbox) -> None:
        self._lent = lent

    def __getattr__(self, name: str) -> Any:
        return getattr(self._lent, name)

    def close(self) -> None:
        """Leave it open for the next command."""


@cache
def warm() -> LocalSandbox:
    """The sandbox of every command that chooses none, started for the first."""
    return LocalSandbox(LANES)


def call(home: Path, *arguments: str | Path, given: str | None = None, **variables: str) -> Done:
    """Call ``allclose`` with ``arguments`` in ``home``.

    Args:
        home: its working directory; problems are in ``problems`` below it.
        arguments: of the command.
        given: on standard input.
        variables: its environment, on top of this process's.
    """
    streams = [io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8") for text in (given or "", "", "")]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        for name, value in ({"ALLCLOSE_PROBLEMS_DIR": str(home / "problems")} | variables).items():
            patch.setenv(name, value)
        patch.setattr(walls, "open_sandbox", _lend)
        patch.setattr(sys, "argv", ["allclose", *map(str, arguments)])
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            patch.setattr(sys, name, stream)
        with pytest.raises(SystemExit) as ended:
            main()
    for stream in streams:
        stream.flush()
    code = ended.value.code
    assert isinstance(code, int)
    return Done(code, *(stream.buffer.getvalue().decode() for stream in streams[1:]))


def _lend(settings: Settings, lanes: int = 1, cache: OutputCache | None = None) -> Sandbox:
    """As ``walls.open_sandbox``."""
    if settings.sandbox == "docker":
        return _open_sandbox(settings, lanes, cache)
    warm()._cache = cache
    return _Borrowed(warm())
