"""Where a process of ours answers HTTP: a bound socket, and why there is none."""

from __future__ import annotations

import errno
import os
import socket

from app.errors import StartRefused
from app.settings import PREFIX


def listen(host: str, port: int, option: str = "PORT") -> socket.socket:
    """A bound socket, to be made before anything else is opened: a port that is taken is the likeliest mistake.

    Args:
        host: a name or an address of this machine.
        port: 0 for any that is free.
        option: the setting that has the port, without its prefix.

    Raises:
        StartRefused: nothing can listen there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        # Creating a server would look the name up too, and tell its fault as if it were one of the system's numbers.
        socket.getaddrinfo(host, port, family)
        listener = socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:  # the latter for what cannot be a host's name
        raise StartRefused(f"Cannot listen on {host} port {port}: {_why(error, option)}.") from error
    # Connections inherit it. asyncio sees to it only where a socket names its protocol, as these do not; without it the
    # body of a response waits 40 ms for the client to acknowledge the headers.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def _why(error: OSError | UnicodeError, option: str) -> str:
    """Why nothing can listen there and what to do, without the full stop."""
    if isinstance(error, socket.gaierror | UnicodeError):
        return f"no address is known by that name. Choose another with --host or {PREFIX}HOST"
    # The library adds the address to what the system says, but we have said it.
    fault = os.strerror(error.errno or 0)
    match error.errno:
        case errno.EADDRNOTAVAIL:
            return f"it is no address of this machine. Choose another with --host or {PREFIX}HOST"
        case errno.EADDRINUSE:
            return f"something else does. Stop it, or choose another port with --port or {PREFIX}{option}"
        case errno.EACCES:
            return f"{fault}. Choose a port from 1024 on with --port or {PREFIX}{option}"
        case _:
            return f"{fault}. Choose another address with --host and --port, or {PREFIX}HOST and {PREFIX}{option}"


def address_of(listener: socket.socket) -> str:
    """The address of a bound socket, for a browser on this machine."""
    host, port = listener.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 - every address of this machine, of which this is one that works here
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
