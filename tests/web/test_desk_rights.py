"""Who may open the pages for instructors and admins, and send their forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response

from app.accounts.rights import Role
from app.main import PAGES
from tests.web.desk import Browsers, read

_PARTS = ("slug", "upload_id", "rejudging_id", "attempt_id", "webhook_id", "name")
#: What somebody sends who was not shown the form.
_FORM = {"visibility": "hidden", "meant": "", "role": "admin", "kind": "problem", "name": "add_one"}


def _routes() -> Iterator[tuple[str, str]]:
    """Method and path of every page below ``/instructor`` and ``/admin``, about what is not there."""
    for router in PAGES:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            if route.path.startswith(("/instructor", "/admin")):
                path = route.path
                for part in _PARTS:
                    path = path.replace(f"{{{part}}}", "nothing")
                yield min(route.methods or ()), path


def _status(browser: TestClient, method: str, path: str) -> int:
    return _ask(browser, method, path).status_code


def _ask(browser: TestClient, method: str, path: str) -> Response:
    return browser.get(path) if method == "GET" else browser.post(path, data=_FORM)


def test_there_are_pages_to_be_asked() -> None:
    """The tests below would pass for want of pages."""
    assert len(list(_routes())) > 30


@pytest.mark.parametrize("role", [Role.LEARNER, Role.INSTRUCTOR])
def test_pages_are_refused_to_whoever_may_not(browser_of: Browsers, role: Role) -> None:
    """A learner could read everybody's attempts, or an instructor make themselves an admin."""
    browser = browser_of("somebody", role)
    for method, path in _routes():
        refused = role == Role.LEARNER or path.startswith("/admin")
        # An attempt that failed is judged again by whoever may rejudge, wherever the button stands.
        if role == Role.INSTRUCTOR and path == "/admin/failed/nothing/judge":
            continue
        assert (_status(browser, method, path) == 403) == refused, (method, path)


def test_admins_may_all_of_it(browser_of: Browsers) -> None:
    """An admin would be sent away from their own pages."""
    browser = browser_of("Root", Role.ADMIN)
    for method, path in _routes():
        assert _status(browser, method, path) in {200, 303, 404, 409, 415, 422}, (method, path)


def test_nobody_is_sent_to_sign_in_and_back(browser: TestClient) -> None:
    """Whoever follows a link would see an error, or end somewhere else once they are signed in."""
    for method, path in _routes():
        answer = _ask(browser, method, path)
        assert answer.status_code == 303, (method, path)
        # A form's address is no page to come back to; browsers say which page has it.
        where = answer.headers["location"]
        assert where.startswith("/sign-in?next=%2F") if method == "GET" else where == "/sign-in", (method, path)


def test_another_sites_form_does_nothing(browser_of: Browsers) -> None:
    """Somebody else's page could publish, erase or promote with an admin's cookie."""
    browser = browser_of("Root", Role.ADMIN)
    for method, path in _routes():
        if method == "POST":
            answer = browser.post(path, data=_FORM, headers={"Sec-Fetch-Site": "cross-site"})
            assert answer.status_code == 403, path


def test_the_header_leads_to_what_one_may(browser_of: Browsers, learner: TestClient) -> None:
    """An instructor would have to know addresses by heart, or a learner see doors that are closed."""
    instructor, admin = browser_of("Iris", Role.INSTRUCTOR), browser_of("Root", Role.ADMIN)
    links = ['href="/instructor"', 'href="/admin"']
    assert [[link in read(each, "/") for link in links] for each in (learner, instructor, admin)] == [
        [False, False],
        [True, False],
        [True, True],
    ]
