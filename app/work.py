"""``allclose worker``: judges attempts until a signal, and serves nothing but what an operator asks of it.

Invariant: however it ends, short of being killed, what it was judging is back in the queue; if it is killed, the others
find it.
"""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import uvicorn
from sqlalchemy.exc import OperationalError

from app import logs
from app.database.faults import explain
from app.errors import StartRefused
from app.http.listening import address_of, listen
from app.main import create_probes
from app.serve import FAULT
from app.service import Service, open_service
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
        with ExitStack() as stack:
            port, listener = settings.worker_port, None
            if port is not None:
                listener = stack.enter_context(listen(settings.host, port, "WORKER_PORT"))
            service = stack.enter_context(open_service(settings))
            if listener is not None:
                stack.enter_context(_answering(service, listener))
            queues = " and ".join(settings.takes())
            where = "" if listener is None else f", and tells how it is at {address_of(listener)}"
            many = "attempt" if settings.workers == 1 else "attempts"
            print(f"allclose works on {queues}, {settings.workers} {many} at a time{where}", flush=True)  # noqa: T201
            stopped.wait()
    except StartRefused as refusal:
        print(f"allclose: {refusal}", file=sys.stderr)  # noqa: T201
        return FAULT
    except OperationalError as error:
        print(f"allclose: {explain(error)}", file=sys.stderr)  # noqa: T201
        return FAULT
    return 0


@contextmanager
def _answering(service: Service, listener: socket.socket) -> Iterator[None]:
    """Answer probes in a thread of their own until the block ends."""
    config = uvicorn.Config(
        create_probes(service),
        loop="asyncio",
        lifespan="off",
        log_level="warning",
        log_config=None,  # through ours
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="probes")
    thread.start()
    try:
        yield
    finally:
        server.should_exit = True
        thread.join()
