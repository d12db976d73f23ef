"""The list of problems in a browser."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import event, update

from app.accounts.rights import Role
from app.problems.tables import ProblemVersion, ServedProblem
from tests.service import fakes

TRACKS = """
[[tracks]]
name = "second"
title = "The <b>second</b>"
summary = "What comes later."
problems = ["add_two", "not_there", "add_three"]
"""


@pytest.fixture
def problems(tmp_path: Path) -> Path:
    """Three problems, two of them in a track."""
    folder = tmp_path / "problems"
    for slug in ("add_one", "add_two", "add_three"):
        fakes.write_folder(folder, slug)
    (folder / "tracks.toml").write_text(TRACKS)
    return folder


def _change(app: FastAPI, slug: str, **values: object) -> None:
    with app.state.service.database.write() as session:
        session.execute(update(ServedProblem).where(ServedProblem.slug == slug).values(**values))


def _before(app: FastAPI, slug: str, *required: str) -> None:
    with app.state.service.database.write() as session:
        session.execute(update(ProblemVersion).where(ProblemVersion.slug == slug).values(prerequisites=list(required)))


def _listed(page: str) -> list[tuple[str, str]]:
    """Name and progress of every problem in a page, in its order."""
    rungs = re.findall(r'<li class="rung ?(\w*)">.*?href="/problems/(\w+)"', page, re.DOTALL)
    return [(slug, progress) for progress, slug in rungs]


def _submit(browser: TestClient, slug: str, source: str) -> None:
    answer = browser.post("/api/v1/attempts", json={"problem": slug, "source": source})
    assert answer.status_code == 202
    for _ in range(1000):
        if browser.get(answer.headers["location"]).json()["state"] == "done":
            return
    raise TimeoutError(slug)


def test_tracks_come_in_order_and_others_after_them(browser: TestClient) -> None:
    """Somebody would begin in the middle, or never find a problem that no track names."""
    page = browser.get("/").text
    assert [slug for slug, _ in _listed(page)] == ["add_two", "add_three", "add_one"]
    assert "The &lt;b&gt;second&lt;/b&gt;" in page
    assert "More problems" in page


def test_progress_is_shown_by_word(learner: TestClient) -> None:
    """Nobody would see what is done and what is next."""
    _submit(learner, "add_two", "right")
    _submit(learner, "add_three", "wrong")
    page = learner.get("/").text
    assert dict(_listed(page)) == {"add_two": "solved", "add_three": "tried", "add_one": "open"}
    assert "1 of 3 solved" in page
    assert "1 of 2 solved" in page
    assert {"Solved", "Tried"} <= set(re.findall(r'<span class="badge \w+">(\w+)</span>', page))


def test_somebody_without_an_account_sees_problems_and_no_progress(browser: TestClient) -> None:
    """A newcomer would have to sign up before seeing anything, or see somebody's progress."""
    page = browser.get("/").text
    assert {progress for _, progress in _listed(page)} == {""}
    assert " solved" not in page


def test_what_waits_for_others_is_locked_until_they_are_solved(app: FastAPI, learner: TestClient) -> None:
    """Somebody would write an answer that is not taken."""
    _before(app, "add_three", "add_two", "not_there")
    assert "Best after \u2068The problem add_two\u2069" in learner.get("/").text
    _change(app, "add_three", enforce_prerequisites=True)
    page = learner.get("/").text
    assert ("add_three", "locked") in _listed(page)
    assert "Opens after \u2068The problem add_two\u2069" in page
    _submit(learner, "add_two", "right")
    assert ("add_three", "open") in _listed(learner.get("/").text)


def test_hidden_problems_are_for_instructors(
    app: FastAPI, browser: TestClient, browser_of: Callable[[str, Role], TestClient]
) -> None:
    """An exam's problem would be read before the exam, or its author not find it."""
    _change(app, "add_two", visibility="hidden")
    _change(app, "add_three", visibility="unlisted")
    assert [slug for slug, _ in _listed(browser.get("/").text)] == ["add_one"]
    page = browser_of("Ida", Role.INSTRUCTOR).get("/").text
    assert [slug for slug, _ in _listed(page)] == ["add_two", "add_three", "add_one"]
    assert "Hidden" in page
    assert "Unlisted" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "PROBLEM two"}, ["add_two"]),
        ({"q": "vmap"}, ["add_two", "add_three", "add_one"]),
        ({"tag": "vmap"}, ["add_two", "add_three", "add_one"]),
        ({"tag": "grad"}, []),
        ({"difficulty": "1"}, ["add_two", "add_three", "add_one"]),
        ({"difficulty": "2"}, []),
        ({"difficulty": "<b>"}, ["add_two", "add_three", "add_one"]),
        ({"progress": "solved"}, ["add_two"]),
        ({"progress": "open", "q": "one"}, ["add_one"]),
    ],
)
def test_the_list_is_filtered(learner: TestClient, query: dict[str, str], found: list[str]) -> None:
    """Somebody would scroll through sixty problems to find one."""
    _submit(learner, "add_two", "right")
    page = learner.get("/", params=query).text
    assert [slug for slug, _ in _listed(page)] == found
    assert ("No problem fits" in page) == (not found)


def test_what_is_looked_for_is_shown_as_text(browser: TestClient) -> None:
    """A link could put something into the page."""
    page = browser.get("/", params={"q": '"><script>alert(1)</script>', "tag": '"><b>'}).text
    assert "<script>alert" not in page
    assert 'value="&#34;&gt;&lt;script&gt;' in page


def test_the_list_takes_as_many_queries_however_long_it_is(app: FastAPI, learner: TestClient) -> None:
    """Sixty problems would take sixty queries, and the first page of the service a second."""
    asked: list[str] = []

    def note(*told: Any) -> None:
        if "AnyIO" in threading.current_thread().name:  # others work in the background
            asked.append(told[2])

    event.listen(app.state.service.database.engine, "before_cursor_execute", note)
    assert learner.get("/").status_code == 200
    assert (
        sum(statement.startswith("SELECT") for statement in asked) == 3
    )  # who looks, what there is, and how far they are


def test_a_service_without_problems_says_so(app: FastAPI, browser: TestClient) -> None:
    """Somebody would take an empty page for a broken one."""
    for slug in ("add_one", "add_two", "add_three"):
        _change(app, slug, version_id=None)
    assert "No problems yet" in browser.get("/").text
