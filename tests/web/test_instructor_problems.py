"""Pages on problems: who sees them, which version is served, and how they do."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from app.audit import service as audit
from app.audit.service import Filter
from app.figures.problems import Tries
from app.problems import store
from app.web.routes.instructor import problems
from tests.service import fakes
from tests.web.desk import Browsers, read, send, submit

PAGE = "/instructor/problems/add_one"


@pytest.fixture
def iris(browser_of: Browsers) -> TestClient:
    return browser_of("Iris", Role.INSTRUCTOR)


def _meant(page: str) -> str:
    found = re.search(r'name="meant" value="([^"]*)"', page)
    assert found is not None
    return found[1].replace("&#34;", '"')


def _publish(app: FastAPI, slug: str, content: str, title: str | None = None) -> str:
    """A version that was uploaded, and is served."""
    made = fakes.problem(slug, content)
    made = made if title is None else made.model_copy(update={"title": title})
    with app.state.service.database.write() as session:
        toolchain = store.current(session, "add_one").toolchain_sha256
        version = store.add(session, fakes.publish(made), toolchain)
        store.serve(session, version, "upload")
        return version.id


def test_the_list_says_how_problems_are_shown_and_do(iris: TestClient, learner: TestClient) -> None:
    """An instructor would have to open every problem to find the one that nobody solves."""
    submit(learner, "wrong")
    submit(learner, "right")
    text = read(iris, "/instructor")
    for part in ("The problem add_one", "The problem add_two", "1.0.0", "1 of 1 person", "Nobody yet"):
        assert part in text.translate({0x2068: None, 0x2069: None})


def test_who_sees_a_problem_can_be_changed(app: FastAPI, iris: TestClient, learner: TestClient) -> None:
    """A form would say that it changed something, and learners see the problem still."""
    form = {"visibility": "hidden", "enforce_prerequisites": "yes", "meant": _meant(read(iris, PAGE))}
    text = send(iris, f"{PAGE}/shown", form)
    assert "Saved." in text
    assert "Saved." not in read(iris, PAGE)
    assert "The problem add_one" not in read(learner, "/")
    with app.state.service.database.read() as session:
        row = store.find(session, "add_one", everything=True)
        assert (row.visibility, row.enforce_prerequisites) == ("hidden", True)
        [entry] = audit.page(session, Filter(who="Iris"), None, 10)
        assert (entry.action, entry.subject_name) == ("problem.changed", "add_one")


def test_a_form_that_is_out_of_date_changes_nothing(app: FastAPI, iris: TestClient) -> None:
    """Whoever saves second would undo what they have not seen."""
    meant = _meant(read(iris, PAGE))
    send(iris, f"{PAGE}/shown", {"visibility": "unlisted", "meant": meant})
    assert "Nothing was done." in send(iris, f"{PAGE}/shown", {"visibility": "hidden", "meant": meant})
    with app.state.service.database.read() as session:
        assert store.find(session, "add_one", everything=True).visibility == "unlisted"


def test_an_earlier_version_is_published_again(app: FastAPI, iris: TestClient) -> None:
    """A bad version could only be replaced by uploading the good one anew."""
    first = _publish(app, "add_three", "1")
    _publish(app, "add_three", "b")
    page = "/instructor/problems/add_three"
    text = send(iris, f"{page}/publish", {"version": first, "meant": _meant(read(iris, page))})
    assert "is published." in text
    with app.state.service.database.read() as session:
        assert store.current(session, "add_three").id == first


def test_a_problem_is_unpublished_and_its_versions_stay(app: FastAPI, iris: TestClient, learner: TestClient) -> None:
    """A mistake could not be taken back, or taking it back would lose it."""
    _publish(app, "add_three", "1")
    page = "/instructor/problems/add_three"
    text = send(iris, f"{page}/unpublish", {"meant": _meant(read(iris, page))})
    assert "is no longer served." in text
    assert "Not served" in text
    assert "add_three" not in read(learner, "/")
    assert "add_three" in read(iris, "/instructor")


def test_a_folders_version_is_not_to_be_replaced(iris: TestClient) -> None:
    """A button would be there that is always refused."""
    text = read(iris, PAGE)
    assert f"{PAGE}/unpublish" not in text
    assert "served from the operator" in text
    assert "Nothing was done." in send(iris, f"{PAGE}/unpublish", {"meant": _meant(text)})


def test_a_problem_that_never_was_is_not_there(iris: TestClient) -> None:
    """A mistyped address would be an error of ours."""
    for path in ("/instructor/problems/nothing", "/instructor/problems/nothing/figures"):
        assert "There is no such problem" in read(iris, path, 404)


def test_figures_say_who_passes_and_what_others_fail_for(
    iris: TestClient, learner: TestClient, browser_of: Browsers
) -> None:
    """An author would guess what to mend."""
    for source in ("known", "wrong", "right"):
        submit(learner, source)
    submit(browser_of("Grace", Role.LEARNER), "known")
    text = read(iris, f"{PAGE}/figures").translate({0x2068: None, 0x2069: None})
    for part in ("50 %", "1 of 2 people", "1 of 4 attempts", fakes.KNOWN_MESSAGE, fakes.KNOWN, "2 of 4", "large"):
        assert part in text
    assert "pitfall=submissions%2Fwrong%2Fknown.py" in text
    assert fakes.SECRET_TEXT not in text


def test_figures_of_what_nobody_attempted_say_so(iris: TestClient) -> None:
    """A page of zeros, or a division by one, would meet whoever has just published."""
    assert "No attempts yet" in read(iris, f"{PAGE}/figures")


def test_people_who_took_many_attempts_are_counted_together() -> None:
    """One stubborn learner would make a table of a hundred rows."""
    tries = [Tries(*each) for each in ((1, 3), (3, 2), (9, 1), (40, 1))]
    assert problems._grouped(tries) == [("1", 3), ("2", 0), ("3", 2), ("6+", 2)]
    assert problems._middle(tries) == 3
    assert problems._middle([]) is None


def test_hostile_titles_and_labels_are_text(app: FastAPI, iris: TestClient) -> None:
    """Whoever uploads a problem could act as whoever looks at the list."""
    _publish(app, "add_three", "1", "<script>alert(1)</script>\u202e\x1b[31m")
    for path in ("/instructor", "/instructor/problems/add_three", "/instructor/problems/add_three/figures"):
        text = read(iris, path)
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in text
        assert "\u202e" not in text
        assert "\x1b" not in text
