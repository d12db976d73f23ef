"""One try of a webhook over HTTP.

Invariant: the connection goes to an address that ``app.webhooks.addresses`` has just permitted, whatever the host's
name resolves to a moment later, while TLS and the ``Host`` header still speak of the name. No proxy is used, no
redirect followed, no cookie kept. A try ends at its deadline however slowly a receiver answers, and no more of an
answer is read than ``_ANSWER`` bytes, of which nothing is kept.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import httpcore2
import httpx2

from app.webhooks.addresses import AddressRefused, Network, Resolver, look_up, permitted

#: Longest time of a try, looking the name up included. Shorter than a service that stops waits for its chores.
SECONDS = 9.0
#: Longest wait for one address of several to take the connection.
_CONNECT_SECONDS = 5.0
#: Most bytes of an answer's body that are read, to let an ordinary receiver finish.
_ANSWER = 1 << 14
_LONGEST_ERROR = 300
_SUCCESS = range(200, 300)
_REDIRECT = range(300, 400)
#: The receiver says that it will never take a message again.
GONE = 410


@dataclass(frozen=True)
class Outcome:
    """How a try ended.

    Attributes:
        status: that the receiver answered with; None if it did not.
        error: why the message does not count as delivered; None if it does.
    """

    status: int | None
    error: str | None

    @property
    def delivered(self) -> bool:
        """Whether the receiver has taken the message."""
        return self.error is None


@lru_cache(maxsize=1)
def _of_this_machine() -> ssl.SSLContext:
    """What this machine trusts; reading its certificates takes a while."""
    return ssl.create_default_context()


@dataclass(frozen=True)
class Sender:
    """Sends messages.

    Attributes:
        allowed: networks that may be reached though they are not public.
        resolve: how names become addresses.
        trust: what certificates have to be signed by; by default, by what this machine trusts.
        seconds: longest time of a try.
    """

    allowed: Sequence[Network] = ()
    resolve: Resolver = look_up
    trust: ssl.SSLContext = field(default_factory=_of_this_machine)
    seconds: float = SECONDS

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """POST a body; whatever becomes of it is an outcome."""
        deadline = time.monotonic() + self.seconds
        try:
            target = httpx2.URL(url)
            port = target.port or (443 if target.scheme == "https" else 80)
            host = target.raw_host.decode("ascii")
            backend = _Checked(permitted(host, port, self.allowed, self.resolve), deadline)
            where = httpcore2.URL(scheme=target.raw_scheme, host=target.raw_host, port=port, target=target.raw_path)
            sent = [("User-Agent", f"allclose/{version('allclose')}"), ("Content-Type", "application/json")]
            sent += headers.items()
            timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self.seconds)
            with (
                httpcore2.ConnectionPool(ssl_context=self.trust, network_backend=backend) as pool,
                pool.stream("POST", where, headers=sent, content=body, extensions={"timeout": timeouts}) as answer,
            ):
                _drain(answer)
                return _judged(answer.status)
        except AddressRefused as refused:
            return Outcome(None, str(refused)[:_LONGEST_ERROR])
        except (httpcore2.TimeoutException, TimeoutError):
            return Outcome(None, f"The receiver did not answer within {self.seconds:g} s.")
        except (httpcore2.NetworkError, httpcore2.ProtocolError, httpx2.InvalidURL, OSError) as error:
            return Outcome(None, f"The receiver cannot be talked to: {type(error).__name__}: {error}"[:_LONGEST_ERROR])


def _judged(status: int) -> Outcome:
    if status in _SUCCESS:
        return Outcome(status, None)
    told = "; redirects are not followed" if status in _REDIRECT else ""
    return Outcome(status, f"The receiver answered {status}{told}.")


def _drain(answer: httpcore2.Response) -> None:
    """Read what an ordinary receiver sends; one that sends more, slowly or wrongly has answered all the same."""
    left = _ANSWER
    assert isinstance(answer.stream, Iterable)
    try:
        for chunk in answer.stream:
            left -= len(chunk)
            if left <= 0:
                return
    except (httpcore2.TimeoutException, httpcore2.NetworkError, httpcore2.ProtocolError):
        return


class _Checked(httpcore2.NetworkBackend):
    """Connects to addresses that were permitted, and to nothing else, until a deadline."""

    def __init__(self, permitted_addresses: Sequence[str], deadline: float) -> None:
        self._addresses = permitted_addresses
        self._deadline = deadline
        self._backend = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first permitted address that answers; ``host`` is known by them."""
        del host, timeout, local_address
        last: Exception = httpcore2.ConnectError("it has no address")
        for address in self._addresses:
            wait = min(_CONNECT_SECONDS, _left(self._deadline))
            try:
                stream = self._backend.connect_tcp(address, port, wait, None, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                last = error
            else:
                return _Hurried(stream, self._deadline)
        raise last


class _Hurried(httpcore2.NetworkStream):
    """A connection of which every step ends by a deadline: a timeout for each alone would let them add up."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, empty at the end."""
        del timeout
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it; a message is so small that it goes out in one step."""
        del timeout
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        """Hang up."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        """The same connection, encrypted."""
        del timeout
        return _Hurried(self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection."""
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    """Seconds until a deadline.

    Raises:
        TimeoutError: none.
    """
    seconds = deadline - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
