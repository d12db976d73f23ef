"""What happens to every request before and after its route.

Invariant: a body beyond the limit is refused before it is in memory, whether or not its length was declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.problem_details import problem
from app.http.security import SECURITY_HEADERS

#: Digits of a declared length that need no reading: no limit is that large.
_LONGEST_NUMBER = 15


class SecurityHeaders:
    """Adds those of ``SECURITY_HEADERS`` that a response does not set itself, as pages and static files do."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class Prefix:
    """Tells what stands before every path where people reach the service, whether a proxy hands that on or not."""

    def __init__(self, app: ASGIApp, url: str) -> None:
        """Wrap ``app``, which people reach at ``url``."""
        self._app = app
        self._path = urlsplit(url).path.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "http" and not scope.get("root_path"):
            scope["root_path"] = self._path
        await self._app(scope, receive, send)


class BodyLimit:
    """Refuses bodies longer than ``limit`` bytes, or at some paths than the limit for ``uploads`` there.

    FastAPI's own ``max_body_size`` answers in plain text, and replaces the response of any handler that does better.
    """

    def __init__(self, app: ASGIApp, limit: int, uploads: Mapping[str, int]) -> None:
        """Wrap ``app``."""
        self._app = app
        self._limit = limit
        self._uploads = uploads

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        limit = self._uploads.get(path)
        if limit is None:
            limit, advice = self._limit, "Send a shorter source or smaller inputs."
        else:
            advice = "Leave out what is no part of the problem; cases.py makes large inputs."
        detail = f"The request body is longer than {limit:,} bytes. {advice}"
        declared = Headers(scope=scope).get("content-length", "0")
        too_long = declared.isdecimal() and (len(declared) > _LONGEST_NUMBER or int(declared) > limit)
        if too_long and path.startswith("/api/"):
            await problem(413, HTTPStatus(413).phrase, detail)(scope, receive, send)
            return
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            if too_long:  # a form's, which is told on a page once something asks for it
                raise HTTPException(413, detail)
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413, detail)
            return message

        await self._app(scope, receive_limited, send)
