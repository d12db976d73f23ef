"""Pages on everybody's attempts, and on who makes them."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.accounts.rights import Role
from app.attempts.models import Attempt
from app.problems.tables import ProblemVersion
from app.web.routes.instructor import attempts
from tests.web.desk import Browsers, read, submit

PAGE = "/instructor/attempts"


@pytest.fixture
def iris(browser_of: Browsers) -> TestClient:
    return browser_of("Iris", Role.INSTRUCTOR)


def _listed(text: str) -> list[str]:
    return re.findall(r'href="/attempts/([^"]+)"', text)


def test_attempts_are_found_by_filters(iris: TestClient, learner: TestClient, browser_of: Browsers) -> None:
    """An instructor could not find the attempt that somebody asks about."""
    mine = [submit(learner, "right"), submit(learner, "known"), submit(learner, "right", "add_two")]
    other = submit(browser_of("Grace", Role.LEARNER), "wrong")
    assert _listed(read(iris, PAGE)) == [other, *reversed(mine)]
    assert _listed(read(iris, f"{PAGE}?user=+ADA+&problem=add_one")) == [mine[1], mine[0]]
    assert _listed(read(iris, f"{PAGE}?verdict=accepted&version=1.0.0")) == [mine[2], mine[0]]
    assert _listed(read(iris, f"{PAGE}?reason=value&pitfall=submissions/wrong/known.py")) == [mine[1]]
    assert _listed(read(iris, f"{PAGE}?problem=&user=&verdict=&version=&since=2020-01-01&until=9999-12-31")) != []
    assert "No attempt is like that" in read(iris, f"{PAGE}?until=2020-01-01")
    assert "No attempt is like that" in read(iris, f"{PAGE}?verdict=unfinished")


def test_what_was_typed_stays_in_the_form(iris: TestClient) -> None:
    """Whoever mistyped a name would type all filters again."""
    text = read(iris, f'{PAGE}?user=<b>"x&verdict=accepted&since=2026-01-02')
    assert 'value="&lt;b&gt;&#34;x"' in text
    assert '<option value="accepted" selected>' in text
    assert 'value="2026-01-02"' in text


@pytest.mark.parametrize("query", ["verdict=unknown", "since=yesterday", "reason=none", f"user={'x' * 300}"])
def test_a_filter_that_makes_no_sense_is_refused(iris: TestClient, query: str) -> None:
    """A mistyped address would show everything as if it were what was asked for."""
    assert iris.get(f"{PAGE}?{query}").status_code == 422


def test_pages_follow_each_other_with_their_filters(
    iris: TestClient, learner: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second page would show what was filtered out."""
    monkeypatch.setattr(attempts, "PAGE", 2)
    made = [submit(learner, source) for source in ("wrong 1", "right", "wrong 2", "wrong 3")]
    text = read(iris, f"{PAGE}?verdict=wrong_answer")
    assert _listed(text) == [made[3], made[2]]
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following is not None
    second = read(iris, following[1].replace("&amp;", "&"))
    assert _listed(second) == [made[0]]
    assert 'rel="next"' not in second
    assert f'href="{PAGE}?verdict=wrong_answer"' in second


def test_nothing_yet_says_what_will_be_there(iris: TestClient) -> None:
    """A new service would look broken."""
    assert "No attempts yet" in read(iris, PAGE)
    assert "People are listed here once" in read(iris, "/instructor/people")


def test_what_is_not_done_is_found(
    app: FastAPI, iris: TestClient, learner: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for an instructor's help could not be found by it."""
    monkeypatch.setattr("app.attempts.delivery.requeue_lost", lambda *_: [])
    made = submit(learner, "right")
    with app.state.service.database.write() as session:
        waits = {"state": "running", "claim": "somebody", "verdict": None}
        session.execute(update(Attempt).where(Attempt.id == made).values(**waits))
    text = read(iris, f"{PAGE}?verdict=unfinished")
    assert _listed(text) == [made]
    assert "Running" in text


def test_whoever_was_erased_has_no_name(app: FastAPI, iris: TestClient, learner: TestClient) -> None:
    """An attempt without a user would be an error of ours."""
    submit(learner, "right")
    with app.state.service.database.write() as session:
        session.execute(update(Attempt).values(user_id=None))
    assert "(erased)" in read(iris, PAGE)


def test_hostile_labels_are_text(app: FastAPI, iris: TestClient, learner: TestClient) -> None:
    """A version's name could run in an instructor's browser."""
    submit(learner, "right")
    with app.state.service.database.write() as session:
        session.execute(update(ProblemVersion).values(label="<script>alert(1)</script>\u202e"))
    text = read(iris, PAGE)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in text


def test_people_are_listed_with_what_they_solved(
    iris: TestClient, learner: TestClient, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An instructor could not see who needs help."""
    monkeypatch.setattr(attempts, "PAGE", 1)
    submit(learner, "right")
    submit(learner, "wrong", "add_two")
    submit(browser_of("Grace", Role.LEARNER), "wrong")
    text = read(iris, "/instructor/people")
    assert "Ada" in text
    assert "1 of 2" in text
    assert "Grace" not in text
    assert "/instructor/people?after=Ada" in text
    assert "Grace" in read(iris, "/instructor/people?after=Ada")
    assert "name begins like that." in read(iris, "/instructor/people?name=X")
    assert "Manage users" not in text
