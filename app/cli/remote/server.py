"""The server that commands talk to, and how they are known there.

Invariant: a token is written to one file only, which nobody but its owner can read, and is sent to the server that gave
it and to no other. Whatever a server answers instead of what was asked for ends the command with its own words.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import httpx2
import platformdirs

from app.cli.inputs import FAULT, stop
from app.cli.settings import USAGE

API = "/api/v1"
_SECONDS = 60.0
#: Hosts that are this machine.
_HERE = frozenset({"127.0.0.1", "localhost", "::1"})
#: A stream that is cut off so often in a row is given up, after pauses of so many seconds.
_FAILURES, _PAUSE = 3, 1.0
#: Statuses that say that the request, not the server, is at fault.
_REFUSALS = range(400, 500)


@dataclass(frozen=True)
class Known:
    """How somebody is known on a server.

    Attributes:
        server: its address, without a slash at its end.
        token_id: by which the token is revoked; empty for one that was made elsewhere.
    """

    server: str
    token: str
    token_id: str


def place() -> Path:
    """The file that remembers the server and the token."""
    return platformdirs.user_config_path("allclose") / "server.json"


def remember(known: Known) -> None:
    """Write the file at one stroke, for its owner only; ends the command if that fails."""
    path = place()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(asdict(known), file)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        stop(f"cannot write {path}: {error.strerror}", FAULT)


def forget() -> None:
    """Remove the file."""
    place().unlink(missing_ok=True)


def known() -> Known:
    """What was remembered; ends the command if nothing was, or if others can read it."""
    path = place()
    try:
        if path.stat().st_mode & 0o077:
            stop(f"others can read {path}, and the token in it. Revoke it, remove the file, and log in again", USAGE)
        return Known(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        stop("you are not logged in. 'allclose login SERVER' asks for name and password", USAGE)
    except (OSError, ValueError, TypeError) as error:
        stop(f"{path} cannot be read ({error}). Remove it, and log in again", USAGE)


def address(text: str) -> str:
    """A server's address as it was typed, checked; ends the command if it is none."""
    whole = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(whole)
        port = parts.port
    except ValueError:
        stop(f"{text!r} is no address of a server. Give one like https://allclose.example.edu", USAGE)
    del port
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        stop(f"{text!r} is no address of a server. Give one like https://allclose.example.edu", USAGE)
    if parts.scheme == "http" and parts.hostname not in _HERE:
        stop(
            f"{whole} is not encrypted: passwords and tokens could be read on the way. Give the address with https",
            USAGE,
        )
    return whole.rstrip("/")


class Server:
    """Requests to one server."""

    def __init__(self, client: httpx2.Client, server: str) -> None:
        """Send requests through ``client``, whose base is ``server``."""
        self._client = client
        self._server = server

    def ask(self, method: str, path: str, *, tries: int = 1, missing: bool = False, **parts: Any) -> httpx2.Response:
        """The answer to a request; ends the command if it is a refusal or does not come.

        Args:
            method: of the request.
            path: below ``/api/v1``, or whole.
            tries: how often it is sent while no answer comes; more than once only what may be repeated.
            missing: whether an answer may be that nothing is there.
            parts: ``json``, ``content``, ``params``, ``headers``, as for ``httpx2.Client.request``.
        """
        whole = path if path.startswith(API) else API + path
        try:
            answer = self._client.request(method, whole, **parts)
        except httpx2.InvalidURL as error:
            stop(f"{self._server} is no address of a server: {error}", USAGE)
        except httpx2.HTTPError as error:
            if tries > 1:
                time.sleep(_PAUSE)
                return self.ask(method, path, tries=tries - 1, missing=missing, **parts)
            stop(f"{self._server} does not answer: {error or type(error).__name__}", FAULT)
        if not answer.is_success and not (missing and answer.status_code == HTTPStatus.NOT_FOUND):
            _refused(self._server, answer)
        return answer

    def events(self, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """Names and data of server-sent events until ``done``, or until they do not come through any more.

        A stream that is cut off is taken up again after the last event that came; a refusal ends the command.
        """
        last, failures = "", 0
        while failures < _FAILURES:
            headers = {"Last-Event-ID": last} if last else {}
            try:
                with self._client.sse(API + path, headers=headers) as source:
                    if not source.response.is_success:
                        source.response.read()
                        _refused(self._server, source.response)
                    for event in source:
                        last, failures = event.id or last, 0
                        yield event.event, json.loads(event.data)
                        if event.event == "done":
                            return
            except (httpx2.HTTPError, ValueError):
                time.sleep(_PAUSE)
            failures += 1

    def download(self, path: str) -> Iterator[bytes]:
        """What is at a path, piece by piece; ends the command if it is refused or does not come whole."""
        try:
            with self._client.stream("GET", API + path) as answer:
                if not answer.is_success:
                    answer.read()
                    _refused(self._server, answer)
                yield from answer.iter_bytes()
        except httpx2.HTTPError as error:
            stop(f"{self._server} does not answer: {error or type(error).__name__}", FAULT)

    def find(self, path: str) -> dict[str, Any] | None:
        """The JSON object at a path below ``/api/v1``; None if nothing is there."""
        answer = self.ask("GET", path, missing=True)
        return None if answer.status_code == HTTPStatus.NOT_FOUND else self._read(path, answer)

    def object(self, method: str, path: str, **parts: Any) -> dict[str, Any]:
        """As ``ask``; the JSON object in the answer."""
        return self._read(path, self.ask(method, path, **parts))

    def _read(self, path: str, answer: httpx2.Response) -> dict[str, Any]:
        try:
            found = answer.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            stop(f"{self._server} is no allclose server: its answer to {path} cannot be read", FAULT)
        return found


@contextmanager
def connected(server: str, token: str = "") -> Iterator[Server]:
    """Requests to ``server``, with a token if there is one."""
    headers = {"User-Agent": f"allclose/{version('allclose')}"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    # A redirect could take the token to somebody else, and so could a proxy that is meant for the way to elsewhere.
    here = urlsplit(server).hostname in _HERE
    with httpx2.Client(
        base_url=server, headers=headers, timeout=_SECONDS, follow_redirects=False, trust_env=not here
    ) as client:
        try:
            yield Server(client, server)
        except (KeyError, TypeError, AttributeError):
            stop(f"{server} is no allclose server, or one of another version: its answer is another one", FAULT)


@contextmanager
def signed_in(meant: str = "") -> Iterator[Server]:
    """Requests to the server that was logged in to; ends the command if another one is ``meant``."""
    found = known()
    if meant and address(meant) != found.server:
        stop(f"you are logged in to {found.server}. 'allclose login {address(meant)}' comes first", USAGE)
    with connected(found.server, found.token) as server:
        yield server


def _refused(server: str, answer: httpx2.Response) -> NoReturn:
    try:
        detail = answer.json()["detail"]
    except (ValueError, KeyError, TypeError):
        stop(f"{server} answers {answer.status_code} {answer.reason_phrase}, and no more", FAULT)
    stop(str(detail), USAGE if answer.status_code in _REFUSALS else FAULT)
