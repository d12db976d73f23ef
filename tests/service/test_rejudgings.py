"""Rejudgings over HTTP: who may, what is told of them and to whom, and that a killed server goes on with them."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from app.problems import store
from tests.service import fakes
from tests.service.processes import Server
from tests.service.test_errors import told

Of = Callable[[str, Role], TestClient]
ALL = "/api/v1/rejudgings"


def submit(client: TestClient, source: str) -> str:
    location = client.post("/api/v1/attempts", json={"problem": "add_one", "source": source}).headers["Location"]
    until(client, location, "done")
    return location


def until(client: Any, location: str, state: str) -> dict[str, Any]:
    for _ in range(3000):
        body: dict[str, Any] = client.get(location).json()
        if body["state"] == state:
            return body
        time.sleep(0.01)
    raise TimeoutError(f"{location} is not {state}")


def serve_version(app: FastAPI, right: str) -> None:
    """Serve another version of ``add_one``, by which sources are right that begin with one of these letters."""
    with app.state.service.database.write() as session:
        version = store.add(session, fakes.publish(fakes.problem("add_one", right)), "toolchain")
        store.serve(session, version)


def make(client: TestClient, **asked: str) -> str:
    answer = client.post(ALL, json={"kind": "problem", "name": "add_one"} | asked)
    assert answer.status_code == 202, answer.text
    return answer.headers["Location"]


def test_an_instructor_looks_and_applies(app: FastAPI, of: Of) -> None:
    """Nobody could mend the verdicts of a problem that was wrong."""
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.INSTRUCTOR)
    right, wrong = submit(ada, "right"), submit(ada, "wrong")
    serve_version(app, "w")
    location = make(eve)
    seen = until(eve, location, "previewed")
    named = {"kind": "problem", "name": "add_one", "made_by": "Eve", "against": None}
    counted = {"attempts": 2, "judged": 2, "raised": 1, "lowered": 1, "changed": 0, "unchanged": 0, "applied": 0}
    assert seen.items() >= {**named, **counted, "failed": 0, "gone": 0, "skipped": 0}.items()
    address: str | None = f"{location}/changes?limit=1"
    changes = []
    while address:
        page = eve.get(address).json()
        changes += page["items"]
        address = page["next"]
    assert [(each["user"], each["direction"], each["verdict_before"], each["verdict_after"]) for each in changes] == [
        ("Ada", "lowered", "accepted", "wrong_answer"),
        ("Ada", "raised", "wrong_answer", "accepted"),
    ]
    [raised] = eve.get(f"{location}/changes?direction=raised").json()["items"]
    assert raised == changes[1]
    assert ada.get(wrong).json()["verdict"] == "wrong_answer"
    assert eve.post(f"{location}/apply").status_code == 202
    until(eve, location, "applied")
    assert [ada.get(each).json()["verdict"] for each in (right, wrong)] == ["accepted", "accepted"]
    assert eve.post(f"{location}/apply", json={"allow_lowering": True}).json()["state"] == "applying"
    until(eve, location, "applied")
    assert ada.get(right).json()["verdict"] == "wrong_answer"
    told(eve.post(f"{location}/cancel"), 409)
    assert [item["id"] for item in eve.get(ALL).json()["items"]] == [seen["id"]]


def test_a_learner_sees_that_and_when_it_was_judged_again_but_not_by_whom(app: FastAPI, of: Of) -> None:
    """A verdict would change behind a learner's back, and a page that they have stay as it was."""
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.INSTRUCTOR)
    location = submit(ada, "wrong")
    before = ada.get(location)
    assert before.json()["earlier"] == []
    serve_version(app, "w")
    until(eve, made := make(eve), "previewed")
    eve.post(f"{made}/apply")
    until(eve, made, "applied")
    after = ada.get(location, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    [earlier] = after.json()["earlier"]
    ended, finished = map(datetime.fromisoformat, (earlier.pop("until"), after.json()["finished_at"]))
    assert ended > finished
    assert earlier == {"verdict": "wrong_answer", "reason": "value", "problem_version": "1.0.0"}
    assert (after.json()["verdict"], after.json()["problem_version"]) == ("accepted", "1.0.0")
    assert after.json()["report"]["problem_version"] == "w"
    assert "Eve" not in after.text
    followed = ada.get(f"{location}/events").text
    assert '"verdict":"wrong_answer"' not in followed.replace(" ", "").partition("event:done")[2]
    done = followed.rpartition("id: ")[2].split()[0]
    taken_up = ada.get(f"{location}/events", headers={"Last-Event-ID": done}).text
    assert "event: rejudged" in taken_up
    assert taken_up.index("event: rejudged") < taken_up.index("event: done")


def test_learners_see_nothing_of_rejudgings(of: Of) -> None:
    """A learner could read others' verdicts, or make their own."""
    ada = of("Ada", Role.LEARNER)
    told(ada.post(ALL, json={"kind": "user", "name": "Ada"}), 403)
    told(ada.get(ALL), 403)


def test_what_is_not_there_or_not_meant_is_said(client: TestClient) -> None:
    """A slip would look like an answer."""
    told(client.post(ALL, json={"kind": "course", "name": "add_one"}), 422)
    told(client.post(ALL, json={"kind": "problem", "name": "add_one\0"}), 422)
    told(client.post(ALL, json={"kind": "problem", "name": "ad_one"}), 404)
    half = rb'{"kind": "version", "name": "\ud800@\ud800"}'
    assert client.post(ALL, content=half, headers={"Content-Type": "application/json"}).status_code in (404, 422)
    told(client.post(ALL, json={"kind": "problem", "name": "add_one"}), 409)
    for path in ("", "/changes"):
        told(client.get(f"{ALL}/nothing{path}"), 404)
    for verb in ("apply", "cancel"):
        told(client.post(f"{ALL}/nothing/{verb}"), 404)


def test_a_killed_server_goes_on_where_it_was(serve: Callable[..., Server], gate: Path) -> None:
    """A course's rejudging would begin anew with each crash, or never end."""
    gate.touch()
    server = serve()
    server.use(server.token)
    for source in ("right", "wait", "wrong"):
        server.wait(server.submit(source), "done")
    server.end(signal.SIGTERM)
    gate.unlink()
    second = serve(lease="1", new_token="yes")
    second.use(second.token)
    location = second.client.post(ALL, json={"kind": "problem", "name": "add_one"}).headers["Location"]
    for _ in range(3000):
        if second.client.get(location).json()["judged"] == 1:
            break
        time.sleep(0.01)
    second.end(signal.SIGKILL)
    gate.touch()
    third = serve(lease="1", new_token="yes")
    third.use(third.token)
    seen = until(third.client, location, "previewed")
    assert (seen["judged"], seen["unchanged"], seen["failed"]) == (3, 3, 0)
