"""Addresses of this service in its answers.

Invariant: they are paths from the root of the host, so that a client gets to them whatever prefix a proxy puts before
this service (the path of ``ALLCLOSE_PUBLIC_URL``).
"""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query, Request

PAGE = 50
LARGEST_PAGE = 100


def of(request: Request, path: str, **query: Any) -> str:
    """The address of what is at ``path``, with the parameters of ``query`` that are not None."""
    wanted = {name: value for name, value in query.items() if value is not None}
    return prefix(request) + path + (f"?{urlencode(wanted)}" if wanted else "")


def prefix(request: Request) -> str:
    """What stands before every path of this service; mostly nothing."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def below(request: Request, path: str) -> str:
    """A path of the host, below the service's own address."""
    before = prefix(request)
    # A proxy may hand the prefix on or not.
    return path.removeprefix(before) if path.startswith(f"{before}/") else path


class Older:
    """What of a list is asked for that is sorted by id, newest first."""

    def __init__(
        self,
        request: Request,
        before: Annotated[str | None, Query(description="Only what is older than this id.", max_length=64)] = None,
        limit: Annotated[int, Query(ge=1, le=LARGEST_PAGE)] = PAGE,
    ) -> None:
        """What ``request`` asks for."""
        self._request = request
        self.before = before
        self.limit = limit

    def following(self, path: str, last: str, **query: Any) -> str:
        """The address of what comes after the id ``last``."""
        return of(self._request, path, before=last, limit=self.limit, **query)
