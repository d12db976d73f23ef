"""Whatever goes wrong with a request, it is told as problem details that say what to do."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import event
from sqlalchemy.orm import Session
from structlog.testing import capture_logs

from app.attempts.models import Attempt
from app.settings import Settings
from tests.service.fakes import FakeJudge

JSON = {"Content-Type": "application/json"}
SUBMISSION = {"problem": "add_one", "source": "right"}


def told(response: Response, status: int) -> dict[str, Any]:
    """The problem details of a response, after checking that it is sound."""
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["x-content-type-options"] == "nosniff"
    body: dict[str, Any] = response.json()
    assert body["status"] == status
    assert body["title"]
    assert body["detail"]
    return body


def test_without_a_token_nothing_is_shown(anonymous: TestClient) -> None:
    """Anyone on the network could read and submit."""
    for method, path in [("GET", "/problems"), ("GET", "/problems/add_one"), ("POST", "/attempts"), ("GET", "/runs/x")]:
        response = anonymous.request(method, f"/api/v1{path}")
        assert "Sign in" in told(response, 401)["detail"]
        assert response.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("header", ["Bearer allc_wrong", "Bearer ", "Basic dGVzdDp0ZXN0", "allc_wrong", "Bearer \xff"])
def test_a_wrong_token_is_refused(anonymous: TestClient, header: str) -> None:
    """A token could be guessed, or be replaced by another kind of credentials."""
    response = anonymous.get("/api/v1/problems", headers={b"Authorization": header.encode("latin-1")})
    told(response, 401)


def test_an_unknown_problem_names_its_neighbours(client: TestClient) -> None:
    """A learner with a typing error would have to search for the name."""
    for response in (
        client.get("/api/v1/problems/ad_one"),
        client.post("/api/v1/attempts", json={**SUBMISSION, "problem": "ad_one"}),
    ):
        body = told(response, 404)
        assert body["near"] == ["add_one", "add_two"]
        assert "Did you mean add_one" in body["detail"]


@pytest.mark.parametrize("name", ["", "nothing_like_it", "a" * 200, "add_one\0", "../add_one", "' OR 1=1"])
def test_odd_names_are_unknown_problems(client: TestClient, name: str) -> None:
    """A hostile name could reach another problem, or crash the look-up."""
    told(client.post("/api/v1/attempts", json={**SUBMISSION, "problem": name}), 404)


def test_an_unknown_attempt_says_where_attempts_are(client: TestClient) -> None:
    """A learner would not know whether an attempt was lost."""
    assert "GET /api/v1/attempts" in told(client.get("/api/v1/attempts/nothing"), 404)["detail"]
    assert "POST /api/v1/runs" in told(client.get("/api/v1/runs/nothing"), 404)["detail"]


def test_unknown_addresses_and_methods_are_told(client: TestClient) -> None:
    """A client would get a page in another format and fail to read it."""
    assert "/nowhere" in told(client.get("/nowhere"), 404)["detail"]
    response = client.delete("/api/v1/problems")
    assert "takes GET" in told(response, 405)["detail"]
    assert response.headers["allow"] == "GET"


def test_malformed_json_is_told_with_its_place(client: TestClient) -> None:
    """A learner who writes requests by hand could not find the mistake."""
    response = client.post("/api/v1/attempts", content=b'{"problem": "add_one",}', headers=JSON)
    assert "character 22" in told(response, 400)["detail"]


@pytest.mark.parametrize("body", [b'{"problem": "\xff"}', b"[" * 100_000, b'{"problem": ' + b"9" * 5000 + b"}"])
def test_json_that_cannot_be_read_is_told(client: TestClient, body: bytes) -> None:
    """Bytes that are not UTF-8, deep nesting or a huge number would be a fault of ours."""
    assert "JSON" in told(client.post("/api/v1/attempts", content=body, headers=JSON), 400)["detail"]


def test_a_body_that_is_not_json_is_told_how_to_be(client: TestClient) -> None:
    """Curl sends a form unless it is told otherwise, and everybody forgets."""
    body = json.dumps(SUBMISSION).encode()
    response = client.post(
        "/api/v1/attempts", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    assert "Content-Type: application/json" in told(response, 415)["detail"]
    told(client.post("/api/v1/attempts", content=body), 415)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"problem": "add_one"}, "body.source"),
        ({**SUBMISSION, "sourc": ""}, "body.sourc"),
        ({**SUBMISSION, "source": 3}, "body.source"),
        ({**SUBMISSION, "source": None}, "body.source"),
        ([], "body"),
    ],
)
def test_a_body_of_another_shape_is_told_where(client: TestClient, body: object, place: str) -> None:
    """A misspelt key would be ignored, or the message not say which."""
    errors = told(client.post("/api/v1/attempts", json=body), 422)["errors"]
    assert place in [error["place"] for error in errors]


@pytest.mark.parametrize("key", ["source", "problem", "\ud800"])
def test_half_a_surrogate_pair_is_refused(client: TestClient, key: str) -> None:
    """JSON can spell what UTF-8 cannot carry; the response or the database would fail."""
    body = json.dumps({**SUBMISSION, key: "def \ud800"})
    told(client.post("/api/v1/attempts", content=body, headers=JSON), 422)


@pytest.mark.parametrize(
    "inputs", [{"x": "\ud800"}, {"\udfff": 1}, json.loads("[" * 100 + "]" * 100), {"x": [1.0, float("nan")]}]
)
def test_inputs_that_cannot_be_kept_are_refused(client: TestClient, inputs: object) -> None:
    """A run could be accepted and then crash whoever reads it."""
    body = json.dumps({**SUBMISSION, "input": inputs})
    told(client.post("/api/v1/runs", content=body, headers=JSON), 422)


def test_a_million_faults_are_not_all_listed(client: TestClient) -> None:
    """A hostile request would get a response many times its size."""
    body = {**SUBMISSION, **{str(number): 0 for number in range(1000)}}
    assert len(told(client.post("/api/v1/attempts", json=body), 422)["errors"]) == 20


def test_the_largest_source_is_taken_and_one_more_byte_is_not(client: TestClient, settings: Settings) -> None:
    """The limit would be another one than documented, or count characters."""
    largest = "é" * (settings.max_source // 2)
    assert client.post("/api/v1/attempts", json={**SUBMISSION, "source": largest}).status_code == 202
    body = told(client.post("/api/v1/attempts", json={**SUBMISSION, "source": largest + "e"}), 413)
    assert "262,145 bytes; at most 262,144" in body["detail"]


@pytest.mark.parametrize("declared", [True, False])
def test_a_body_beyond_the_limit_is_refused(client: TestClient, settings: Settings, *, declared: bool) -> None:
    """One request could fill the memory, with or without saying how long it is."""
    content = b" " * (settings.max_body + 1)
    response = client.post("/api/v1/attempts", content=content if declared else iter([content]), headers=JSON)
    assert "bytes" in told(response, 413)["detail"]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", f"before={'a' * 65}"])
def test_pages_have_a_largest_size(client: TestClient, query: str) -> None:
    """One request could read the whole table."""
    told(client.get(f"/api/v1/attempts?{query}"), 422)


@pytest.fixture
def full_disk() -> Iterator[None]:
    """Commits of attempts fail; workers, who have none in their sessions, go on."""

    def fail(session: Session) -> None:
        if any(isinstance(item, Attempt) for item in session.identity_map.values()):
            raise OSError("no space at a secret place")

    event.listen(Session, "before_commit", fail)
    yield
    event.remove(Session, "before_commit", fail)


@pytest.mark.usefixtures("full_disk")
def test_a_commit_that_fails_is_no_202(app: FastAPI, client: TestClient, judge: FakeJudge) -> None:
    """A learner would be told that an attempt is kept which is not."""
    response = client.post("/api/v1/attempts", json=SUBMISSION)
    assert "our fault" in told(response, 500)["detail"]
    assert "location" not in response.headers
    assert "secret" not in response.text
    with app.state.service.database.read() as session:
        assert session.query(Attempt).count() == 0
    assert judge.judged == []


@pytest.mark.usefixtures("full_disk")
def test_a_fault_of_ours_is_logged_without_what_was_sent(client: TestClient) -> None:
    """A source or a token would end in a log that others read."""
    with capture_logs() as logs:
        client.post("/api/v1/attempts", json={**SUBMISSION, "source": "my own work"})
    assert [entry["event"] for entry in logs if entry["log_level"] == "error"] == ["request.fault"]
    assert "my own work" not in str(logs)
    assert client.headers["Authorization"].split()[1] not in str(logs)


def test_every_response_has_the_security_headers(client: TestClient) -> None:
    """A browser could be made to read a result as a page."""
    for path in ("/", "/api/v1/problems", "/nowhere", "/openapi.json"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "default-src 'none'" in headers["content-security-policy"]
