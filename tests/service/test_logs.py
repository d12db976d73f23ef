"""Logs: lines that can be searched by attempt and by request, and that hold no secret."""

from __future__ import annotations

import io
import json
import logging
import smtplib
from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app import logs
from app.accounts import mail
from app.judge.events import Event
from app.settings import Settings
from tests.service.fakes import SECRET_INPUT, SECRET_OUTPUT, SECRET_TEXT, FakeJudge
from tests.service.test_errors import told

PASSWORD, SOURCE = "correct horse battery", "raise SystemExit # my own source"

Lines = Callable[[], list[dict[str, Any]]]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _root_logger() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


@pytest.fixture
def written() -> io.StringIO:
    """What is logged as JSON from now on."""
    stream = io.StringIO()
    logs.configure("json", stream)
    return stream


@pytest.fixture
def lines(written: io.StringIO) -> Lines:
    return lambda: [json.loads(line) for line in written.getvalue().splitlines()]


class _LoudJudge(FakeJudge):
    """Logs something, as what lies far below does, which knows of no attempt."""

    def judge(self, *arguments: Any, **options: Any) -> Generator[Event, None, None]:
        structlog.get_logger().warning("outputs.damaged")
        return super().judge(*arguments, **options)


@pytest.fixture
def judge() -> FakeJudge:
    return _LoudJudge()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"sign_up": "open"})


def test_every_line_about_an_attempt_has_its_id(
    lines: Lines, client: TestClient, settle: Callable[[str], dict[str, Any]]
) -> None:
    """Whoever is asked about an attempt would not find what happened to it."""
    made = client.post(
        "/api/v1/attempts", json={"problem": "add_one", "source": "right"}, headers={"X-Request-Id": "r1"}
    )
    attempt = made.headers["Location"].rpartition("/")[2]
    settle(made.headers["Location"])
    while not any(line["event"] == "attempt.finished" for line in lines()):  # logged once it can be seen
        pass
    about = [line for line in lines() if line["event"].startswith(("attempt.", "outputs."))]
    assert {line["event"] for line in about} >= {
        "attempt.submitted",
        "attempt.claimed",
        "outputs.damaged",
        "attempt.judged",
        "attempt.finished",
    }
    assert {line["attempt"] for line in about} == {attempt}
    assert [line["request"] for line in about if line["event"] == "attempt.submitted"] == ["r1"]
    assert all("request" not in line for line in about if line["event"] == "attempt.finished")


@pytest.mark.parametrize("sent", ["0f3c", "a-b_c.d:1/2+3=", "x" * 100])
def test_a_sane_request_id_is_answered_back(client: TestClient, sent: str) -> None:
    """A request could not be followed from a proxy's log to ours."""
    assert client.get("/healthz", headers={"X-Request-Id": sent}).headers["X-Request-Id"] == sent


@pytest.mark.parametrize("sent", ["", "x" * 101, "two words", '"}, {"event": "forged', "-rf", "\x1b[31m"])
def test_another_one_is_replaced(client: TestClient, sent: str) -> None:
    """Whoever sends a request could write into the log what they like."""
    answered = client.get("/healthz", headers={"X-Request-Id": sent}).headers["X-Request-Id"]
    assert answered not in ("", sent)
    assert answered != client.get("/healthz").headers["X-Request-Id"]


def test_errors_carry_the_id_too(lines: Lines, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A learner could not tell an operator which request has failed."""

    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.attempts.service.page", fail)
    answer = client.get("/api/v1/attempts", headers={"X-Request-Id": "r500"})
    assert answer.headers["X-Request-Id"] == "r500"
    assert "X-Request-Id" in told(answer, 500)["detail"]
    [line] = [line for line in lines() if line["event"] == "request.fault"]
    assert (line["request"], line["route"]) == ("r500", "/api/v1/attempts")
    large = client.post("/api/v1/attempts", content=b"x" * (3 << 20), headers={"X-Request-Id": "r413"})
    assert (large.status_code, large.headers["X-Request-Id"]) == (413, "r413")


def test_no_secret_is_logged(
    written: io.StringIO,
    app: FastAPI,
    client: TestClient,
    settle: Callable[[str], dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever reads the logs could sign in as somebody, or read their work and the hidden cases."""
    web = TestClient(app, base_url="https://testserver", raise_server_exceptions=False)
    web.post("/api/v1/users", json={"name": "Ada", "password": PASSWORD, "email": "ada@example.org"})
    web.post("/api/v1/session", json={"name": "Ada", "password": "wrong password 1"})
    token = web.post("/api/v1/tokens", json={"label": "mine"}).json()["token"]
    cookie = web.cookies["__Host-allclose"]
    link = client.post("/api/v1/users/Ada/password-reset").json()["link"]
    code = link.rpartition("/")[2]
    for source in (
        f"right {SOURCE}",
        f"wrong {SOURCE}",
        f"bug {SOURCE}",
        f"unavailable {SOURCE}",
        f"surrogate {SOURCE}",
    ):
        for kind in ("attempts", "runs"):
            settle(client.post(f"/api/v1/{kind}", json={"problem": "add_one", "source": source}).headers["Location"])
    client.post("/api/v1/attempts", json={"problem": SOURCE, "source": 1})
    client.get(f"/api/v1/links/{code}")

    def fail(*arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("app.accounts.links.find", fail)
    assert client.get(f"/api/v1/links/{code}").status_code == 500
    text = written.getvalue()
    assert "attempt.fault" in text
    assert "request.fault" in text
    secrets = (PASSWORD, "wrong password 1", token, cookie, code, client.headers["Authorization"], "my own source")
    for secret in (*secrets, "ada@example.org", SECRET_TEXT, str(SECRET_INPUT), str(SECRET_OUTPUT)):
        assert secret not in text


def test_a_mail_that_cannot_be_sent_names_nobody(
    lines: Lines, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Servers repeat addresses when they refuse one, and logs outlive accounts."""
    faults: list[Exception] = [
        smtplib.SMTPRecipientsRefused({"ada@example.org": (550, b"no ada@example.org here")}),
        smtplib.SMTPSenderRefused(550, b"ada@example.org", "ada@example.org"),
        ConnectionRefusedError(111, "Connection refused"),
    ]

    def fail(*arguments: object) -> None:
        raise faults.pop(0)

    monkeypatch.setattr(mail, "_send", fail)
    while faults:
        mail.send_reset(settings, "ada@example.org", "Ada", "https://link")
    told = [(line["error"], line["why"]) for line in lines()]
    assert told == [
        ("SMTPRecipientsRefused", ""),
        ("SMTPSenderRefused", "the server answers 550"),
        ("ConnectionRefusedError", "Connection refused"),
    ]


def test_lines_are_text_on_a_terminal_and_json_elsewhere() -> None:
    """An operator would read JSON, or a log collector text with colours."""
    for style, stream, is_json in (
        ("auto", _Terminal(), False),
        ("auto", io.StringIO(), True),
        ("json", _Terminal(), True),
        ("text", io.StringIO(), False),
    ):
        logs.configure(style, stream)  # type: ignore[arg-type]
        structlog.get_logger().info("some.event", number=1)
        written = stream.getvalue()
        assert written.startswith("{") == is_json
        assert ("\x1b" in written) == (style == "auto" and not is_json)


def test_what_libraries_log_has_the_same_form(lines: Lines) -> None:
    """A traceback of the web server would be many lines that no collector can read."""
    with structlog.contextvars.bound_contextvars(request="r1"):
        try:
            int("no number")
        except ValueError:
            logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
        logging.getLogger("uvicorn.access").info("not told")
    [line] = lines()
    assert (line["level"], line["logger"], line["request"]) == ("error", "uvicorn.error", "r1")
    assert "ValueError: invalid literal" in line["exception"]
