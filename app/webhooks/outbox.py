"""What webhooks are told, written down in the transaction of what it tells of.

Invariant: if that transaction is undone, nothing is told, and once it is committed the message goes out, whatever
happens to this process. No message holds a source, a value, a text of a learner's, a name or a mail address: whoever
needs more asks the API, with a token that allows it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.attempts.models import Attempt
from app.database.db import new_id, now
from app.problems.tables import ProblemVersion
from app.webhooks.models import Delivery, Webhook


class EventType(StrEnum):
    """What can be told."""

    #: A graded attempt has a verdict, ``cancelled`` and ``internal_error`` included.
    ATTEMPT_FINISHED = "attempt.finished"
    #: It has another verdict, for it was judged again.
    ATTEMPT_REJUDGED = "attempt.rejudged"
    #: Another version of a problem is served now, or the first one.
    PROBLEM_PUBLISHED = "problem.published"
    #: A problem is not served any more.
    PROBLEM_WITHDRAWN = "problem.withdrawn"


#: Sent to one webhook when an admin asks for it, whatever it is told otherwise.
TEST = "webhook.test"


def attempt_ended(session: Session, attempt_id: str, event: EventType) -> None:
    """Tell how a graded attempt has ended, for the first time or by another verdict. Its row must say so already."""
    wanted = _wanting(session, event)
    if not wanted:
        return
    session.flush()
    columns = (Attempt.kind, Attempt.user_id, Attempt.verdict, Attempt.reason, Attempt.created_at, Attempt.finished_at)
    query = select(*columns, ProblemVersion.slug, ProblemVersion.label, ProblemVersion.sha256)
    row = session.execute(query.join(Attempt.problem_version).where(Attempt.id == attempt_id)).one()
    if row.kind != "grade":
        return
    told = {
        "attempt_id": attempt_id,
        "user_id": row.user_id,
        **_problem(row.slug, row.label, row.sha256),
        "verdict": row.verdict,
        "reason": row.reason,
        "created_at": row.created_at.isoformat(),
        "finished_at": row.finished_at.isoformat(),
    }
    _write(session, wanted, event, told)


def problem_published(session: Session, version: ProblemVersion) -> None:
    """Tell that a version of a problem is served from now on."""
    told = _problem(version.slug, version.label, version.sha256)
    _write(session, _wanting(session, EventType.PROBLEM_PUBLISHED), EventType.PROBLEM_PUBLISHED, told)


def problem_withdrawn(session: Session, slug: str) -> None:
    """Tell that a problem is not served any more."""
    told = {"problem": slug}
    _write(session, _wanting(session, EventType.PROBLEM_WITHDRAWN), EventType.PROBLEM_WITHDRAWN, told)


def test(session: Session, webhook_id: str) -> Delivery:
    """Send a message to one webhook, which an admin wants to try."""
    return _write(session, [webhook_id], TEST, {"webhook_id": webhook_id})[0]


def _problem(slug: str, label: str, sha256: str) -> dict[str, Any]:
    return {"problem": slug, "problem_version": label, "problem_sha256": sha256}


def _wanting(session: Session, event: EventType) -> list[str]:
    """The webhooks that want to be told; none of them can be deleted before this transaction ends.

    Otherwise the deletion of a webhook could undo what a learner's verdict is saved in.
    """
    enabled = select(Webhook.id, Webhook.events).where(Webhook.disabled_at.is_(None)).order_by(Webhook.id)
    rows = session.execute(enabled.with_for_update(read=True, key_share=True))
    return [webhook_id for webhook_id, events in rows if event in events]


def _write(session: Session, webhook_ids: list[str], event: str, told: Mapping[str, Any]) -> list[Delivery]:
    event_id = f"msg_{new_id()}"
    body = json.dumps({"type": event, "timestamp": now().isoformat(), "data": told}, separators=(",", ":"))
    deliveries = [Delivery(webhook_id=each, event_id=event_id, type=event, body=body) for each in webhook_ids]
    session.add_all(deliveries)
    session.flush()
    return deliveries
