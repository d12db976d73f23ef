"""Whatever is sent, no answer is a fault of ours, and each refusal says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from app.accounts import links
from app.accounts.dependency import COOKIE
from app.accounts.rights import Role
from app.settings import Settings
from tests.service.test_accounts import cheap_hashes
from tests.service.test_errors import JSON, told

PASSWORD = "correct horse battery"
LONG = "a" * 1_000_000

#: Every operation with a body -> one that is taken.
_APPLY = "post", "/api/v1/rejudgings/{rejudging_id}/apply"
BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("post", "/api/v1/users"): {"name": "Ada", "password": PASSWORD, "email": "ada@example.org"},
    ("post", "/api/v1/session"): {"name": "Ada", "password": PASSWORD},
    ("post", "/api/v1/links/{code}"): {"name": "Bob", "password": PASSWORD, "email": "bob@example.org"},
    ("post", "/api/v1/password-resets"): {"email": "ada@example.org"},
    ("post", "/api/v1/account/password"): {"current": PASSWORD, "new": "staple a little horse"},
    ("post", "/api/v1/account/oidc"): {"password": PASSWORD, "next": "/"},
    ("post", "/api/v1/tokens"): {"label": "laptop", "scopes": ["read"], "days": 1},
    ("patch", "/api/v1/users/{name}"): {"role": "learner", "disabled": False},
    ("post", "/api/v1/invitations"): {"role": "learner"},
    ("post", "/api/v1/attempts"): {"problem": "add_one", "source": "right"},
    ("post", "/api/v1/runs"): {"problem": "add_one", "source": "right", "input": {"x": [1, 2, 3]}},
    ("post", "/api/v1/account/erase"): {"password": "not the one"},
    ("patch", "/api/v1/problems/{slug}"): {"visibility": "public", "enforce_prerequisites": False},
    ("post", "/api/v1/problems/{slug}/publish"): {"upload": "none", "visibility": "public"},
    ("post", "/api/v1/rejudgings"): {"kind": "problem", "name": "no_such", "against": "no_such@1.0.0"},
    _APPLY: {"allow_lowering": False},
    ("post", "/api/v1/webhooks"): {
        "url": "https://192.0.2.1/",
        "description": "grades",
        "events": ["attempt.finished"],
    },
    ("patch", "/api/v1/webhooks/{webhook_id}"): {"url": "https://192.0.2.1/", "disabled": False},
}

#: What is no value of any field.
ODD: tuple[Any, ...] = (5, -1, 1.5, True, [], {}, [[]], "", " ", "\0", "\ud800", "\udfffa", "\u202e", LONG, ["a"] * 99)

#: What is asked before anything else, for there is no provider here, and which status says so.
ABSENT = {("post", "/api/v1/account/oidc"): 404}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Anybody may sign up, and mail goes nowhere."""
    mail = {"smtp_url": "smtp://127.0.0.1:1", "mail_from": "us@example.org", "public_url": "http://testserver"}
    return settings.model_copy(update={"sign_up": "open", "submissions_in_flight": 10_000, **mail})


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashes as they are, but cheap."""
    cheap_hashes(monkeypatch)


@pytest.fixture
def sent(app: FastAPI, client: TestClient) -> Callable[..., Response]:
    """Sends an operation's body, to a link that works and a user who is there."""

    def send(operation: tuple[str, str], **parts: Any) -> Response:
        method, path = operation
        with app.state.service.database.write() as session:
            path = path.replace("{code}", links.invite(session, Role.LEARNER, None))
        for part in ("name", "slug", "rejudging_id", "webhook_id"):
            path = path.replace(f"{{{part}}}", "nobody")
        answer = client.request(method, path, **parts)
        assert answer.status_code < 500, (operation, str(parts)[:300], answer.text)
        if answer.status_code >= 400:
            assert told(answer, answer.status_code)["detail"]
            assert len(answer.content) < 20_000
        return answer

    return send


def test_every_body_is_in_the_table(app: FastAPI) -> None:
    """What a new operation makes of nonsense would be found out by whoever sends it."""
    bodies = {
        (method, path)
        for path, methods in app.openapi()["paths"].items()
        for method, described in methods.items()
        if "application/json" in described.get("requestBody", {}).get("content", {})
    }
    assert bodies == BODIES.keys()


@pytest.mark.parametrize("operation", BODIES, ids="".join)
def test_a_field_may_be_anything_and_nothing_breaks(operation: tuple[str, str], sent: Callable[..., Response]) -> None:
    """A value that nobody thought of would be a fault of ours, or end in the database."""
    good = BODIES[operation]
    for field in good:
        for value in (None, *ODD):
            body = json.dumps({**good, field: value})
            sent(operation, content=body, headers=JSON)
        missing = {name: value for name, value in good.items() if name != field}
        sent(operation, json=missing)
    assert sent(operation, json={**good, "unknown": 1}).status_code == ABSENT.get(operation, 422)


#: Bodies that are none, whatever the operation: what is sent -> what is said.
GARBAGE: dict[str, tuple[bytes, int]] = {
    "nothing": (b"", 422),
    "null": (b"null", 422),
    "a list": (b"[]", 422),
    "a string": (b'"a"', 422),
    "a number": (b"5", 422),
    "NaN": (b"NaN", 422),
    "half": (b'{"name": ', 400),
    "two": (b"{} {}", 400),
    "a comma too many": (b'{"name": "a",}', 400),
    "another encoding": ('{"name": "ä"}'.encode("latin-1"), 400),
    "deep lists": (b"[" * 100_000, 400),
    "deep objects": (b'{"a":' * 100_000, 400),
    "deep and closed": (b"[" * 50_000 + b"]" * 50_000, 400),
    "a huge number": (b"9" * 5000, 400),
    "NULs": (b"\0" * 10, 400),
}


@pytest.mark.parametrize("operation", BODIES, ids="".join)
def test_a_body_that_is_none_is_told(operation: tuple[str, str], sent: Callable[..., Response]) -> None:
    """Nesting, numbers or bytes that Python's own reader gives up on would be a fault of ours."""
    for what, (body, status) in GARBAGE.items():
        answer = sent(operation, content=body, headers=JSON)
        left_out = operation == _APPLY and what in {"nothing", "null"}  # it may be
        assert answer.status_code in {404 if left_out else status, ABSENT.get(operation)}, (what, answer.text)
    good = json.dumps(BODIES[operation]).encode()
    for kind in (b"text/plain", b"application/x-www-form-urlencoded", b"multipart/form-data", b"a/jsonx", b"", b"\xff"):
        answer = sent(operation, content=good, headers={b"Content-Type": kind})
        assert answer.status_code == ABSENT.get(operation, 415), kind


@pytest.mark.parametrize("operation", BODIES, ids="".join)
def test_a_body_in_pieces_has_the_same_limit(
    operation: tuple[str, str], sent: Callable[..., Response], settings: Settings
) -> None:
    """A body without a length could fill the memory."""

    def pieces() -> Iterator[bytes]:
        yield b'{"name": "'
        for _ in range(settings.max_body // 65_536 + 1):
            yield b"a" * 65_536
        yield b'"}'

    assert sent(operation, content=pieces(), headers=JSON).status_code == 413


#: JSON has no name for the first three, and Python no room for some others.
NUMBERS = ("NaN", "Infinity", "-Infinity", "1e400", "-1e400", "9" * 400, "1e-400", "0.1" + "0" * 4000)


@pytest.mark.parametrize("value", NUMBERS, ids=range(len(NUMBERS)))
def test_a_number_that_json_does_not_have_is_refused_or_kept(sent: Callable[..., Response], value: str) -> None:
    """A run's input could be accepted and then not be kept, or be another number."""
    for place in (f'{{"x": [{value}, 1, 1]}}', f'{{"x": {value}}}', value, f'{{"y": {value}}}'):
        body = f'{{"problem": "add_one", "source": "right", "input": {place}}}'
        sent(("post", "/api/v1/runs"), content=body, headers=JSON)
    sent(("post", "/api/v1/tokens"), content=f'{{"label": "a", "days": {value}}}', headers=JSON)
    sent(("patch", "/api/v1/users/{name}"), content=f'{{"disabled": {value}}}', headers=JSON)


def test_of_two_members_of_one_name_the_last_counts(client: TestClient) -> None:
    """What is checked could be another member than what is used."""
    body = b'{"label": "a", "scopes": ["nonsense"], "scopes": ["read"], "label": "b"}'
    made = client.post("/api/v1/tokens", content=body, headers=JSON).json()
    assert (made["label"], made["scopes"]) == ("b", ["read"])


#: Fields whose limits the description names: operation, field, the largest that is taken, what follows.
LIMITS: tuple[tuple[tuple[str, str], str, Any, Any], ...] = (
    (("post", "/api/v1/users"), "name", "b" * 64, "b" * 65),
    (("post", "/api/v1/users"), "password", "0123456789" * 20, "0123456789" * 20 + "a"),
    (("post", "/api/v1/users"), "password", "0123456789", "012345678"),
    (("post", "/api/v1/users"), "email", "a@" + "b" * 63 + ".org", "a@" + "b" * 64 + ".org"),
    (("post", "/api/v1/tokens"), "label", "a" * 100, "a" * 101),
    (("post", "/api/v1/tokens"), "label", "a", ""),
    (("post", "/api/v1/tokens"), "days", 1, 0),
    (("post", "/api/v1/tokens"), "days", 3650, 3651),
    (("post", "/api/v1/tokens"), "scopes", ["read"], []),
    (("post", "/api/v1/session"), "name", None, "a" * 201),
    (("post", "/api/v1/session"), "password", None, "a" * 1001),
    (("post", "/api/v1/attempts"), "problem", None, "a" * 201),
)


@pytest.mark.parametrize(("operation", "field", "within", "beyond"), LIMITS)
def test_a_limit_is_where_it_is_said_to_be(
    operation: tuple[str, str], field: str, within: Any, beyond: Any, sent: Callable[..., Response]
) -> None:
    """The last value that the description allows would be refused, or the first beyond it taken."""
    good = {**BODIES[operation]}
    good.pop("email", None)
    if within is not None:
        assert sent(operation, json={**good, field: within}).status_code == 201
    other = {"name": "Cleo"} if "name" in good else {}
    assert sent(operation, json={**good, **other, field: beyond}).status_code == 422


HEADERS = """
    Authorization Cookie Idempotency-Key If-None-Match Last-Event-ID Origin Sec-Fetch-Site Accept X-Forwarded-For
    Content-Type Content-Length Host
""".split()


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_may_be_anything(client: TestClient, header: str) -> None:
    """A header that nobody thought of would be a fault of ours, or a way in."""
    location = client.post("/api/v1/attempts", json=BODIES["post", "/api/v1/attempts"]).headers["Location"]
    del client.headers["Authorization"]
    odd = (b"", b" ", b"\xff\xfe", b"a" * 100_000, b"Bearer " + b"a" * 100_000, b'"' * 999, b"," * 9999, b"1e9", b"-1")
    for value in odd:
        for method, path in (("get", location), ("get", f"{location}/events"), ("post", "/api/v1/attempts")):
            answer = client.request(method, path, headers={header.encode(): value})
            assert 400 <= answer.status_code < 500, (value[:20], answer.text)
            told(answer, answer.status_code)


def test_an_address_may_be_anything(client: TestClient, app: FastAPI) -> None:
    """A part of an address that nobody thought of would be a fault of ours."""
    odd = [
        "%00",
        "%ff",
        "%ed%a0%80",
        "a" * 10_000,
        "..%2f..",
        "%20",
        "*",
        "%F0%9F%98%80",
        "'%20OR%201=1--",
        "%0d%0aX:y",
    ]
    for path, methods in app.openapi()["paths"].items():
        if "{" not in path:
            continue
        for part in odd:
            address = path[: path.index("{")] + part + path[path.index("}") + 1 :]
            for method in methods:
                answer = client.request(method, address, json={} if method in {"post", "patch"} else None)
                assert answer.status_code < 500, (method, address, answer.text)
                if answer.status_code >= 400:
                    told(answer, answer.status_code)


def test_a_parameter_may_be_anything(client: TestClient, app: FastAPI) -> None:
    """A parameter that nobody thought of would be a fault of ours."""
    odd = ("", "%00", "%ff", "%ed%a0%80", "-1", "1e9", "9" * 5000, "a" * 10_000, "null", "[]", "NaN", "%F0%9F%98%80")
    for path, methods in app.openapi()["paths"].items():
        for method, described in methods.items():
            for parameter in described.get("parameters", []):
                for value in odd if parameter["in"] == "query" else ():
                    given = f"{parameter['name']}={value}"
                    address = f"{path.replace('{slug}', 'add_one')}?{given}&{given}"
                    answer = client.request(method, address)
                    assert answer.status_code < 500, (method, address, answer.text)


def test_what_is_somebody_elses_is_answered_like_what_is_not_there(
    client: TestClient, of: Callable[[str, Role], TestClient]
) -> None:
    """Whoever guesses or sees an address could learn that there is something, or change it."""
    ada, eve = of("Ada", Role.LEARNER), of("Eve", Role.LEARNER)
    body = BODIES["post", "/api/v1/attempts"]
    attempt = ada.post("/api/v1/attempts", json={**body, "source": "wait"}).json()["id"]
    run = ada.post("/api/v1/runs", json=body).json()["id"]
    token = ada.post("/api/v1/tokens", json={"label": "laptop"}).json()["id"]
    for method, path, there in (
        ("get", "/api/v1/attempts/{}", attempt),
        ("get", "/api/v1/attempts/{}/events", attempt),
        ("post", "/api/v1/attempts/{}/cancel", attempt),
        ("get", "/api/v1/runs/{}", run),
        ("get", "/api/v1/runs/{}/events", run),
        ("post", "/api/v1/runs/{}/cancel", run),
        ("get", "/api/v1/attempts/{}", run),
        ("get", "/api/v1/runs/{}", attempt),
        ("delete", "/api/v1/tokens/{}", token),
    ):
        hidden = told(eve.request(method, path.format(there)), 404)
        assert hidden == told(eve.request(method, path.format("0" * 36)), 404)
    assert len(ada.get("/api/v1/tokens").json()["items"]) == 2
    assert ada.get(f"/api/v1/attempts/{attempt}").json()["verdict"] != "cancelled"


def test_a_key_with_another_body_is_refused(client: TestClient) -> None:
    """A retry that differs would be answered with an attempt at something else."""
    body, key = BODIES["post", "/api/v1/runs"], {"Idempotency-Key": "one"}
    first = client.post("/api/v1/runs", json=body, headers=key).json()["id"]
    assert client.post("/api/v1/runs", json=body, headers=key).json()["id"] == first
    for other in ({"source": "wrong"}, {"problem": "add_two"}, {"input": None}, {"input": {"x": [1, 2, 4]}}):
        assert "key" in told(client.post("/api/v1/runs", json={**body, **other}, headers=key), 422)["detail"].lower()
    told(client.post("/api/v1/attempts", json=BODIES["post", "/api/v1/attempts"], headers=key), 422)


@pytest.mark.parametrize("cookie", ["", "a", "a" * 50_000, '"', "a=b; c", "\xff", "\ud800"])
def test_a_garbled_session_is_none(anonymous: TestClient, cookie: str) -> None:
    """A cookie that was cut, or made up, would be a fault of ours or somebody's session."""
    header = f"{COOKIE}={cookie}".encode("utf-8", "surrogatepass")
    told(anonymous.get("/api/v1/account", headers={b"Cookie": header}), 401)
