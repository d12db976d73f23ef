"""``/metrics``: who may read it, what it counts, and that it tells nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.attempts import delivery, service
from app.attempts.delivery import Ended, RetryPolicy
from app.database.db import Database, now
from app.metrics.instruments import Metrics
from app.settings import Settings, SettingsInvalid, load_settings
from tests.service.fakes import SECRET_TEXT, FakeJudge
from tests.service.test_errors import told

TOKEN = "a-token-of-the-operator's"

Read = Callable[..., float]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"metrics_token": Settings(metrics_token=TOKEN).metrics_token})


@pytest.fixture
def scrape(client: TestClient) -> Callable[[], str]:
    """Read everything as Prometheus does."""

    def read() -> str:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        return answer.text

    return read


@pytest.fixture
def read(scrape: Callable[[], str]) -> Read:
    """The value of a sample."""

    def value(name: str, **labels: str) -> float:
        [found] = [
            sample.value
            for family in text_string_to_metric_families(scrape())
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        ]
        return found

    return value


def _submit(client: TestClient, source: str, kind: str = "attempts") -> str:
    return client.post(f"/api/v1/{kind}", json={"problem": "add_one", "source": source}).headers["Location"]


def test_only_the_operators_own_token_opens_it(client: TestClient) -> None:
    """Anybody on the network, or every user, could see how the service is used."""
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Basic {TOKEN}"}):
        told(client.get("/metrics", headers={"Authorization": "", **headers}), 401)
    told(client.get("/metrics"), 401)  # an admin's own token


def test_without_a_token_nothing_is_there(app: FastAPI, client: TestClient) -> None:
    """A service that nobody watches would show its figures to everybody, or accept an empty token."""
    running = app.state.service
    object.__setattr__(
        running, "settings", running.settings.model_copy(update={"metrics_token": Settings().metrics_token})
    )
    for shown in ("", "Bearer ", f"Bearer {TOKEN}"):
        told(client.get("/metrics", headers={"Authorization": shown}), 404)


@pytest.mark.parametrize("token", ["short", "with spaces in it, and long", "nüchtern-und-lang-genug"])
def test_a_token_that_could_be_guessed_or_not_sent_is_refused(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    """An operator would find out in Prometheus' log, or somebody else before them."""
    monkeypatch.setenv("ALLCLOSE_METRICS_TOKEN", token)
    with pytest.raises(SettingsInvalid, match="ALLCLOSE_METRICS_TOKEN") as refused:
        load_settings()
    assert token not in str(refused.value)


def test_what_ends_is_counted_by_verdict_and_kind(
    client: TestClient, settle: Callable[[str], dict[str, Any]], read: Read
) -> None:
    """An operator could not see that everything fails of late."""
    for source in ("right", "wrong", "wrong again", "bug"):
        settle(_submit(client, source))
    settle(_submit(client, "right", "runs"))
    for verdict, count in (("accepted", 1), ("wrong_answer", 2), ("internal_error", 1), ("time_limit", 0)):
        assert read("allclose_attempts_ended_total", kind="grade", verdict=verdict) == count
    assert read("allclose_attempts_ended_total", kind="run", verdict="none") == 1
    assert read("allclose_attempts_dead_total", kind="grade") == 1
    assert read("allclose_attempt_faults_total") == Settings().max_tries
    for histogram in ("waiting", "judging", "whole"):
        assert read(f"allclose_attempt_{histogram}_seconds_count", kind="grade") == 3
        assert read(f"allclose_attempt_{histogram}_seconds_count", kind="run") == 1


def test_the_queue_is_read_as_it_stands(client: TestClient, judge: FakeJudge, read: Read) -> None:
    """A queue that grows before a deadline would be seen by learners first."""
    held = [_submit(client, "wait") for _ in range(2)]
    while any(client.get(location).json()["state"] != "running" for location in held):
        pass
    waiting = _submit(client, "right")
    assert read("allclose_attempts_running", kind="grade") == 2
    assert read("allclose_attempts_queued", kind="grade") == 1
    assert read("allclose_attempts_queued", kind="run") == 0
    assert read("allclose_queue_oldest_age_seconds", kind="grade") > 0
    assert read("allclose_queue_oldest_age_seconds", kind="run") == 0
    client.post(f"{waiting}/cancel")
    assert read("allclose_attempts_ended_total", kind="grade", verdict="cancelled") == 1
    assert read("allclose_attempts_queued", kind="grade") == 0
    judge.gate.set()


def test_the_queue_is_read_without_looking_at_what_has_ended(database: Database) -> None:
    """Each look would take longer the older the service is."""
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *call: asked.append(call[2]))
    with database.read() as session:
        assert service.unfinished(session) == {}
        [query] = [statement for statement in asked if "FROM attempts" in statement]
        connection = session.connection()
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # it scans what is empty
        plan = [*connection.exec_driver_sql(f"EXPLAIN {'QUERY PLAN ' if database.is_sqlite else ''}{query}")]
    assert "ix_attempts_unfinished" in str(plan)


def test_the_sandbox_and_the_connections_are_told(read: Read) -> None:
    """Lanes that cannot be started would show only as a queue that does not move."""
    assert read("allclose_sandbox_lanes", state="warm") == 1
    assert read("allclose_sandbox_lanes", state="busy") == 1
    assert read("allclose_sandbox_lanes_wanted") == 2
    assert read("allclose_sandbox_lane_starts_total") == 3
    assert read("allclose_sandbox_lane_start_failures_total") == 4
    assert read("allclose_database_up") == 1
    assert read("allclose_database_connections_limit") == 20
    assert read("allclose_database_connections_used") >= 0
    assert read("allclose_event_streams_open") == 0
    assert read("allclose_build_info", version="0.1.0") == 1
    assert read("process_resident_memory_bytes") > 0


def test_requests_are_counted_by_template(client: TestClient, read: Read) -> None:
    """Every id that somebody tries would make a series of its own, until Prometheus has no memory left."""
    for name in ("one", "two"):
        client.get(f"/api/v1/attempts/{name}")
        client.get(f"/nowhere/{name}")
    client.request("BREW", "/healthz")
    count = "allclose_http_request_duration_seconds_count"
    assert read(count, route="/api/v1/attempts/{attempt_id}", method="GET", status="404") == 2
    assert read(count, route="unmatched", method="GET", status="404") == 2
    assert read(count, method="other", status="405") == 1


def test_a_fault_of_ours_is_counted_as_one(client: TestClient, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Requests that fail would be missing where faults are looked for."""

    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setattr("app.attempts.service.page", fail)
        assert client.get("/api/v1/attempts").status_code == 500
    count = "allclose_http_request_duration_seconds_count"
    assert read(count, route="/api/v1/attempts", method="GET", status="500") == 1


def test_figures_are_there_while_the_database_is_not(
    client: TestClient, read: Read, scrape: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operator would be blind at the moment at which they look."""

    def away(session: object) -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(service, "unfinished", away)
    assert read("allclose_database_up") == 0
    assert read("allclose_sandbox_lanes_wanted") == 2
    assert "allclose_attempts_queued" not in scrape()


def test_figures_wait_for_no_connection(
    app: FastAPI, read: Read, scrape: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prometheus would give up waiting when every connection is in use, and show nothing of why."""
    monkeypatch.setattr(app.state.service.database, "connections", lambda: (20, 20))
    monkeypatch.setattr(service, "unfinished", lambda session: pytest.fail("it waits"))
    assert read("allclose_database_connections_used") == 20
    assert "allclose_attempts_queued" not in scrape()


def test_nothing_that_somebody_has_written_is_in_it(
    client: TestClient, settle: Callable[[str], dict[str, Any]], scrape: Callable[[], str]
) -> None:
    """Figures would carry names, sources or hidden texts to wherever they are kept."""
    location = _submit(client, "wrong my-own-source")
    settle(location)
    client.get("/api/v1/links/a-secret-code")
    text = scrape()
    for secret in (TOKEN, SECRET_TEXT, "my-own-source", "tester", "add_one", "a-secret-code", location.split("/")[-1]):
        assert secret not in text
    assert "_created" not in text


def test_whose_holder_died_is_counted(database: Database) -> None:
    """Workers that die again and again would look like a slow queue."""
    with database.write() as session:
        lost = service.submit(session, None, service.Submitted("grade", "add_one", b"right")).id
    for tries, ends in ((1, 0), (2, 1)):
        with database.write() as session:
            delivery.claim_next(session, f"claim {tries}")
        with database.write() as session:
            assert delivery.requeue_lost(session, tuple, RetryPolicy(2, 0)) == [lost]
            ended = delivery.endings(session, [lost])
        assert [each.verdict for each in ended] == ["internal_error"] * ends


def _samples(metrics: Metrics) -> Iterator[tuple[str, float]]:
    for family in metrics.registry.collect():
        for sample in family.samples:
            yield sample.name, sample.value


def test_two_applications_count_apart() -> None:
    """A second application in one process could not start, or would count into the first."""
    one, other = Metrics(), Metrics()
    one.stalled(3)
    assert ("allclose_attempts_stalled_total", 3.0) in _samples(one)
    assert ("allclose_attempts_stalled_total", 0.0) in _samples(other)


def test_a_clock_that_was_set_back_takes_no_time_away() -> None:
    """A negative duration would spoil the sum of a histogram."""
    metrics = Metrics()
    moment = now()
    metrics.ended([Ended("grade", "accepted", moment, moment - timedelta(hours=1), moment)])
    assert ("allclose_attempt_waiting_seconds_sum", 0.0) in _samples(metrics)
