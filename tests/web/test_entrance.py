"""Coming in and leaving by pages, without a script."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient

from app.accounts import links
from app.accounts import service as accounts
from app.accounts.dependency import COOKIE
from app.accounts.rights import Actor, Operation, Role
from app.main import create_app
from app.settings import Settings
from app.web.rendering import redirect
from app.web.visitors import local, needs
from tests.service.fakes import FakeSandbox
from tests.service.test_accounts import PASSWORD, cheap_hashes
from tests.web.conftest import BASE, HEADERS

#: Addresses that look like pages of this service to some reader or other.
ELSEWHERE = [
    "https://elsewhere.example/",
    "//elsewhere.example/",
    "/\\elsewhere.example/",
    "javascript:alert(1)",
    "/\t/elsewhere.example",
    "\\\\elsewhere.example",
    "",
    "/" + "a" * 600,
]


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as they are, but cheap."""
    cheap_hashes(monkeypatch)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Anybody may sign up."""
    return settings.model_copy(update={"sign_up": "open"})


def _sign_up(browser: TestClient, **typed: str) -> None:
    answer = browser.post("/sign-up", data={"name": "Ada", "password": PASSWORD} | typed)
    assert answer.status_code == 303, answer.text


def _link(app: FastAPI, role: Role) -> str:
    with app.state.service.database.write() as session:
        return links.PATH + links.invite(session, role, None)


def test_a_newcomer_signs_up_out_and_in(browser: TestClient) -> None:
    """Nobody would get in with a browser."""
    _sign_up(browser)
    page = browser.get("/").text
    assert "Welcome, \u2068Ada\u2069." in page
    assert "Welcome" not in browser.get("/").text
    out = browser.post("/sign-out")
    assert (out.status_code, out.headers["location"]) == (303, "/")
    assert COOKIE not in browser.cookies
    assert "You are signed out." in browser.get("/").text
    back = browser.post("/sign-in", data={"name": "ada", "password": PASSWORD, "next": "/problems/add_one?a=b"})
    assert (back.status_code, back.headers["location"]) == (303, "/problems/add_one?a=b")
    assert "<bdi>Ada</bdi>" in browser.get("/").text


def test_a_refused_form_keeps_what_was_typed_but_passwords(browser: TestClient) -> None:
    """Somebody would type everything again, or a password would lie in a page."""
    page = browser.post("/sign-in", data={"name": '"><b>Ada', "password": "wrong-and-secret", "next": "/attempts"})
    assert page.status_code == 401
    assert "There is no account of that name with that password." in page.text
    assert 'value="&#34;&gt;&lt;b&gt;Ada"' in page.text
    assert 'name="next" value="/attempts"' in page.text
    assert "wrong-and-secret" not in page.text


@pytest.mark.parametrize(
    ("typed", "field", "says"),
    [
        ({"name": "a b"}, "name", "cannot be a name"),
        ({"name": ""}, "name", "Fill this in."),
        ({"name": "Eve\x07"}, "name", "characters in it"),
        ({"name": "taken"}, "name", "is the name of somebody else"),
        ({"password": "short"}, "password", "at least 10"),
        ({"email": "nonsense"}, "email", "no mail address"),
        ({"email": "taken@example.org"}, "email", "cannot be taken"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    app: FastAPI, browser: TestClient, typed: dict[str, str], field: str, says: str
) -> None:
    """Somebody would not know which field to mend, least of all by ear."""
    with app.state.service.database.write() as session:
        accounts.create(session, "taken", Role.LEARNER, None, "taken@example.org")
    page = browser.post("/sign-up", data={"name": "Ada", "password": PASSWORD} | typed)
    assert page.status_code in {409, 422}
    told = re.search(rf'id="{field}-error">(.*?)</span></span>', page.text, re.DOTALL)
    assert told is not None
    assert says in told[1]
    described = re.search(rf'<input id="{field}".*?>', page.text, re.DOTALL)
    assert described is not None
    assert 'aria-invalid="true"' in described[0]
    assert f"{field}-error" in described[0]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_nobody_is_sent_elsewhere(browser: TestClient, target: str) -> None:
    """A link to this service could lead to a page that looks like it and asks for the password again."""
    assert local(target) == "/"
    _sign_up(browser, next=target)
    assert browser.get("/sign-in", params={"next": target}).headers["location"] == "/"


def test_another_sites_page_signs_nobody_in_or_out(browser: TestClient) -> None:
    """Somebody could be made to work in an account that is not theirs."""
    _sign_up(browser)
    for path in ("/sign-out", "/sign-in", "/sign-up"):
        page = browser.post(path, data={"name": "Ada", "password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"})
        assert page.status_code == 403
        assert "another site" in page.text
    assert "<bdi>Ada</bdi>" in browser.get("/").text


def test_guessing_is_slowed_down_on_pages_too(browser: TestClient) -> None:
    """The form would be the way around the API's throttle."""
    for _ in range(6):
        page = browser.post("/sign-in", data={"name": "Ada", "password": "guess"})
    assert page.status_code == 429
    assert int(page.headers["retry-after"]) > 0
    assert "failed too often" in page.text


def test_an_invitation_makes_an_account(app: FastAPI, browser: TestClient) -> None:
    """Whom an admin invites could not come in with a browser."""
    address = _link(app, Role.INSTRUCTOR)
    assert (
        "Its role will be \u2068instructor\u2069" in browser.get(address).text
        or "instructor" in browser.get(address).text
    )
    refused = browser.post(address, data={"name": "", "password": PASSWORD})
    assert refused.status_code == 422
    assert browser.post(address, data={"name": "Ida", "password": PASSWORD}).headers["location"] == "/"
    assert "<bdi>Ida</bdi>" in browser.get("/").text
    gone = browser.get(address)
    assert gone.status_code == 404
    assert "This link was used" in gone.text


def test_a_link_sets_a_password(app: FastAPI, browser: TestClient) -> None:
    """Whoever has forgotten a password would be out for good."""
    with app.state.service.database.write() as session:
        user = accounts.create(session, "Ada", Role.LEARNER, None)
        address = links.PATH + links.reset(session, user, None)
    page = browser.get(address).text
    assert "\u2068Ada\u2069" in page
    assert 'name="name"' not in page
    assert browser.post(address, data={"password": "short"}).status_code == 422
    assert browser.post(address, data={"password": PASSWORD}).status_code == 303
    assert "Your new password is set" in browser.get("/").text


def test_a_forgotten_password_is_mailed_or_explained(settings: Settings, browser: TestClient) -> None:
    """Somebody would wait for a mail that nobody sends."""
    assert "ask an admin" in browser.get("/forgotten-password").text
    assert browser.post("/forgotten-password", data={"email": "ada@example.org"}).status_code == 501


@pytest.mark.parametrize(("mode", "says"), [("invitation", "by invitation here"), ("closed", "No accounts are made")])
def test_how_one_gets_an_account_is_said(settings: Settings, app: FastAPI, mode: str, says: str) -> None:
    """Somebody would look for a form that is not there."""
    del app  # it has made the database
    made = create_app(settings.model_copy(update={"sign_up": mode}), FakeSandbox())
    with TestClient(made, BASE, headers=HEADERS) as browser:
        page = browser.get("/sign-up").text
        assert says in page
        assert 'name="password"' not in page
        assert browser.post("/sign-up", data={"name": "Ada", "password": PASSWORD}).status_code == 403


def test_the_single_sign_on_is_offered_and_comes_back(settings: Settings, app: FastAPI) -> None:
    """Whoever has no password here would find no way in, or lose where they were going."""
    del app
    chosen = {"oidc_issuer": "https://login.example", "oidc_client_id": "a", "oidc_client_secret": "b" * 40}
    chosen |= {"oidc_name": "Example & Co", "public_url": BASE}
    made = create_app(Settings.model_validate(settings.model_dump() | chosen), FakeSandbox())
    with TestClient(made, BASE, headers=HEADERS) as browser:
        page = browser.get("/sign-in", params={"next": "/attempts"}).text
        assert 'href="/api/v1/oidc/sign-in?next=%2Fattempts"' in page
        assert "Example &amp; Co" in page


def test_a_page_that_takes_an_account_sends_to_sign_in_and_back(
    app: FastAPI, browser: TestClient, learner: TestClient
) -> None:
    """Whoever follows a link while signed out would land somewhere else."""

    @app.get("/taking-an-account")
    def page(request: Request, actor: Annotated[Actor, needs(Operation.READ_ACCOUNT)]) -> Response:
        return redirect(request, f"/{actor.name}")

    away = browser.get("/taking-an-account?a=b&c=d")
    assert (away.status_code, away.headers["location"]) == (303, "/sign-in?next=%2Ftaking-an-account%3Fa%3Db%26c%3Dd")
    assert learner.get("/taking-an-account").headers["location"] == "/Ada"
    part = browser.get("/taking-an-account", headers={"HX-Request": "true"})
    assert part.headers["hx-redirect"] == "/sign-in?next=%2Ftaking-an-account"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        (f"{BASE}/account?a=b", "/sign-in?next=%2Faccount%3Fa%3Db"),
        (f"{BASE}/problems/add_one/hints?a=b", "/sign-in?next=%2Fproblems%2Fadd_one"),  # it only takes forms
        ("", "/sign-in"),
        ("http://[", "/sign-in"),
        ("https://elsewhere.example//evil.example", "/sign-in"),
    ],
)
def test_a_form_sent_while_signed_out_comes_back_to_its_page(
    app: FastAPI, browser: TestClient, referer: str, back: str
) -> None:
    """After signing in, whoever sent it would read that the address takes no GET."""

    @app.post("/a-form")
    def form(request: Request, actor: Annotated[Actor, needs(Operation.READ_ACCOUNT)]) -> Response:
        return redirect(request, f"/{actor.name}")

    answer = browser.post("/a-form", headers={"Referer": referer})
    assert (answer.status_code, answer.headers["location"]) == (303, back)


def test_what_a_role_may_not_see_is_told_on_a_page(app: FastAPI, learner: TestClient) -> None:
    """A learner on an admin's page would see JSON, or the page."""

    @app.get("/for-admins", dependencies=[needs(Operation.MANAGE_USERS)])
    def never() -> None:
        raise AssertionError

    page = learner.get("/for-admins")
    assert page.status_code == 403
    assert "the role admin" in page.text


@pytest.mark.parametrize(
    "said", ["nonsense", "W10=", "WyJzaWduLWluIiwgImdvb2QiLCB7fV0=", "WyJmbGFzaC13ZWxjb21lIiwgImdvb2QiLCB7fV0="]
)
def test_a_cookie_that_this_service_has_not_written_says_nothing(browser: TestClient, said: str) -> None:
    """A damaged cookie would take the page away, or say what its writer likes."""
    page = browser.get("/", headers={"Cookie": f"__Host-allclose-said={said}"})
    assert page.status_code == 200
    assert 'role="status"><svg' not in page.text


def test_a_taken_name_is_told_after_the_single_sign_on(browser_of: Callable[[str, Role], TestClient]) -> None:
    """Somebody would wonder whose account they are in."""
    page = browser_of("Ada2", Role.LEARNER).get("/", params={"name_taken": "<b>Ada"}).text
    assert "\u2068&lt;b&gt;Ada\u2069" in page
