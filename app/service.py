"""The running service: everything that is opened at start and closed at the end, in order.

Invariant: it opens only if the database is this process's own, the schema is the newest, and a wall stands around
learner code; otherwise it refuses with a message that says what to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from app.attempts.delivery import RetryPolicy
from app.attempts.execute import Workplace, execute_attempt
from app.attempts.streams import Streams
from app.database import migrate, outputs
from app.database.db import Database
from app.database.place import owned
from app.engine.chores import Chore, Chores
from app.engine.embedded import Crew, EmbeddedEngine
from app.engine.engine import Engine
from app.errors import StartRefused
from app.oidc import options
from app.oidc.provider import Provider
from app.pipeline import Pipeline, production
from app.problems import catalogue
from app.settings import Settings
from app.walls import open_sandbox
from sandbox.jobs import Sandbox, SandboxUnavailable


@dataclass(frozen=True)
class Service:
    """What routes need.

    Attributes:
        chores: work beside attempts that this process does in the background.
        streams: who watches attempts through this process.
        provider: the single sign-on; None where the operator has chosen none.
        mailer: sends mails, one after the other, so that a slow server holds up nothing else.
        toolchain: ``Sandbox.describe()``, asked once: it does not change while the process lives.
        weaker: promises that do not hold on this machine, one sentence each.
        unpublished: problem folders that could not be published at start.
    """

    settings: Settings
    workplace: Workplace
    engine: Engine
    chores: Chores
    streams: Streams
    provider: Provider | None
    mailer: Executor
    toolchain: Mapping[str, str]
    weaker: Sequence[str]
    unpublished: Sequence[str]

    @property
    def database(self) -> Database:
        """Where attempts are kept."""
        return self.workplace.database


@contextmanager
def open_service(
    settings: Settings, sandbox: Sandbox | None = None, pipeline: Pipeline | None = None
) -> Iterator[Service]:
    """Open the service, and close it when the block ends.

    Args:
        settings: the operator's.
        sandbox: used and closed instead of the local one.
        pipeline: used instead of the real one.

    Raises:
        StartRefused: it cannot run here and now.
    """
    pipeline = pipeline or production()
    policy = RetryPolicy(settings.max_tries, settings.retry_seconds)
    with ExitStack() as stack:
        database, owns = stack.enter_context(owned(settings))
        migrate.upgrade(database)
        try:
            walls: Sandbox = sandbox or open_sandbox(settings, settings.workers, outputs.opened(settings))
        except SandboxUnavailable as error:
            raise StartRefused(f"No code can be run here: {error}") from error
        published = catalogue.reader(database, pipeline.load, settings)
        streams = Streams()
        workplace = Workplace(database, pipeline, published, walls, policy, streams.wake)
        engine = EmbeddedEngine(
            database,
            partial(execute_attempt, workplace=workplace),
            policy=policy,
            trouble=walls.trouble,
            owns=owns,
            crew=Crew(settings.workers, settings.grace_seconds),
        )
        chores = Chores(_chores())
        # Closing goes backwards: hand attempts back, end what still runs, and only then leave the database.
        stack.callback(chores.join)
        stack.callback(engine.join)
        stack.callback(walls.close)
        unpublished = catalogue.publish_all(settings, database, pipeline, walls)
        engine.start()
        stack.callback(engine.stop)
        chores.start()
        stack.callback(chores.stop)
        chosen = options.read(settings)
        provider = None if chosen is None else Provider(chosen)
        mailer = ThreadPoolExecutor(1, "mailer")
        stack.callback(mailer.shutdown, wait=False, cancel_futures=True)
        stack.callback(streams.close)
        yield Service(
            settings,
            workplace,
            engine,
            chores,
            streams,
            provider,
            mailer,
            walls.describe(),
            walls.promises(),
            unpublished,
        )


def _chores() -> Mapping[str, Chore]:
    """What is done in the background, by name."""
    return {}


def _of(request: Request) -> Service:
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(_of)]
