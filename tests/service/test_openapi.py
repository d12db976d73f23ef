"""The OpenAPI document, from which clients are generated."""

from __future__ import annotations

from typing import Any

import pytest

from app.http.problem_details import MEDIA_TYPE
from app.main import create_app
from app.settings import Settings
from tests.service.fakes import FakeSandbox

#: A change here renames a method in every generated client.
OPERATIONS = {
    "get_index": "GET /",
    "get_health": "GET /healthz",
    "get_readiness": "GET /readyz",
    "list_problems": "GET /api/v1/problems",
    "get_problem": "GET /api/v1/problems/{slug}",
    "get_hints": "GET /api/v1/problems/{slug}/hints",
    "create_attempt": "POST /api/v1/attempts",
    "list_attempts": "GET /api/v1/attempts",
    "list_mistakes": "GET /api/v1/problems/{slug}/mistakes",
    "get_attempt": "GET /api/v1/attempts/{attempt_id}",
    "create_run": "POST /api/v1/runs",
    "get_run": "GET /api/v1/runs/{run_id}",
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


def test_every_operation_declares_its_errors(document: dict[str, Any]) -> None:
    """A client could not tell how errors look."""
    for methods in document["paths"].values():
        for operation in methods.values():
            assert MEDIA_TYPE in operation["responses"]["default"]["content"]
            assert "422" not in operation["responses"]
    assert "HTTPValidationError" not in document["components"]["schemas"]


def test_the_api_declares_that_it_needs_a_token(document: dict[str, Any]) -> None:
    """A generated client would not send one."""
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert ("security" in operation) == path.startswith("/api/")


def test_outputs_have_no_optional_members(document: dict[str, Any]) -> None:
    """A client would have to ask of every member whether it is there."""
    named = ("Progress", "AttemptDetail", "RunDetail", "ProblemDetail", "Rung", "Readiness", "MistakeList", "Mistake")
    for name in named:
        schema = document["components"]["schemas"][name]
        assert set(schema["required"]) == set(schema["properties"])
