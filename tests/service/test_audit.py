"""The audit log: what is written down, with what it tells of or not at all, and who may look."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts import service as accounts
from app.accounts.models import User
from app.accounts.rights import Actor, Role
from app.audit import service as audit
from app.audit.models import AuditEntry
from app.audit.service import Action, Filter, Subject
from app.database.db import Database
from tests.service.test_errors import told

Of = Callable[[str, Role], TestClient]
LOG = "/api/v1/audit"
ROOT = Path(__file__).resolve().parents[2]
ADA = Subject("user", "an id", "Ada")
EVE = Actor("another id", "Eve", Role.ADMIN)


def items(client: TestClient, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(LOG + query).json()["items"]
    return found


def test_what_admins_and_owners_change_is_written_down(client: TestClient, of: Of) -> None:
    """Nobody could find out who made somebody an admin, or a token that was misused."""
    of("Ada", Role.LEARNER)
    client.patch("/api/v1/users/Ada", json={"role": "instructor"})
    client.patch("/api/v1/users/Ada", json={"role": "instructor"})
    reset = client.post("/api/v1/users/Ada/password-reset").json()["link"]
    invited = client.post("/api/v1/invitations", json={"role": "admin"}).json()["link"]
    code = reset.rpartition("/")[2]
    client.post(f"/api/v1/links/{code}", json={"password": "correct horse battery"})
    made = client.post("/api/v1/tokens", json={"label": "a script", "scopes": ["read"]}).json()
    client.delete(f"/api/v1/tokens/{made['id']}")
    entries = items(client)
    assert [(each["actor"], each["action"], each["kind"], each["subject"]) for each in reversed(entries)] == [
        ("tester", "user.changed", "user", "Ada"),
        ("tester", "reset.made", "user", "Ada"),
        ("tester", "invitation.made", "link", "invitation"),
        ("Ada", "link.used", "link", "reset"),
        ("tester", "token.made", "token", "a script"),
        ("tester", "token.revoked", "token", "a script"),
    ]
    change = {"role_before": "learner", "role": "instructor", "disabled_before": False, "disabled": False}
    assert entries[-1]["details"] == change
    whole = client.get(LOG).text
    for secret in (code, invited.rpartition("/")[2], made["token"], "correct horse"):
        assert secret not in whole


def test_what_is_refused_is_not_written_down(client: TestClient) -> None:
    """The log would tell of changes that never were."""
    told(client.patch("/api/v1/users/nobody", json={"role": "admin"}), 404)
    told(client.delete("/api/v1/tokens/nothing"), 404)
    told(client.post("/api/v1/users/nobody/password-reset"), 404)
    assert items(client) == []


def test_an_entry_is_undone_with_what_it_tells_of(database: Database) -> None:
    """A failed transaction would leave its tale behind."""

    def fail() -> None:
        with database.write() as session:
            audit.record(session, EVE, Action.USER_CHANGED, ADA)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with database.read() as session:
        assert audit.page(session, Filter(), None, 10) == []


def test_entries_outlive_whom_they_are_about(database: Database) -> None:
    """Whoever has something to hide would remove their account."""
    with database.write() as session:
        ada = accounts.create(session, "Ada", Role.ADMIN, None)
        audit.record(session, Actor(ada.id, ada.name, Role.ADMIN), Action.USER_CHANGED, audit.user(ada))
        session.flush()
        session.delete(ada)
    with database.read() as session:
        assert session.query(User).filter_by(name="Ada").count() == 0
        [entry] = audit.page(session, Filter(who="Ada"), None, 10)
        assert (entry.actor_name, entry.subject_name) == ("Ada", "Ada")


def test_any_text_can_be_kept(database: Database) -> None:
    """A label with a NUL or half of a surrogate pair would undo what it is about."""
    with database.write() as session:
        audit.record(session, EVE, Action.TOKEN_MADE, Subject("token", "id", "\0\ud800" * 500), label="\0\ud800")
    with database.read() as session:
        [entry] = audit.page(session, Filter(), None, 10)
        assert entry.details == {"label": "\ufffd?"}
        assert len(entry.subject_name) == 200


def test_an_entry_is_no_place_for_data(database: Database) -> None:
    """Somebody could keep whole sources in the log."""
    with database.write() as session, pytest.raises(ValueError, match="details"):
        audit.record(session, EVE, Action.USER_CHANGED, ADA, **{f"detail_{number}": 1 for number in range(21)})


def test_the_log_is_read_in_pages_and_through_filters(app: FastAPI, client: TestClient) -> None:
    """An admin could not find one entry among thousands."""
    with app.state.service.database.write() as session:
        eve = accounts.create(session, "Eve", Role.ADMIN, None)
        by_eve = Actor(eve.id, eve.name, Role.ADMIN)
        for number in range(5):
            audit.record(session, by_eve if number % 2 else None, Action.TOKEN_MADE, Subject("token", str(number), "t"))
        audit.record(session, by_eve, Action.USER_CHANGED, ADA)
    seen, address = [], f"{LOG}?limit=2&kind=token&action=token.made"
    while address:
        page = client.get(address).json()
        seen += [item["subject_id"] for item in page["items"]]
        address = page["next"]
    assert seen == ["4", "3", "2", "1", "0"]
    for who in ("eve", eve.id):
        assert [item["subject_id"] for item in items(client, f"?who={who}")] == ["an id", "3", "1"]
    assert [item["actor"] for item in items(client, "?subject=2")] == [audit.MACHINE]
    assert [item["subject"] for item in items(client, "?subject=Ada")] == ["Ada"]
    assert items(client, "?action=token.revoked") == []
    moment = quote(items(client)[-1]["at"])
    assert len(items(client, f"?since={moment}")) == 6
    assert items(client, f"?until={moment}") == []
    told(client.get(f"{LOG}?action=nonsense"), 422)


def test_code_only_adds_to_the_log() -> None:
    """Some later change could rewrite what somebody did."""
    changing = {"delete", "update", "merge", "execute"}
    for path in sorted((ROOT / "app").rglob("*.py")):
        tree = ast.parse(path.read_text())
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        called = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        if path.name == "forgetting.py":
            continue  # takes out the names of whoever is erased
        if path.parent.name == "audit":
            assert not changing & (names | called), path
        else:
            assert AuditEntry.__name__ not in names | called, path
