"""What the service asks of an engine.

Invariant: the attempt row is the truth and an engine only delivers. An engine that dies loses nothing: every attempt is
either done, or queued, or marked running and found again.
"""

from __future__ import annotations

from typing import Protocol


class Engine(Protocol):
    """Brings queued attempts to workers."""

    def start(self) -> None:
        """Take up work, including what an earlier process left behind."""

    def notify(self) -> None:
        """Something was queued, in a transaction that has been committed."""

    def stop(self) -> None:
        """Take nothing new, let running attempts finish for a while, then queue the rest again."""

    def join(self) -> None:
        """After ``stop``, and once sandboxes are closed: wait until no worker uses the database any more."""
