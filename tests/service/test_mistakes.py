"""What a class does wrong: recorded with each attempt, and counted over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from fastapi.testclient import TestClient
from sqlalchemy import inspect, text

from app.attempts import delivery, service
from app.attempts.models import Attempt
from app.database import migrate
from app.database.db import Database
from app.problems import store
from tests.service import fakes
from tests.service.fakes import KNOWN, KNOWN_MESSAGE, SQLITE_ONLY

Settle = Callable[[str], dict[str, Any]]
MISTAKES = "/api/v1/problems/add_one/mistakes"


def _submit(
    client: TestClient, settle: Settle, *sources: str, problem: str = "add_one", kind: str = "attempts"
) -> None:
    for source in sources:
        settle(client.post(f"/api/v1/{kind}", json={"problem": problem, "source": source}).headers["Location"])


def test_known_mistakes_and_other_failures_are_counted_apart(client: TestClient, settle: Settle) -> None:
    """An instructor could not see which mistake the class makes, or would count what is none."""
    _submit(client, settle, "known 1", "known 2", "known 3", "wrong 1", "right", "bug")
    _submit(client, settle, "known 4", problem="add_two")
    _submit(client, settle, "wrong 2", kind="runs")
    assert client.get(MISTAKES).json() == {
        "problem": "add_one",
        "attempts": 5,
        "accepted": 1,
        "items": [
            {
                "verdict": "wrong_answer",
                "reason": "value",
                "pitfall": KNOWN,
                "message": KNOWN_MESSAGE,
                "attempts": 3,
            },
            {"verdict": "wrong_answer", "reason": "value", "pitfall": None, "message": None, "attempts": 1},
        ],
    }


def test_an_attempt_shows_the_mistake_that_it_makes(client: TestClient, settle: Settle) -> None:
    """A page could not link the mistake, and the count would be the only place that knows."""
    made = client.post("/api/v1/attempts", json={"problem": "add_one", "source": "known"}).headers["Location"]
    assert settle(made)["report"]["pitfall"] == {"submission": KNOWN, "message": KNOWN_MESSAGE}


@pytest.mark.parametrize(
    ("query", "attempts"),
    [
        ({"since": (datetime.now(UTC) - timedelta(days=1)).isoformat()}, 1),
        ({"since": "2100-01-01T00:00:00Z"}, 0),
        ({"version": "1.0.0"}, 1),
        ({"version": "9.9.9"}, 0),
    ],
)
def test_counting_can_be_narrowed(client: TestClient, settle: Settle, query: dict[str, str], attempts: int) -> None:
    """Last year's class, or a version that was corrected since, would be counted with this one."""
    _submit(client, settle, "known")
    assert client.get(MISTAKES, params=query).json()["attempts"] == attempts


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/api/v1/problems/nothing/mistakes", 404),
        (f"{MISTAKES}?since=2026-01-01T00:00:00", 422),
        (f"{MISTAKES}?since=yesterday", 422),
    ],
)
def test_what_cannot_be_counted_is_refused(client: TestClient, address: str, status: int) -> None:
    """A slip in the question would be answered with figures of something else."""
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"


def test_a_message_that_the_served_version_no_longer_has_is_left_out(database: Database) -> None:
    """Renaming a filed mistake would make its old attempts uncountable."""
    with database.write() as session:
        attempt = service.submit(session, None, service.Submitted("grade", "add_one", b"known"))
    with database.write() as session:
        delivery.claim_next(session, "claim")
    with database.write() as session:
        delivery.finish(session, attempt.id, "claim", fakes.report(fakes.problem("add_one"), b"known"))
        renamed = fakes.publish(fakes.problem("add_one", "2").model_copy(update={"submissions": ()}))
        store.serve(session, store.add(session, renamed, "toolchain"))
    with database.read() as session:
        assert [(each.pitfall, each.attempts) for each in service.mistakes(session, "add_one", None, None)] == [
            (KNOWN, 1)
        ]


@SQLITE_ONLY
def test_the_column_goes_and_comes_with_rows_in_the_table(database: Database) -> None:
    """An operator with attempts could not go back to the release before, or lose their constraints on the way."""
    with database.write() as session:
        service.submit(session, None, service.Submitted("grade", "add_one", b"known"))
    with migrate._without_foreign_keys(database) as connection:
        command.downgrade(migrate.configuration(connection), "0001")
    assert "pitfall" not in {column["name"] for column in inspect(database.engine).get_columns("attempts")}
    migrate.upgrade(database)
    with database.read() as session:
        assert session.query(Attempt).one().pitfall is None
        made = session.execute(text("SELECT sql FROM sqlite_master WHERE name = 'attempts'")).scalar_one()
    assert made.count("CHECK") == 3
