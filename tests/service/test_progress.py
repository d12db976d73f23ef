"""Hints and solutions over HTTP: what is opened when, and that it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from app.progress.models import GivenUp, OpenedHint
from tests.service.fakes import SECRET_TEXT
from tests.service.test_errors import told

Of = Callable[[str, Role], TestClient]
HINTS, SOLUTION = "/api/v1/problems/add_one/hints", "/api/v1/problems/add_one/solution"


@pytest.fixture
def ada(of: Of) -> TestClient:
    return of("Ada", Role.LEARNER)


def attempt(client: TestClient, source: str) -> None:
    location = client.post("/api/v1/attempts", json={"problem": "add_one", "source": source}).headers["Location"]
    while client.get(location).json()["state"] != "done":
        pass


def bodies(client: TestClient) -> list[Any]:
    return [(item["opened"], item["body"]) for item in client.get(HINTS).json()["items"]]


def test_hints_are_opened_one_at_a_time(ada: TestClient) -> None:
    """A learner would read everything at once, or nobody could see who needed what."""
    assert [item["title"] for item in ada.get(HINTS).json()["items"]] == ["Look at the shape", "The numbers differ"]
    assert bodies(ada) == [(False, None), (False, None)]
    assert ada.post(HINTS).json()["body"] == "Count its axes."
    assert bodies(ada) == [(True, "Count its axes."), (False, None)]
    assert ada.get("/api/v1/problems/add_one").json()["hints"] == ["Look at the shape", "The numbers differ"]
    told(ada.get("/api/v1/problems/nothing/hints"), 404)
    told(ada.post("/api/v1/problems/nothing/hints"), 404)


def test_a_hint_about_a_failure_opens_after_that_failure(ada: TestClient) -> None:
    """A hint would give away what a learner has not tried, or never come to whoever needs it."""
    ada.post(HINTS)
    assert "value" in told(ada.post(HINTS), 409)["detail"]
    attempt(ada, "bug")
    told(ada.post(HINTS), 409)
    attempt(ada, "wrong")
    assert ada.post(HINTS).json() == {
        "title": "The numbers differ",
        "after": "value",
        "opened": True,
        "body": SECRET_TEXT,
    }
    assert "every hint" in told(ada.post(HINTS), 409)["detail"]


def test_what_one_learner_opens_is_closed_for_others(app: FastAPI, ada: TestClient, of: Of) -> None:
    """Somebody would find hints open, and not know what they missed."""
    ada.post(HINTS)
    eve = of("Eve", Role.LEARNER)
    assert bodies(eve) == [(False, None), (False, None)]
    with app.state.service.database.read() as session:
        [row] = session.query(OpenedHint).all()
    assert (row.slug, row.title) == ("add_one", "Look at the shape")


def test_the_solution_opens_after_an_accepted_attempt(ada: TestClient) -> None:
    """A learner could copy the solution, or never compare theirs with it."""
    attempt(ada, "wrong")
    refused = told(ada.get(SOLUTION), 403)
    assert "give-up" in refused["detail"]
    attempt(ada, "right")
    shown = ada.get(SOLUTION).json()
    assert shown["problem"] == "add_one"
    assert shown["text"] == SECRET_TEXT
    assert shown["source"].startswith("def add_one(x):")


def test_the_solution_opens_to_whoever_gives_up_and_it_is_recorded(app: FastAPI, ada: TestClient, of: Of) -> None:
    """A learner who is stuck could not go on, or an instructor not see that they gave up."""
    for _ in range(2):
        assert ada.post("/api/v1/problems/add_one/give-up").status_code == 204
    assert ada.get(SOLUTION).status_code == 200
    told(ada.get("/api/v1/problems/add_two/solution"), 403)
    told(of("Eve", Role.LEARNER).get(SOLUTION), 403)
    told(ada.post("/api/v1/problems/nothing/give-up"), 404)
    with app.state.service.database.read() as session:
        [row] = session.query(GivenUp).all()
    assert row.slug == "add_one"


def test_instructors_read_every_solution(of: Of) -> None:
    """An instructor would have to solve a problem to explain it."""
    assert of("Bob", Role.INSTRUCTOR).get(SOLUTION).status_code == 200
