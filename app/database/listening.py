"""What other processes tell this one through PostgreSQL.

Invariant: what is heard is a hint. It comes after the transaction that told it was committed, and it may be missed
while the database is away, so whoever waits for it looks now and then anyway.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

import psycopg
import structlog
from psycopg import sql

log = structlog.get_logger()

#: Seconds between looks at whether to stop.
_LOOK_SECONDS = 1.0
#: Seconds before the next try to reach a database that is away.
_PAUSE_SECONDS = 2.0


class Listener:
    """A thread with a connection of its own that hears what is told on a channel."""

    def __init__(self, url: str, channel: str, heard: Callable[[str], None]) -> None:
        """Nothing is heard before ``start``.

        Args:
            url: of the database.
            channel: a name of PostgreSQL's NOTIFY.
            heard: called with what was told.
        """
        self._url = url
        self._channel = channel
        self._heard = heard
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._listen_until_stopped, name=f"listening-{channel}", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait for it."""
        self._stopping.set()
        self._thread.join(2 * _LOOK_SECONDS)

    def _listen_until_stopped(self) -> None:
        while not self._stopping.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                log.warning("database.not_listening", channel=self._channel, why=type(error).__name__)
                self._stopping.wait(_PAUSE_SECONDS)

    def _listen(self) -> None:
        with psycopg.connect(self._url, autocommit=True, connect_timeout=10, application_name="allclose") as connection:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(self._channel)))
            while not self._stopping.is_set():
                for told in connection.notifies(timeout=_LOOK_SECONDS):
                    self._heard(told.payload)
