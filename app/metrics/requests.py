"""Requests, counted by the template of their route.

Invariant: the label of a request is a template that the application has, or one word for all others; a path would make
a series of its own for every address that somebody tries.
"""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.http.requests import template


class Measured:
    """Counts every request, and the time until its response began: a stream of events is open for minutes."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start = time.perf_counter()
        begun = False

        def count(status: int) -> None:
            nonlocal begun
            if not begun:
                begun = True
                metrics = scope["app"].state.service.metrics
                metrics.request(template(scope), scope["method"], status, time.perf_counter() - start)

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                count(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, send_counted)
        except Exception:
            count(500)  # what answers with it stands outside of everything that an application adds
            raise
