"""The OpenAPI document, from which clients are generated."""

from __future__ import annotations

from typing import Any

import pytest

from app.http.problem_details import MEDIA_TYPE
from app.main import create_app
from app.settings import Settings
from tests.service import snapshot
from tests.service.fakes import FakeSandbox

#: A change here renames a method in every generated client.
OPERATIONS = {
    "get_index": "GET /",
    "get_health": "GET /healthz",
    "get_readiness": "GET /readyz",
    "sign_up": "POST /api/v1/users",
    "sign_in": "POST /api/v1/session",
    "sign_out": "DELETE /api/v1/session",
    "get_link": "GET /api/v1/links/{code}",
    "use_link": "POST /api/v1/links/{code}",
    "forget_password": "POST /api/v1/password-resets",
    "get_account": "GET /api/v1/account",
    "change_password": "POST /api/v1/account/password",
    "list_tokens": "GET /api/v1/tokens",
    "create_token": "POST /api/v1/tokens",
    "revoke_token": "DELETE /api/v1/tokens/{token_id}",
    "export_account": "GET /api/v1/account/export",
    "erase_account": "POST /api/v1/account/erase",
    "export_user": "GET /api/v1/users/{name}/export",
    "erase_user": "DELETE /api/v1/users/{name}",
    "list_users": "GET /api/v1/users",
    "get_work": "GET /api/v1/work",
    "list_dead_letters": "GET /api/v1/dead-letters",
    "change_user": "PATCH /api/v1/users/{name}",
    "reset_password": "POST /api/v1/users/{name}/password-reset",
    "invite": "POST /api/v1/invitations",
    "create_webhook": "POST /api/v1/webhooks",
    "list_webhooks": "GET /api/v1/webhooks",
    "get_webhook": "GET /api/v1/webhooks/{webhook_id}",
    "change_webhook": "PATCH /api/v1/webhooks/{webhook_id}",
    "delete_webhook": "DELETE /api/v1/webhooks/{webhook_id}",
    "rotate_webhook_secret": "POST /api/v1/webhooks/{webhook_id}/secret",
    "test_webhook": "POST /api/v1/webhooks/{webhook_id}/test",
    "list_deliveries": "GET /api/v1/webhooks/{webhook_id}/deliveries",
    "list_audit": "GET /api/v1/audit",
    "create_rejudging": "POST /api/v1/rejudgings",
    "list_rejudgings": "GET /api/v1/rejudgings",
    "get_rejudging": "GET /api/v1/rejudgings/{rejudging_id}",
    "list_rejudging_changes": "GET /api/v1/rejudgings/{rejudging_id}/changes",
    "apply_rejudging": "POST /api/v1/rejudgings/{rejudging_id}/apply",
    "cancel_rejudging": "POST /api/v1/rejudgings/{rejudging_id}/cancel",
    "get_single_sign_on": "GET /api/v1/oidc",
    "begin_single_sign_on": "GET /api/v1/oidc/sign-in",
    "finish_single_sign_on": "GET /api/v1/oidc/callback",
    "list_identities": "GET /api/v1/account/oidc",
    "link_identity": "POST /api/v1/account/oidc",
    "unlink_identity": "DELETE /api/v1/account/oidc",
    "list_problems": "GET /api/v1/problems",
    "get_problem": "GET /api/v1/problems/{slug}",
    "change_problem": "PATCH /api/v1/problems/{slug}",
    "list_versions": "GET /api/v1/problems/{slug}/versions",
    "publish_problem": "POST /api/v1/problems/{slug}/publish",
    "unpublish_problem": "POST /api/v1/problems/{slug}/unpublish",
    "upload_problem": "POST /api/v1/problem-uploads",
    "list_uploads": "GET /api/v1/problem-uploads",
    "get_upload": "GET /api/v1/problem-uploads/{upload_id}",
    "get_hints": "GET /api/v1/problems/{slug}/hints",
    "open_hint": "POST /api/v1/problems/{slug}/hints",
    "give_up": "POST /api/v1/problems/{slug}/give-up",
    "get_solution": "GET /api/v1/problems/{slug}/solution",
    "create_attempt": "POST /api/v1/attempts",
    "list_attempts": "GET /api/v1/attempts",
    "list_mistakes": "GET /api/v1/problems/{slug}/mistakes",
    "get_attempt": "GET /api/v1/attempts/{attempt_id}",
    "cancel_attempt": "POST /api/v1/attempts/{attempt_id}/cancel",
    "cancel_run": "POST /api/v1/runs/{run_id}/cancel",
    "follow_attempt": "GET /api/v1/attempts/{attempt_id}/events",
    "follow_run": "GET /api/v1/runs/{attempt_id}/events",
    "create_run": "POST /api/v1/runs",
    "get_run": "GET /api/v1/runs/{run_id}",
}
#: What whoever has no account yet can do.
OPEN = {"sign_up", "sign_in", "get_link", "use_link", "forget_password"} | {
    "get_single_sign_on",
    "begin_single_sign_on",
    "finish_single_sign_on",
}


@pytest.fixture
def document(settings: Settings) -> dict[str, Any]:
    return create_app(settings, FakeSandbox()).openapi()


def test_operations_keep_their_names(document: dict[str, Any]) -> None:
    """Generated clients would break with a release that changes nothing for them."""
    found = {
        operation["operationId"]: f"{method.upper()} {path}"
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert found == OPERATIONS


def test_the_document_is_as_agreed_on() -> None:
    """A member could vanish, change its type or become required, and clients would be the first to notice."""
    found = snapshot.difference()
    assert not found, f"The API has changed:\n{found}\nIf that is meant, write it down with: {snapshot.RENEW}"


def test_every_operation_declares_its_errors(document: dict[str, Any]) -> None:
    """A client could not tell how errors look."""
    for methods in document["paths"].values():
        for operation in methods.values():
            assert MEDIA_TYPE in operation["responses"]["default"]["content"]
            assert "422" not in operation["responses"]
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_the_api_declares_that_it_needs_a_token_or_a_session(document: dict[str, Any]) -> None:
    """A generated client would not send one."""
    for path, methods in document["paths"].items():
        for operation in methods.values():
            open_to_all = not path.startswith("/api/") or operation["operationId"] in OPEN
            assert ("security" in operation) != open_to_all


def test_outputs_have_no_optional_members(document: dict[str, Any]) -> None:
    """A client would have to ask of every member whether it is there."""
    named = ["Progress", "AttemptDetail", "RunDetail", "ProblemDetail", "Rung", "Readiness", "MistakeList", "Mistake"]
    named += ["ProblemSummary", "VersionList", "Version", "UploadDetail", "UploadList", "CheckRecord"]
    named += ["WebhookDetail", "NewWebhook", "DeliveryDetail"]
    for name in named:
        schema = document["components"]["schemas"][name]
        assert set(schema["required"]) == set(schema["properties"])
