"""What operators see of the work: what is stalled is told from what runs."""

from __future__ import annotations

from app.attempts import delivery, service
from app.attempts.service import Submitted
from app.database.db import Database
from app.engine import overview, workers


def test_what_nobody_holds_is_stalled(database: Database) -> None:
    """An operator would wait for an attempt that nobody judges."""
    with database.write() as session:
        worker = workers.new(["cpu"], 1, {})
        workers.beat(session, worker)
        held, lost, waits = (
            service.submit(session, None, Submitted("grade", "add_one", source)).id for source in (b"1", b"2", b"3")
        )
    with database.write() as session:
        delivery.claim_one(session, held, "a", worker.id)
        delivery.claim_one(session, lost, "b", "somebody who is gone")
    with database.read() as session:
        found = overview.oldest(session, 10)
        told = {each.attempt.id: (each.attempt.state, each.stalled, each.worker) for each in found}
        assert [each.attempt.id for each in overview.oldest(session, 2)] == [held, lost]
    assert told == {
        held: ("running", False, worker.name),
        lost: ("running", True, None),
        waits: ("queued", False, None),
    }
