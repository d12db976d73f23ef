"""Pages on the work itself, on settings and on the audit log."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import update

from app.accounts.rights import Role
from app.attempts.models import Attempt
from app.audit import service as audit
from app.audit.service import Action, Subject
from app.database.db import now
from app.engine.workers import Worker
from app.settings import PREFIX, Settings, load_settings
from app.web.routes.admin import audit as audit_pages
from app.web.routes.admin import settings as settings_pages
from app.web.routes.admin import work as work_pages
from tests.web.desk import Browsers, read, send, settle, submit


@pytest.fixture
def root(browser_of: Browsers) -> TestClient:
    return browser_of("Root", Role.ADMIN)


def test_the_work_is_shown_and_reloads_itself(root: TestClient) -> None:
    """An operator would need a terminal to see whether anybody judges."""
    text = read(root, "/admin")
    for part in ("Waiting (", "Lives", "Memory is counted per process", "Nothing is queued or running.", "fake 1"):
        assert part in text
    assert 'hx-get="/admin" hx-trigger="every 5s"' in text


def test_what_is_stuck_stands_out(
    app: FastAPI, root: TestClient, learner: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An operator would see numbers, and not which attempt nobody judges."""
    monkeypatch.setattr("app.attempts.delivery.requeue_lost", lambda *_: [])
    made = submit(learner, "right")
    with app.state.service.database.write() as session:
        lost = {"state": "running", "claim": "somebody", "claimed_by": "gone", "verdict": None}
        session.execute(update(Attempt).where(Attempt.id == made).values(**lost))
        trouble = "<script>alert(1)</script>\u202e"
        session.add(Worker(name="gpu\x1b[1m", queues=["gpu"], slots=1, toolchain={}, trouble=trouble, seen_at=now()))
    text = read(root, "/admin")
    assert "Stalled" in text
    assert "In trouble" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in text
    assert "<script>alert" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("path", ["/admin", "/instructor"])
def test_a_problem_that_waits_for_a_device_is_named(
    root: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Whoever misses it among the others would look for a fault of the author's."""
    monkeypatch.setattr("app.service.Service.unattended", lambda *_: ["add_gpu"])
    text = read(root, path)
    assert "add_gpu" in text
    assert "is for a device that no worker has now" in text


def test_what_failed_is_judged_after_all(
    app: FastAPI, root: TestClient, learner: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner would have lost their work to a fault of ours."""
    monkeypatch.setattr(work_pages, "PAGE", 1)
    assert "Nothing has failed" in read(root, "/admin/failed")
    first, second = submit(learner, "bug"), submit(learner, "bug 2")
    with app.state.service.database.write() as session:
        session.execute(update(Attempt).where(Attempt.id == second).values(source=b"right"))
    text = read(root, "/admin/failed")
    assert second in text
    assert first not in text
    assert first in read(root, f"/admin/failed?before={second}")
    answer = root.post(f"/admin/failed/{second}/judge")
    assert answer.headers["location"].startswith("/instructor/rejudgings/")
    assert "become accepted" in settle(root, answer.headers["location"], "To be decided")
    assert "Nothing was done." in send(root, "/admin/failed/nothing/judge")


def test_settings_say_where_they_come_from_and_tell_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin could not see what applies; or whoever looks over their shoulder could read passwords."""
    monkeypatch.setenv("ALLCLOSE_SIGN_UP", "open")
    monkeypatch.setenv("ALLCLOSE_PORT", "1")
    made = load_settings(
        port=9000,
        metrics_token=SecretStr("a-secret-of-metrics"),
        oidc_client_secret="a-secret-of-oidc",
        oidc_client_id="allclose",
        oidc_issuer="https://login.example.edu",
        public_url="https://allclose.example.edu",
        smtp_url="smtps://robot:a-secret-of-mail@mail.example.edu:465",
        mail_from="allclose@example.edu",
        database_url="postgresql://allclose:a-secret-of-the-database@db/allclose?password=another",
    )
    rows = {row.variable: row for row in (settings_pages._row(made, name) for name in Settings.model_fields)}
    told = {name: (rows[PREFIX + name].value, rows[PREFIX + name].origin) for name in ("SIGN_UP", "PORT", "HOST")}
    assert told == {
        "SIGN_UP": ("open", "environment"),
        "PORT": ("9000", "command"),
        "HOST": ("127.0.0.1", "default"),
    }
    assert rows["ALLCLOSE_SMTP_URL"].value == "smtps://…@mail.example.edu:465"
    assert rows["ALLCLOSE_DATABASE_URL"].value == "postgresql://…@db/allclose?…"
    assert rows["ALLCLOSE_METRICS_TOKEN"].secret
    assert rows["ALLCLOSE_OIDC_CLIENT_SECRET"].secret
    assert "secret" not in "".join(row.value for row in rows.values())
    assert made.model_copy(update={"host": "::"}).origin("port") == "command"


def test_every_setting_is_on_the_page(root: TestClient) -> None:
    """An operator would look for one that is not there."""
    text = read(root, "/admin/settings")
    assert re.findall(r"<code>(ALLCLOSE_\w+)</code>", text) != []
    assert {*re.findall(r"<code>(ALLCLOSE_\w+)</code>", text)} == {
        PREFIX + name.upper() for name in Settings.model_fields
    }


def test_the_log_is_filtered_and_read_by_pages(app: FastAPI, root: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """An admin could not find out who did what."""
    monkeypatch.setattr(audit_pages, "PAGE", 1)
    with app.state.service.database.write() as session:
        for name in ("add_one", "<script>alert(1)</script>\u202e"):
            subject = Subject("problem", name, name)
            audit.record(session, None, Action.PROBLEM_CHANGED, subject, visibility="hidden", hard=True, none=None)
        audit.record(session, None, Action.USER_CHANGED, Subject("user", "1", "Ada"))
    text = read(root, "/admin/audit?kind=problem&who=&since=2020-01-01")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;[U+202E]" in text
    assert "<script>alert" not in text
    assert "yes" in text
    assert "Ada" not in text
    following = re.search(r'rel="next" href="([^"]+)"', text)
    assert following is not None
    assert "kind=problem" in following[1]
    assert "<bdi>add_one</bdi>" in read(root, following[1].replace("&amp;", "&"))
    assert "<bdi>Ada</bdi>" in read(root, "/admin/audit?action=user.changed&subject=Ada")
    assert "Nothing in the log is like that." in read(root, "/admin/audit?until=2020-01-01")
    assert root.get("/admin/audit?action=nothing").status_code == 422
