"""``allclose serve``: opens the service, says where it is, and serves until a signal.

Invariant: a token or link is printed by whoever makes it, once; and however the server ends, short of being killed, the
service is closed first, so that what was running is back in the queue.
"""

from __future__ import annotations

import contextlib
import ctypes
import signal
import socket
import sys
from math import ceil
from types import FrameType
from typing import NoReturn

import uvicorn
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import logs
from app.accounts import links
from app.accounts import service as accounts
from app.accounts.models import User
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.database.faults import explain
from app.errors import StartRefused
from app.http.listening import address_of, listen
from app.main import create_app
from app.service import Service, open_service
from app.settings import Settings
from app.tokens import service as tokens

#: Exit status of the command line when the fault is ours or the machine's.
FAULT = 5


def serve(settings: Settings, *, new_token: bool = False) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit status, 0 or ``FAULT``.

    Args:
        settings: the operator's.
        new_token: make and print a further API token, though there is one.
    """
    logs.configure(settings.log)
    _return_freed_memory()
    # Uvicorn raises a caught signal again when it is done; as an exception it lets the service close.
    signal.signal(signal.SIGTERM, _stop)
    try:
        with listen(settings.host, settings.port) as listener, open_service(settings) as service:
            _say(service, address_of(listener), new_token=new_token)
            app = create_app(settings, service=service)
            grace = max(1, ceil(settings.grace_seconds))
            config = uvicorn.Config(
                app,
                loop="asyncio",
                log_level="warning",
                log_config=None,  # through ours
                server_header=False,
                timeout_graceful_shutdown=grace,
                forwarded_allow_ips=settings.trusted_proxies,
            )
            _Server(config, service).run(sockets=[listener])
    except StartRefused as refusal:
        print(f"allclose: {refusal}", file=sys.stderr)  # noqa: T201
        return FAULT
    except OperationalError as error:  # such as a full disk, which the start is the first to meet
        print(f"allclose: {explain(error)}", file=sys.stderr)  # noqa: T201
        return FAULT
    except KeyboardInterrupt:
        return 0
    return 0


class _Server(uvicorn.Server):  # type: ignore[misc]  # mypy follows no import of it
    """Ends streams as soon as it is told to stop: it would wait for them as for any other request."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop serving."""
        self._service.streams.close()
        await super().shutdown(sockets)


def _return_freed_memory() -> None:
    """Have the C library give large buffers back to the system as they are freed.

    By default glibc keeps blocks of up to 32 MiB once one of that size was freed, in an arena for each thread (see
    mallopt(3)), so that a service seems to grow with the largest results that it has met in each of its threads.
    """
    mmap_threshold, arena_max = -3, -8  # M_MMAP_THRESHOLD and M_ARENA_MAX, malloc.h
    with contextlib.suppress(AttributeError, OSError):  # another C library has its own ways
        library = ctypes.CDLL(None)
        library.mallopt(mmap_threshold, 1 << 20)
        library.mallopt(arena_max, 2)


def _say(service: Service, address: str, *, new_token: bool) -> None:
    with service.database.write() as session:
        operator = accounts.operator(session)
        wanted = new_token or tokens.count(session) == 0
        token = _new_token(session, operator) if wanted else None
        first_admin = links.first_admin(session)
    base = service.settings.public_url.rstrip("/") or address
    lines = [f"allclose is at {address}"]
    if token is None:
        lines += ["The API token is the one printed at the first start; 'allclose serve --new-token' makes another."]
    else:
        lines += [f"API token (shown only now, so keep it): {token}"]
        lines += [f"Try: curl -H 'Authorization: Bearer {token}' {address}/api/v1/problems"]
    if first_admin is not None:
        lines += [f"Nobody can sign in yet. Make the first admin's account: {base}{links.PATH}{first_admin}"]
    print("\n".join(lines), flush=True)  # noqa: T201


def _new_token(session: Session, operator: User) -> str:
    row, token = tokens.create(session, operator.id, "made by allclose serve")
    audit.record(session, None, Action.TOKEN_MADE, Subject("token", row.id, row.label), scopes=" ".join(row.scopes))
    return token


def _stop(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise KeyboardInterrupt
