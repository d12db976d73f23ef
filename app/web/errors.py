"""Errors for whoever reads a page; for everybody else they stay problem details.

Invariant: a page tells what the problem details would, and no more: what to ask of the API it leaves out. The API
answers in JSON whoever asks.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from app.errors import ServiceError, Unauthenticated
from app.http import problem_details
from app.http.requests import HEADER
from app.web.rendering import render
from app.web.strings import t
from app.web.visitors import known, sign_in_address

#: What browsers are sent through on their way, though it is part of the API.
_PASSED_THROUGH = "/api/v1/oidc/"
#: Where pages say it in their own words.
_OWN_WORDS = {404, 405, 422, 500}
_ASKS = re.compile(r"\b(?:GET|POST|PUT|PATCH|DELETE) /api/")
_SENTENCES = re.compile(r"(?<=[.?!]) (?=[A-Z'])")


def install(app: FastAPI) -> None:
    """Make errors pages for those who read pages; to be called after ``problem_details.install``."""
    for kind in (Exception, ServiceError, HTTPException, RequestValidationError, SQLAlchemyError):
        app.add_exception_handler(kind, respond)


def readable(detail: str) -> str:
    """What is told of an error without the sentences that say what to ask of the API, where any others are left."""
    return " ".join(sentence for sentence in _SENTENCES.split(detail) if not _ASKS.search(sentence)) or detail


def wants_page(request: Request) -> bool:
    """Whether a page is what the sender of a request can read."""
    path = request.url.path.removeprefix(str(request.scope.get("root_path", "")))
    is_api = path.startswith("/api/") and not path.startswith(_PASSED_THROUGH)
    return not is_api and "text/html" in request.headers.get("accept", "")


async def respond(request: Request, error: Exception) -> Response:
    """The response to a request that ended in ``error``."""
    answer = await problem_details.respond(request, error)
    partial = "hx-request" in request.headers
    if not wants_page(request) and not partial:
        return answer
    if isinstance(error, Unauthenticated):
        where = sign_in_address(request)
        return Response(headers={"HX-Redirect": where}) if partial else RedirectResponse(where, 303)
    told = json.loads(bytes(answer.body))
    status = answer.status_code
    title, detail = told["title"], readable(told["detail"])
    if status in _OWN_WORDS and not isinstance(error, ServiceError):
        title, detail = t(f"error-{status}-title"), t(f"error-{status}-detail")
    if not hasattr(request.state, "visitor"):
        with suppress(Exception):  # the database may be what is at fault
            request.state.visitor = known(request, request.app.state.service)
    page = render(request, "error.html", status=status, code=status, title=title, detail=detail)
    for name in ("Retry-After", "Allow", HEADER):
        if name in answer.headers:
            page.headers[name] = answer.headers[name]
    return page
