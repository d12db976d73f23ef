"""Errors on the wire: one JSON shape (RFC 9457, problem details) for all of them.

Invariant: no error repeats a source or a token, and a fault of ours says that it is ours and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from app.database.faults import explain
from app.errors import ServiceError
from app.http.requests import HEADER, request_id, template
from app.http.security import SECURITY_HEADERS

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"

#: Most faults of one request that are listed; a hostile one has a million.
_SHOWN = 20

_NO_DATABASE = "The service cannot reach or write its database for now. Nothing was changed; try again in a while."
_FAULT = (
    "The service failed to answer. This is our fault; trying again may help. If it does not, give the operator the "
    "X-Request-Id of this answer."
)


class ProblemDetails(BaseModel):
    """An error. Further members depend on the kind of error."""

    title: str = Field(description="What kind of error this is; the same for every error of the kind.")
    status: int
    detail: str = Field(description="What is wrong with this request, and what to do.")


#: For ``responses=`` of a router: what any operation may answer instead of its result.
RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {
        "description": "An error, as problem details (RFC 9457).",
        "content": {MEDIA_TYPE: {"schema": ProblemDetails.model_json_schema()}},
    }
}


def install(app: FastAPI, guide: str) -> None:
    """Make every error of ``app`` problem details; ``guide`` says where to go instead of where nothing is."""
    app.state.guide = guide
    app.add_exception_handler(Exception, respond)
    for kind in (ServiceError, HTTPException, RequestValidationError, OperationalError):
        app.add_exception_handler(kind, respond)


async def respond(request: Request, error: Exception) -> Response:
    """The response to a request that ended in ``error``."""
    match error:
        case ServiceError():
            return problem(error.status, error.title(), error.detail, error.headers, **error.extra)
        case RequestValidationError():
            return _invalid(error)
        case OperationalError():
            log.error("database.fault", method=request.method, route=template(request.scope), why=explain(error))
            return problem(503, HTTPStatus(503).phrase, _NO_DATABASE, {"Retry-After": "5"})
        case HTTPException(status_code=status, headers=headers):
            return problem(status, HTTPStatus(status).phrase, _http_detail(request, error), headers)
    # The traceback is logged by whoever raised the error again: the server, or a test's client.
    log.error("request.fault", method=request.method, route=template(request.scope), error=type(error).__name__)
    # What adds the id to other responses stands inside of what answers here.
    return problem(500, "Internal Server Error", _FAULT, {HEADER: request_id(request.scope)})


def problem(
    status: int, title: str, detail: str, headers: Mapping[str, str] | None = None, /, **extra: Any
) -> Response:
    """Problem details as a response, in ASCII: whatever name was sent, it can be repeated."""
    content = json.dumps({"title": title, "status": status, "detail": detail, **extra})
    return Response(content, status, {**SECURITY_HEADERS, **(headers or {})}, MEDIA_TYPE)


def _http_detail(request: Request, error: HTTPException) -> str:
    match error.status_code:
        case 400 if error.__cause__ is not None:
            return f"The request body cannot be read as JSON in UTF-8: {type(error.__cause__).__name__}."
        case 404:
            return f"Nothing is at {request.url.path}. {request.app.state.guide}"
        case 405:
            return f"{request.url.path} does not take {request.method}; it takes {(error.headers or {})['Allow']}."
    return error.detail


def _invalid(error: RequestValidationError) -> Response:
    faults = error.errors()
    if isinstance(error.body, bytes):
        detail = "Send the body as JSON, with the header 'Content-Type: application/json'."
        return problem(415, "Unsupported Media Type", detail)
    if faults[0]["type"] == "json_invalid":
        reason = f"{faults[0]['ctx']['error']} at character {faults[0]['loc'][-1]}"
        return problem(400, "Malformed JSON", f"The request body is not valid JSON: {reason}.")
    shown = faults[:_SHOWN]
    errors = [{"place": ".".join(map(str, fault["loc"])), "message": str(fault["msg"])} for fault in shown]
    detail = "; ".join(f"{item['place']}: {item['message']}" for item in errors)
    return problem(422, "The request is not as described", detail, errors=errors)
