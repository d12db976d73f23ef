"""What tests do with webhooks and their outbox, without a network."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update

from app.attempts import delivery as attempts
from app.attempts import service as submissions
from app.database.db import Database
from app.webhooks import service
from app.webhooks.models import Delivery, Webhook
from app.webhooks.outbox import EventType
from app.webhooks.sending import Outcome
from tests.service import fakes

TAKEN, REFUSED = Outcome(200, None), Outcome(500, "The receiver answered 500.")


def make(database: Database, url: str = "https://lms.example.edu/", *events: EventType) -> tuple[str, str]:
    """The id and the secret of a webhook that is told of ``events``, or of everything."""
    with database.write() as session:
        row, secret = service.create(session, url, "", events or list(EventType))
        return row.id, secret


def finish(database: Database, source: bytes = b"right", kind: str = "grade") -> str:
    """Submit and judge something."""
    with database.write() as session:
        attempt_id = submissions.submit(session, None, submissions.Submitted(kind, "add_one", source)).id
        attempts.claim_next(session, "claim")
    with database.write() as session:
        assert attempts.finish(session, attempt_id, "claim", fakes.report(fakes.problem("add_one"), source))
    return attempt_id


def deliveries(database: Database) -> list[Delivery]:
    with database.read() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def webhook(database: Database) -> Webhook:
    with database.read() as session:
        return session.scalars(select(Webhook)).one()


def age(database: Database, **columns: object) -> None:
    """Make every webhook or delivery look older."""
    with database.write() as session:
        for table in (Webhook, Delivery):
            known = {name: value for name, value in columns.items() if hasattr(table, name)}
            if known:
                session.execute(update(table).values(**known))


class Answering(list[str]):
    """Ids of what was sent, to a receiver whose every answer is one outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        self.append(headers["webhook-id"])
        return self.outcome
