"""Pages on uploads: a folder is sent, its check is watched, and what it found stands beside what learners would see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import update

from app.accounts.rights import Role
from app.database.db import now
from app.problems import store
from app.problems.uploads.models import ProblemUpload
from app.web.routes.instructor import uploads
from tests.service import fakes
from tests.web.desk import Browsers, read, send, settle

PAGE = "/instructor/uploads"


@pytest.fixture
def iris(browser_of: Browsers) -> TestClient:
    return browser_of("Iris", Role.INSTRUCTOR)


def _post(browser: TestClient, archive: bytes, **form: str) -> Any:
    return browser.post(PAGE, files={"archive": ("problem.zip", archive, "application/zip")}, data=form)


def _upload(browser: TestClient, content: str, slug: str = "add_three", **more: str) -> tuple[str, str]:
    """Where an upload is shown, and what stands there once it is checked."""
    answer = _post(browser, fakes.archive(slug, content, **more), mutants="yes")
    assert answer.status_code == 303, answer.text
    path = answer.headers["location"]
    return path, settle(browser, path, 'class="past" aria-current="step"')


def test_a_sound_folder_is_shown_and_published(app: FastAPI, iris: TestClient, learner: TestClient) -> None:
    """An instructor without a terminal could publish nothing."""
    path, text = _upload(iris, "Three more")
    for part in ("It grades as its author declares", "mutant-survives", "Add a case.", "line", "Add one.", "12.5"):
        assert part in text
    assert "hx-get" not in text
    for secret in (fakes.SECRET_TEXT, str(fakes.SECRET_INPUT), str(fakes.SECRET_OUTPUT)):
        assert secret not in text
    told = send(
        iris, "/instructor/problems/add_three/publish", {"upload": path.rpartition("/")[2], "visibility": "public"}
    )
    assert "is published." in told
    assert "Three more" in read(learner, "/")


def test_errors_keep_a_folder_from_being_published(iris: TestClient) -> None:
    """What does not grade as it says would reach learners; or its author would not see what they wrote."""
    path, text = _upload(iris, "faulty")
    for part in (
        "One error keeps",
        "wrong-outcome",
        "submissions/wrong/known.py",
        "As learners will see it",
        "Add one.",
    ):
        assert part in text
    assert "/publish" not in text
    told = send(iris, "/instructor/problems/add_three/publish", {"upload": path.rpartition("/")[2]})
    assert "Nothing was done." in told
    assert "wrong-outcome" in told


def test_a_folder_that_cannot_be_read_is_shown_as_far_as_it_can(iris: TestClient) -> None:
    """An author would see findings about a page, and not the page."""
    _, text = _upload(iris, "broken", **{"statement.md": "## Why\n\nBecause *so*.\n"})
    assert "missing-file" in text
    assert "<em>so</em>" in text


def test_what_was_checked_before_is_shown_without_a_preview(app: FastAPI, iris: TestClient) -> None:
    """Uploads of an earlier release would be errors of ours."""
    path, _ = _upload(iris, "Three")
    with app.state.service.database.write() as session:
        session.execute(update(ProblemUpload).values(draft=None))
    assert "was not kept" in read(iris, path)


def test_a_check_that_waits_reloads_itself(app: FastAPI, iris: TestClient) -> None:
    """Somebody would look at a page that never changes."""
    path, _ = _upload(iris, "Three")
    later = now() + timedelta(hours=1)
    with app.state.service.database.write() as session:
        waits = {"state": "queued", "record": None, "not_before": later, "message": "Tried <b>again</b>."}
        session.execute(update(ProblemUpload).values(**waits))
    text = read(iris, path)
    assert f'hx-get="{path}" hx-trigger="every 2s" hx-select="#upload"' in text
    assert "Tried &lt;b&gt;again&lt;/b&gt;." in text
    assert "Reload to see" in text


@pytest.mark.parametrize(("archive", "status"), [(b"", 415), (b"no archive", 422)])
def test_what_is_no_archive_is_refused_on_the_page(iris: TestClient, archive: bytes, status: int) -> None:
    """Whoever chose the wrong file would see an error page, and begin anew."""
    answer = _post(iris, archive)
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert 'name="archive"' in answer.text


def test_a_form_without_a_file_is_refused(iris: TestClient) -> None:
    """A text where a file is expected would be an error of ours."""
    assert iris.post(PAGE, data={"archive": "text"}).status_code == 415


def test_what_is_too_long_is_refused_on_a_page(iris: TestClient, app: FastAPI) -> None:
    """Whoever packed too much would see JSON."""
    answer = _post(iris, b"x" * (app.state.service.settings.max_upload + 1))
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")
    assert "longer than" in answer.text


def test_uploads_are_listed_by_pages(iris: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest could not be found again."""
    monkeypatch.setattr(uploads, "PAGE", 1)
    first, _ = _upload(iris, "Three")
    second, _ = _upload(iris, "Four", "add_four")
    text = read(iris, PAGE)
    assert second in text
    assert first not in text
    following = f"{PAGE}?before={second.rpartition('/')[2]}"
    assert following in text
    assert first in read(iris, following)


def test_hostile_folders_are_shown_as_text(iris: TestClient) -> None:
    """Whoever uploads a problem could act as whoever looks at what was found."""
    title = "<script>alert(1)</script>\u202e faulty"
    _, text = _upload(iris, title, **{"<img src=x>.py": "x"})
    assert "<script>alert" not in text
    assert "<img src=x>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in text
    assert "\u202e" not in text


def test_publishing_replaces_what_was_shown(app: FastAPI, iris: TestClient) -> None:
    """Two instructors could publish over each other unseen."""
    _, text = _upload(iris, "Three")
    old, _ = _upload(iris, "Three and more")
    send(iris, "/instructor/problems/add_three/publish", {"upload": old.rpartition("/")[2]})
    with app.state.service.database.read() as session:
        first = store.current(session, "add_three").id
    assert "It takes the place of version" not in text
    path, text = _upload(iris, "Three and more still")
    assert "It takes the place of version" in text
    form = {"upload": path.rpartition("/")[2], "meant": '"of another time"'}
    assert "Nothing was done." in send(iris, "/instructor/problems/add_three/publish", form)
    with app.state.service.database.read() as session:
        assert store.current(session, "add_three").id == first
