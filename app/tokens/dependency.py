"""Who may use the API: whoever shows a token. Invariant: a route under ``/api`` runs only after this."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.errors import Unauthenticated
from app.service import ServiceDep
from app.tokens import service as tokens

_bearer = HTTPBearer(auto_error=False, description="The token that the first `allclose serve` printed.")


def authenticate(
    service: ServiceDep, credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
) -> None:
    """Let the request through if its ``Authorization: Bearer`` header holds a token of this server.

    Raises:
        Unauthenticated: no such header, or a token that was not made here.
    """
    if credentials is None:
        raise Unauthenticated("Send the header 'Authorization: Bearer TOKEN'; 'allclose serve' prints a token once.")
    with service.database.read() as session:
        known = tokens.is_valid(session, credentials.credentials)
    if not known:
        raise Unauthenticated("This token is not known here. 'allclose serve --new-token' makes another.")
