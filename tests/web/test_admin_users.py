"""Pages on other people's accounts: roles, links that let somebody in, disabling and erasing."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.audit import service as audit
from app.audit.service import Filter
from app.errors import UserNotFound
from app.main import create_app
from app.settings import Settings
from app.web.routes.admin import users
from tests.service.fakes import FakeSandbox
from tests.web.conftest import BASE, HEADERS
from tests.web.desk import Browsers, read, send

PAGE = "/admin/users"


@pytest.fixture
def root(app: FastAPI, browser_of: Browsers) -> TestClient:
    """A browser of an admin's who can sign in by themselves."""
    browser = browser_of("Root", Role.ADMIN)
    with app.state.service.database.write() as session:
        accounts.find(session, "Root").password_hash = "a hash"
    return browser


def _names(text: str) -> list[str]:
    return re.findall(r'href="/admin/users/(\w+)"', text)


def _actions(app: FastAPI) -> list[tuple[str, str]]:
    with app.state.service.database.read() as session:
        return [(entry.action, entry.subject_name) for entry in audit.page(session, Filter(who="Root"), None, 20)]


def test_a_role_is_changed(app: FastAPI, root: TestClient, learner: TestClient) -> None:
    """Nobody could become an instructor without a terminal."""
    assert learner.get("/instructor").status_code == 403
    text = send(root, f"{PAGE}/Ada/role", {"role": "instructor"})
    assert re.search(r'value="instructor" checked', text)
    assert learner.get("/instructor").status_code == 200
    assert _actions(app) == [("user.changed", "Ada")]


def test_the_last_admin_stays_one(root: TestClient) -> None:
    """Nobody could administer the service any more."""
    text = send(root, f"{PAGE}/Root/role", {"role": "learner"})
    assert "Nothing was done." in text
    assert "last admin" in text


def test_whoever_is_disabled_is_out_and_can_come_back(app: FastAPI, root: TestClient, learner: TestClient) -> None:
    """Somebody who is let go would stay signed in; or a mistake could not be taken back."""
    assert "is disabled and signed out." in send(root, f"{PAGE}/Ada/disabled", {"disabled": "yes"})
    assert learner.get("/api/v1/account").status_code == 401
    assert "can come in again." in send(root, f"{PAGE}/Ada/disabled", {"disabled": ""})
    assert len(_actions(app)) == 2


def test_a_link_for_a_password_is_shown_once(app: FastAPI, root: TestClient, learner: TestClient) -> None:
    """Whoever forgot their password could not be helped; or whoever looks later could take their account."""
    assert learner.get("/api/v1/account").status_code == 200
    answer = root.post(f"{PAGE}/Ada/reset")
    assert answer.status_code == 200
    [link] = re.findall(rf"{BASE}/links/[\w-]+", answer.text)
    assert root.get("/api/v1" + link.removeprefix(BASE)).json()["name"] == "Ada"
    assert answer.headers["cache-control"] == "no-store"
    assert "/links/" not in read(root, f"{PAGE}/Ada")
    assert _actions(app) == [("reset.made", "Ada")]


def test_an_invitation_is_shown_once(app: FastAPI, root: TestClient) -> None:
    """Nobody could be let in; or whoever looks later could be."""
    answer = root.post("/admin/invitations", data={"role": "instructor"})
    [link] = re.findall(rf"{BASE}/links/[\w-]+", answer.text)
    assert root.get("/api/v1" + link.removeprefix(BASE)).json()["role"] == "instructor"
    assert "/links/" not in read(root, PAGE)
    assert _actions(app) == [("invitation.made", "invitation")]


def test_nobody_is_invited_where_no_accounts_are_made(settings: Settings, app: FastAPI) -> None:
    """A link would be handed out that opens nothing."""
    del app
    made = create_app(settings.model_copy(update={"sign_up": "closed"}), FakeSandbox())
    with TestClient(made, BASE, headers=HEADERS, follow_redirects=False) as browser:
        with made.state.service.database.write() as session:
            code = accounts.sign_in(session, accounts.create(session, "Root", Role.ADMIN, None).id, 1)
        browser.cookies["__Host-allclose"] = code
        assert "No accounts are made here" in read(browser, PAGE)
        assert "Nothing was done." in send(browser, "/admin/invitations", {"role": "learner"})


def test_erasing_takes_the_name(app: FastAPI, root: TestClient, learner: TestClient) -> None:
    """A slip of the mouse would erase somebody for good."""
    assert learner.get("/api/v1/account").status_code == 200
    answer = root.post(f"{PAGE}/Ada/erase", data={"confirm": "Aba"})
    assert answer.status_code == 422
    assert "nothing was erased" in answer.text
    assert "is erased." in send(root, f"{PAGE}/Ada/erase", {"confirm": " ada "})
    with app.state.service.database.read() as session, pytest.raises(UserNotFound):
        accounts.find(session, "Ada")
    assert _actions(app) == [("user.erased", "(erased)")]


def test_nobody_erases_themselves_by_an_admins_page(root: TestClient) -> None:
    """That takes a password, or whoever finds a browser signed in could do it."""
    assert "/erase" not in read(root, f"{PAGE}/Root")
    assert root.post(f"{PAGE}/Root/erase", data={"confirm": "Root"}).status_code == 403


def test_the_machines_own_account_stays_as_it_is(root: TestClient, app: FastAPI) -> None:
    """Buttons would be there that are always refused."""
    with app.state.service.database.write() as session:
        accounts.operator(session)
    text = read(root, f"{PAGE}/operator")
    assert "It stays as it is." in text
    assert 'method="post" action="/admin' not in text


def test_an_export_is_one_link_away(root: TestClient, learner: TestClient) -> None:
    """An admin could not answer somebody who asks what is known of them."""
    assert learner.get("/api/v1/account").status_code == 200
    assert 'href="/api/v1/users/Ada/export" download' in read(root, f"{PAGE}/Ada")
    assert root.get("/api/v1/users/Ada/export").json()["account"]["name"] == "Ada"


def test_users_are_listed_by_pages_and_found_by_name(
    root: TestClient, browser_of: Browsers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large course only the first could be found."""
    monkeypatch.setattr(users, "PAGE", 2)
    for name in ("Ada", "Alan", "Grace"):
        browser_of(name, Role.LEARNER)
    text = read(root, PAGE)
    assert _names(text) == ["Ada", "Alan"]
    assert "/admin/users?after=Alan" in text
    assert _names(read(root, f"{PAGE}?after=Alan")) == ["Grace", "operator"]
    assert _names(read(root, f"{PAGE}?name=gr")) == ["Grace"]
    assert "name begins like that." in read(root, f"{PAGE}?name=%25")


def test_an_unknown_user_is_not_there(root: TestClient) -> None:
    """A link from an old mail would be an error of ours."""
    for path in ("nobody", "%3Cscript%3Ealert(1)%3C%2Fscript%3E"):
        text = read(root, f"{PAGE}/{path}", 404)
        assert "<script>alert" not in text
