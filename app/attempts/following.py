"""Attempts as streams of server-sent events.

Invariant: a stream ends with ``done`` and may be taken up again after any event, by its id. It looks at the database in
short sessions of its own between long waits, so a thousand streams need no more connections than a page does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from fastapi.sse import ServerSentEvent
from starlette.concurrency import run_in_threadpool

from app.attempts import events, service
from app.attempts.waiting import waiting
from app.service import Service

#: Seconds between looks at the database when nobody calls: the place in the queue changes with what others do.
_LOOK = 3.0
#: A browser that has lost the stream comes back after so many milliseconds.
_RETRY = 1000
#: … and one that has heard the end, not within a day, though it does not close the stream by itself.
_NEVER = 86_400_000


@dataclass(frozen=True)
class Watched:
    """Which attempt is watched, and the id of the user who does."""

    attempt_id: str
    by: str


@dataclass(frozen=True)
class _Seen:
    """What one look at the database finds."""

    happened: list[tuple[int, str, dict[str, Any]]]
    position: dict[str, Any] | None
    ended: dict[str, str | None] | None


async def follow(running: Service, kind: service.Kind, watched: Watched, last: int) -> AsyncIterator[ServerSentEvent]:
    """Every event of an attempt after the one numbered ``last``, until it is done.

    While it is queued, ``position`` events without an id say where in the queue it is.
    """
    position: dict[str, Any] | None = None
    attempt_id = watched.attempt_id
    with running.streams.watching(attempt_id, watched.by) as changed:
        while not running.streams.closed:
            changed.clear()
            seen = await run_in_threadpool(_look, running, kind, attempt_id, last)
            for last, name, data in seen.happened:  # noqa: PLR1704 - the last one stays the last
                ended = name == "done"
                # What was told when it was done may have been judged again since.
                told = seen.ended if ended and seen.ended is not None else data
                yield ServerSentEvent(data=told, event=name, id=str(last), retry=_NEVER if ended else _RETRY)
                if ended:
                    return
            if seen.ended is not None:  # its events are forgotten, or it ended before the one numbered ``last``
                yield ServerSentEvent(data=seen.ended, event="done", retry=_NEVER)
                return
            if seen.position is not None and seen.position != position:
                position = seen.position
                yield ServerSentEvent(data=position, event="position")
            try:
                await asyncio.wait_for(changed.wait(), _LOOK)
            except TimeoutError:
                continue


def _look(running: Service, kind: service.Kind, attempt_id: str, last: int) -> _Seen:
    with running.database.read() as session:
        attempt = service.find(session, kind, attempt_id, how="brief")
        happened = [(event.number, event.kind, event.data) for event in events.after(session, attempt_id, last)]
        found = waiting(session, attempt)
        position = None if found is None else {"position": found.position, "estimated_seconds": found.seconds}
        return _Seen(happened, position, service.ended(attempt) if attempt.state == "done" else None)
