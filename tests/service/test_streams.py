"""Attempts as streams of server-sent events, from a server in its own process."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from app.accounts.rights import Role
from app.attempts.events import AttemptEvent
from app.database.db import FILE_NAME, Database
from app.settings import Settings
from tests.service.fakes import SQLITE_ONLY
from tests.service.processes import Server
from tests.service.test_errors import told

Event = tuple[str, str, dict[str, Any]]
SUBMISSION = {"problem": "add_one", "source": "right"}


def read(lines: Iterator[str]) -> Iterator[Event]:
    """Id, name and data of each event; comments are left out."""
    fields: dict[str, str] = {}
    for line in lines:
        if line and not line.startswith(":"):
            name, _, value = line.partition(":")
            fields[name] = value.strip()
        elif not line and "event" in fields:
            yield fields.get("id", ""), fields["event"], json.loads(fields["data"])
            fields = {}


def follow(client: httpx2.Client, location: str, last: str = "") -> list[Event]:
    """Every event of an attempt until its stream ends."""
    headers = {"Last-Event-ID": last} if last else {}
    with client.stream("GET", f"{location}/events", headers=headers) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        return [*read(answer.iter_lines())]


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    made = serve(submissions_in_flight="100")
    made.use(made.token)
    return made


def test_a_stream_tells_everything_until_the_verdict(server: Server) -> None:
    """A learner would see nothing until the end, or never the end."""
    events = follow(server.client, server.submit("right"))
    named = [(number, name) for number, name, _ in events if name != "position"]
    assert named == [
        *(("1", "queued"), ("2", "running"), ("3", "traced")),
        *(("4", "case"), ("5", "case"), ("6", "done")),
    ]
    assert {name: data for _, name, data in events}["traced"]["operations"] == 1
    assert events[-1][2] == {"verdict": "accepted", "reason": None, "message": "All cases pass."}


@SQLITE_ONLY
def test_a_hidden_case_is_told_with_the_verdict_only(server: Server, gate: Path, tmp_path: Path) -> None:
    """When it ends would tell how long it took, and hidden values may decide that."""
    location = server.submit("hold")
    time.sleep(2)  # both cases are known, and what of it may be told is written down
    gate.touch()
    events = follow(server.client, location)
    assert [data["case"]["name"] for _, name, data in events if name == "case"] == ["small", "large"]
    with closing(Database(tmp_path / "data" / FILE_NAME)) as database, database.read() as session:
        rows = session.query(AttemptEvent).filter_by(attempt_id=location.rpartition("/")[2]).all()
    at = {row.data["case"]["name"] if row.kind == "case" else row.kind: row.at for row in rows}
    assert (at["done"] - at["small"]).total_seconds() > 0.5
    assert (at["done"] - at["large"]).total_seconds() < 0.1


def test_a_stream_is_taken_up_again_where_it_broke(server: Server, gate: Path) -> None:
    """A learner on a train would miss events, or see some twice."""
    location = server.submit("wait")
    server.wait(location, "running")
    with server.client.stream("GET", f"{location}/events") as answer:
        events = read(answer.iter_lines())
        first = [next(event for event in events if event[1] == name)[0] for name in ("queued", "running", "traced")]
    assert first == ["1", "2", "3"]
    gate.touch()
    assert [name for _, name, _ in follow(server.client, location, "3")] == ["case", "case", "done"]
    assert [name for _, name, _ in follow(server.client, location, "1")] == [
        "running",
        "traced",
        "case",
        "case",
        "done",
    ]


def test_whoever_is_queued_sees_the_place_in_the_queue(server: Server, gate: Path) -> None:
    """A learner would not know whether anything goes on."""
    busy = [server.submit("wait") for _ in range(int(server.client.get("/readyz").json()["queue"]["running"]) + 1)]
    server.wait(busy[0], "running")
    behind = [server.submit("wait") for _ in range(8)]
    seen: list[Event] = []
    found = threading.Event()

    def watch() -> None:
        with server.client.stream("GET", f"{behind[-1]}/events") as answer:
            for event in read(answer.iter_lines()):
                seen.append(event)
                if event[1] == "position":
                    found.set()

    watcher = threading.Thread(target=watch)
    watcher.start()
    assert found.wait(30)
    gate.touch()
    watcher.join(60)
    positions = [data["position"] for _, name, data in seen if name == "position"]
    assert positions[0] > 1
    assert positions == sorted(positions, reverse=True)
    assert all(number == "" for number, name, _ in seen if name == "position")


def test_a_fault_of_ours_is_told_as_waiting_again(server: Server) -> None:
    """A learner would see an attempt stop for no reason."""
    events = follow(server.client, server.submit("bug"))
    assert [name for _, name, _ in events if name not in ("position", "traced", "case")] == [
        "queued",
        "running",
    ] * Settings().max_tries + ["done"]
    assert "not yours" in events[-1][2]["message"]


def test_fifty_streams_do_with_two_connections(serve: Callable[..., Server], gate: Path) -> None:
    """A class that watches its verdicts would keep everybody from submitting."""
    server = serve(database_pool="2", submissions_in_flight="100")
    server.use(server.token)
    attempts = [server.submit("wait") for _ in range(50)]
    with (
        ThreadPoolExecutor(50) as pool,
        httpx2.Client(
            base_url=server.client.base_url,
            headers=dict(server.client.headers),
            timeout=60,
            limits=httpx2.Limits(max_connections=60),
        ) as client,
    ):
        streams = [pool.submit(follow, client, location) for location in attempts]
        server.wait(attempts[0], "running")
        for _ in range(20):
            assert server.client.get("/api/v1/problems").status_code == 200
        gate.touch()
        assert {stream.result(120)[-1][1] for stream in streams} == {"done"}


def test_a_stream_of_somebody_else_is_not_there(client: TestClient, of: Callable[[str, Role], TestClient]) -> None:
    """A learner could watch others' attempts."""
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.LEARNER)
    location = ada.post("/api/v1/attempts", json=SUBMISSION).headers["Location"]
    run = ada.post("/api/v1/runs", json=SUBMISSION).headers["Location"]
    for place in (location, run):
        told(eve.get(f"{place}/events"), 404)
        assert client.get(f"{place}/events").status_code == 200
    told(client.get("/api/v1/attempts/nothing/events"), 404)
    told(client.get(f"{location}/events", headers={"Last-Event-ID": "x"}), 422)


def test_events_that_are_forgotten_leave_the_verdict(client: TestClient, settle: Callable[[str], Any]) -> None:
    """A stream of an old attempt would never end."""
    location = client.post("/api/v1/attempts", json=SUBMISSION).headers["Location"]
    settle(location)
    with client.app.state.service.database.write() as session:  # type: ignore[attr-defined]
        session.execute(delete(AttemptEvent))
    [(number, name, data)] = follow(client, location)
    assert (number, name, data["verdict"]) == ("", "done", "accepted")


def test_asking_again_costs_little_while_nothing_changes(client: TestClient, settle: Callable[[str], Any]) -> None:
    """A client that polls would fetch the whole report each time."""
    location = client.post("/api/v1/attempts", json=SUBMISSION).headers["Location"]
    settle(location)
    answer = client.get(location)
    again = client.get(location, headers={"If-None-Match": f'"other", {answer.headers["ETag"]}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", answer.headers["ETag"])
    assert client.get(location, headers={"If-None-Match": '"other"'}).status_code == 200
