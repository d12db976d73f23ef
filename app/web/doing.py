"""What forms of one button do, and what lists have in common.

Invariant: a form is answered by a redirect, whether it could do its work or not, so that reloading never does it again;
what came of it is said on the page that follows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Literal

from fastapi import Query, Request, Response

from app.errors import ServiceError
from app.web.errors import readable
from app.web.rendering import redirect

#: Entries of a page.
PAGE = 50

#: A filter that may be left empty, as browsers send what nobody filled in.
Typed = Annotated[str, Query(max_length=200)]
#: The id after which a page of a list begins.
Before = Annotated[str | None, Query(max_length=64)]
#: A day, in UTC.
Day = Annotated[date | Literal[""], Query()]

#: Longest refusal that fits a cookie, in characters, each of which may take eight bytes there.
_LONGEST = 400


def do(request: Request, work: Callable[[], object], then: str, said: str, **values: str | int) -> Response:
    """Do what a form is for, and send its browser to the page ``then``, which says so.

    Args:
        request: the form's.
        work: what it is for.
        then: path of the page.
        said: the id of what the page says if that could be done; otherwise it says why not.
        values: of that message.
    """
    try:
        work()
    except ServiceError as error:
        return refuse(request, error, then)
    return redirect(request, then, said=said, tone="good", **values)


def refuse(request: Request, error: ServiceError, then: str) -> Response:
    """Send a form's browser to the page ``then``, which says why nothing was done."""
    return redirect(request, then, said="flash-refused", tone="bad", why=readable(error.detail)[:_LONGEST])


def begin(day: date | Literal[""]) -> datetime | None:
    """When a day begins; None for none."""
    return datetime.combine(day, time(), UTC) if isinstance(day, date) else None


def end(day: date | Literal[""]) -> datetime | None:
    """When a day is over; None for none."""
    begun = begin(day)
    return None if begun is None or begun.date() == date.max else begun + timedelta(days=1)
