"""Pages of what somebody has submitted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.rights import Role
from tests.service import fakes
from tests.service.fakes import FakeJudge


@pytest.fixture
def submit(app: FastAPI) -> Callable[[TestClient, str], str]:
    """Submits a source by the problem page's form; the address of the attempt's page, once it is judged."""

    def send(browser: TestClient, source: str) -> str:
        answer = browser.post("/problems/add_one", data={"source": source})
        assert answer.status_code == 303
        place = answer.headers["Location"]
        while source != "wait" and browser.get(f"/api/v1{place}").json()["state"] != "done":
            pass
        return str(place)

    return send


def test_attempts_are_listed_and_shown(learner: TestClient, submit: Callable[[TestClient, str], str]) -> None:
    """A learner could not find again what they have done."""
    assert "Nothing submitted yet" in learner.get("/attempts").text
    right, wrong = submit(learner, "right"), submit(learner, "wrong")
    listed = learner.get("/attempts").text
    assert re.findall(r'href="(/attempts/[^"?/]+)"', listed) == [wrong, right]
    assert learner.get("/attempts?problem=add_two").text.count("/attempts/") == 0
    shown = learner.get(right)
    assert (shown.status_code, "Accepted" in shown.text, "right" in shown.text) == (200, True, True)


def test_the_list_goes_on(learner: TestClient, submit: Callable[[TestClient, str], str]) -> None:
    """What is older than a page would be out of reach."""
    places = [submit(learner, "right") for _ in range(3)]
    seen, address = [], "/attempts?limit=1"
    while address:
        page = learner.get(address).text
        seen += re.findall(r'<th scope="row"><a href="([^"]+)"', page)
        older = re.search(r'href="([^"]+)" rel="next"', page)
        address = older[1].replace("&amp;", "&") if older else ""
    assert seen == places[::-1]


def test_an_attempt_is_its_owners_and_instructors(
    learner: TestClient, browser_of: Callable[[str, Role], TestClient], submit: Callable[[TestClient, str], str]
) -> None:
    """Whoever guesses an id could read somebody's source."""
    place = submit(learner, "right")
    other, teacher = browser_of("Bob", Role.LEARNER), browser_of("Iris", Role.INSTRUCTOR)
    for address in (place, f"{place}/source.py", f"{place}/notebook.ipynb", f"{place}/compare?with={place[10:]}"):
        assert other.get(address).status_code == 404
        assert teacher.get(address).status_code == 200
    assert "Ada" in teacher.get(place).text


def test_somebody_who_is_not_signed_in_is_sent_to_do_so(browser: TestClient) -> None:
    """They would see an error instead of a way on."""
    answer = browser.get("/attempts")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sign-in?next=%2Fattempts")


def test_an_attempt_in_the_queue_can_be_cancelled(
    learner: TestClient, judge: FakeJudge, submit: Callable[[TestClient, str], str]
) -> None:
    """A learner would wait for an answer that they do not want any more."""
    place = submit(learner, "wait")
    assert judge.entered.wait(60)
    assert "http-equiv" in learner.get(place).text
    assert learner.post(f"{place}/cancel").headers["Location"] == place
    shown = learner.get(place).text
    assert "It is cancelled" in shown
    assert learner.post(f"{place}/cancel").status_code == 303
    assert "It had ended before" in learner.get(place).text


def test_two_attempts_are_compared_in_their_order(
    learner: TestClient, submit: Callable[[TestClient, str], str]
) -> None:
    """A learner could not see what made the difference."""
    first, second = submit(learner, "right\nold"), submit(learner, "right\nnew")
    for one, other in ((first, second), (second, first)):
        page = learner.get(f"{one}/compare?with={other[10:]}").text
        assert re.search(r"<del>.*old</del>", page)
        assert re.search(r"<ins>.*new</ins>", page)
    assert "same text" in learner.get(f"{first}/compare?with={first[10:]}").text


def test_a_source_is_taken_home_as_it_was_sent(learner: TestClient, submit: Callable[[TestClient, str], str]) -> None:
    """What is downloaded would not be what was judged."""
    source = "right  # <script>\n\ttabs, größer\n"
    place = submit(learner, source)
    file = learner.get(f"{place}/source.py")
    assert (file.text, file.headers["Content-Disposition"]) == (source, 'attachment; filename="add_one.py"')
    book = json.loads(learner.get(f"{place}/notebook.ipynb").text)
    assert (book["nbformat"], book["cells"][1]["source"]) == (4, source)
    assert "<script>" not in learner.get(place).text.replace('<script type="module"', "")


def test_what_was_judged_against_an_older_version_says_so(
    app: FastAPI, learner: TestClient, problems: Path, submit: Callable[[TestClient, str], str]
) -> None:
    """A learner would take an old verdict for one of the problem as it is now."""
    place = submit(learner, "right")
    told = "The problem is at version"
    assert told not in learner.get(place).text
    fakes.write_folder(problems, "add_one", "2")
    folders = app.state.service.catalogue
    folders.open()
    while folders.publish_next():
        pass
    assert told in learner.get(place).text
