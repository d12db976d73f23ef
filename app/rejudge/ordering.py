"""Rejudgings as they are asked for, whether over the API or by a page.

Invariant: whoever does what was asked for is called only after that is in the database.
"""

from __future__ import annotations

import structlog

from app.accounts.rights import Actor
from app.rejudge import schemas, service
from app.rejudge.schemas import RejudgingDetail, RejudgingRequest
from app.rejudge.selection import Asked
from app.service import Service

log = structlog.get_logger()


def make(running: Service, actor: Actor, wanted: RejudgingRequest) -> RejudgingDetail:
    """Have attempts judged again, to be shown; for the errors see ``service.make``."""
    with running.database.write() as session:
        made = schemas.rejudging(service.make(session, actor, Asked(wanted.kind, wanted.name, wanted.against)))
    running.chores.notify()
    log.info("rejudging.made", rejudging=made.id, by=actor.user_id, attempts=made.attempts)
    return made


def apply(running: Service, actor: Actor, rejudging_id: str, *, allow_lowering: bool) -> RejudgingDetail:
    """Have what was shown become verdicts; for the errors see ``service.apply``."""
    with running.database.write() as session:
        found = schemas.rejudging(service.apply(session, actor, rejudging_id, allow_lowering=allow_lowering))
    running.chores.notify()
    log.info("rejudging.applied", rejudging=found.id, by=actor.user_id, allow_lowering=allow_lowering)
    return found


def cancel(running: Service, actor: Actor, rejudging_id: str) -> RejudgingDetail:
    """Have no more of it done; for the errors see ``service.cancel``."""
    with running.database.write() as session:
        found = schemas.rejudging(service.cancel(session, actor, rejudging_id))
    log.info("rejudging.cancelled", rejudging=found.id, by=actor.user_id)
    return found
