"""Pages on judging again: the changes are shown, and applied as far as somebody said."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.accounts.rights import Role
from app.attempts.models import Attempt
from app.database.db import now
from app.problems import store
from app.rejudge.models import Rejudged, Rejudging
from app.web.routes.instructor import rejudgings
from tests.service import fakes
from tests.web.desk import Browsers, read, send, settle, submit

PAGE = "/instructor/rejudgings"
FORM = {"kind": "problem", "name": "add_one", "against": ""}


@pytest.fixture
def iris(browser_of: Browsers) -> TestClient:
    return browser_of("Iris", Role.INSTRUCTOR)


@pytest.fixture
def made(app: FastAPI, learner: TestClient) -> list[str]:
    """Two attempts of which another version, served meanwhile, would raise the first and lower the second."""
    attempts = [submit(learner, "wrong"), submit(learner, "right")]
    with app.state.service.database.write() as session:
        toolchain = store.current(session, "add_one").toolchain_sha256
        store.serve(session, store.add(session, fakes.publish(fakes.problem("add_one", "w")), toolchain))
    return attempts


def _begin(browser: TestClient) -> str:
    """Where a rejudging is shown that is to be decided."""
    answer = browser.post(PAGE, data=FORM)
    assert answer.status_code == 303, answer.text
    path: str = answer.headers["location"]
    settle(browser, path, "To be decided")
    return path


def _verdicts(app: FastAPI, made: list[str]) -> list[str | None]:
    with app.state.service.database.read() as session:
        return [session.get_one(Attempt, each).verdict for each in made]


def _rows(text: str) -> list[str]:
    return re.findall(r'href="/attempts/([^"]+)"', text)


def test_a_preview_shows_before_and_after_and_changes_nothing(app: FastAPI, iris: TestClient, made: list[str]) -> None:
    """An instructor would change a course's verdicts without seeing which."""
    path = _begin(iris)
    text = read(iris, path)
    assert _rows(text) == made
    assert "hx-trigger" not in text
    assert _rows(read(iris, f"{path}?direction=raised")) == [made[0]]
    assert _rows(read(iris, f"{path}?direction=lowered")) == [made[1]]
    assert _verdicts(app, made) == ["wrong_answer", "accepted"]


def test_applying_lowers_nothing_unless_that_is_ticked(app: FastAPI, iris: TestClient, made: list[str]) -> None:
    """Whoever was accepted would lose it without anybody having meant that."""
    path = _begin(iris)
    send(iris, f"{path}/apply")
    text = settle(iris, path, "Apply what was left out?")
    assert _verdicts(app, made) == ["accepted", "accepted"]
    assert 'name="allow_lowering" value="yes" required' in text
    send(iris, f"{path}/apply", {"allow_lowering": "yes"})
    settle(iris, path, "passed over")
    assert _verdicts(app, made) == ["accepted", "wrong_answer"]


def test_a_preview_can_be_cancelled(app: FastAPI, iris: TestClient, made: list[str]) -> None:
    """What nobody wants would stand there to be applied for ever."""
    path = _begin(iris)
    text = send(iris, f"{path}/cancel")
    assert "It was cancelled." in text
    assert "/apply" not in text
    assert "Nothing was done." in send(iris, f"{path}/apply")
    assert _verdicts(app, made) == ["wrong_answer", "accepted"]


@pytest.mark.parametrize(
    ("form", "status", "why"),
    [
        ({"name": "nothing<b>"}, 404, "nothing&lt;b&gt;"),
        ({"name": " "}, 422, "Name what is to be judged again."),
        ({"against": "no@version"}, 404, "no@version"),
        ({"kind": "user", "name": "nobody"}, 404, "nobody"),
        ({"name": "add_two"}, 409, "No graded attempt there is done"),
    ],
)
def test_a_refusal_keeps_what_was_typed(iris: TestClient, form: dict[str, str], status: int, why: str) -> None:
    """Whoever mistyped a name would begin anew, on another page."""
    answer = iris.post(PAGE, data=FORM | form)
    assert answer.status_code == status
    assert why in answer.text
    for name in ("name", "against"):
        typed = (FORM | form)[name].replace("<", "&lt;").replace(">", "&gt;")
        assert f'name="{name}" value="{typed}"' in answer.text


def test_the_form_begins_with_what_a_link_says(iris: TestClient) -> None:
    """A button beside a problem would lead to an empty form."""
    text = read(iris, f"{PAGE}?kind=version&name=add_one%401")
    assert '<option value="version" selected>' in text
    assert 'name="name" value="add_one@1"' in text


def test_rejudgings_and_changes_are_listed_by_pages(
    iris: TestClient, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large course only the first changes could be seen."""
    monkeypatch.setattr(rejudgings, "PAGE", 1)
    first = _begin(iris)
    text = read(iris, first)
    assert _rows(text) == [made[0]]
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following is not None
    assert _rows(read(iris, following[1])) == [made[1]]
    second = _begin(iris)
    listed = read(iris, PAGE)
    assert second in listed
    assert first not in listed
    assert first in read(iris, f"{PAGE}?before={second.rpartition('/')[2]}")


def test_one_that_runs_reloads_itself(app: FastAPI, iris: TestClient, made: list[str]) -> None:
    """Somebody would look at a page that never changes."""
    path = _begin(iris)
    with app.state.service.database.write() as session:
        later = now() + timedelta(hours=1)
        waits = {"state": "waiting", "not_before": later, "direction": None}
        session.execute(update(Rejudged).where(Rejudged.attempt_id == made[0]).values(**waits))
        session.execute(update(Rejudging).values(state="previewing"))
    text = read(iris, path)
    assert f'hx-get="{path}" hx-trigger="every 2s" hx-select="#rejudging"' in text
    assert '<progress value="1" max="2">' in text
    assert "/cancel" in text
    assert "/apply" not in text
