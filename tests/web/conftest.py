"""The production application as a browser meets it, with fakes behind the sandbox's wall."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts import service as accounts
from app.accounts.dependency import COOKIE
from app.accounts.rights import Role
from tests.service.conftest import _empty, _plain_tracebacks, app, judge, problems, settings

__all__ = ["_empty", "_plain_tracebacks", "app", "judge", "problems", "settings"]

#: Browsers keep ``__Host-`` cookies of secure addresses only.
BASE = "https://testserver"
#: What a browser sends along when it opens a page, and when it sends that page's form.
HEADERS = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def database_url() -> str:
    """SQLite: what is said in SQL is tested beside the API, on both databases."""
    return ""


@pytest.fixture
def browser(app: FastAPI) -> Iterator[TestClient]:
    """A browser in which nobody is signed in; it does not follow redirects by itself."""
    with TestClient(app, BASE, headers=HEADERS, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def browser_of(app: FastAPI, browser: TestClient) -> Callable[[str, Role], TestClient]:
    """Makes browsers in which a new user is signed in: their name and role."""
    del browser  # the application runs while that is there

    def make(name: str, role: Role) -> TestClient:
        with app.state.service.database.write() as session:
            code = accounts.sign_in(session, accounts.create(session, name, role, None).id, 1)
        cookies = {COOKIE: code}
        return TestClient(
            app, BASE, headers=HEADERS, cookies=cookies, raise_server_exceptions=False, follow_redirects=False
        )

    return make


@pytest.fixture
def learner(browser_of: Callable[[str, Role], TestClient]) -> TestClient:
    """A browser in which the learner Ada is signed in."""
    return browser_of("Ada", Role.LEARNER)
