"""``allclose worker``: judges attempts until a signal, without serving anything.

Invariant: however it ends, short of being killed, what it was judging is back in the queue; if it is killed, the others
find it.
"""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

from sqlalchemy.exc import OperationalError

from app import logs
from app.database.faults import explain
from app.errors import StartRefused
from app.serve import FAULT
from app.service import open_service
from app.settings import Settings

_NO_DATABASE = (
    "allclose: Workers in processes of their own need PostgreSQL: set ALLCLOSE_DATABASE_URL as the servers have it. "
    "With SQLite, 'allclose serve' judges by itself, ALLCLOSE_WORKERS attempts at a time."
)
_NO_WORK = "allclose: With ALLCLOSE_WORKERS=0 this would judge nothing. Give --slots 1 or more."


def work(settings: Settings) -> int:
    """Work until SIGINT or SIGTERM; returns the exit status, 0 or ``FAULT``."""
    logs.configure(settings.log)
    if not settings.database_url or not settings.workers:
        print(_NO_WORK if settings.database_url else _NO_DATABASE, file=sys.stderr)  # noqa: T201
        return FAULT
    stopped = threading.Event()

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        stopped.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    try:
        with open_service(settings):
            queues = " and ".join(settings.takes())
            print(f"allclose works on {queues}, {settings.workers} attempts at a time", flush=True)  # noqa: T201
            stopped.wait()
    except StartRefused as refusal:
        print(f"allclose: {refusal}", file=sys.stderr)  # noqa: T201
        return FAULT
    except OperationalError as error:
        print(f"allclose: {explain(error)}", file=sys.stderr)  # noqa: T201
        return FAULT
    return 0
