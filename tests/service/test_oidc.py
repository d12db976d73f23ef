"""Single sign-on over HTTP, with a provider on loopback that can be told to do it wrong."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import update

from app.accounts import links, passwords
from app.accounts import service as accounts
from app.accounts.dependency import COOKIE as SESSION
from app.accounts.rights import Role
from app.database.db import Database, now
from app.main import create_app
from app.oidc import linking
from app.oidc import provider as talking
from app.oidc.models import Flow, Identity
from app.settings import Settings
from tests.service.oidc import BODIES, CLAIMS, CLIENT, SECRET, SIGNATURES, Provider
from tests.service.test_accounts import OTHER, PASSWORD, cheap_hashes
from tests.service.test_errors import told

BASE = "https://testserver"
API = "/api/v1"
PREFIXED = f"{BASE}/jax"

#: What a discovery document must not say.
METADATA: tuple[dict[str, Any], ...] = (
    {"issuer": "https://elsewhere.example"},
    {"token_endpoint": "http://elsewhere.example/token"},
    {"jwks_uri": "http://elsewhere.example/jwks"},
    {"authorization_endpoint": "javascript:alert(1)"},
    {"userinfo_endpoint": "ftp://127.0.0.1/"},
    {"token_endpoint": "https://[/"},
    {"token_endpoint": None},
    {"jwks_uri": 5},
    {"id_token_signing_alg_values_supported": ["none", "HS256"]},
    {"id_token_signing_alg_values_supported": "RS256"},
)


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as they are, but cheap."""
    cheap_hashes(monkeypatch)


@pytest.fixture
def provider() -> Iterator[Provider]:
    provider = Provider()
    yield provider
    provider.close()


@pytest.fixture
def chosen() -> dict[str, Any]:
    """Settings beyond those that single sign-on needs."""
    return {"oidc_sign_up": "open"}


@pytest.fixture
def web(app: FastAPI) -> Iterator[TestClient]:
    """A browser before a service with single sign-on."""
    with TestClient(app, BASE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


@pytest.fixture
def settings(settings: Settings, provider: Provider, chosen: dict[str, Any]) -> Settings:
    ours = {"oidc_issuer": provider.issuer, "oidc_client_id": CLIENT, "oidc_client_secret": SECRET}
    ours |= {"public_url": BASE, "oidc_name": "Example login", **chosen}
    return settings.model_copy(update=ours)


def _database(client: TestClient) -> Database:
    app = client.app
    assert isinstance(app, FastAPI)
    database = app.state.service.database
    assert isinstance(database, Database)
    return database


def _add(client: TestClient, name: str, role: Role = Role.LEARNER) -> None:
    """An account with a password."""
    with _database(client).write() as session:
        accounts.create(session, name, role, passwords.hashed(PASSWORD, name))


def _sign_in(client: TestClient, name: str = "Ada", password: str = PASSWORD) -> Response:
    client.cookies.clear()
    return client.post("/api/v1/session", json={"name": name, "password": password})


def _leave(client: TestClient, **query: str) -> str:
    """Go to the provider and through it; returns where it sends the browser back to."""
    started = client.get("/api/v1/oidc/sign-in", params=query)
    assert started.status_code == 303, started.text
    return _through(started.headers["location"])


def _through(address: str) -> str:
    back = httpx2.get(address, trust_env=False)
    assert back.status_code == 302
    return back.headers["location"].removeprefix(BASE)


def _come(client: TestClient, **query: str) -> Response:
    """Sign in at the provider, come back, and be who that is."""
    return client.get(_leave(client, **query))


def _link(client: TestClient, password: str | None = PASSWORD, **more: str) -> Response:
    """Link the account of whoever is signed in."""
    started = client.post("/api/v1/account/oidc", json={"password": password, **more})
    return client.get(_through(started.json()["url"])) if started.status_code == 200 else started


def _name(client: TestClient) -> str:
    return str(client.get("/api/v1/account").json()["name"])


def test_a_newcomer_comes_in_and_comes_back(web: TestClient, provider: Provider) -> None:
    """Nobody could use the account of their university, or each time they would get another one here."""
    first = _come(web, next="/problems?tag=vmap")
    assert (first.status_code, first.headers["location"]) == (303, f"{BASE}/problems?tag=vmap")
    [cookie] = [each for each in first.headers.get_list("set-cookie") if each.startswith(f"{SESSION}=")]
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    account = web.get("/api/v1/account").json()
    assert (account["name"], account["role"]) == ("Ada", "learner")
    web.cookies.clear()
    provider.person["preferred_username"] = "Ada Lovelace"
    assert _come(web).headers["location"] == f"{BASE}/"
    assert _name(web) == "Ada"
    [identity] = web.get("/api/v1/account/oidc").json()["items"]
    assert (identity["issuer"], identity["subject"], identity["linked"]) == (provider.issuer, "ada-1815", False)
    assert identity["last_used_at"] is not None


def test_what_is_sent_to_the_provider_is_all_that_protects_a_sign_in(web: TestClient) -> None:
    """A code that somebody sees on the way would be enough to be somebody, or a sign-in could be forged."""
    started = web.get("/api/v1/oidc/sign-in")
    sent = parse_qs(urlsplit(started.headers["location"]).query)
    assert sent["code_challenge_method"] == ["S256"]
    assert sent["redirect_uri"] == [f"{BASE}/api/v1/oidc/callback"]
    assert sent["scope"] == ["openid profile email"]
    assert {"state", "nonce", "code_challenge"} <= sent.keys()
    cookie = started.headers["set-cookie"]
    assert cookie.startswith(f"{linking.COOKIE}=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"} <= {p.strip() for p in cookie.split(";")}
    with _database(web).read() as session:
        [row] = session.connection().exec_driver_sql("SELECT state, browser FROM oidc_flows").all()
    assert sent["state"][0] not in row
    assert cookie.split("=", 1)[1].split(";")[0] not in row


def test_a_page_can_see_what_there_is(web: TestClient) -> None:
    """A page could not offer it, or not say how it is called."""
    expected = {"name": "Example login", "sign_in": "/api/v1/oidc/sign-in", "sign_up": "open"}
    assert web.get("/api/v1/oidc").json() == expected


class TestWithout:
    """The operator has chosen no single sign-on."""

    @pytest.fixture
    def chosen(self) -> dict[str, Any]:
        return {"oidc_issuer": "", "oidc_client_id": "", "oidc_client_secret": ""}

    def test_a_service_without_it_says_so(self, client: TestClient) -> None:
        """A browser would be sent to nowhere."""
        assert client.get("/api/v1/oidc").json() == {"name": None, "sign_in": None, "sign_up": None}
        for path in ("/api/v1/oidc/sign-in", "/api/v1/oidc/callback?code=a&state=b"):
            assert "name and password" in told(client.get(path), 404)["detail"]
        told(client.post("/api/v1/account/oidc", json={}), 404)


def test_a_sign_in_leads_nowhere_else(web: TestClient) -> None:
    """A link to this service could end at a page that looks like it, and asks for a password."""
    for target in (
        "https://evil.example/",
        "evil",
        "@evil.example",
        "/\\evil.example",
        "/a\r\nX: y",
        "",
        "/ä",
        "/" * 501,
    ):
        assert "next" in told(web.get("/api/v1/oidc/sign-in", params={"next": target}), 422)["detail"], target
    # What stands behind the service's own address stays there.
    assert _come(web, next="//evil.example").headers["location"] == f"{BASE}//evil.example"


def test_a_sign_in_works_once(web: TestClient) -> None:
    """Whoever sees the address that the provider sent a browser to could be signed in with it."""
    back = _leave(web)
    kept = web.cookies[linking.COOKIE]
    assert web.get(back).status_code == 303
    web.cookies.set(linking.COOKIE, kept)
    assert "finished" in told(web.get(back), 400)["detail"]


def test_a_failed_sign_in_is_not_tried_again(web: TestClient, provider: Provider) -> None:
    """A token that was refused could be replaced by a better one."""
    provider.fault = "nonce"
    back = _leave(web)
    told(web.get(back), 502)
    provider.fault = ""
    told(web.get(back), 400)


def test_a_sign_in_ends_where_it_began(web: TestClient) -> None:
    """Somebody could have a learner's browser finish a sign-in of their own, and see what the learner hands in."""
    back = _leave(web)
    web.cookies.clear()
    assert "did not begin" in told(web.get(back), 400)["detail"]
    web.cookies.set(linking.COOKIE, "another browser's")
    told(web.get(back), 400)
    _leave(web)
    told(web.get(back), 400)


def test_a_sign_in_takes_ten_minutes_at_most(web: TestClient) -> None:
    """An address in a browser's history would sign somebody in for ever."""
    back = _leave(web)
    with _database(web).write() as session:
        session.execute(update(Flow).values(expires_at=now()))
    told(web.get(back), 400)
    _leave(web)
    with _database(web).read() as session:
        assert session.query(Flow).count() == 1


def test_a_sign_in_ends_on_another_server(web: TestClient) -> None:
    """Behind several servers, half of the sign-ins would fail."""
    back, kept = _leave(web), web.cookies[linking.COOKIE]
    service = web.app.state.service  # type: ignore[attr-defined]
    other = create_app(service.settings, service=service)
    with TestClient(other, BASE, cookies={linking.COOKIE: kept}, follow_redirects=False) as elsewhere:
        assert elsewhere.get(back).status_code == 303
        assert _name(elsewhere) == "Ada"


def test_a_token_that_cannot_be_believed_is_not(web: TestClient, provider: Provider) -> None:
    """Somebody could sign in as anybody, with a token that they made, found or got for something else."""
    for fault in (*CLAIMS, *SIGNATURES):
        provider.fault = fault
        answer = _come(web)
        assert answer.status_code == 502, fault
        assert "Example login" in told(answer, 502)["detail"]
        assert SESSION not in web.cookies
    told(web.get("/api/v1/account"), 401)


def test_clocks_may_differ_by_a_little(web: TestClient, provider: Provider) -> None:
    """Nobody could sign in while a clock is a minute late."""
    for skew in (-100, 100):
        made = time.time() + skew
        provider.person |= {"iat": made, "nbf": made, "exp": made + 60}
        assert _come(web).status_code == 303


def test_garbage_is_told_as_the_providers_fault(web: TestClient, provider: Provider) -> None:
    """A fault of the provider would look like one of this service, or fill its memory."""
    for fault in (*BODIES, "is packed"):
        provider.fault = ""
        back = _leave(web)
        provider.fault = fault
        answer = web.get(back)
        assert answer.status_code == 502, fault
        body = told(answer, 502)
        assert "admin" in body["detail"]
        assert "<" not in body["detail"]
        if "discovery" in fault:
            told(web.get("/api/v1/oidc/sign-in"), 502)


def test_a_provider_that_fails_is_told_as_one_to_wait_for(web: TestClient, provider: Provider) -> None:
    """Somebody would not know whether trying again helps."""
    for fault in ("fails", "fails at /token", "fails at /jwks", "is cut off"):
        provider.fault = ""
        back = _leave(web)
        provider.fault = fault
        answer = web.get(back)
        assert "Example login" in told(answer, 503)["detail"]
        assert int(answer.headers["retry-after"]) > 0


def test_a_provider_that_is_down_is_told(web: TestClient, provider: Provider) -> None:
    """Signing in would fail as if this service had a fault, or passwords would not work either."""
    back = _leave(web)
    provider.close()
    for path in ("/api/v1/oidc/sign-in", back):
        assert "does not answer" in told(web.get(path), 503)["detail"]
    _add(web, "Bob")
    assert _sign_in(web, "Bob").status_code == 200


def test_a_provider_that_hangs_delays_nobody_else(
    web: TestClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A class that signs in while the provider hangs would keep everybody else from working."""
    monkeypatch.setattr(talking, "_MOST", 60)
    provider.fault = "hangs"
    with ThreadPoolExecutor(70) as pool:
        waiting = [pool.submit(web.get, "/api/v1/oidc/sign-in") for _ in range(70)]
        while sum(each.done() for each in waiting) < 10:  # one more than there is room for is told at once
            pass
        assert web.get("/api/v1/oidc").status_code == 200  # more than there are threads for routes are waiting
        assert sum(not each.done() for each in waiting) == 60
        provider.gate.set()
    statuses = [each.result().status_code for each in waiting]
    assert (statuses.count(303), statuses.count(503)) == (60, 10)


def test_waiting_for_a_provider_has_an_end(
    web: TestClient, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A browser would wait for as long as the provider likes."""
    monkeypatch.setattr(talking, "_SECONDS", 0.2)
    provider.fault = "hangs"
    assert "does not answer" in told(web.get("/api/v1/oidc/sign-in"), 503)["detail"]


def test_whoever_is_sent_back_without_a_code_is_told_why(web: TestClient, provider: Provider) -> None:
    """Somebody who said no would see a fault."""
    for error, status in (
        ("access_denied", 403),
        ("login_required", 403),
        ("temporarily_unavailable", 503),
        ("server_error", 503),
        ("invalid_scope", 502),
        ("<b>", 502),
    ):
        provider.fault = f"error {error}"
        assert "<b>" not in told(_come(web), status)["detail"]


def test_a_discovery_document_that_is_wrong_is_refused(web: TestClient, provider: Provider) -> None:
    """Codes and the client's secret would go where anybody can read them, or tokens be believed that anybody makes."""
    for metadata in METADATA:
        provider.metadata = metadata
        assert web.get("/api/v1/oidc/sign-in").status_code == 502, metadata


def test_a_key_that_was_changed_is_believed_at_once(web: TestClient, provider: Provider) -> None:
    """Nobody could sign in until this service is started again."""
    assert _come(web).status_code == 303
    provider.new_key()
    web.cookies.clear()
    assert _come(web).status_code == 303


def test_another_provider_cannot_send_a_browser_back(web: TestClient) -> None:
    """A code of this provider could be brought to another one that asked for it (RFC 9207)."""
    back = _leave(web)
    head, _, _ = back.partition("&iss=")
    assert "sent your browser back" in told(web.get(f"{head}&iss=https://evil.example"), 502)["detail"]
    head, _, _ = _leave(web).partition("&iss=")
    told(web.get(head), 502)


def test_a_name_that_is_taken_becomes_another_and_it_is_said(web: TestClient, provider: Provider) -> None:
    """Whoever is called like somebody here would be them, or could not come in."""
    _add(web, "ada", Role.ADMIN)
    first = _come(web, next="/welcome?a=b#top")
    assert first.headers["location"] == f"{BASE}/welcome?a=b&name_taken=Ada#top"
    account = web.get("/api/v1/account").json()
    assert (account["name"], account["role"]) == ("Ada-2", "learner")
    web.cookies.clear()
    provider.person["sub"] = "another ada"
    _come(web)
    assert _name(web) == "Ada-3"


def test_whatever_somebody_is_called_they_get_a_name(web: TestClient, provider: Provider) -> None:
    """Somebody could not come in for what they are called, or their mail address would be shown as their name."""
    with _database(web).write() as session:
        accounts.operator(session)
    odd: list[object] = ["", " ", "...", "\u200b\u200b", "\u3164", "ada lovelace", "<script>", "Zoë", "李雷", "a" * 500]
    odd += ["a\0b", "_x_", "A\u030a", "e\u0308\u0301\u0302", "-" * 57 + "a" + "-" * 9, "operator", "ada@example.org"]
    for number, called in enumerate([*odd, "\ud800", 5, None, ["a"]]):
        provider.person |= {"sub": f"number {number}", "preferred_username": called}
        assert _come(web).status_code == 303, called
        assert _name(web) != "operator"
        assert not {*"@< "} & {*_name(web)}


def test_nobody_is_let_in_by_their_mail_address(web: TestClient, provider: Provider) -> None:
    """Whoever gets an address, or makes a provider say that they have it, would be whoever had it before."""
    with _database(web).write() as session:
        accounts.create(session, "Grace", Role.ADMIN, passwords.hashed(PASSWORD, "Grace"), "grace@example.org")
    provider.person |= {"email": "grace@example.org", "email_verified": True, "preferred_username": "Grace"}
    _come(web)
    assert (_name(web), web.get("/api/v1/account").json()["role"]) == ("Grace-2", "learner")


def test_another_issuers_subject_is_somebody_else(web: TestClient, provider: Provider) -> None:
    """After a change of providers, numbers of the new one would open accounts of the old one."""
    _come(web)
    with _database(web).write() as session:
        session.execute(update(Identity).values(issuer="https://before.example"))
    web.cookies.clear()
    _come(web)
    assert _name(web) == "Ada-2"
    assert provider.person["sub"] == "ada-1815"


def test_whoever_comes_twice_at_once_gets_one_account(web: TestClient) -> None:
    """A double click would make two accounts, or fail."""
    other = TestClient(web.app, BASE, follow_redirects=False)
    pairs = [(web, _leave(web)), (other, _leave(other))]
    with ThreadPoolExecutor(2) as pool:
        answers = [*pool.map(lambda pair: pair[0].get(pair[1]), pairs)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert _name(web) == _name(other) == "Ada"


def test_whoever_is_disabled_stays_out(web: TestClient) -> None:
    """An account that an admin has closed would open to the provider's word."""
    _come(web)
    with _database(web).write() as session:
        accounts.change(session, "Ada", None, disabled=True)
    web.cookies.clear()
    assert "disabled" in told(_come(web), 403)["detail"]
    assert SESSION not in web.cookies


def test_without_a_password_nobody_signs_in_with_one(web: TestClient) -> None:
    """An account without a password would open to an empty one, or never have one."""
    _come(web)
    for password in ("", PASSWORD, "None"):
        told(_sign_in(web, password=password), 401)
    _come(web)
    told(web.post("/api/v1/account/password", json={"current": "", "new": OTHER}), 401)
    with _database(web).write() as session:
        code = links.reset(session, accounts.find(session, "Ada"), None)
    assert web.post(API + links.PATH + code, json={"password": OTHER}).status_code == 200
    assert _sign_in(web, password=OTHER).status_code == 200
    assert len(web.get("/api/v1/account/oidc").json()["items"]) == 1


class TestSignUp:
    """Who gets an account by coming."""

    @pytest.fixture(params=["invitation", "closed"])
    def chosen(self, request: pytest.FixtureRequest) -> dict[str, Any]:
        return {"sign_up": request.param}

    def test_nobody_unknown_gets_an_account_where_that_is_not_open(self, web: TestClient) -> None:
        """A school that invites its learners would be open to everybody with an account at the provider."""
        _add(web, "Bob", Role.ADMIN)
        assert web.get("/api/v1/oidc").json()["sign_up"] in ("invitation", "closed")
        assert "no account" in told(_come(web), 403)["detail"]
        assert SESSION not in web.cookies

    def test_an_invitation_makes_one_account_of_its_role(self, web: TestClient, provider: Provider) -> None:
        """Whoever is invited would need a password all the same, or one invitation would let everybody in."""
        _add(web, "Bob", Role.ADMIN)
        with _database(web).write() as session:
            code = links.invite(session, Role.INSTRUCTOR, None)
        if web.get("/api/v1/oidc").json()["sign_up"] == "closed":
            assert "get none" in told(_come(web, invitation=code), 403)["detail"]
            return
        assert _come(web, invitation=code).status_code == 303
        assert web.get("/api/v1/account").json()["role"] == "instructor"
        web.cookies.clear()
        assert _come(web, invitation=code).status_code == 303  # they have an account, and need no invitation
        provider.person["sub"] = "eve"
        told(_come(web, invitation=code), 404)

    def test_a_link_for_a_password_makes_no_account(self, web: TestClient) -> None:
        """A link that sets one person's password would let another in."""
        with _database(web).write() as session:
            bob = accounts.create(session, "Bob", Role.LEARNER, None)
            code = links.reset(session, bob, None)
        told(_come(web, invitation=code), 404)
        assert web.get(API + links.PATH + code).status_code == 200

    def test_a_linked_account_comes_in(self, web: TestClient) -> None:
        """Only newcomers could use it, or only where everybody is let in."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        assert _link(web).status_code == 303
        web.cookies.clear()
        assert _come(web).status_code == 303
        assert _name(web) == "Bob"


class TestLinking:
    """Whoever is signed in has the single sign-on open their account too."""

    def test_an_account_is_linked_and_unlinked(self, web: TestClient, provider: Provider) -> None:
        """Whoever had an account before would end with two."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        assert _link(web, next="/account").headers["location"] == f"{BASE}/account"
        assert _link(web).status_code == 303  # once more changes nothing
        assert [each["linked"] for each in web.get("/api/v1/account/oidc").json()["items"]] == [True]
        web.cookies.clear()
        _come(web)
        assert _name(web) == "Bob"
        assert web.delete("/api/v1/account/oidc").status_code == 204
        web.cookies.clear()
        _come(web)
        assert _name(web) == "Ada"
        assert provider.person["sub"] == "ada-1815"

    def test_the_page_of_ones_account_links_and_unlinks(self, web: TestClient) -> None:
        """Only scripts could link: browsers stop a form that is redirected elsewhere."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        page = web.post("/account/single-sign-on", data={"password": PASSWORD})
        assert page.status_code == 200
        [onward] = re.findall(r'href="(http[^"]+authorize[^"]*)"', page.text)
        assert web.get(_through(html.unescape(onward))).headers["location"] == f"{BASE}/account"
        assert "opens to" in web.get("/account").text
        web.cookies.clear()
        _come(web)
        assert _name(web) == "Bob"
        assert web.post("/account/single-sign-on/unlink").status_code == 303
        assert web.get("/api/v1/account/oidc").json()["items"] == []

    @pytest.mark.parametrize("password", ["", OTHER])
    def test_the_page_takes_the_password_too(self, web: TestClient, password: str) -> None:
        """Whoever finds a browser open could let themselves in for good, or would not be told what is missing."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        page = web.post("/account/single-sign-on", data={"password": password})
        assert page.status_code == 401
        assert "present password" in page.text
        assert "authorize" not in page.text
        assert "account/single-sign-on/unlink" not in page.text

    def test_somebody_at_a_former_provider_keeps_nobody_from_linking(self, web: TestClient, provider: Provider) -> None:
        """The page would say that the account opens to them, and offer no way to link it anew."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        _link(web)
        database = web.app.state.service.database  # type: ignore[attr-defined]
        with database.write() as session:
            session.execute(update(Identity).values(issuer="https://former.example"))
        page = web.get("/account").text
        assert "opens to" not in page
        assert 'action="/account/single-sign-on"' in page

    def test_the_page_unlinks_nothing_that_is_the_only_way_in(self, web: TestClient) -> None:
        """Somebody would have locked themselves out with one click."""
        _come(web)
        page = web.post("/account/single-sign-on/unlink")
        assert page.status_code == 409
        assert "no password" in page.text
        assert "account/single-sign-on/unlink" not in page.text
        assert len(web.get("/api/v1/account/oidc").json()["items"]) == 1

    def test_linking_takes_the_password(self, web: TestClient) -> None:
        """Whoever finds a browser open could let themselves in for good."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        for password in (None, OTHER):
            assert "present password" in told(_link(web, password), 401)["detail"]
        assert web.get("/api/v1/account/oidc").json()["items"] == []

    def test_another_sites_page_links_nothing(self, web: TestClient) -> None:
        """A page could bind its author's identity to the account of whoever looks at it."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        headers = {"Sec-Fetch-Site": "cross-site"}
        told(web.post("/api/v1/account/oidc", json={"password": PASSWORD}, headers=headers), 403)
        told(web.delete("/api/v1/account/oidc", headers=headers), 403)

    def test_an_identity_opens_one_account_and_an_account_to_one(self, web: TestClient, provider: Provider) -> None:
        """Who somebody is here would depend on who asked last."""
        _come(web)
        _add(web, "Bob")
        _sign_in(web, "Bob")
        assert "another account" in told(_link(web), 409)["detail"]
        provider.person["sub"] = "bob"
        assert _link(web).status_code == 303
        provider.person["sub"] = "bob at night"
        assert "Unlink" in told(_link(web), 409)["detail"]

    def test_only_who_began_to_link_is_linked(self, web: TestClient) -> None:
        """Whoever signs in on the same machine meanwhile would get, or lose, the account."""
        for name in ("Bob", "Cleo"):
            _add(web, name)
        _sign_in(web, "Bob")
        back = _through(web.post("/api/v1/account/oidc", json={"password": PASSWORD}).json()["url"])
        kept = web.cookies[linking.COOKIE]
        _sign_in(web, "Cleo")
        web.cookies.set(linking.COOKIE, kept)
        assert "signed out" in told(web.get(back), 401)["detail"]
        for name in ("Bob", "Cleo"):
            _sign_in(web, name)
            assert web.get("/api/v1/account/oidc").json()["items"] == []

    def test_a_session_that_has_ended_links_nothing(self, web: TestClient) -> None:
        """Whoever is signed out everywhere could still be let in a moment later."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        back = _through(web.post("/api/v1/account/oidc", json={"password": PASSWORD}).json()["url"])
        kept = dict(web.cookies)
        web.delete("/api/v1/session?everywhere=true")
        web.cookies.update(kept)
        told(web.get(back), 400)

    def test_nobody_locks_themselves_out(self, web: TestClient) -> None:
        """Whoever has no password could unlink the only way in."""
        _come(web)
        assert "no password" in told(web.delete("/api/v1/account/oidc"), 409)["detail"]

    def test_a_token_links_nothing(self, web: TestClient) -> None:
        """A script's token could open the account for good, beyond its own end."""
        _come(web)
        made = web.post("/api/v1/tokens", json={"label": "script", "scopes": ["account"]}).json()["token"]
        web.cookies.clear()
        script = {"Authorization": f"Bearer {made}"}
        told(web.post("/api/v1/account/oidc", json={}, headers=script), 403)
        told(web.delete("/api/v1/account/oidc", headers=script), 403)
        assert len(web.get("/api/v1/account/oidc", headers=script).json()["items"]) == 1

    def test_a_new_password_by_a_link_unlinks(self, web: TestClient) -> None:
        """Whoever had stolen the old one would still get in, by an identity that they have linked."""
        _add(web, "Bob")
        _sign_in(web, "Bob")
        _link(web)
        with _database(web).write() as session:
            code = links.reset(session, accounts.find(session, "Bob"), None)
        web.post(API + links.PATH + code, json={"password": OTHER})
        assert web.get("/api/v1/account/oidc").json()["items"] == []


class TestDomains:
    """Only people with certain mail addresses may come in."""

    @pytest.fixture
    def chosen(self) -> dict[str, Any]:
        return {"oidc_sign_up": "open", "oidc_mail_domains": "example.edu, CS.example.edu"}

    def test_an_address_in_one_of_them_is_let_in(self, web: TestClient, provider: Provider) -> None:
        """Nobody could come in."""
        for email in ("ada@example.edu", "ada@EXAMPLE.edu", '"a@b"@cs.example.edu'):
            provider.person |= {"email": email, "email_verified": True}
            assert _come(web).status_code == 303

    def test_nobody_else_is(self, web: TestClient, provider: Provider) -> None:
        """Whoever types an address of a school would be one of its people."""
        for email, verified in (
            (None, None),
            ("ada@example.edu", None),
            ("ada@example.edu", False),
            ("ada@example.edu", "true"),
            ("ada@example.edu.evil.example", True),
            ("ada@sub.example.edu", True),
            ("example.edu", True),
            ("@example.edu", True),
            (["ada@example.edu"], True),
        ):
            provider.person |= {"email": email, "email_verified": verified}
            assert "cs.example.edu, example.edu" in told(_come(web), 403)["detail"]

    def test_what_the_token_leaves_out_is_asked_for(self, web: TestClient, provider: Provider) -> None:
        """Providers that tell addresses at their userinfo endpoint only would let nobody in."""
        provider.elsewhere = {"email": "ada@example.edu", "email_verified": True, "nonce": "ignored"}
        assert _come(web).status_code == 303
        assert "/userinfo" in provider.asked

    def test_what_is_told_about_somebody_else_is_not_believed(self, web: TestClient, provider: Provider) -> None:
        """An access token that was swapped would bring another person's claims (section 16.11 of the standard)."""
        provider.elsewhere = {"email": "ada@example.edu", "email_verified": True}
        provider.fault = "userinfo"
        assert "somebody else" in told(_come(web), 502)["detail"]


class TestRoles:
    """The provider decides on roles."""

    @pytest.fixture
    def chosen(self) -> dict[str, Any]:
        roles = '{"staff": "instructor", "students": "learner"}'
        return {"oidc_sign_up": "open", "oidc_role_claim": "realm.groups", "oidc_roles": roles}

    def test_a_claim_gives_a_role_and_takes_it(self, web: TestClient, provider: Provider) -> None:
        """An admin would have to make every instructor, and notice every one who leaves."""
        for claims, role in (
            ({"realm": {"groups": ["students", "staff", "unknown"]}}, "instructor"),
            ({"realm": {"groups": ["students"]}}, "learner"),
            ({"realm": {"groups": "staff"}}, "instructor"),
            ({}, "learner"),
            ({"realm.groups": ["staff"]}, "instructor"),
            ({"realm": ["staff"]}, "learner"),
            ({"realm": {"groups": [["staff"], None, 5]}}, "learner"),
        ):
            provider.person = {"sub": "ada", "preferred_username": "Ada", **claims}
            assert _come(web).status_code == 303
            assert web.get("/api/v1/account").json()["role"] == role

    def test_an_admin_stays_one(self, web: TestClient, provider: Provider) -> None:
        """A provider could take the service out of its admins' hands, or give it to somebody."""
        _come(web)
        _add(web, "Bob", Role.ADMIN)
        with _database(web).write() as session:
            accounts.change(session, "Ada", Role.ADMIN, disabled=None)
        provider.person["realm"] = {"groups": ["students"]}
        _come(web)
        assert web.get("/api/v1/account").json()["role"] == "admin"


class TestAdmins:
    """The provider decides on admins, too."""

    @pytest.fixture
    def chosen(self) -> dict[str, Any]:
        more = {"oidc_roles": '{"root": "admin"}', "oidc_admins": True}
        return {"oidc_sign_up": "open", "oidc_role_claim": "groups", **more}

    def test_admins_come_and_go_but_the_last(self, web: TestClient, provider: Provider) -> None:
        """Whoever is no admin any more would stay one, or nobody would be left."""
        provider.person["groups"] = ["root"]
        _come(web)
        assert web.get("/api/v1/account").json()["role"] == "admin"
        provider.person["groups"] = []
        _come(web)
        assert web.get("/api/v1/account").json()["role"] == "admin"
        _add(web, "Bob", Role.ADMIN)
        _come(web)
        assert web.get("/api/v1/account").json()["role"] == "learner"


def test_an_admin_whom_the_provider_knows_can_sign_in(web: TestClient) -> None:
    """Each start would print a link that makes an admin, though there is one."""
    _come(web)
    with _database(web).write() as session:
        assert links.first_admin(session) is not None
        accounts.change(session, "Ada", Role.ADMIN, disabled=None)
        assert links.first_admin(session) is None
    assert "last admin" in told(web.patch("/api/v1/users/ada", json={"role": "learner"}), 409)["detail"]


def test_going_to_the_provider_is_slowed_down(web: TestClient) -> None:
    """One program could fill the database with sign-ins that nobody finishes, and have the provider asked for each."""
    _come(web)  # whoever comes back does not count
    statuses = [web.get("/api/v1/oidc/sign-in").status_code for _ in range(104)]
    assert statuses[:100] == [303] * 100
    assert 429 in statuses[100:]


class TestPrefix:
    """The service lies below a path of its host."""

    @pytest.fixture
    def chosen(self) -> dict[str, Any]:
        return {"oidc_sign_up": "open", "public_url": f"{PREFIXED}/"}

    def test_browsers_come_back_below_it(self, web: TestClient) -> None:
        """They would come back to whatever else is on that host."""
        back = _leave(web, next="/problems")
        assert back.startswith("/jax/api/v1/oidc/callback?")
        assert web.get(back.removeprefix("/jax")).headers["location"] == f"{PREFIXED}/problems"
