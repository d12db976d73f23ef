"""Somebody's data: all of it is exported, nothing of it is left once they are erased, and nobody else's is touched."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import inspect, text

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.attempts import service
from app.attempts.models import Attempt, CaseOutcome
from app.database.check import check
from app.database.db import FILE_NAME, Database
from app.database.schema import metadata
from app.errors import Unauthenticated
from app.personal import export
from app.personal.schemas import Export
from app.settings import Settings
from tests.service.fakes import SECRET_INPUT, SECRET_OUTPUT, SECRET_TEXT, FakeJudge
from tests.service.test_errors import told

Of = Callable[[str, Role], TestClient]
Settle = Callable[[str], dict[str, Any]]
PASSWORD = "correct horse battery"
EXPORT, ERASE = "/api/v1/account/export", "/api/v1/account/erase"

#: Tables with a column that leads to users -> how an export tells of them; None for what is no user's own.
THEIRS = {
    "attempts": "attempts",
    "api_tokens": "tokens",
    "sessions": "sessions",
    "oidc_identities": "identities",
    "opened_hints": "opened_hints",
    "given_up": "given_up",
    "rejudgings": None,  # what an instructor had judged again is the service's
    "problem_uploads": None,  # what an instructor has published is the service's
    "one_time_links": None,  # an admin made them, and what they hold is only what they are recognised by
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"sign_up": "open"})


@pytest.fixture
def ada(app: FastAPI, client: TestClient) -> TestClient:
    """A learner with a password, who is signed in."""
    del client
    web = TestClient(app, base_url="https://testserver", raise_server_exceptions=False)
    made = web.post("/api/v1/users", json={"name": "Ada", "password": PASSWORD, "email": "ada@example.org"})
    assert made.status_code == 201
    return web


def _key(source: str) -> str:
    return "key-of-" + source.replace(" ", "-")


def _submit(client: TestClient, source: str, kind: str = "attempts", **more: Any) -> str:
    body = {"problem": "add_one", "source": source, **more}
    return client.post(f"/api/v1/{kind}", json=body, headers={"Idempotency-Key": _key(source)}).headers["Location"]


def _live(ada: TestClient, settle: Settle) -> list[str]:
    """Do everything that leaves something; the addresses of what was submitted."""
    made = [_submit(ada, "right # my own source"), _submit(ada, "wrong # my own source")]
    made.append(_submit(ada, "print # my own run", "runs", input={"x": [1.0, 2.0, 3.0]}))
    for location in made:
        settle(location)
    ada.post("/api/v1/problems/add_one/hints")
    ada.post("/api/v1/problems/add_two/give-up")
    ada.post("/api/v1/tokens", json={"label": "my script"})
    ada.post("/api/v1/session", json={"name": "Ada", "password": "a wrong one"})
    return made


def test_an_export_has_everything_and_nothing_hidden(
    ada: TestClient, client: TestClient, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A learner could not take their work along, or would take the hidden cases along too."""
    made = _live(ada, settle)
    settle(_submit(client, "right # of somebody else"))
    monkeypatch.setattr(export, "_PAGE", 1)
    answer = ada.get(EXPORT)
    assert "attachment" in answer.headers["Content-Disposition"]
    whole = Export.model_validate_json(answer.text)
    assert (whole.account.name, whole.account.email) == ("Ada", "ada@example.org")
    assert [f"/api/v1/attempts/{each.id}" for each in whole.attempts] == made[:2]
    assert [each.verdict for each in whole.attempts] == ["accepted", "wrong_answer"]
    assert whole.attempts[0].source == "right # my own source"
    assert whole.attempts[0].idempotency_key == _key("right # my own source")
    assert whole.attempts[0].report == Export.model_validate(answer.json()).attempts[0].report is not None
    assert (whole.runs[0].source, whole.runs[0].input) == ("print # my own run", {"x": [1.0, 2.0, 3.0]})
    assert [each.label for each in whole.tokens] == ["my script"]
    assert [(each.problem, each.title) for each in whole.opened_hints] == [("add_one", "Look at the shape")]
    assert [each.problem for each in whole.given_up] == ["add_two"]
    assert (len(whole.sessions), whole.failed_sign_ins) == (1, 1.0)
    for secret in (SECRET_TEXT, str(SECRET_INPUT), str(SECRET_OUTPUT), "argon2", ada.cookies["__Host-allclose"]):
        assert secret not in answer.text
    assert "somebody else" not in answer.text


def test_whoever_has_done_nothing_gets_a_document_too(ada: TestClient) -> None:
    """An export without attempts would be no JSON."""
    whole = Export.model_validate(ada.get(EXPORT).json())
    assert (whole.attempts, whole.runs) == ((), ())


def test_every_table_that_leads_to_users_is_thought_of() -> None:
    """A new table would be in no export, or keep an erased user's rows, or keep them from being erased."""
    leading = {
        (name, key.column.table.name, key.ondelete)
        for name, table in metadata.tables.items()
        for key in table.foreign_keys
        if key.column.table.name == "users"
    }
    assert {name for name, *_ in leading} == THEIRS.keys()
    for name, _, ondelete in leading:
        assert ondelete == ("SET NULL" if name in {"attempts", "rejudgings", "problem_uploads"} else "CASCADE"), name
    assert {member for member in THEIRS.values() if member} <= Export.model_fields.keys()


def _everything(app: FastAPI) -> str:
    """Every row of every table but what problems hold, as text."""
    database = app.state.service.database
    with database.read() as session:
        names = sorted({*inspect(database.engine).get_table_names()} - {"blobs"})
        return "\n".join(str(row) for name in names for row in session.execute(text(f'SELECT * FROM "{name}"')))


def test_nothing_is_left_of_whoever_erases_themselves(
    app: FastAPI, ada: TestClient, client: TestClient, settle: Settle
) -> None:
    """What somebody wrote, or who they were, would stay although they were told that it is gone."""
    made = _live(ada, settle)
    other = _submit(client, "wrong # of somebody else")
    settle(other)
    with app.state.service.database.read() as session:
        user_id = accounts.find(session, "Ada").id
    assert user_id in _everything(app)
    answer = ada.post(ERASE, json={"password": PASSWORD})
    assert answer.status_code == 204
    assert 'allclose=""' in answer.headers["Set-Cookie"]
    left = _everything(app)
    for gone in (user_id, "Ada", "ada@example", "account ada", "my own", "key-of-right-#-my", "my script", "Look at"):
        assert gone not in left
    assert "somebody else" in left
    told(ada.get("/api/v1/account"), 401)
    told(client.get("/api/v1/users/Ada/export"), 404)
    with app.state.service.database.read() as session:
        rows = {row.id: row for row in session.query(Attempt).where(Attempt.user_id.is_(None))}
        assert [(rows[each.rpartition("/")[2]].verdict) for each in made] == ["accepted", "wrong_answer", None]
        assert session.query(CaseOutcome).where(CaseOutcome.verdict == "wrong_answer").count() == 2
    assert client.get("/api/v1/problems/add_one/mistakes").json()["attempts"] == 3
    shown = client.get(made[0]).json()
    assert (shown["user"], shown["source"], shown["report"]) == (None, "", None)
    assert client.get(other).json()["source"] == "wrong # of somebody else"
    assert check(app.state.service.database) == []
    assert ada.post("/api/v1/users", json={"name": "Ada", "password": PASSWORD}).status_code == 201


def test_what_is_in_flight_is_cancelled_and_its_verdict_dropped(
    app: FastAPI, ada: TestClient, client: TestClient, settle: Settle, judge: FakeJudge
) -> None:
    """A report would be written for somebody who is gone, with what they wrote in it."""
    flying = _submit(ada, "wait # my own source")
    assert judge.entered.wait(60)
    queued = [_submit(ada, f"wait # my own source {number}") for number in range(3)]
    assert ada.post(ERASE, json={"password": PASSWORD}).status_code == 204
    judge.gate.set()
    settle(_submit(client, "right # after it"))
    for location in (flying, *queued):
        shown = client.get(location).json()
        assert (shown["state"], shown["verdict"], shown["report"], shown["message"]) == (
            "done",
            "cancelled",
            None,
            None,
        )
    assert "my own source" not in _everything(app)
    assert check(app.state.service.database) == []


def test_a_password_is_needed(ada: TestClient, client: TestClient, of: Of) -> None:
    """Whoever finds an open browser, or a token, could erase somebody."""
    told(ada.post(ERASE, json={"password": "a wrong one"}), 401)
    told(ada.post(ERASE, json={}), 422)
    assert ada.get("/api/v1/account").status_code == 200
    without = of("Eve", Role.LEARNER)
    assert "ask an admin" in told(without.post(ERASE, json={"password": PASSWORD}), 401)["detail"]
    for _ in range(10):
        last = ada.post(ERASE, json={"password": "a wrong one"})
    told(last, 429)


def test_the_last_admin_and_the_machine_stay(ada: TestClient, app: FastAPI, client: TestClient) -> None:
    """Nobody would be left to administer the service."""
    with app.state.service.database.write() as session:
        accounts.change(session, "Ada", Role.ADMIN, disabled=None)
        accounts.operator(session)
    assert "last admin" in told(ada.post(ERASE, json={"password": PASSWORD}), 409)["detail"]
    assert "last admin" in told(client.delete("/api/v1/users/ada"), 409)["detail"]
    told(client.delete("/api/v1/users/operator"), 409)
    assert "That is you" in told(client.delete("/api/v1/users/Tester"), 403)["detail"]
    with app.state.service.database.write() as session:
        accounts.create(session, "Grace", Role.ADMIN, "a hash")
    assert ada.post(ERASE, json={"password": PASSWORD}).status_code == 204


def test_admins_export_and_erase_others(
    app: FastAPI, ada: TestClient, client: TestClient, of: Of, settle: Settle
) -> None:
    """Somebody who cannot sign in any more could not have their data, or have it erased."""
    _live(ada, settle)
    theirs, own = client.get("/api/v1/users/ada/export").json(), ada.get(EXPORT).json()
    assert {**theirs, "exported_at": ""} == {**own, "exported_at": ""}
    told(client.get("/api/v1/users/nobody/export"), 404)
    told(client.delete("/api/v1/users/nobody"), 404)
    instructor = of("Bob", Role.INSTRUCTOR)
    told(instructor.get("/api/v1/users/ada/export"), 403)
    told(instructor.delete("/api/v1/users/ada"), 403)
    assert client.delete("/api/v1/users/ADA").status_code == 204
    told(client.delete("/api/v1/users/ADA"), 404)
    assert "my own" not in _everything(app)
    told(ada.get("/api/v1/account"), 401)


def test_whoever_was_erased_meanwhile_submits_nothing(app: FastAPI, ada: TestClient) -> None:
    """A request that was let in just before would end as a fault of ours, or as an attempt of nobody's."""
    database = app.state.service.database
    with database.read() as session:
        user_id = accounts.find(session, "Ada").id
    ada.post(ERASE, json={"password": PASSWORD})
    with database.write() as session, pytest.raises(Unauthenticated):
        service.submit(session, user_id, service.Submitted("grade", "add_one", b"right"))


def test_nothing_is_left_of_what_is_submitted_at_the_same_moment(app: FastAPI, ada: TestClient) -> None:
    """An attempt would be kept of somebody who is gone, or a request end as a fault of ours."""
    token = ada.post("/api/v1/tokens", json={"label": "script"}).json()["token"]
    begun = threading.Semaphore(0)
    statuses: list[int] = []

    def submit() -> None:
        client = TestClient(app, headers={"Authorization": f"Bearer {token}"}, raise_server_exceptions=False)
        while not statuses or statuses[-1] != 401:
            answer = client.post("/api/v1/attempts", json={"problem": "add_one", "source": "right # my own source"})
            statuses.append(answer.status_code)
            begun.release()

    threads = [threading.Thread(target=submit) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        assert begun.acquire(timeout=60)
    assert ada.post(ERASE, json={"password": PASSWORD}).status_code == 204
    for thread in threads:
        thread.join(60)
    assert {202, 401} <= {*statuses} <= {202, 401, 429}
    database = app.state.service.database
    with database.read() as session:
        while session.query(Attempt).where(Attempt.state != "done").count():
            session.rollback()
    assert "my own source" not in _everything(app)
    assert check(database) == []


def test_an_export_holds_no_transaction_while_it_is_read(settings: Settings, ada: TestClient, settle: Settle) -> None:
    """Whoever reads slowly would hold a connection, and with a few of them nobody else has one."""
    _live(ada, settle)
    # Connections of its own, which no chore of the service uses meanwhile.
    with closing(Database(settings.database_url or settings.data_dir / FILE_NAME)) as database:
        with database.read() as session:
            user_id = accounts.find(session, "Ada").id
        text = ""
        for piece in export.export(database, user_id):
            text += piece
            assert database.connections()[0] == 0
    assert json.loads(text)["account"]["name"] == "Ada"
