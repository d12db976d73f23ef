"""What a request is called: by its own id, and by the template of its route.

Invariant: neither tells what was in the request. A path may hold the code of a one-time link, so that logs and figures
name templates; and an id that a client sends is taken only if it can do no harm in a log or a header.
"""

from __future__ import annotations

import re

import structlog
from fastapi.routing import APIRoute
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.database.db import new_id

HEADER = "X-Request-Id"
#: The route of what no route takes.
UNMATCHED = "unmatched"

#: Ids of tracing systems, UUIDs and the like.
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=-]{0,99}")
_ID = "allclose.request_id"


def template(scope: Scope) -> str:
    """The template of the route that has taken a request, such as ``/api/v1/attempts/{attempt_id}``."""
    route = scope.get("route")
    if not isinstance(route, APIRoute):
        return UNMATCHED
    # The route knows nothing of the prefix that its router was included with; the path does.
    own = route.path_format.format(**scope["path_params"])
    path: str = scope["path"]
    return path.removesuffix(own) + route.path_format if path.endswith(own) else UNMATCHED


def request_id(scope: Scope) -> str:
    """The id of a request that ``RequestId`` has seen."""
    found = scope[_ID]
    assert isinstance(found, str)
    return found


class RequestId:
    """Gives every request an id, the client's own if it sends a sane one, and answers with it.

    It stays bound in the request's own task, for the server logs faults after everything here has ended.
    """

    def __init__(self, app: ASGIApp) -> None:
        """Wrap ``app``."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        sent = Headers(scope=scope).get(HEADER, "")
        scope[_ID] = known = sent if _SANE.fullmatch(sent) else new_id()
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request=known)

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = known
            await send(message)

        await self._app(scope, receive, send_with_id)
