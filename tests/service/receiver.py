"""A receiver of webhooks on loopback, and a process that sends them.

Usage: ``python -m tests.service.receiver DATABASE THREADS`` sends until nothing is pending; with ``once`` beside, one
message.
"""

from __future__ import annotations

import os
import signal
import ssl
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from sqlalchemy import select

from app.database.db import Database
from app.webhooks import addresses
from app.webhooks.chores import deliver_one
from app.webhooks.models import PENDING, Delivery
from app.webhooks.sending import Sender

HERE = addresses.parse("127.0.0.0/8")
#: Key and certificate of ``hooks.example.test``, for tests and nothing else.
CERTIFICATE = Path(__file__).with_name("hooks.pem")


@dataclass(frozen=True)
class Message:
    """What came: as ``standardwebhooks`` wants it."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """What a receiver got, and how it answers.

    Attributes:
        status: of its answers.
        answer: called instead of answering with ``status``.
        names: that TLS clients asked for.
        most: requests of one path that were there at the same time.
    """

    port: int
    status: int = 200
    answer: Callable[[BaseHTTPRequestHandler], None] | None = None
    messages: list[Message] = field(default_factory=list)
    names: list[str | None] = field(default_factory=list)
    most: Counter[str] = field(default_factory=Counter)
    _there: Counter[str] = field(default_factory=Counter)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        with self._turn:
            self.messages.append(Message(handler.path, {k.lower(): v for k, v in handler.headers.items()}, body))
            self._there[handler.path] += 1
            self.most[handler.path] = max(self.most[handler.path], self._there[handler.path])
        try:
            if self.answer is not None:
                self.answer(handler)
            else:
                handler.send_response(self.status)
                handler.send_header("Content-Length", "0")
                handler.end_headers()
        finally:
            with self._turn:
                self._there[handler.path] -= 1


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A sender that hangs up is what some tests are about."""


@contextmanager
def receiving(*, tls: bool = False) -> Iterator[Receiver]:
    """A receiver for the length of a block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self)

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    receiver = Receiver(server.server_address[1])
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        context.sni_callback = lambda _socket, name, _context: receiver.names.append(name)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()
    thread.join()


def kills_its_sender(handler: BaseHTTPRequestHandler) -> None:
    """Kill whoever sent this, by the number in the query, before it gets an answer."""
    os.kill(int(handler.path.partition("pid=")[2]), signal.SIGKILL)


def _is_pending(database: Database) -> bool:
    with database.read() as session:
        return session.scalars(select(Delivery.id).where(PENDING).limit(1)).first() is not None


def _send_all(database: Database) -> None:
    sender = Sender(HERE)
    while _is_pending(database):
        if not deliver_one(database, sender.send):
            time.sleep(0.01)


def main(place: str, threads: int) -> None:
    database = Database(place if "://" in place else Path(place))
    working = [threading.Thread(target=_send_all, args=(database,)) for _ in range(threads)]
    for thread in working:
        thread.start()
    for thread in working:
        thread.join()
    database.close()


def main_once(place: str) -> None:
    """Send one message, to an address that is told our number."""
    database = Database(place if "://" in place else Path(place))
    sender = Sender(HERE)
    deliver_one(database, lambda url, headers, body: sender.send(f"{url}?pid={os.getpid()}", headers, body))
    database.close()


if __name__ == "__main__":
    if sys.argv[2] == "once":
        main_once(sys.argv[1])
    else:
        main(sys.argv[1], int(sys.argv[2]))
