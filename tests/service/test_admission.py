"""What keeps submissions apart and in bounds: repeated requests, attempts in flight, limits, cooldowns, cancelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import update

from app.accounts.rights import Role
from app.attempts.models import Attempt
from app.database.db import now
from app.main import create_app
from app.problems.model import AttemptPolicy, Problem
from app.settings import Settings
from tests.service import fakes
from tests.service.conftest import token_for
from tests.service.fakes import FakeJudge, FakeSandbox
from tests.service.test_errors import told

Settle = Callable[[str], dict[str, Any]]
Of = Callable[[str, Role], TestClient]

POLICIES = {"add_one": AttemptPolicy(most=3), "add_two": AttemptPolicy(cooldown_seconds=60.0)}


def submit(client: TestClient, source: str = "right", key: str | None = None, problem: str = "add_one") -> Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return client.post("/api/v1/attempts", json={"problem": problem, "source": source}, headers=headers)


def test_a_request_that_is_repeated_makes_one_attempt(client: TestClient, settle: Settle) -> None:
    """A double click, or a client that heard no answer, would use up an attempt."""
    first, again = submit(client, key="one"), submit(client, key="one")
    assert (first.status_code, again.status_code) == (202, 202)
    assert first.headers["Location"] == again.headers["Location"]
    settle(first.headers["Location"])
    assert submit(client, key="one").json()["state"] == "done"
    assert len(client.get("/api/v1/attempts").json()["items"]) == 1
    assert submit(client, key="two").headers["Location"] != first.headers["Location"]


def test_a_key_that_is_used_for_something_else_is_refused(client: TestClient) -> None:
    """A submission would be answered with the verdict on another."""
    submit(client, key="one")
    for other in ({"source": "right!"}, {"problem": "add_two"}):
        assert "another submission" in told(submit(client, key="one", **other), 422)["detail"]
    run = client.post(
        "/api/v1/runs", json={"problem": "add_one", "source": "right"}, headers={"Idempotency-Key": "one"}
    )
    told(run, 422)


def test_keys_of_two_users_have_nothing_to_do_with_each_other(of: Of) -> None:
    """Somebody could take another's key, and get their attempt or keep them from making one."""
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.LEARNER)
    assert submit(ada, key="one").json()["id"] != submit(eve, "wrong", key="one").json()["id"]


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "é"])
def test_a_key_that_is_none_is_refused(client: TestClient, key: str) -> None:
    """A key would be cut, or taken for no key, and the request repeated."""
    response = client.post(
        "/api/v1/attempts",
        json={"problem": "add_one", "source": "right"},
        headers={b"Idempotency-Key": key.encode("latin-1")},
    )
    assert "Idempotency-Key" in told(response, 422)["errors"][0]["place"]


def test_the_same_request_ten_times_at_once_makes_one_attempt(client: TestClient) -> None:
    """Two requests at the same moment would both find nothing."""
    with ThreadPoolExecutor(10) as pool:
        answers = [*pool.map(lambda _: submit(client, key="one"), range(10))]
    assert {answer.status_code for answer in answers} == {202}
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_submissions_in_flight_are_bounded_for_each_user(
    client: TestClient, of: Of, judge: FakeJudge, settings: Settings
) -> None:
    """One user could fill the queue for everybody."""
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.LEARNER)
    made = [submit(ada, "wait").headers["Location"] for _ in range(settings.submissions_in_flight)]
    answer = submit(ada)
    assert "cancel" in told(answer, 429)["detail"]
    assert answer.headers["Retry-After"] == "1"
    told(ada.post("/api/v1/runs", json={"problem": "add_one", "source": "right"}), 429)
    assert submit(eve).status_code == 202
    assert ada.post(f"{made[-1]}/cancel").status_code == 200
    assert submit(ada, "wait").status_code == 202
    judge.gate.set()
    while client.get("/readyz").json()["queue"]["queued"]:
        pass
    assert submit(ada).status_code == 202


@pytest.fixture
def limited(settings: Settings, judge: FakeJudge) -> Iterator[tuple[FastAPI, TestClient]]:
    """A service whose problems have limits, and a learner's client."""

    def read(folder: Path) -> Problem:
        return fakes.problem(folder.name).model_copy(update={"attempts": POLICIES[folder.name]})

    app = create_app(settings, FakeSandbox(), pipeline=replace(fakes.pipeline(judge), read=read))
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {token_for(app, 'Ada', Role.LEARNER)}"
        yield app, client


def _done(client: TestClient, answer: Response) -> dict[str, Any]:
    assert answer.status_code == 202, answer.json()
    while True:
        body: dict[str, Any] = client.get(answer.headers["Location"]).json()
        if body["state"] == "done":
            return body


def test_a_problem_may_allow_so_many_attempts(limited: tuple[FastAPI, TestClient]) -> None:
    """An exam would let everybody try until it is right, or count what is our fault."""
    _, client = limited
    for source in ("wrong", "bug", "right"):
        _done(client, submit(client, source))
    assert _done(client, client.post("/api/v1/runs", json={"problem": "add_one", "source": "right"}))
    assert _done(client, submit(client))["verdict"] == "accepted"
    assert "allows 3 attempts" in told(submit(client), 403)["detail"]
    assert client.post("/api/v1/runs", json={"problem": "add_one", "source": "right"}).status_code == 202


def test_a_cancelled_attempt_is_given_back(limited: tuple[FastAPI, TestClient], judge: FakeJudge) -> None:
    """A slip that is noticed at once would cost an attempt, or cancelling show how cases go for nothing."""
    app, client = limited
    eve = TestClient(app, headers={"Authorization": f"Bearer {token_for(app, 'Eve', Role.LEARNER)}"})
    busy = [submit(eve, "wait").headers["Location"] for _ in range(2)]
    while {eve.get(location).json()["state"] for location in busy} != {"running"}:
        pass
    for _ in range(3):
        location = submit(client, "wait").headers["Location"]
        assert "does not count" in client.post(f"{location}/cancel").json()["message"]
    assert "It counts" in eve.post(f"{busy[0]}/cancel").json()["message"]
    judge.gate.set()
    assert _done(client, submit(client))["verdict"] == "accepted"
    for _ in range(2):
        _done(client, submit(client))
    told(submit(client), 403)
    assert [submit(eve).status_code for _ in range(2)] == [202, 403]


def test_a_cooldown_grows_with_failures_and_ends(limited: tuple[FastAPI, TestClient]) -> None:
    """A learner could guess their way through, or would wait after a success or after a fault of ours."""
    app, client = limited
    database = app.state.service.database

    def pass_time(seconds: float) -> None:
        with database.write() as session:
            session.execute(update(Attempt).values(finished_at=now() - timedelta(seconds=seconds)))

    assert _done(client, submit(client, "bug", problem="add_two"))["verdict"] == "internal_error"
    _done(client, submit(client, "wrong", problem="add_two"))
    answer = submit(client, problem="add_two")
    assert "After 1 attempts" in told(answer, 429)["detail"]
    assert 55 <= int(answer.headers["Retry-After"]) <= 60
    pass_time(61)
    _done(client, submit(client, "wrong", problem="add_two"))
    assert 115 <= int(submit(client, problem="add_two").headers["Retry-After"]) <= 120
    pass_time(121)
    assert _done(client, submit(client, problem="add_two"))["verdict"] == "accepted"
    assert submit(client, problem="add_two").status_code == 202
    assert submit(client, problem="add_one").status_code == 202


def test_a_fault_of_ours_gives_the_pause_back(limited: tuple[FastAPI, TestClient]) -> None:
    """A learner would wait for what we broke."""
    _, client = limited
    for _ in range(3):
        assert _done(client, submit(client, "bug", problem="add_two"))["verdict"] == "internal_error"
    assert submit(client, problem="add_two").status_code == 202


def test_a_cooldown_is_not_passed_by_submitting_at_once(limited: tuple[FastAPI, TestClient], judge: FakeJudge) -> None:
    """Ten attempts that are queued together would all be judged without a pause."""
    _, client = limited
    flying = submit(client, "wait", problem="add_two")
    assert "not done" in told(submit(client, problem="add_two"), 429)["detail"]
    judge.gate.set()
    _done(client, flying)
    assert submit(client, problem="add_two").status_code == 202


def test_a_queued_attempt_is_cancelled_and_never_judged(client: TestClient, judge: FakeJudge, settle: Settle) -> None:
    """A learner who sees a slip would have to wait for its verdict."""
    busy = [submit(client, "wait").headers["Location"] for _ in range(2)]
    queued = submit(client, "right, queued").headers["Location"]
    cancelled = client.post(f"{queued}/cancel")
    assert cancelled.status_code == 200
    assert (cancelled.json()["state"], cancelled.json()["verdict"]) == ("done", "cancelled")
    judge.gate.set()
    for location in busy:
        assert settle(location)["verdict"] == "accepted"
    assert b"right, queued" not in judge.judged
    assert settle(queued)["verdict"] == "cancelled"
    assert "already" in told(client.post(f"{queued}/cancel"), 409)["detail"]


def test_a_running_attempt_stays_cancelled(client: TestClient, judge: FakeJudge, settle: Settle) -> None:
    """The verdict that comes a moment later would take its place, and count."""
    location = submit(client, "wait").headers["Location"]
    assert judge.entered.wait(60)
    assert client.post(f"{location}/cancel").json()["verdict"] == "cancelled"
    judge.gate.set()
    settle(submit(client).headers["Location"])
    assert settle(location)["verdict"] == "cancelled"
    assert settle(location)["report"] is None


def test_nobody_cancels_what_is_somebody_elses(client: TestClient, of: Of, judge: FakeJudge) -> None:
    """One learner could end another's attempts."""
    del judge
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.LEARNER)
    location = submit(ada, "wait").headers["Location"]
    for other in (eve, client):
        told(other.post(f"{location}/cancel"), 404)


def test_whoever_waits_is_told_how_long(client: TestClient, judge: FakeJudge, settle: Settle) -> None:
    """A learner would not know whether to wait or to go for lunch."""
    settle(submit(client).headers["Location"])
    busy = [submit(client, "wait").headers["Location"] for _ in range(2)]
    while {client.get(location).json()["state"] for location in busy} != {"running"}:
        pass
    waiting = [submit(client, f"right {number}").headers["Location"] for number in range(3)]
    shown = [client.get(location).json() for location in waiting]
    assert [each["position"] for each in shown] == [1, 2, 3]
    seconds = [each["estimated_seconds"] for each in shown]
    assert seconds == sorted(seconds)
    assert all(each is not None for each in seconds)
    judge.gate.set()
    for location in waiting:
        assert settle(location)["position"] is None


def test_a_number_that_json_cannot_write_is_refused(client: TestClient) -> None:
    """PostgreSQL keeps no NaN in JSON: a run would be a fault of ours there, and be taken by SQLite."""
    for value in ("NaN", "-Infinity", "1e400"):
        body = f'{{"problem": "add_one", "source": "right", "input": {{"x": [1, 1, {value}]}}}}'
        answer = client.post("/api/v1/runs", content=body, headers={"Content-Type": "application/json"})
        assert "infinite" in answer.json()["detail"]
        assert answer.status_code == 422
