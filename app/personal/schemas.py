"""What goes into the API about somebody's data and what comes out.

Invariant: attempts and runs have the shapes in which the API shows them anyway, so that an export tells nothing that
was hidden; and of what opens anything there is only what it can be recognised by.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from app.accounts.schemas import Password, TokenDetail, UserDetail
from app.attempts.schemas import AttemptDetail, RunDetail
from app.http.bodies import Input, Output
from app.oidc.schemas import IdentityDetail


class Erasure(Input):
    """Who wants their account erased has to know its password."""

    password: Password


class Session(Output):
    """A browser that is signed in, or was and has not been forgotten."""

    created_at: datetime
    expires_at: datetime


class OpenedHint(Output):
    """A hint that was opened."""

    problem: str
    title: str
    at: datetime


class GivenUp(Output):
    """A problem that was given up."""

    problem: str
    at: datetime


class ExportedAttempt(AttemptDetail):
    """A graded attempt; ``idempotency_key`` is the name of the request that made it."""

    idempotency_key: str | None


class ExportedRun(RunDetail):
    """A run; ``input`` is what it was called on, None for the public examples."""

    idempotency_key: str | None
    input: Any


class ExportHead(Output):
    """Everything but attempts and runs.

    Attributes:
        failed_sign_ins: how often signing in to the account has failed of late.
    """

    format: Literal["allclose-account-1"]
    exported_at: datetime
    account: UserDetail
    failed_sign_ins: float
    sessions: tuple[Session, ...]
    tokens: tuple[TokenDetail, ...]
    identities: tuple[IdentityDetail, ...]
    opened_hints: tuple[OpenedHint, ...]
    given_up: tuple[GivenUp, ...]


class Export(ExportHead):
    """Everything that the service knows of a user, oldest first."""

    attempts: tuple[ExportedAttempt, ...]
    runs: tuple[ExportedRun, ...]
