"""The HTTP face of somebody's data: exporting it and erasing it, for oneself and for admins.

Invariant: an account is erased by whoever knows its password, or by an admin; never by a token alone that is its own.
"""

from __future__ import annotations

from typing import Annotated

import structlog
from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse

from app.accounts import service as accounts
from app.accounts.dependency import COOKIE, allowed
from app.accounts.rights import Actor, Operation
from app.personal import export, leaving
from app.personal.schemas import Erasure, Export
from app.service import Service, ServiceDep

log = structlog.get_logger()
router = APIRouter()

Admin = Annotated[Actor, allowed(Operation.MANAGE_USERS)]


@router.get(
    "/account/export",
    operation_id="export_account",
    summary="Export all that is yours",
    response_class=StreamingResponse,
    responses={200: {"model": Export}},
)
def export_account(actor: Annotated[Actor, allowed(Operation.EXPORT_ACCOUNT)], running: ServiceDep) -> Response:
    """Your account, tokens, hints, attempts and runs with their sources and reports, as you may see them."""
    return _export(running, actor.user_id)


@router.post("/account/erase", operation_id="erase_account", status_code=204, summary="Erase your account")
def erase_account(
    body: Erasure, actor: Annotated[Actor, allowed(Operation.ERASE_ACCOUNT)], running: ServiceDep
) -> Response:
    """For good. How your attempts ended stays, without name, sources and reports; those in flight are cancelled."""
    leaving.erase_oneself(running, actor, body.password)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="lax")
    return response


@router.get(
    "/users/{name}/export",
    operation_id="export_user",
    summary="Export all that is a user's",
    response_class=StreamingResponse,
    responses={200: {"model": Export}},
)
def export_user(name: str, actor: Admin, running: ServiceDep) -> Response:
    """What they would get, for whoever cannot sign in."""
    with running.database.read() as session:
        user_id = accounts.find(session, name).id
    log.info("user.exported", user=user_id, by=actor.user_id)
    return _export(running, user_id)


@router.delete("/users/{name}", operation_id="erase_user", status_code=204, summary="Erase a user")
def erase_user(name: str, actor: Admin, running: ServiceDep) -> Response:
    """For good; see ``POST /api/v1/account/erase``, which is the way to erase yourself."""
    leaving.erase_user(running, actor, name)
    return Response(status_code=204)


def _export(running: Service, user_id: str) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="allclose-account.json"'}
    return StreamingResponse(export.export(running.database, user_id), headers=headers, media_type="application/json")
