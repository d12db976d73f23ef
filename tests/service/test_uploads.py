"""Uploads over HTTP: what is taken, what is refused, and what is said of a check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from app.problems.uploads import service
from app.settings import Settings
from tests.service import fakes
from tests.service.test_errors import told

Of = Callable[[str, Role], TestClient]
Settle = Callable[[str], dict[str, Any]]
PLACE = "/api/v1/problem-uploads"
ZIP = {"Content-Type": "application/zip"}


@pytest.fixture
def iris(of: Of) -> TestClient:
    """An instructor."""
    return of("Iris", Role.INSTRUCTOR)


def test_an_upload_is_checked_in_the_background(iris: TestClient, settle: Settle) -> None:
    """An instructor would wait for an answer until a proxy hangs up, or never learn what is wrong."""
    answer = iris.post(PLACE, content=fakes.archive("add_three"), headers=ZIP)
    assert answer.status_code == 202
    assert answer.headers["Retry-After"] == "2"
    taken = answer.json()
    assert (taken["problem"], taken["user"], taken["state"]) == ("add_three", "Iris", "queued")
    assert (taken["publishable"], taken["version_id"]) == (False, None)
    done = settle(answer.headers["Location"])
    assert (done["errors"], done["publishable"], done["message"]) == (0, True, None)
    [finding] = done["check"]["findings"]
    assert finding == {
        "code": "mutant-survives",
        "file": "reference.py",
        "line": 2,
        "message": "A slip passes: ?",
        "mend": "Add a case.",
        "severity": "warning",
    }
    assert (done["check"]["cases"], done["check"]["submissions"]) == (2, 6)
    assert iris.get("/api/v1/problems/add_three").status_code == 404


def test_slips_are_looked_for_unless_told_otherwise(iris: TestClient, settle: Settle) -> None:
    """An author in a hurry would wait minutes for what they did not ask."""
    answer = iris.post(f"{PLACE}?mutants=false&slug=add_four", content=fakes.archive("repo-main"), headers=ZIP)
    done = settle(answer.headers["Location"])
    assert (done["problem"], done["check"]["findings"]) == ("add_four", [])


@pytest.mark.parametrize(
    ("content", "more", "codes"),
    [
        ("broken", {}, ["missing-file"]),
        ("faulty", {}, ["wrong-outcome", "mutant-survives"]),
        ("sound", {"notes.txt": "x"}, ["unexpected-file"]),
        ("broken", {"notes.txt": "x"}, ["unexpected-file", "missing-file"]),
        ("sound", {".DS_Store": "x"}, ["mutant-survives", "unexpected-file"]),
    ],
)
def test_findings_are_told_errors_first(
    iris: TestClient, settle: Settle, content: str, more: dict[str, str], codes: list[str]
) -> None:
    """An author would publish what cannot be graded, or look for a fault that they were not told."""
    done = settle(
        iris.post(PLACE, content=fakes.archive("add_three", content, **more), headers=ZIP).headers["Location"]
    )
    found = done["check"]["findings"]
    assert [finding["code"] for finding in found] == codes
    errors = sum(finding["severity"] == "error" for finding in found)
    assert (done["errors"], done["publishable"]) == (errors, not errors)


def test_our_fault_is_no_finding(iris: TestClient, settle: Settle) -> None:
    """An author would look for a fault of ours in their folder."""
    done = settle(iris.post(PLACE, content=fakes.archive("add_three", "unavailable"), headers=ZIP).headers["Location"])
    assert (done["check"], done["publishable"], done["errors"]) == (None, False, 0)
    assert f"{Settings().max_tries} times" in done["message"]
    assert "our fault" in done["message"]
    refused = told(iris.post("/api/v1/problems/add_three/publish", json={"upload": done["id"]}), 409)
    assert "our fault" in refused["detail"]


@pytest.mark.parametrize(
    ("content", "headers", "status", "says"),
    [
        (b"not a zip", ZIP, 422, "zip archive"),
        (b"", ZIP, 422, "zip archive"),
        (fakes.archive("add_three", **{"../evil": "x"}), ZIP, 422, "'..'"),
        (fakes.archive("Bad-Name"), ZIP, 422, "?slug="),
        (fakes.archive("add_three"), {"Content-Type": "application/json"}, 415, "Content-Type"),
        (fakes.archive("add_three"), {}, 415, "Content-Type"),
    ],
)
def test_what_cannot_be_a_problem_is_refused(
    iris: TestClient, content: bytes, headers: dict[str, str], status: int, says: str
) -> None:
    """A hostile or damaged archive would be a fault of ours, or kept and looked at later."""
    refused = told(iris.post(PLACE, content=content, headers=headers), status)
    assert says in refused["detail"]
    assert iris.get(PLACE).json()["items"] == []


def test_a_refusal_names_the_entry(iris: TestClient) -> None:
    """A program could not show which file to mend."""
    refused = told(iris.post(PLACE, content=fakes.archive("add_three", **{"../evil": "x"}), headers=ZIP), 422)
    assert refused["entry"] == "add_three/../evil"


@pytest.mark.parametrize("declared", [True, False])
def test_an_archive_that_is_too_long_is_refused(iris: TestClient, settings: Settings, declared: bool) -> None:
    """Anybody who may upload could fill the memory; and the limit for sources would bound problems."""
    long = b"x" * (settings.max_upload + 1)
    answer = iris.post(PLACE, content=long if declared else iter([long]), headers=ZIP)
    refused = told(answer, 413)
    assert f"{settings.max_upload:,}" in refused["detail"]
    assert settings.max_body < settings.max_upload
    fits = fakes.archive("add_three") + b"x" * settings.max_body
    assert "zip" in told(iris.post(PLACE, content=fits[::-1], headers=ZIP), 422)["detail"]
    assert told(iris.post("/api/v1/attempts", content=fits, headers=ZIP), 413)


def test_learners_cannot_upload(of: Of) -> None:
    """Anybody could have the service run whatever they like as a problem."""
    ada = of("Ada", Role.LEARNER)
    told(ada.post(PLACE, content=fakes.archive("add_three"), headers=ZIP), 403)
    told(ada.get(PLACE), 403)
    told(ada.get(f"{PLACE}/some"), 403)


def test_uploads_are_listed_page_by_page(iris: TestClient, settle: Settle) -> None:
    """A colleague could not find what somebody has uploaded, or would get all of a year at once."""
    made = []
    for number in range(3):
        answer = iris.post(PLACE, content=fakes.archive(f"add_{number}x"), headers=ZIP)
        settle(answer.headers["Location"])
        made.append(answer.json()["id"])
    first = iris.get(f"{PLACE}?limit=2").json()
    assert [item["id"] for item in first["items"]] == made[:0:-1]
    rest = iris.get(first["next"]).json()
    assert ([item["id"] for item in rest["items"]], rest["next"]) == ([made[0]], None)
    assert "check" not in first["items"][0]
    told(iris.get(f"{PLACE}/{made[0][:-1]}x"), 404)


def test_uploads_that_wait_are_few(app: FastAPI, iris: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A loop in a script would fill the database with archives."""
    running = app.state.service
    monkeypatch.setattr(running.workplace.sandbox, "down", "Nothing can be run.")
    codes = [
        iris.post(PLACE, content=fakes.archive("add_three"), headers=ZIP).status_code
        for _ in range(service.MOST_IN_FLIGHT + 2)
    ]
    assert codes[-1] == 429
    assert codes.count(202) in (service.MOST_IN_FLIGHT, service.MOST_IN_FLIGHT + 1)
