"""The page of one's own account."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts.dependency import COOKIE
from app.accounts.rights import Role

PASSWORD = "correct horse battery staple"
OTHER = "another horse, other staples"


@pytest.fixture
def member(browser: TestClient, app: FastAPI) -> TestClient:
    """A browser of somebody who has signed up with a password."""
    app.state.service.settings.__dict__["sign_up"] = "open"
    made = browser.post("/sign-up", data={"name": "Ada", "password": PASSWORD})
    assert (made.status_code, COOKIE in browser.cookies) == (303, True)
    return browser


def make_token(browser: TestClient, **fields: object) -> str:
    """The page that answers the form."""
    return browser.post("/account/tokens", data={"label": "laptop", "scopes": ["read"], "days": "7"} | fields).text


def test_a_token_is_made_shown_once_and_revoked(member: TestClient, app: FastAPI) -> None:
    """A learner could not use the command line without an operator, or a token would stay readable."""
    [token] = re.findall(r"allc_[\w-]{43}", make_token(member))
    script = TestClient(app, headers={"Authorization": f"Bearer {token}"})
    assert script.get("/api/v1/account").json()["scopes"] == ["read"]
    page = member.get("/account").text
    assert (token in page, "laptop" in page) == (False, True)
    [revoke] = re.findall(r'action="(/account/tokens/[^"]+/revoke)"', page)
    assert member.post(revoke).headers["Location"] == "/account"
    assert script.get("/api/v1/account").status_code == 401


def test_a_token_may_last_for_ever(member: TestClient) -> None:
    """A build server would stop working after a quarter of a year, whatever was chosen."""
    assert "allc_" in make_token(member, days="never")
    [item] = member.get("/api/v1/tokens").json()["items"]
    assert item["expires_at"] is None


@pytest.mark.parametrize("fields", [{"label": ""}, {"scopes": ["everything"]}, {"days": "-1"}, {"label": "x" * 101}])
def test_what_is_no_token_is_said_beside_what_was_typed(member: TestClient, fields: dict[str, object]) -> None:
    """Whoever mistyped would begin again, not knowing with what."""
    answer = member.post("/account/tokens", data={"label": "laptop", "scopes": ["submit"], "days": "30"} | fields)
    assert (answer.status_code, "allc_" in answer.text) == (422, False)
    assert 'class="error"' in answer.text
    assert ('value="laptop"' in answer.text) == ("label" not in fields)


def test_a_password_is_changed_by_whoever_knows_it(member: TestClient) -> None:
    """Whoever finds a browser open could keep the account."""
    wrong = member.post("/account/password", data={"current": OTHER, "new": OTHER})
    assert (wrong.status_code >= 400, "not your present password" in wrong.text, OTHER in wrong.text) == (
        True,
        True,
        False,
    )
    assert member.post("/account/password", data={"current": PASSWORD, "new": OTHER}).status_code == 303
    assert "The password is changed" in member.get("/account").text
    member.post("/sign-out")
    assert member.post("/sign-in", data={"name": "Ada", "password": PASSWORD}).status_code >= 400
    assert member.post("/sign-in", data={"name": "Ada", "password": OTHER}).status_code == 303


def test_an_account_is_erased_with_its_password_only(member: TestClient) -> None:
    """A click of somebody else's would delete all that a learner has done; or nobody could leave."""
    assert "not your password" in member.post("/account/erase", data={"password": OTHER}).text
    gone = member.post("/account/erase", data={"password": PASSWORD})
    assert gone.headers["Location"] == "/"
    assert "Your account is erased" in member.get("/").text
    assert member.post("/sign-in", data={"name": "Ada", "password": PASSWORD}).status_code >= 400


def test_signing_out_everywhere_ends_this_session_too(
    member: TestClient, browser_of: Callable[[str, Role], TestClient]
) -> None:
    """Whoever lost a laptop could not lock it out."""
    other = browser_of("Bob", Role.LEARNER)
    assert member.post("/account/sign-out").status_code == 303
    assert member.get("/account").status_code == 303
    assert other.get("/account").status_code == 200


def test_another_sites_form_changes_nothing(member: TestClient) -> None:
    """A page elsewhere could make itself a token in the name of whoever looks at it."""
    foreign = {"Sec-Fetch-Site": "cross-site"}
    answer = member.post("/account/tokens", data={"label": "theirs", "scopes": ["read"]}, headers=foreign)
    assert (answer.status_code, "allc_" in answer.text) == (403, False)
    assert member.get("/api/v1/tokens").json()["items"] == []
