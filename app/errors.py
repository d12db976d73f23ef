"""Our exceptions, with what each means to a client.

Invariant: an exception that reaches a client carries its HTTP status on its class and its title as its docstring, so
one handler can tell all of them. What a learner's code did is never an exception (see ``app.judge.verdict``), and
neither is an author's mistake (see ``app.problems.findings``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class StartRefused(Exception):
    """The service cannot start; the message says why and what to do."""


class ServiceError(Exception):
    """The request cannot be served.

    Attributes:
        status: of the response.
        headers: to add to it.
        extra: further members of the problem details.
    """

    status: ClassVar[int] = 500
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(self, detail: str, **extra: Any) -> None:
        """``detail`` tells this client what to do about it; ``extra`` must be JSON-ready and free of secrets."""
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    @classmethod
    def title(cls) -> str:
        """The first line of the docstring, without its full stop."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0].rstrip(".")


class Unauthenticated(ServiceError):
    """A valid API token is needed."""

    status = 401
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer realm="allclose"'}


class ProblemNotFound(ServiceError):
    """There is no such problem."""

    status = 404


class AttemptNotFound(ServiceError):
    """There is no such attempt."""

    status = 404


class RunNotFound(ServiceError):
    """There is no such run."""

    status = 404


class SourceTooLarge(ServiceError):
    """The source is too large."""

    status = 413


class SourceNotText(ServiceError):
    """The source is not valid Unicode."""

    status = 422


class InputDoesNotFit(ServiceError):
    """The input does not fit the problem's arguments."""

    status = 422


class NotReady(ServiceError):
    """The service cannot work at the moment."""

    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}
