"""Problems, attempts and runs over HTTP, through the production application."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.database.db import now
from app.engine.workers import Worker
from app.main import create_app
from app.settings import Settings
from app.tokens import service as tokens
from tests.service import fakes
from tests.service.fakes import PUBLIC_INPUT, FakeJudge, FakeSandbox

Settle = Callable[[str], dict[str, Any]]


def test_the_way_of_one_submission(client: TestClient, settle: Settle) -> None:
    """A learner could submit and never see a verdict."""
    response = client.post("/api/v1/attempts", json={"problem": "add_one", "source": "wrong"})
    assert response.status_code == 202
    assert response.headers["Retry-After"] == "1"
    location = response.headers["Location"]
    assert location == f"/api/v1/attempts/{response.json()['id']}"
    attempt = settle(location)
    assert (attempt["verdict"], attempt["reason"], attempt["tries"]) == ("wrong_answer", "value", 1)
    assert attempt["source"] == "wrong"
    assert [case["name"] for case in attempt["report"]["cases"]] == ["small", "large"]
    assert attempt["report"]["seed"] == 7
    assert datetime.fromisoformat(attempt["created_at"]).utcoffset() is not None


def test_a_run_returns_what_it_printed_and_does_not_count(client: TestClient, settle: Settle) -> None:
    """Trying something out would count, or show nothing."""
    body = {"problem": "add_one", "source": "right", "input": {"x": [1, 2, 3]}}
    run = settle(client.post("/api/v1/runs", json=body).headers["Location"])
    assert run["verdict"] is None
    assert run["report"]["printed"] == "ran on {'x': [1, 2, 3]}"
    assert client.get("/api/v1/attempts").json()["items"] == []


@pytest.mark.parametrize("given", [[], 5, {"y": [1, 2, 3]}, {"x": "a"}, {"x": [1, 2, 1e300]}])
def test_an_input_that_does_not_fit_is_refused_at_once(client: TestClient, given: object) -> None:
    """A slip in the input would only come to light after a run that could not have worked."""
    response = client.post("/api/v1/runs", json={"problem": "add_one", "source": "right", "input": given})
    assert response.status_code == 422
    assert "x" in response.json()["detail"]


def test_runs_and_attempts_have_their_own_addresses(client: TestClient) -> None:
    """A run could be shown as if it had been graded."""
    made = client.post("/api/v1/runs", json={"problem": "add_one", "source": "right"}).json()["id"]
    assert client.get(f"/api/v1/attempts/{made}").status_code == 404
    assert client.get(f"/api/v1/runs/{made}").status_code == 200


@pytest.mark.parametrize("source", ["", "\0", "def broken(:", "right é", "right 😀"])
def test_whatever_is_wrong_with_a_source_it_is_kept(client: TestClient, settle: Settle, source: str) -> None:
    """A learner's work could be lost at the door."""
    response = client.post("/api/v1/attempts", json={"problem": "add_one", "source": source})
    assert response.status_code == 202
    assert settle(response.headers["Location"])["source"] == source


def test_attempts_are_listed_newest_first_and_in_pages(client: TestClient) -> None:
    """A learner could not find the last attempt, or a list would grow without bound."""
    made = [
        client.post("/api/v1/attempts", json={"problem": "add_one", "source": f"right {number}"}).json()["id"]
        for number in range(5)
    ]
    seen, address, pages = [], "/api/v1/attempts?limit=2", 0
    while address:
        page = client.get(address).json()
        seen += [item["id"] for item in page["items"]]
        address, pages = page["next"], pages + 1
    assert seen == made[::-1]
    assert pages == 3


def test_a_problem_shows_what_it_takes_to_solve_it(client: TestClient) -> None:
    """A learner could not know what to write."""
    problem = client.get("/api/v1/problems/add_one").json()
    assert problem["signature"] == "add_one(x: float32[N]) -> float32[N]"
    assert problem["starter"].startswith("def add_one(x):")
    assert problem["hints"] == ["Look at the shape", "The numbers differ"]
    [example] = problem["examples"]
    assert example["arguments"] == [{"path": "x", "type": "float32[3]", "value": [PUBLIC_INPUT] * 3}]
    assert example["returns"] == [{"path": "", "type": "float32[3]", "value": [PUBLIC_INPUT + 1] * 3}]


def test_problems_are_listed_by_name(client: TestClient) -> None:
    """A learner could not see what there is."""
    items = client.get("/api/v1/problems").json()["items"]
    assert [item["slug"] for item in items] == ["add_one", "add_two"]


def test_everything_is_there_after_a_restart(
    settings: Settings, judge: FakeJudge, client: TestClient, settle: Settle
) -> None:
    """A restart could lose a verdict, a queued attempt, the token or the problems."""
    judged = client.post("/api/v1/attempts", json={"problem": "add_one", "source": "right"}).headers["Location"]
    settle(judged)
    waiting = [
        client.post("/api/v1/attempts", json={"problem": "add_one", "source": "wait"}).headers["Location"]
        for _ in range(3)
    ]
    assert judge.entered.wait(60)
    headers = {"Authorization": client.headers["Authorization"]}
    client.__exit__()

    judge.gate.set()
    again = create_app(settings, FakeSandbox(), pipeline=fakes.pipeline(judge, fakes.never_publish))
    with TestClient(again, headers=headers) as restarted:
        assert restarted.get(judged).json()["verdict"] == "accepted"
        for location in waiting:
            while (attempt := restarted.get(location).json())["state"] != "done":
                pass
            assert (attempt["verdict"], attempt["tries"]) == ("accepted", 1)


def test_stopping_closes_the_sandbox(settings: Settings, judge: FakeJudge) -> None:
    """Processes of the sandbox would outlive the server."""
    sandbox = FakeSandbox()
    with TestClient(create_app(settings, sandbox, pipeline=fakes.pipeline(judge))):
        assert not sandbox.closed.is_set()
    assert sandbox.closed.is_set()


def test_a_closed_service_lets_go_of_its_directory(settings: Settings, judge: FakeJudge) -> None:
    """A server could not be started again in the same process."""
    for _ in range(2):
        with TestClient(create_app(settings, FakeSandbox(), pipeline=fakes.pipeline(judge))) as client:
            assert client.get("/healthz").status_code == 200


def test_making_an_application_opens_nothing(settings: Settings) -> None:
    """Importing or inspecting the application would lock the data directory."""
    app = create_app(settings, FakeSandbox())
    assert "/api/v1/attempts" in app.openapi()["paths"]
    assert not settings.data_dir.exists()


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz"])
def test_health_is_open_to_anyone(anonymous: TestClient, path: str) -> None:
    """A load balancer would need a token."""
    assert anonymous.get(path).status_code == 200


def test_readiness_says_what_the_service_can_do(client: TestClient, judge: FakeJudge) -> None:
    """An operator could not see a weak wall or a growing queue."""
    for _ in range(4):
        client.post("/api/v1/attempts", json={"problem": "add_one", "source": "wait"})
    assert judge.entered.wait(60)
    ready = client.get("/readyz").json()
    assert ready["sandbox"]["backend"] == "fake"
    assert ready["weaker_promises"] == ["Memory is counted per process, not per job."]
    assert sum(ready["queue"].values()) == 4
    assert (ready["problems"], ready["unpublished"]) == (2, [])


def test_readiness_fails_without_the_database(app: FastAPI, client: TestClient) -> None:
    """A load balancer would send learners to a server that cannot take their work."""
    with app.state.service.database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE attempts RENAME TO lost")
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.headers["content-type"] == "application/problem+json"


def test_readiness_fails_while_no_code_can_be_run(app: FastAPI, client: TestClient) -> None:
    """An operator would learn from learners that Docker has stopped."""
    app.state.service.workplace.sandbox.down = "the Docker daemon does not answer"
    response = client.get("/readyz")
    assert response.status_code == 503
    assert "the Docker daemon does not answer" in response.json()["detail"]
    app.state.service.workplace.sandbox.down = ""
    assert client.get("/readyz").status_code == 200


def test_broken_folders_are_named(settings: Settings, problems: Path, judge: FakeJudge) -> None:
    """An operator would not notice that a problem is missing."""
    fakes.write_folder(problems, "half_done", "broken")
    with TestClient(create_app(settings, FakeSandbox(), pipeline=fakes.pipeline(judge))) as client:
        assert client.get("/readyz").json()["unpublished"] == ["half_done"]


def test_a_problem_that_waits_for_a_device_is_named(settings: Settings, problems: Path, judge: FakeJudge) -> None:
    """An operator who has added no worker with a GPU yet would not notice that a problem is missing."""
    fakes.write_folder(problems, "add_gpu", "gpu")
    without = settings.model_copy(update={"queues": "cpu"})
    with TestClient(create_app(without, FakeSandbox(), pipeline=fakes.pipeline(judge))) as client:
        assert client.get("/readyz").json()["unattended"] == ["add_gpu"]
        with client.app.state.service.database.write() as session:  # type: ignore[attr-defined]
            session.add(Worker(name="gpu", queues=["gpu"], slots=1, toolchain={}, seen_at=now()))
        assert client.get("/readyz").json()["unattended"] == []


def test_a_token_is_readable_once(app: FastAPI, client: TestClient) -> None:
    """Whoever reads the database could use the API."""
    token = client.headers["Authorization"].removeprefix("Bearer ")
    assert token.startswith("allc_")
    database = app.state.service.database
    with database.read() as session:
        assert tokens.count(session) == 1
        stored = session.connection().exec_driver_sql("SELECT * FROM api_tokens").all()
    assert token not in str(stored)
