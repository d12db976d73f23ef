"""Requests, counted by the template of their route.

Invariant: the label of a request is a template that the application has, or one word for all others; a path would make
a series of its own for every address that somebody tries.
"""

from __future__ import annotations

import time

from fastapi.routing import APIRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The route of what no route takes.
UNMATCHED = "unmatched"


def template(scope: Scope) -> str:
    """The template of the route that has taken a request, such as ``/api/v1/attempts/{attempt_id}``."""
    route = scope.get("route")
    if not isinstance(route, APIRoute):
        return UNMATCHED
    # The route knows nothing of the prefix that its router was included with; the path does.
    own = route.path_format.format(**scope["path_params"])
    path: str = scope["path"]
    return path.removesuffix(own) + route.path_format if path.endswith(own) else UNMATCHED


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
