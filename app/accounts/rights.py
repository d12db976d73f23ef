"""Who may do what, in one table.

Invariant: a right is granted here or nowhere. Routes name the operation that they are; whether an actor may do it is
decided by ``allow``, from their role and, for a token, from its scopes too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.errors import Forbidden


class Role(StrEnum):
    """What somebody is here. Each may do what the one before it may."""

    LEARNER = "learner"
    INSTRUCTOR = "instructor"
    ADMIN = "admin"


class Operation(StrEnum):
    """What can be done."""

    READ_PROBLEMS = "read problems"
    READ_ALL_PROBLEMS = "read hidden problems and every version, and attempt problems without what comes before"
    MANAGE_PROBLEMS = "upload, publish and change problems"
    SUBMIT = "submit attempts and runs"
    OPEN_HELP = "open hints and give problems up"
    READ_SOLUTIONS = "read every solution"
    READ_OWN_ATTEMPTS = "read their own attempts"
    READ_ALL_ATTEMPTS = "read everybody's attempts"
    READ_MISTAKES = "count what attempts fail for"
    REJUDGE = "judge attempts again"
    READ_ACCOUNT = "see who they are"
    MANAGE_ACCOUNT = "change their own password and tokens"
    OPERATE = "see workers and what they failed to judge"
    MANAGE_WEBHOOKS = "see and change webhooks"
    EXPORT_ACCOUNT = "export all that is their own"
    ERASE_ACCOUNT = "erase their own account"
    MANAGE_USERS = "see, invite, change, export and erase users"
    READ_AUDIT = "read the audit log"


class Scope(StrEnum):
    """What a token is for. Beside it, its owner's role still limits it."""

    READ = "read"
    SUBMIT = "submit"
    PROBLEMS = "problems"
    ACCOUNT = "account"
    ADMIN = "admin"


_LEARNER = frozenset(
    {
        Operation.READ_PROBLEMS,
        Operation.SUBMIT,
        Operation.OPEN_HELP,
        Operation.READ_OWN_ATTEMPTS,
        Operation.READ_ACCOUNT,
        Operation.MANAGE_ACCOUNT,
        Operation.EXPORT_ACCOUNT,
        Operation.ERASE_ACCOUNT,
    }
)
_INSTRUCTOR = _LEARNER | {
    Operation.READ_SOLUTIONS,
    Operation.READ_ALL_ATTEMPTS,
    Operation.READ_MISTAKES,
    Operation.REJUDGE,
    Operation.READ_ALL_PROBLEMS,
    Operation.MANAGE_PROBLEMS,
}

#: The table of rights.
ROLES: Mapping[Role, frozenset[Operation]] = {
    Role.LEARNER: _LEARNER,
    Role.INSTRUCTOR: _INSTRUCTOR,
    Role.ADMIN: frozenset(Operation),
}

#: What whoever looks at a page may do without an account. Requests to the API take one.
VISITOR = frozenset({Operation.READ_PROBLEMS})

_READ = frozenset(
    {
        Operation.READ_PROBLEMS,
        Operation.READ_ALL_PROBLEMS,
        Operation.READ_SOLUTIONS,
        Operation.READ_OWN_ATTEMPTS,
        Operation.READ_ALL_ATTEMPTS,
        Operation.READ_MISTAKES,
        Operation.READ_ACCOUNT,
        Operation.EXPORT_ACCOUNT,
    }
)
#: What a token of each scope may be used for.
SCOPES: Mapping[Scope, frozenset[Operation]] = {
    Scope.READ: _READ,
    Scope.SUBMIT: frozenset(
        {
            Operation.READ_PROBLEMS,
            Operation.READ_ALL_PROBLEMS,
            Operation.READ_ACCOUNT,
            Operation.SUBMIT,
            Operation.OPEN_HELP,
        }
    ),
    Scope.PROBLEMS: frozenset(
        {
            Operation.READ_PROBLEMS,
            Operation.READ_ALL_PROBLEMS,
            Operation.READ_ACCOUNT,
            Operation.MANAGE_PROBLEMS,
        }
    ),
    Scope.ACCOUNT: frozenset({Operation.READ_ACCOUNT, Operation.MANAGE_ACCOUNT, Operation.ERASE_ACCOUNT}),
    Scope.ADMIN: frozenset(
        {
            Operation.READ_ACCOUNT,
            Operation.MANAGE_USERS,
            Operation.OPERATE,
            Operation.MANAGE_WEBHOOKS,
            Operation.READ_AUDIT,
            Operation.REJUDGE,
        }
    ),
}


@dataclass(frozen=True)
class Actor:
    """Whoever sent a request.

    Attributes:
        user_id: of their account.
        name: theirs.
        role: theirs, as it is now.
        scopes: of the token that they showed; None for somebody who is signed in.
        expires_at: when that token ends; None for never.
        session: the SHA-256 of the session that they are signed in with; None for a token.
    """

    user_id: str
    name: str
    role: Role
    scopes: frozenset[Scope] | None = None
    expires_at: datetime | None = None
    session: str | None = None

    def may(self, operation: Operation) -> bool:
        """Whether this actor may do ``operation``."""
        return operation in ROLES[self.role] and self._in_scope(operation)

    def _in_scope(self, operation: Operation) -> bool:
        return self.scopes is None or any(operation in SCOPES[scope] for scope in self.scopes)


def permits(actor: Actor | None, operation: Operation) -> bool:
    """Whether whoever looks at a page may do ``operation`` there: ``actor``, or somebody without an account."""
    return operation in VISITOR if actor is None else actor.may(operation)


def allow(actor: Actor, operation: Operation) -> None:
    """Return if ``actor`` may do ``operation``.

    Raises:
        Forbidden: their role or their token does not allow it; it says which, and what would.
    """
    if operation not in ROLES[actor.role]:
        least = next(role for role in Role if operation in ROLES[role])
        raise Forbidden(
            f"A {actor.role} may not {operation}; that takes the role {least}. Ask an admin of this service."
        )
    if not actor.may(operation):
        useful = ", ".join(scope for scope in Scope if operation in SCOPES[scope])
        raise Forbidden(f"This token may not be used to {operation}; that takes one of the scopes {useful}.")
