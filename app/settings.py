"""The operator's settings: environment variables with the prefix ``ALLCLOSE_``, read once and frozen.

Invariant: no setting has a secret as its default, and a value that makes no sense ends the start with a message that
names its variable. Nothing else in the code base reads the environment.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, PrivateAttr, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.oidc import options
from app.webhooks import addresses
from sandbox.jobs import Limits
from sandbox.walls import gpus

PREFIX = "ALLCLOSE_"

#: What judging an attempt takes: a GPU, or none.
Queue = Literal["cpu", "gpu"]
QUEUES: tuple[Queue, ...] = ("cpu", "gpu")

#: Where a setting's value comes from.
Origin = Literal["command", "environment", "default"]

#: The folder of problems that a checkout brings along, beside the ``app`` package.
SHIPPED_PROBLEMS = Path(__file__).resolve().parent.parent / "problems"


#: Fewer characters could be guessed.
_SHORTEST_TOKEN = 16


class SettingsInvalid(Exception):
    """The settings cannot be used; the message names every variable at fault."""


class Settings(BaseSettings):
    """Everything an operator can choose. Sizes are bytes and durations seconds unless the name says otherwise."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    #: What came from a command line.
    _ordered: frozenset[str] = PrivateAttr(default=frozenset())

    #: Database and lock file; made if missing, for the service's user only.
    data_dir: Path = Path("data")
    #: One folder per problem.
    problems_dir: Path = SHIPPED_PROBLEMS
    host: str = Field(default="127.0.0.1", min_length=1)
    #: 0 takes any free port.
    port: int = Field(default=8000, ge=0, le=65535)
    #: Where a process that only judges answers ``/healthz``, ``/readyz`` and ``/metrics``; none by default.
    worker_port: int | None = Field(default=None, ge=0, le=65535)
    #: Attempts judged at the same time by this process; 0 leaves them to others, on PostgreSQL.
    workers: int = Field(default_factory=lambda: max(1, (os.cpu_count() or 1) // 2), ge=0, le=256)
    #: What this process judges, on PostgreSQL: ``cpu``, ``gpu`` or both, comma-separated; empty for all it can.
    queues: str = ""
    #: What runs learners' code: ``docker``, or a tool of this machine; ``auto`` takes the best such tool.
    sandbox: Literal["auto", "bubblewrap", "unshare", "docker"] = "auto"
    #: Image that ``allclose sandbox build`` made; empty for this version's own.
    docker_image: str = ""
    #: OCI runtime of the containers, such as ``runsc`` (gVisor); empty for the daemon's default.
    docker_runtime: str = ""
    #: ``single-use`` gives every submission containers of its own, for exams.
    docker_slots: Literal["warm", "single-use"] = "warm"
    #: GPUs to evaluate ``device = "gpu"`` problems on: ``all``, or device numbers such as ``0,1``; empty for none.
    gpus: str = ""
    #: Outputs of programs that were evaluated before, in megabytes; 0 evaluates every program of every attempt.
    cache_mb: int = Field(default=256, ge=0, le=1 << 20)
    #: How often an attempt is started before a fault of ours ends it. After three starts, 1.2 % of 5,000 attempts ended
    #: so on a server that was killed each time five had ended.
    max_tries: int = Field(default=4, ge=1, le=10)
    #: Wait before the second try; doubled for each further one.
    retry_seconds: float = Field(default=1.0, ge=0, le=60)
    #: A PostgreSQL database, ``postgresql://allclose:password@host/allclose`` say; empty for SQLite in ``data_dir``.
    database_url: str = ""
    #: Connections to the database that requests and workers share.
    database_pool: int = Field(default=20, ge=2, le=1000)
    #: Attempts and runs of one user that may be queued or running at a time.
    submissions_in_flight: int = Field(default=10, ge=1, le=10_000)
    #: How long a stopping server lets running attempts finish before it hands them back to the queue.
    grace_seconds: float = Field(default=10.0, ge=0, le=600)
    #: Addresses of proxies in front, comma-separated, whose word for a client's address is taken; ``*`` for any.
    trusted_proxies: str = "127.0.0.1,::1"
    #: How accounts are made: ``open`` to anyone, by ``invitation`` of an admin, or not at all, but for the first.
    sign_up: Literal["open", "invitation", "closed"] = "invitation"
    #: How long a browser stays signed in.
    session_days: int = Field(default=14, ge=1, le=365)
    #: Where people reach the service, such as ``https://allclose.example.edu``; needed for links in mails.
    public_url: str = Field(default="", pattern=r"^(https?://[^\s/]+(/[^\s]*)?)?$")
    #: The server that sends mails: ``smtps://user:password@host:465`` or ``smtp://host:587``; empty for none.
    smtp_url: str = Field(default="", pattern=r"^(smtps?://[^\s/]+/?)?$")
    #: Whom mails come from.
    mail_from: str = Field(default="", pattern=r"^[^\r\n]*$")
    #: Messages to webhooks that this process sends at a time; 0 leaves them to others on the same database.
    webhook_senders: int = Field(default=4, ge=0, le=64)
    #: Whether webhooks may be sent without encryption.
    webhook_http: bool = False
    #: Networks that webhooks may reach though they are not of the public internet, comma-separated: ``10.1.0.0/16``.
    webhook_networks: str = ""
    #: Days after which runs are deleted; 0 keeps them for ever.
    keep_runs_days: int = Field(default=0, ge=0, le=36_500)
    #: Days after which attempts are deleted that say nothing of a user any more; 0 keeps them for ever.
    keep_attempts_days: int = Field(default=0, ge=0, le=36_500)
    #: How the server logs: ``json`` lines, or ``text`` for people; ``auto`` is text on a terminal and JSON elsewhere.
    log: Literal["auto", "json", "text"] = "auto"
    #: What a Prometheus has to show to read ``/metrics``, of at least 16 characters; empty keeps it closed.
    metrics_token: SecretStr = SecretStr("")
    #: Single sign-on: the OpenID Connect provider's issuer, such as ``https://login.example.edu``; empty for none.
    oidc_issuer: str = Field(default="", max_length=500)
    oidc_client_id: str = Field(default="", max_length=500)
    oidc_client_secret: str = Field(default="", max_length=1000, repr=False)
    #: What people call the provider.
    oidc_name: str = Field(default="Single sign-on", min_length=1, max_length=100)
    oidc_scopes: str = Field(default="openid profile email", max_length=500)
    #: How people whom nobody knows here get an account when they come from there; empty for the same as ``sign_up``.
    oidc_sign_up: Literal["", "open", "invitation", "closed"] = ""
    #: Comma-separated; only people with a verified mail address in one of them may come in. Empty for everybody.
    oidc_mail_domains: str = Field(default="", max_length=5000)
    #: The claim whose values ``oidc_roles`` maps to roles, as a JSON object; without it, roles are left to admins.
    oidc_role_claim: str = Field(default="", max_length=200)
    oidc_roles: str = Field(default="", max_length=20_000)
    #: Whether the provider decides who is an admin, too.
    oidc_admins: bool = False
    #: Longest submitted source.
    max_source: int = Field(default=Limits.source, ge=1, le=Limits.source)
    #: Longest request body; JSON may write one byte of source as six.
    max_body: int = Field(default=2 << 20, ge=1024, le=64 << 20)
    #: Longest zip archive of a problem folder that instructors may upload.
    max_upload: int = Field(default=4 << 20, ge=1024, le=64 << 20)
    #: How long jobs of the check of one upload may take in all, while learners' attempts want the same lanes.
    max_check_seconds: float = Field(default=1800.0, gt=0, le=86_400)
    #: Upper bounds of what a problem's ``[limits]`` may ask for, and of what it gets when it asks for nothing.
    max_trace_seconds: float = Field(default=60.0, gt=0, le=120)
    max_evaluate_seconds: float = Field(default=120.0, gt=0, le=300)
    max_memory_mb: int = Field(default=4096, ge=256, le=65536)
    max_cpu_seconds: float = Field(default=121.0, ge=1, le=600)
    max_output_kb: int = Field(default=Limits.output // 1024, ge=1, le=65536)
    max_threads: int = Field(default=Limits.threads, ge=64, le=Limits.threads)
    max_artifact_kb: int = Field(default=2 * Limits.artifact // 1024, ge=16, le=65536)
    max_operations: int = Field(default=2 * Limits.operations, ge=100, le=1_000_000)
    max_leaves: int = Field(default=Limits.leaves, ge=1, le=Limits.leaves)
    max_depth: int = Field(default=Limits.depth, ge=1, le=Limits.depth)
    max_result_mb: int = Field(default=Limits.result >> 20, ge=1, le=1024)

    @field_validator("queues")
    @classmethod
    def _refuse_unknown_queues(cls, text: str) -> str:
        named = [name.strip() for name in text.split(",") if name.strip()]
        if set(named) - set(QUEUES):
            raise PydanticCustomError("queues", "there are the queues cpu and gpu")
        return ",".join(named)

    @field_validator("gpus")
    @classmethod
    def _refuse_unknown_gpus(cls, text: str) -> str:
        try:
            gpus.parse(text)
        except ValueError as error:
            raise PydanticCustomError("gpus", "{why}", {"why": str(error)}) from error
        return text

    @field_validator("webhook_networks")
    @classmethod
    def _refuse_unknown_networks(cls, text: str) -> str:
        try:
            addresses.parse(text)
        except ValueError as error:
            raise PydanticCustomError("networks", "{why}", {"why": str(error)}) from error
        return text

    @model_validator(mode="after")
    def _refuse_work_for_nobody(self) -> Settings:
        if not self.database_url and (self.workers == 0 or self.queues):
            raise PydanticCustomError(
                "workers",
                "without DATABASE_URL this process judges everything: WORKERS has to be 1 or more, and QUEUES left out",
            )
        if "gpu" in self.queues.split(",") and not self.gpus:
            raise PydanticCustomError("queues", "the queue gpu is for a process with GPUS")
        return self

    def origin(self, name: str) -> Origin:
        """Where the value of the setting ``name`` comes from."""
        if name in self._ordered:
            return "command"
        return "environment" if name in self.model_fields_set else "default"

    def takes(self) -> tuple[Queue, ...]:
        """The queues whose work this process does: all of it where there is no other process."""
        named = tuple(name for name in QUEUES if name in self.queues.split(","))
        return named or (QUEUES if self.gpus or not self.database_url else ("cpu",))

    @model_validator(mode="after")
    def _refuse_half_of_a_mail(self) -> Settings:
        if self.smtp_url and not (self.mail_from and self.public_url):
            raise PydanticCustomError("mail", "with SMTP_URL, MAIL_FROM and PUBLIC_URL have to be set too")
        return self

    @field_validator("metrics_token")
    @classmethod
    def _refuse_short_tokens(cls, token: SecretStr) -> SecretStr:
        text = token.get_secret_value()
        if text and not (len(text) >= _SHORTEST_TOKEN and text.isascii() and text.isprintable() and " " not in text):
            raise PydanticCustomError(
                "token", "it has to have 16 or more letters, digits and signs; 'openssl rand -hex 32' makes one"
            )
        return token

    @model_validator(mode="after")
    def _refuse_half_of_a_provider(self) -> Settings:
        try:
            options.read(self)
        except ValueError as error:
            raise PydanticCustomError("oidc", "{why}", {"why": str(error)}) from error
        return self

    @field_validator("smtp_url")
    @classmethod
    def _refuse_half_of_a_server(cls, text: str) -> str:
        try:
            server = urlsplit(text)
            usable = not text or (server.hostname and server.port != 0)
        except ValueError:
            usable = False
        if not usable:
            raise PydanticCustomError("smtp", "it is no address of a server, such as smtps://user:password@host:465")
        return text

    @field_validator("database_url")
    @classmethod
    def _refuse_unknown_databases(cls, text: str) -> str:
        try:
            url = urlsplit(text)
            whole = not text or (url.scheme and "://" in text and url.port != 0)
        except ValueError:
            whole = False
        if not whole:
            why = "it is no address of a database, such as postgresql://allclose@localhost/allclose"
            raise PydanticCustomError("database", "{why}", {"why": why})
        if text and url.scheme != "postgresql":
            raise PydanticCustomError(
                "database", "only postgresql:// is known; leave it out for SQLite in the data directory"
            )
        return text

    @field_validator("data_dir", "problems_dir", mode="before")
    @classmethod
    def _refuse_empty(cls, path: object) -> object:
        """An empty path would be the directory the process happens to be in."""
        if isinstance(path, str) and not path.strip():
            raise PydanticCustomError("empty_path", "the name of a folder is missing")
        return path


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process: ``overrides`` (a command line's options), else the environment, else defaults.

    Raises:
        SettingsInvalid: a value is malformed or out of range.
    """
    try:
        made = Settings(**overrides)
    except ValidationError as error:
        # What is wrong with several together has no one place.
        lines = [
            f"  {_variable(fault['loc']) + ': ' if fault['loc'] else ''}{fault['msg']}" for fault in error.errors()
        ]
        raise SettingsInvalid("\n".join(["These settings cannot be used; correct or unset them:", *lines])) from error
    made._ordered = frozenset(overrides)  # noqa: SLF001 - it is this module's
    return made


def _variable(location: tuple[int | str, ...]) -> str:
    return PREFIX + ("_".join(str(part) for part in location).upper() or "*")
