"""The table of rights: each operation of the API tried as each role, and with a token of each scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from app.accounts.rights import ROLES, SCOPES, VISITOR, Actor, Operation, Role, Scope, permits
from app.main import ROUTERS, create_app
from app.settings import Settings
from tests.service.fakes import FakeSandbox
from tests.service.test_errors import told

#: Every operation under ``/api``, and what it takes; None for what anybody may do.
NEEDS: dict[str, Operation | None] = {
    "sign_up": None,
    "sign_in": None,
    "get_link": None,
    "use_link": None,
    "forget_password": None,
    "get_single_sign_on": None,
    "begin_single_sign_on": None,
    "finish_single_sign_on": None,
    "list_identities": Operation.MANAGE_ACCOUNT,
    "link_identity": Operation.MANAGE_ACCOUNT,
    "unlink_identity": Operation.MANAGE_ACCOUNT,
    "get_account": Operation.READ_ACCOUNT,
    "sign_out": Operation.READ_ACCOUNT,
    "change_password": Operation.MANAGE_ACCOUNT,
    "list_tokens": Operation.MANAGE_ACCOUNT,
    "create_token": Operation.MANAGE_ACCOUNT,
    "revoke_token": Operation.MANAGE_ACCOUNT,
    "export_account": Operation.EXPORT_ACCOUNT,
    "erase_account": Operation.ERASE_ACCOUNT,
    "export_user": Operation.MANAGE_USERS,
    "erase_user": Operation.MANAGE_USERS,
    "list_users": Operation.MANAGE_USERS,
    "change_user": Operation.MANAGE_USERS,
    "get_work": Operation.OPERATE,
    "list_dead_letters": Operation.OPERATE,
    "reset_password": Operation.MANAGE_USERS,
    "invite": Operation.MANAGE_USERS,
    "create_webhook": Operation.MANAGE_WEBHOOKS,
    "list_webhooks": Operation.MANAGE_WEBHOOKS,
    "get_webhook": Operation.MANAGE_WEBHOOKS,
    "change_webhook": Operation.MANAGE_WEBHOOKS,
    "delete_webhook": Operation.MANAGE_WEBHOOKS,
    "rotate_webhook_secret": Operation.MANAGE_WEBHOOKS,
    "test_webhook": Operation.MANAGE_WEBHOOKS,
    "list_deliveries": Operation.MANAGE_WEBHOOKS,
    "list_audit": Operation.READ_AUDIT,
    "create_rejudging": Operation.REJUDGE,
    "list_rejudgings": Operation.REJUDGE,
    "get_rejudging": Operation.REJUDGE,
    "list_rejudging_changes": Operation.REJUDGE,
    "apply_rejudging": Operation.REJUDGE,
    "cancel_rejudging": Operation.REJUDGE,
    "list_problems": Operation.READ_PROBLEMS,
    "get_problem": Operation.READ_PROBLEMS,
    "change_problem": Operation.MANAGE_PROBLEMS,
    "list_versions": Operation.READ_ALL_PROBLEMS,
    "publish_problem": Operation.MANAGE_PROBLEMS,
    "unpublish_problem": Operation.MANAGE_PROBLEMS,
    "upload_problem": Operation.MANAGE_PROBLEMS,
    "list_uploads": Operation.MANAGE_PROBLEMS,
    "get_upload": Operation.MANAGE_PROBLEMS,
    "get_hints": Operation.READ_PROBLEMS,
    "open_hint": Operation.OPEN_HELP,
    "give_up": Operation.OPEN_HELP,
    "get_solution": Operation.READ_PROBLEMS,
    "list_mistakes": Operation.READ_MISTAKES,
    "create_attempt": Operation.SUBMIT,
    "list_attempts": Operation.READ_OWN_ATTEMPTS,
    "get_attempt": Operation.READ_OWN_ATTEMPTS,
    "cancel_attempt": Operation.SUBMIT,
    "follow_attempt": Operation.READ_OWN_ATTEMPTS,
    "follow_run": Operation.READ_OWN_ATTEMPTS,
    "create_run": Operation.SUBMIT,
    "cancel_run": Operation.SUBMIT,
    "get_run": Operation.READ_OWN_ATTEMPTS,
}
#: What takes a token for everything, or none, whatever else is sent.
LINKS = ("reset_password",)
#: What admins alone may do, said a second time: a slip in the table of rights is a difference to this one.
ADMINS = {
    *("list_users", "change_user", "reset_password", "invite", "get_work", "list_dead_letters"),
    *("create_webhook", "list_webhooks", "get_webhook", "change_webhook", "delete_webhook"),
    *("rotate_webhook_secret", "test_webhook", "list_deliveries", "export_user", "erase_user", "list_audit"),
}
#: … and what instructors may too.
INSTRUCTORS = {
    *("list_mistakes", "change_problem", "list_versions", "publish_problem", "unpublish_problem"),
    *("upload_problem", "list_uploads", "get_upload"),
    *(name for name, operation in NEEDS.items() if operation is Operation.REJUDGE),
}
#: Role -> what it may not do.
NOT = {"learner": ADMINS | INSTRUCTORS, "instructor": ADMINS, "admin": set[str]()}


def _routes(app: FastAPI) -> Iterator[tuple[str, str, str]]:
    """Name, method and path of every operation under ``/api``."""
    for path, methods in app.openapi()["paths"].items():
        for method, described in methods.items():
            if path.startswith("/api/"):
                yield described["operationId"], method, path


def _call(client: TestClient, method: str, path: str) -> int:
    """The status of a request that no role's rights alone can satisfy."""
    for part in ("slug", "attempt_id", "run_id", "token_id", "webhook_id", "rejudging_id", "upload_id", "name", "code"):
        path = path.replace(f"{{{part}}}", "no-such-thing")
    body: dict[str, Any] = {} if method == "get" else {"json": {"nothing": "known"}} if method != "delete" else {}
    return client.request(method, path, **body).status_code


def test_every_operation_is_in_the_table(settings: Settings) -> None:
    """A new operation would be open to whoever its author happened to think of."""
    assert {name for name, *_ in _routes(create_app(settings, FakeSandbox()))} == NEEDS.keys()


def test_every_route_names_what_it_takes() -> None:
    """A route could forget to ask."""
    asking = {}
    for router, _ in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            asking[route.operation_id] = {*_asked(route.dependant)}
    for name, operation in NEEDS.items():
        wanted = "own_page" if operation is None else f"may_{operation.name.lower()}"
        assert wanted in asking[name], name


def _asked(dependant: Dependant) -> Iterator[str]:
    """Names of everything that is asked before a route."""
    for each in dependant.dependencies:
        yield getattr(each.call, "__name__", "")
        yield from _asked(each)


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_the_table_says_and_nothing_else(
    app: FastAPI, of: Callable[[str, Role], TestClient], role: Role
) -> None:
    """A learner could do what only instructors may, or an instructor not their work."""
    assert {name for name, operation in NEEDS.items() if operation and operation not in ROLES[role]} == NOT[role]
    client = of("somebody", role)
    for name, method, path in _routes(app):
        assert (_call(client, method, path) == 403) == (name in {*NOT[role], "sign_out"}), name


def test_nobody_may_do_nothing_but_come_in(app: FastAPI, anonymous: TestClient) -> None:
    """The service would be open to anybody on the network."""
    for name, method, path in _routes(app):
        status = _call(anonymous, method, path)
        assert (status == 401) == (NEEDS[name] is not None), (name, status)


def test_visitors_read_problems_and_do_nothing_else() -> None:
    """Pages would be closed to newcomers, or open to them what is for those who are known."""
    assert {operation for operation in Operation if permits(None, operation)} == {Operation.READ_PROBLEMS} == VISITOR
    learner = Actor("1", "Ada", Role.LEARNER)
    assert {operation for operation in Operation if permits(learner, operation)} == ROLES[Role.LEARNER]
    assert ROLES[Role.LEARNER] >= VISITOR


@pytest.mark.parametrize("scope", Scope)
def test_a_token_does_what_its_scope_says_and_nothing_else(app: FastAPI, client: TestClient, scope: Scope) -> None:
    """A script that only submits could read everybody's work if its token got out."""
    made = client.post("/api/v1/tokens", json={"label": "script", "scopes": [scope]}).json()["token"]
    client.headers["Authorization"] = f"Bearer {made}"
    for name, method, path in _routes(app):
        operation = NEEDS[name]
        refused = operation is not None and operation not in SCOPES[scope]
        assert (_call(client, method, path) == 403) == (refused or name in ("sign_out", *LINKS)), name


def test_a_refusal_says_what_it_would_take(of: Callable[[str, Role], TestClient]) -> None:
    """A learner would not know whom to ask for what."""
    body = told(of("Ada", Role.LEARNER).get("/api/v1/users"), 403)
    assert "the role admin" in body["detail"]
