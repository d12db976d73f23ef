"""Accounts over HTTP: signing up, in and out, links that work once, tokens, and what admins do."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.message import EmailMessage
from typing import Any, Self

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import update

from app.accounts import links, passwords
from app.accounts import service as accounts
from app.accounts.dependency import COOKIE
from app.accounts.models import FailedSignIns, Link, SignedIn
from app.accounts.rights import Role
from app.database.db import Database, now
from app.main import create_app
from app.settings import Settings
from app.tokens.models import ApiToken
from tests.service import fakes
from tests.service.fakes import FakeJudge, FakeSandbox
from tests.service.test_errors import told

PASSWORD = "correct horse battery"
OTHER = "staple a little horse"

Of = Callable[[str, Role], TestClient]


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as they are, but cheap."""
    cheap_hashes(monkeypatch)


def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make hashes that take no time, until the test is over."""
    cheap = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(passwords, "_hasher", cheap)
    monkeypatch.setattr(passwords, "_NOBODY", cheap.hash("no account has this password"))


@pytest.fixture
def web(settings: Settings, judge: FakeJudge) -> Iterator[TestClient]:
    """A browser before a service where anybody can sign up; cookies of ``__Host-`` need https."""
    open_to_all = settings.model_copy(update={"sign_up": "open"})
    app = create_app(open_to_all, FakeSandbox(), pipeline=fakes.pipeline(judge))
    with TestClient(app, "https://testserver", raise_server_exceptions=False) as client:
        yield client


def _database(client: TestClient) -> Database:
    app = client.app
    assert isinstance(app, FastAPI)
    database = app.state.service.database
    assert isinstance(database, Database)
    return database


def _sign_up(client: TestClient, name: str = "Ada", **more: str) -> Response:
    return client.post("/api/v1/users", json={"name": name, "password": PASSWORD, **more})


def _sign_in(client: TestClient, name: str = "Ada", password: str = PASSWORD) -> Response:
    client.cookies.clear()
    return client.post("/api/v1/session", json={"name": name, "password": password})


def test_a_newcomer_signs_up_out_and_in(web: TestClient) -> None:
    """Nobody could have an account, or get back to it."""
    made = _sign_up(web)
    assert made.status_code == 201
    assert (made.json()["name"], made.json()["role"], made.json()["scopes"]) == ("Ada", "learner", None)
    cookie = made.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "domain" not in cookie.lower()
    assert web.get("/api/v1/account").json()["name"] == "Ada"
    assert web.get("/api/v1/problems").status_code == 200
    kept = web.cookies[COOKIE]
    assert web.delete("/api/v1/session").status_code == 204
    web.cookies.set(COOKIE, kept)
    assert "ended" in told(web.get("/api/v1/account"), 401)["detail"]
    assert _sign_in(web, "ADA").json()["name"] == "Ada"
    assert web.get("/api/v1/account").status_code == 200


def test_passwords_and_codes_are_not_stored(web: TestClient) -> None:
    """Whoever reads the database, or a backup of it, could be anybody here."""
    code = _sign_up(web).cookies[COOKIE]
    with _database(web).read() as session:
        connection = session.connection()
        rows = str([connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in ("users", "sessions")])
    assert "$argon2id$" in rows
    assert PASSWORD not in rows
    assert code not in rows


@pytest.mark.parametrize("name", ["", "a b", ".a", "a.", "a/b", "_a", "a" * 65, "a\u0301b", "<b>"])
def test_a_name_that_is_none_is_refused(web: TestClient, name: str) -> None:
    """A name could hide another in a list, or be none that an address can hold."""
    assert told(_sign_up(web, name), 422)["detail"]


@pytest.mark.parametrize("name", ["a", "a" * 64, "Zoë", "李雷", "ada.lovelace-1815"])
def test_a_name_of_any_language_is_taken(web: TestClient, name: str) -> None:
    """A learner could not be called what they are called."""
    assert _sign_up(web, name).json()["name"] == name


@pytest.mark.parametrize("other", ["ada", "ADA", "\uff21\uff44\uff41"])
def test_names_that_look_alike_are_one(web: TestClient, other: str) -> None:
    """Somebody could hand in as somebody else."""
    _sign_up(web)
    assert "somebody else" in told(_sign_up(web, other), 409)["detail"]


def test_a_mail_address_belongs_to_one_account(web: TestClient) -> None:
    """A link for a forgotten password would open somebody else's account."""
    assert _sign_up(web, email="Ada@Example.org").status_code == 201
    assert "address" in told(_sign_up(web, "Eve", email="ada@example.ORG"), 409)["detail"]
    told(_sign_up(web, "Eve", email="nonsense"), 422)


@pytest.mark.parametrize(
    ("password", "says"),
    [("short", "5 characters"), ("x" * 201, "201"), ("a" * 12, "repeats"), ("123 grace 456", "name")],
)
def test_a_password_that_is_easily_guessed_is_refused(web: TestClient, password: str, says: str) -> None:
    """An account would be open to whoever tries a dozen passwords."""
    response = web.post("/api/v1/users", json={"name": "Grace", "password": password})
    assert says in told(response, 422)["detail"]


@pytest.mark.parametrize("password", ["0123456789", "x1y2" * 50, "пароль-пароль", " spaces at both ends "])
def test_a_password_at_the_limits_is_taken(web: TestClient, password: str) -> None:
    """A good password would be refused, or cut."""
    assert web.post("/api/v1/users", json={"name": "Ada", "password": password}).status_code == 201
    assert _sign_in(web, password=password).status_code == 200
    told(_sign_in(web, password=password[:-1]), 401)


def test_an_unknown_name_is_told_like_a_wrong_password(web: TestClient) -> None:
    """Anybody could find out who has an account here."""
    _sign_up(web)
    bodies = [told(_sign_in(web, name, OTHER), 401) for name in ("Ada", "Eve")]
    assert bodies[0] == bodies[1]


def _pass_time(client: TestClient, seconds: float) -> None:
    with _database(client).write() as session:
        for row in session.query(FailedSignIns):
            row.latest_at -= timedelta(seconds=seconds)


def test_guessing_is_slowed_down_and_forgiven(web: TestClient) -> None:
    """A password could be found by trying, or its owner be locked out for good."""
    _sign_up(web)
    for _ in range(5):
        told(_sign_in(web, password=OTHER), 401)
    blocked = _sign_in(web)
    assert "Wait" in told(blocked, 429)["detail"]
    assert 1 <= int(blocked.headers["Retry-After"]) <= 2
    assert _sign_up(web, "Bob").status_code == 201
    assert _sign_in(web, "Bob").status_code == 200
    with _database(web).write() as session:
        session.execute(update(FailedSignIns).values(count=1000.0))
    assert 55 <= int(_sign_in(web).headers["Retry-After"]) <= 60
    told(_sign_in(web, "Eve"), 429)  # the address has gone on guessing
    _pass_time(web, 61)
    assert _sign_in(web).status_code == 200


def test_whoever_guesses_slowly_locks_nobody_out(web: TestClient) -> None:
    """One pupil could keep a whole school from signing in."""
    _sign_up(web)
    for _ in range(70):
        told(_sign_in(web, "Eve", OTHER), 401)
        _pass_time(web, 61)
    assert _sign_in(web).status_code == 200


def test_many_guesses_at_once_are_not_free(web: TestClient) -> None:
    """Each would find that nobody has guessed yet."""
    _sign_up(web)
    with ThreadPoolExecutor(20) as pool:
        statuses = [*pool.map(lambda _: _sign_in(web, password=OTHER).status_code, range(20))]
    assert statuses.count(401) <= 6
    assert {*statuses} == {401, 429}


def test_looking_for_names_is_slowed_down(web: TestClient) -> None:
    """Anybody could find out who has an account here, name by name, as fast as the service answers."""
    _sign_up(web)
    statuses = [_sign_up(web).status_code for _ in range(25)]
    assert {*statuses} == {409, 429}


def test_making_accounts_is_slowed_down(web: TestClient) -> None:
    """One program could make accounts without end, each with submissions in flight of its own."""
    statuses = [_sign_up(web, f"robot{number}").status_code for number in range(23)]
    assert statuses[:20] == [201] * 20
    assert 429 in statuses[20:]


def test_a_session_ends_by_itself(web: TestClient) -> None:
    """A browser that somebody left would be signed in for ever."""
    _sign_up(web)
    with _database(web).write() as session:
        session.execute(update(SignedIn).values(expires_at=now()))
    told(web.get("/api/v1/account"), 401)


def test_changing_a_password_ends_every_other_session(web: TestClient) -> None:
    """Whoever stole a session would keep it after the password was changed because of that."""
    stolen = _sign_up(web).cookies[COOKIE]
    _sign_in(web)
    body = {"current": PASSWORD, "new": OTHER}
    assert "present" in told(web.post("/api/v1/account/password", json={**body, "current": OTHER}), 401)["detail"]
    told(web.post("/api/v1/account/password", json={**body, "new": "short"}), 422)
    assert web.post("/api/v1/account/password", json=body).status_code == 204
    assert web.get("/api/v1/account").status_code == 200
    web.cookies.clear()
    web.cookies.set(COOKIE, stolen)
    told(web.get("/api/v1/account"), 401)
    told(_sign_in(web), 401)
    assert _sign_in(web, password=OTHER).status_code == 200


def test_signing_out_everywhere_ends_every_session(web: TestClient) -> None:
    """Somebody who has lost a laptop could not close it."""
    first = _sign_up(web).cookies[COOKIE]
    _sign_in(web)
    assert web.delete("/api/v1/session?everywhere=true").status_code == 204
    web.cookies.set(COOKIE, first)
    told(web.get("/api/v1/account"), 401)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "https://testserver"},
    ],
)
def test_another_sites_page_changes_nothing(web: TestClient, headers: dict[str, str]) -> None:
    """A page that a learner visits could submit, or sign them in to an account of its own."""
    _sign_up(web)
    body = {"problem": "add_one", "source": "right"}
    assert "another site" in told(web.post("/api/v1/attempts", json=body, headers=headers), 403)["detail"]
    told(web.post("/api/v1/session", json={"name": "Ada", "password": PASSWORD}, headers=headers), 403)
    assert web.get("/api/v1/account", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "https://testserver"}]
)
def test_pages_of_this_service_change_things(web: TestClient, headers: dict[str, str]) -> None:
    """Nobody who is signed in could submit."""
    _sign_up(web)
    body = {"problem": "add_one", "source": "right"}
    assert web.post("/api/v1/attempts", json=body, headers=headers).status_code == 202


def test_accounts_are_made_by_invitation_unless_the_operator_says_otherwise(anonymous: TestClient) -> None:
    """A service of a school would be open to anybody who finds it."""
    assert "invitation" in told(_sign_up(anonymous), 403)["detail"]


def test_an_invitation_makes_one_account_of_its_role(client: TestClient) -> None:
    """An admin could not let anybody in, or one invitation would let everybody in."""
    made = client.post("/api/v1/invitations", json={"role": "instructor"})
    assert made.status_code == 201
    link = made.json()["link"].removeprefix("http://testserver")
    assert link.startswith(links.PATH)
    path = f"/api/v1{link}"
    del client.headers["Authorization"]
    shown = client.get(path).json()
    assert (shown["purpose"], shown["role"], shown["name"]) == ("invitation", "instructor", None)
    assert "name" in told(client.post(path, json={"password": PASSWORD}), 422)["detail"]
    told(client.post(path, json={"name": "Ada", "password": "short"}), 422)
    used = client.post(path, json={"name": "Ada", "password": PASSWORD})
    assert (used.status_code, used.json()["role"]) == (200, "instructor")
    for again in (client.get(path), client.post(path, json={"name": "Eve", "password": PASSWORD})):
        assert "was used" in told(again, 404)["detail"]


def test_a_closed_service_invites_nobody(client: TestClient, app: FastAPI, settings: Settings) -> None:
    """An operator who closes it would be overruled by an admin, or by an invitation that lies somewhere."""
    path = "/api/v1" + client.post("/api/v1/invitations", json={}).json()["link"].removeprefix("http://testserver")
    with _database(client).write() as session:
        accounts.create(session, "Ada", Role.ADMIN, passwords.hashed(PASSWORD, "Ada"))
    object.__setattr__(settings, "sign_up", "closed")
    assert "closed" in told(client.post("/api/v1/invitations", json={}), 403)["detail"]
    told(client.post(path, json={"name": "Eve", "password": PASSWORD}), 403)
    told(_sign_up(client, "Eve"), 403)


def test_a_link_works_as_long_as_its_maker_is_an_admin(client: TestClient, of: Of) -> None:
    """An admin who is let go could come back with a link that they have made before."""
    bob = of("Bob", Role.ADMIN)
    made = [bob.post("/api/v1/invitations", json={"role": "admin"}), bob.post("/api/v1/users/tester/password-reset")]
    paths = ["/api/v1" + each.json()["link"].removeprefix("http://testserver") for each in made]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    client.patch("/api/v1/users/bob", json={"disabled": True})
    for path in paths:
        told(client.get(path), 404)
        told(client.post(path, json={"name": "Eve", "password": PASSWORD}), 404)


def test_a_link_needs_more_than_a_part_of_everything(client: TestClient) -> None:
    """A token for administration alone could become anybody's session, by a link for their password."""
    script = {"Authorization": f"Bearer {_token(client, scopes=['admin'])['token']}"}
    for path in ("/api/v1/invitations", "/api/v1/users/tester/password-reset"):
        assert "every scope" in told(client.post(path, json={}, headers=script), 403)["detail"]
    assert client.get("/api/v1/users", headers=script).status_code == 200


def test_the_machines_own_account_stays(client: TestClient) -> None:
    """Whoever runs the service would be shut out of it by one of its admins."""
    with _database(client).write() as session:
        accounts.operator(session)
    for change in ({"disabled": True}, {"role": "learner"}):
        assert "machine" in told(client.patch("/api/v1/users/operator", json=change), 409)["detail"]
    assert "no password" in told(client.post("/api/v1/users/operator/password-reset"), 422)["detail"]


def test_a_link_expires(client: TestClient) -> None:
    """A link from an old mail would open an account for ever."""
    path = "/api/v1" + client.post("/api/v1/invitations", json={}).json()["link"].removeprefix("http://testserver")
    with _database(client).write() as session:
        session.execute(update(Link).values(expires_at=now()))
    told(client.get(path), 404)


def test_an_admin_makes_a_link_for_a_forgotten_password(client: TestClient) -> None:
    """Whoever forgets a password where no mail is sent would be out for good."""
    with _database(client).write() as session:
        accounts.create(session, "Ada", Role.LEARNER, passwords.hashed(PASSWORD, "Ada"))
    made = [client.post("/api/v1/users/ada/password-reset").json()["link"] for _ in range(2)]
    first, second = (f"/api/v1{link.removeprefix('http://testserver')}" for link in made)
    del client.headers["Authorization"]
    told(client.get(first), 404)
    assert client.get(second).json()["name"] == "Ada"
    told(client.post(second, json={"password": "short"}), 422)
    assert client.post(second, json={"password": OTHER}).json()["name"] == "Ada"
    told(_sign_in(client), 401)
    assert _sign_in(client, password=OTHER).status_code == 200
    told(client.post(second, json={"password": PASSWORD}), 404)


class _MailServer:
    """Where mails end up."""

    sent: list[EmailMessage]

    def __init__(self, *_: object, **__: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def login(self, user: str, password: str) -> None:
        assert (user, password) == ("us", "p@ss")

    def send_message(self, mail: EmailMessage) -> None:
        type(self).sent.append(mail)


def test_a_forgotten_password_is_mailed_and_nothing_is_told(
    settings: Settings, judge: FakeJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who forgot a password would need an admin, or anybody could find out whose addresses are known."""
    _MailServer.sent = []
    monkeypatch.setattr(smtplib, "SMTP_SSL", _MailServer)
    mailing = {"smtp_url": "smtps://us:p%40ss@mail.example", "mail_from": "us@example.org"}
    chosen = settings.model_copy(update={**mailing, "public_url": "https://school.example/jax/", "sign_up": "open"})
    with TestClient(create_app(chosen, FakeSandbox(), pipeline=fakes.pipeline(judge)), "https://testserver") as client:
        _sign_up(client, email="ada@example.org")
        answers = [
            client.post("/api/v1/password-resets", json={"email": address})
            for address in ("eve@example.org", "ADA@example.org")
        ]
        assert {(answer.status_code, answer.content) for answer in answers} == {(202, b"")}
        client.post("/api/v1/password-resets", json={"email": "ada@example.org"})  # too early for another one
        client.app.state.service.mailer.submit(int).result(30)  # type: ignore[attr-defined]
        [mail] = _MailServer.sent
        assert (mail["To"], mail["From"]) == ("ada@example.org", "us@example.org")
        [line] = [line.strip() for line in mail.get_content().splitlines() if line.strip().startswith("https://")]
        assert line.startswith("https://school.example/jax/links/")
        assert client.get("/api/v1" + line.removeprefix("https://school.example/jax")).json()["name"] == "Ada"


def test_without_mail_it_is_said_whom_to_ask(anonymous: TestClient) -> None:
    """Somebody would wait for a mail that is never sent."""
    assert "admins" in told(anonymous.post("/api/v1/password-resets", json={"email": "a@example.org"}), 501)["detail"]


def _token(client: TestClient, **body: Any) -> dict[str, Any]:
    made: dict[str, Any] = client.post("/api/v1/tokens", json={"label": "laptop", **body}).json()
    return made


def test_a_token_opens_what_it_is_for_until_it_is_revoked(of: Of) -> None:
    """A script could do whatever its owner can, or for ever."""
    ada = of("Ada", Role.LEARNER)
    made = _token(ada, scopes=["submit"])
    assert made["token"].startswith(made["hint"])
    script = {"Authorization": f"Bearer {made['token']}"}
    body = {"problem": "add_one", "source": "right"}
    location = ada.post("/api/v1/attempts", json=body, headers=script).headers["Location"]
    assert "scopes read" in told(ada.get(location, headers=script), 403)["detail"]
    assert ada.get(location).status_code == 200
    [_, listed] = sorted(ada.get("/api/v1/tokens").json()["items"], key=lambda item: item["label"], reverse=True)
    assert (listed["id"], listed["scopes"]) == (made["id"], ["submit"])
    assert listed["last_used_at"] is not None
    assert "token" not in listed
    assert ada.delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    told(ada.get("/api/v1/account", headers=script), 401)
    told(ada.delete(f"/api/v1/tokens/{made['id']}"), 404)


def test_a_token_of_somebody_else_cannot_be_revoked(of: Of) -> None:
    """One learner could cut off another's scripts."""
    made = _token(of("Ada", Role.LEARNER))
    told(of("Eve", Role.ADMIN).delete(f"/api/v1/tokens/{made['id']}"), 404)


def test_a_token_expires(client: TestClient) -> None:
    """A token in an old backup would open the service for ever."""
    made = _token(client, days=1)
    script = {"Authorization": f"Bearer {made['token']}"}
    assert client.get("/api/v1/account", headers=script).json()["scopes"] == ["read", "submit"]
    with _database(client).write() as session:
        session.execute(update(ApiToken).where(ApiToken.id == made["id"]).values(expires_at=now()))
    told(client.get("/api/v1/account", headers=script), 401)


def test_a_token_makes_no_stronger_one(client: TestClient) -> None:
    """Whoever finds a token for one thing could have one for everything."""
    weak = {"Authorization": f"Bearer {_token(client, scopes=['account', 'read'])['token']}"}
    assert (
        "ends"
        in told(
            client.post("/api/v1/tokens", json={"label": "more", "scopes": ["read"], "days": 91}, headers=weak), 403
        )["detail"]
    )
    body = {"label": "more", "scopes": ["admin", "read"]}
    assert "admin" in told(client.post("/api/v1/tokens", json=body, headers=weak), 403)["detail"]
    assert client.post("/api/v1/tokens", json={**body, "scopes": ["read"], "days": 1}, headers=weak).status_code == 201


@pytest.mark.parametrize("days", [0, -1, 3651, "a", 1.5])
def test_a_tokens_life_has_limits(client: TestClient, days: object) -> None:
    """A slip would make a token that has expired, or never does."""
    told(client.post("/api/v1/tokens", json={"label": "laptop", "days": days}), 422)


def test_admins_see_and_change_users(client: TestClient, of: Of) -> None:
    """Nobody could make an instructor, or take an account back."""
    ada = of("Ada", Role.LEARNER)
    told(ada.get("/api/v1/attempts?user=*"), 403)
    assert client.patch("/api/v1/users/ADA", json={"role": "instructor"}).json()["role"] == "instructor"
    assert ada.get("/api/v1/attempts?user=*").status_code == 200
    assert client.patch("/api/v1/users/ada", json={"disabled": True}).json()["disabled"] is True
    told(ada.get("/api/v1/account"), 401)
    assert client.patch("/api/v1/users/ada", json={"disabled": False}).json()["disabled"] is False
    assert ada.get("/api/v1/account").json()["role"] == "instructor"
    told(client.patch("/api/v1/users/nobody", json={"disabled": True}), 404)
    told(client.patch("/api/v1/users/ada", json={"role": "owner"}), 422)


def test_users_are_listed_by_name_and_in_pages(client: TestClient, of: Of) -> None:
    """An admin of a large course could not find anybody."""
    for name in ("bob", "Ada", "cleo"):
        of(name, Role.LEARNER)
    seen, address = [], "/api/v1/users?limit=2"
    while address:
        page = client.get(address).json()
        seen += [item["name"] for item in page["items"]]
        address = page["next"]
    assert seen == ["Ada", "bob", "cleo", "operator", "tester"]


def test_names_of_any_language_are_paged_through(client: TestClient, of: Of) -> None:
    """The address of the next page would be no address, or skip those who are called alike."""
    for name in ("Zoë", "李雷", "a.b", "a-b", "a_b"):
        of(name, Role.LEARNER)
    seen, address = [], "/api/v1/users?limit=1"
    while address:
        assert address.isascii()
        page = client.get(address).json()
        seen += [item["name"] for item in page["items"]]
        address = page["next"]
    assert sorted(seen) == sorted(["Zoë", "李雷", "a.b", "a-b", "a_b", "operator", "tester"])


def test_tokens_are_listed_newest_first_and_in_pages(client: TestClient) -> None:
    """Whoever has scripts could not find an old token, or one request read thousands."""
    made = [_token(client)["id"] for _ in range(4)]
    seen, address, pages = [], "/api/v1/tokens?limit=2", 0
    while address:
        page = client.get(address).json()
        seen += [item["id"] for item in page["items"]]
        address, pages = page["next"], pages + 1
    assert seen[:4] == made[::-1]
    assert (len(seen), pages) == (5, 3)
    for query in ("limit=0", "limit=101", f"before={'a' * 65}"):
        told(client.get(f"/api/v1/tokens?{query}"), 422)


def test_the_last_admin_stays(web: TestClient) -> None:
    """Nobody could administer the service any more."""
    with _database(web).write() as session:
        accounts.create(session, "Ada", Role.ADMIN, passwords.hashed(PASSWORD, "Ada"))
        accounts.operator(session)
    _sign_in(web)
    for change in ({"role": "learner"}, {"disabled": True}):
        assert "last admin" in told(web.patch("/api/v1/users/ada", json=change), 409)["detail"]
    with _database(web).write() as session:
        accounts.create(session, "Bob", Role.ADMIN, passwords.hashed(PASSWORD, "Bob"))
    assert web.patch("/api/v1/users/bob", json={"disabled": True}).status_code == 200
    told(web.patch("/api/v1/users/ada", json={"role": "learner"}), 409)
    assert web.patch("/api/v1/users/bob", json={"disabled": False}).status_code == 200
    assert web.patch("/api/v1/users/ada", json={"role": "learner"}).json()["role"] == "learner"


def test_what_is_somebody_elses_is_not_there(client: TestClient, of: Of) -> None:
    """A learner could read, or just count, what others hand in."""
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.LEARNER)
    body = {"problem": "add_one", "source": "right"}
    attempt = ada.post("/api/v1/attempts", json=body).headers["Location"]
    run = ada.post("/api/v1/runs", json=body).headers["Location"]
    for location in (attempt, run):
        hidden, missing = told(eve.get(location), 404), told(eve.get(location[:-1] + "x"), 404)
        assert hidden == missing
        assert client.get(location).json()["user"] == "Ada"
    assert eve.get("/api/v1/attempts").json()["items"] == []
    assert client.get("/api/v1/attempts").json()["items"] == []
    told(eve.get("/api/v1/attempts?user=Ada"), 403)
    for whose in ("ada", "*"):
        [item] = client.get("/api/v1/attempts", params={"user": whose}).json()["items"]
        assert item["user"] == "Ada"
    assert len(ada.get("/api/v1/attempts?user=ADA").json()["items"]) == 1
    told(client.get("/api/v1/attempts?user=nobody"), 404)
