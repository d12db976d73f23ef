"""Our exceptions, with what each means to a client.

Invariant: an exception that reaches a client carries its HTTP status on its class and its title as its docstring, so
one handler can tell all of them. What a learner's code did is never an exception (see ``app.judge.verdict``), and
neither is an author's mistake (see ``app.problems.findings``).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar


class StartRefused(Exception):
    """The service cannot start; the message says why and what to do."""


class BackupRefused(Exception):
    """The database cannot be backed up or restored; the message says why and what to do. Nothing has changed."""


class WouldOverwrite(BackupRefused):
    """There is something already where a backup, or what is in one, is to be."""


class ServiceError(Exception):
    """The request cannot be served.

    Attributes:
        status: of the response.
        headers: to add to it.
        extra: further members of the problem details.
    """

    status: ClassVar[int] = 500
    headers: Mapping[str, str] = MappingProxyType({})

    def __init__(self, detail: str, **extra: Any) -> None:
        """``detail`` tells this client what to do about it; ``extra`` must be JSON-ready and free of secrets."""
        super().__init__(detail)
        self.detail = detail
        self.extra = extra

    @classmethod
    def title(cls) -> str:
        """The first line of the docstring, without its full stop."""
        return (cls.__doc__ or cls.__name__).strip().splitlines()[0].rstrip(".")


class Unauthenticated(ServiceError):
    """You have to sign in, or show a token."""

    status = 401
    headers: Mapping[str, str] = {"WWW-Authenticate": 'Bearer realm="allclose"'}


class WrongPassword(ServiceError):
    """Name and password do not belong together."""

    status = 401


class TooManyFailures(ServiceError):
    """Signing in has failed too often."""

    status = 429

    def __init__(self, seconds: int) -> None:
        """Say for how many ``seconds`` no further try is looked at."""
        super().__init__(
            f"Signing in has failed too often. Wait {seconds} s before the next try, whatever the password."
        )
        self.headers = {"Retry-After": str(seconds)}


class Forbidden(ServiceError):
    """You may not do this."""

    status = 403


class CrossSite(ServiceError):
    """The request comes from another site."""

    status = 403


class SignUpClosed(ServiceError):
    """Nobody can sign up here without an invitation."""

    status = 403


class NameRefused(ServiceError):
    """This cannot be a user's name."""

    status = 422


class PasswordRefused(ServiceError):
    """This cannot be a password."""

    status = 422


class NameTaken(ServiceError):
    """Somebody else has this name or address."""

    status = 409


class NothingHere(ServiceError):
    """There is nothing at this address."""

    status = 404


class LastAdmin(ServiceError):
    """Nobody would be left to administer the service."""

    status = 409


class UserNotFound(ServiceError):
    """There is no such user."""

    status = 404


class LinkNotFound(ServiceError):
    """This link does not work any more."""

    status = 404


class TokenNotFound(ServiceError):
    """There is no such token."""

    status = 404


class MailNotSet(ServiceError):
    """This service sends no mail."""

    status = 501


class NoSingleSignOn(ServiceError):
    """This service has no single sign-on."""

    status = 404


class SignInRefused(ServiceError):
    """You may not sign in like this."""

    status = 403


class SignInStale(ServiceError):
    """This sign-in cannot be finished any more."""

    status = 400


class IdentityTaken(ServiceError):
    """This identity, or this account, is bound already."""

    status = 409


class LastWayIn(ServiceError):
    """Nothing else would open this account."""

    status = 409


class ProviderFault(ServiceError):
    """The single sign-on gave an answer that cannot be believed."""

    status = 502


class ProviderDown(ServiceError):
    """The single sign-on does not answer."""

    status = 503
    headers: Mapping[str, str] = MappingProxyType({"Retry-After": "30"})


class ProblemNotFound(ServiceError):
    """There is no such problem."""

    status = 404


class UploadNotFound(ServiceError):
    """There is no such upload."""

    status = 404


class ArchiveRefused(ServiceError):
    """The archive cannot be taken for a problem folder."""

    status = 422


class ArchiveExpected(ServiceError):
    """A zip archive is expected."""

    status = 415


class NotPublishable(ServiceError):
    """This cannot be published."""

    status = 409


class ServedFromFolder(ServiceError):
    """The problem comes from the operator's folder."""

    status = 409


class Changed(ServiceError):
    """It has changed since you looked."""

    status = 412


class PrerequisitesMissing(ServiceError):
    """Other problems come before this one."""

    status = 403


class NoHintToOpen(ServiceError):
    """There is no hint to open."""

    status = 409


class SolutionClosed(ServiceError):
    """The solution is not open to you."""

    status = 403


class AttemptNotFound(ServiceError):
    """There is no such attempt."""

    status = 404


class VersionNotFound(ServiceError):
    """There is no such version."""

    status = 404


class WrongVersion(ServiceError):
    """The version is another problem's."""

    status = 422


class RejudgingNotFound(ServiceError):
    """There is no such rejudging."""

    status = 404


class NothingToRejudge(ServiceError):
    """There is nothing to judge again."""

    status = 409


class RejudgingRuns(ServiceError):
    """The same is being judged again already."""

    status = 409


class WrongState(ServiceError):
    """That cannot be done now."""

    status = 409


class RunNotFound(ServiceError):
    """There is no such run."""

    status = 404


class AlreadyDone(ServiceError):
    """It has ended already."""

    status = 409


class WebhookNotFound(ServiceError):
    """There is no such webhook."""

    status = 404


class WebhookUrlRefused(ServiceError):
    """Nothing is sent to this address."""

    status = 422


class WebhookDisabled(ServiceError):
    """The webhook is disabled."""

    status = 409


class TooManyWebhooks(ServiceError):
    """There are too many webhooks."""

    status = 409


class KeyReused(ServiceError):
    """The Idempotency-Key belongs to another request."""

    status = 422


class TooManyInFlight(ServiceError):
    """You have too many submissions in flight."""

    status = 429
    headers: Mapping[str, str] = MappingProxyType({"Retry-After": "1"})


class TooManyStreams(ServiceError):
    """You follow too many attempts."""

    status = 429
    headers: Mapping[str, str] = MappingProxyType({"Retry-After": "10"})


class NoAttemptsLeft(ServiceError):
    """You have no attempts left."""

    status = 403


class TooEarly(ServiceError):
    """The next attempt cannot be made yet."""

    status = 429

    def __init__(self, detail: str, seconds: int) -> None:
        """Say when it can, ``seconds`` from now."""
        super().__init__(detail)
        self.headers = {"Retry-After": str(seconds)}


class SourceTooLarge(ServiceError):
    """The source is too large."""

    status = 413


class SourceNotText(ServiceError):
    """The source is not valid Unicode."""

    status = 422


class InputDoesNotFit(ServiceError):
    """The input does not fit the problem's arguments."""

    status = 422


class NotReady(ServiceError):
    """The service cannot work at the moment."""

    status = 503
    headers: Mapping[str, str] = {"Retry-After": "5"}
