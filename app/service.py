"""The running service: everything that is opened at start and closed at the end, in order.

Invariant: it opens only if it may work on the database, the schema is the newest, and a wall stands around learner code
where any is run; otherwise it refuses with a message that says what to do.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.attempts import events
from app.attempts.delivery import RetryPolicy
from app.attempts.execute import Workplace, execute_attempt
from app.attempts.streams import Streams
from app.database import migrate, outputs
from app.database.db import Database
from app.database.listening import Listener
from app.database.place import owned
from app.engine import workers
from app.engine.chores import Chore, Chores
from app.engine.claims import Claims
from app.engine.elsewhere import NoEngine, NoSandbox
from app.engine.embedded import EmbeddedEngine
from app.engine.engine import Engine
from app.engine.retention import Retention
from app.engine.scale_out import ScaleOutEngine
from app.errors import StartRefused
from app.metrics import collectors
from app.metrics.collectors import Sources
from app.metrics.instruments import Metrics
from app.oidc import options
from app.oidc.provider import Provider
from app.pipeline import Pipeline, production
from app.problems import catalogue, tracks
from app.problems.catalogue import Catalogue
from app.problems.tracks import Track
from app.problems.uploads.checks import Bench, check_next
from app.rejudge import work as rejudging
from app.settings import QUEUES, Settings
from app.walls import open_sandbox
from app.webhooks.chores import chores as webhook_chores
from sandbox.jobs import Sandbox, SandboxUnavailable

#: Seconds for which a start proves new problems before it goes on in the background: whoever opens the first page of a
#: new service should find something there.
_PATIENCE = 5.0


@dataclass(frozen=True)
class Service:
    """What routes need.

    Attributes:
        chores: work beside attempts that this process does in the background.
        streams: who watches attempts through this process.
        metrics: what this process has counted, and reads when it is asked.
        provider: the single sign-on; None where the operator has chosen none.
        mailer: sends mails, one after the other, so that a slow server holds up nothing else.
        toolchain: ``Sandbox.describe()``, asked once: it does not change while the process lives.
        weaker: promises that do not hold on this machine, one sentence each.
        catalogue: the operator's problem folders, and which of them are not served (yet).
        tracks: the order of the problems, as it was at start.
    """

    settings: Settings
    workplace: Workplace
    engine: Engine
    chores: Chores
    streams: Streams
    metrics: Metrics
    provider: Provider | None
    mailer: Executor
    toolchain: Mapping[str, str]
    weaker: Sequence[str]
    catalogue: Catalogue
    tracks: Sequence[Track]

    @property
    def database(self) -> Database:
        """Where attempts are kept."""
        return self.workplace.database

    def unattended(self, session: Session) -> Sequence[str]:
        """Problem folders for a device that this process has none of, while no worker that has one is there.

        Empty where this process judges nothing: then it reads no folders, and workers tell.
        """
        others = [queue for queue in QUEUES if queue not in self.settings.takes()]
        return () if all(workers.slots(session, queue) for queue in others) else self.catalogue.elsewhere


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
        database = stack.enter_context(owned(settings))
        migrate.upgrade(database)
        walls = sandbox or _sandbox(settings)
        published = catalogue.reader(database, pipeline.load, settings)
        streams = Streams()
        if settings.database_url:
            listener = Listener(settings.database_url, events.CHANNEL, streams.wake)
            listener.start()
            stack.callback(listener.stop)
        metrics = Metrics()
        collectors.register(metrics.registry, Sources(database, walls, streams), version("allclose"))
        workplace = Workplace(database, pipeline, published, walls, policy, streams.wake, metrics)
        engine = _engine(settings, workplace)
        leaving = threading.Event()
        ladder = tracks.load(settings.problems_dir)
        folders = Catalogue(settings, database, pipeline, walls, leaving.is_set)
        chores = Chores(_chores(settings, workplace, folders, leaving.is_set))
        # Closing goes backwards: hand attempts back, end what still runs, and only then leave the database.
        stack.callback(chores.join)
        stack.callback(engine.join)
        stack.callback(walls.close)
        if settings.workers:
            folders.open([slug for track in ladder for slug in track.problems])
            deadline = time.monotonic() + _PATIENCE
            while time.monotonic() < deadline and folders.publish_next():
                pass
        engine.start()
        stack.callback(engine.stop)
        chores.start()
        stack.callback(chores.stop)
        stack.callback(leaving.set)
        chosen = options.read(settings)
        provider = None if chosen is None else Provider(chosen)
        mailer = ThreadPoolExecutor(1, "mailer")
        stack.callback(mailer.shutdown, wait=False, cancel_futures=True)
        stack.callback(streams.close)
        yield Service(
            settings=settings,
            workplace=workplace,
            engine=engine,
            chores=chores,
            streams=streams,
            metrics=metrics,
            provider=provider,
            mailer=mailer,
            toolchain=walls.describe(),
            weaker=walls.promises(),
            catalogue=folders,
            tracks=ladder,
        )


def _sandbox(settings: Settings) -> Sandbox:
    """What runs code in this process.

    Raises:
        StartRefused: no wall can be built.
    """
    if not settings.workers:
        return NoSandbox()
    try:
        return open_sandbox(settings, settings.workers, outputs.opened(settings))
    except SandboxUnavailable as error:
        raise StartRefused(f"No code can be run here: {error}") from error


def _engine(settings: Settings, workplace: Workplace) -> Engine:
    """What brings attempts to this process; it is not started."""
    if not settings.workers:
        return NoEngine()
    database, walls = workplace.database, workplace.sandbox
    worker = workers.new(settings.takes(), settings.workers, walls.describe())
    claims = Claims(
        database, partial(execute_attempt, workplace=workplace), workplace.policy, worker.id, workplace.metrics
    )
    trouble, grace = walls.trouble, settings.grace_seconds
    if database.is_sqlite:
        return EmbeddedEngine(database, claims, worker, trouble=trouble, grace_seconds=grace)
    return ScaleOutEngine(database, settings.database_url, claims, worker, trouble=trouble, grace_seconds=grace)


def _chores(
    settings: Settings, workplace: Workplace, folders: Catalogue, leaving: Callable[[], bool]
) -> Mapping[str, Chore]:
    """What is done in the background, by name; ``leaving`` says whether the service is being closed."""
    database = workplace.database
    chores: dict[str, Chore] = {"retention": Retention(settings, database, workplace.published)}
    chores |= webhook_chores(database, settings)
    if settings.workers:  # these run code
        bench = Bench(settings, workplace, workplace.sandbox.describe(), leaving)
        again = partial(rejudging.step, workplace, settings.takes(), leaving)
        chores |= {"publishing": folders.publish_next, "rejudging": again, "uploads": partial(check_next, bench)}
    return chores


def _of(request: Request) -> Service:
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


ServiceDep = Annotated[Service, Depends(_of)]
