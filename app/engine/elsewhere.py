"""No engine here: attempts are judged by workers in other processes.

Invariant: this process runs no code of anybody's, and needs no sandbox.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

from sandbox.jobs import Lanes, SandboxUnavailable

_WHY = "this process judges nothing: 'allclose worker' does, in another"


class NoEngine:
    """An engine that does nothing; the database tells workers of new jobs."""

    def start(self) -> None:
        """Do nothing."""

    def notify(self) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""

    def join(self) -> None:
        """Do nothing."""


class NoSandbox:
    """A sandbox that runs nothing; implements ``sandbox.jobs.Sandbox``."""

    def grade(self, *_: Any) -> Iterator[NoReturn]:
        """Refuse."""
        raise SandboxUnavailable(_WHY)

    def evaluate(self, *_: Any) -> NoReturn:
        """Refuse."""
        raise SandboxUnavailable(_WHY)

    def run(self, *_: Any) -> NoReturn:
        """Refuse."""
        raise SandboxUnavailable(_WHY)

    def cases(self, *_: Any) -> NoReturn:
        """Refuse."""
        raise SandboxUnavailable(_WHY)

    def describe(self) -> Mapping[str, str]:
        """Nothing: workers say it of theirs."""
        return {}

    def promises(self) -> Sequence[str]:
        """Nothing: workers say it of theirs."""
        return ()

    def trouble(self) -> str:
        """Nothing."""
        return ""

    def lanes(self) -> Lanes:
        """None."""
        return Lanes(wanted=0, warm=0, busy=0, started=0, failed=0)

    def close(self) -> None:
        """Do nothing."""
