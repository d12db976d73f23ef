"""What is read at the moment somebody asks: queue, lanes, streams, connections, versions.

Invariant: nothing here scans what has ended. Reading the queue takes the index of what has not, so that it costs as
much as the queue is long; and a database that does not answer takes its own figures away and no others.
"""

from __future__ import annotations

import platform
from collections.abc import Iterable
from dataclasses import dataclass

import structlog
from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from app.attempts import service
from app.attempts.streams import Streams
from app.database.db import Database, now
from app.metrics.instruments import KINDS
from sandbox.jobs import Sandbox

log = structlog.get_logger()


@dataclass(frozen=True)
class Sources:
    """What figures are read from."""

    database: Database
    sandbox: Sandbox
    streams: Streams


class Queue(Collector):
    """How much waits and runs, whichever process holds it."""

    def __init__(self, database: Database) -> None:
        """Read from ``database``."""
        self._database = database

    def collect(self) -> Iterable[Metric]:
        """Whether the database answers; if it does, the queue. Nothing while every connection is in use."""
        used, most = self._database.connections()
        if used >= most:
            return  # whoever waits for one here gets no figure at all, and this one is among the others
        up = GaugeMetricFamily("allclose_database_up", "1 if the database answers.")
        try:
            with self._database.read() as session:
                found = service.unfinished(session)
        except SQLAlchemyError as error:
            log.warning("metrics.no_database", error=type(error).__name__)
            up.add_metric((), 0)
            yield up
            return
        up.add_metric((), 1)
        yield up
        labels = ("kind",)
        queued = GaugeMetricFamily("allclose_attempts_queued", "Attempts and runs in the queue.", labels=labels)
        running = GaugeMetricFamily("allclose_attempts_running", "Attempts and runs being judged.", labels=labels)
        oldest = GaugeMetricFamily(
            "allclose_queue_oldest_age_seconds",
            "Since the oldest queued one was submitted; 0 if none is.",
            labels=labels,
        )
        moment = now()
        for kind in KINDS:
            waits, since = found.get((kind, "queued"), (0, moment))
            queued.add_metric((kind,), waits)
            running.add_metric((kind,), found.get((kind, "running"), (0, moment))[0])
            oldest.add_metric((kind,), max((moment - since).total_seconds(), 0.0))
        yield from (queued, running, oldest)


class Process(Collector):
    """What this process holds: lanes of the sandbox, event streams, connections, and what it is."""

    def __init__(self, sources: Sources, build: dict[str, str]) -> None:
        """Read from ``sources``; ``build`` says which program runs."""
        self._sources = sources
        self._build = build

    def collect(self) -> Iterable[Metric]:
        """Everything, without waiting for anything."""
        lanes = self._sources.sandbox.lanes()
        state = GaugeMetricFamily("allclose_sandbox_lanes", "Lanes of the sandbox, by state.", labels=("state",))
        state.add_metric(("warm",), lanes.warm)
        state.add_metric(("busy",), lanes.busy)
        yield state
        yield GaugeMetricFamily("allclose_sandbox_lanes_wanted", "Lanes there should be.", lanes.wanted)
        yield CounterMetricFamily("allclose_sandbox_lane_starts", "Lanes that were started.", lanes.started)
        yield CounterMetricFamily(
            "allclose_sandbox_lane_start_failures", "Times that no lane could be started.", lanes.failed
        )
        yield GaugeMetricFamily(
            "allclose_event_streams_open", "Attempts that are watched through this process.", self._sources.streams.open
        )
        used, most = self._sources.database.connections()
        yield GaugeMetricFamily("allclose_database_connections_used", "Connections in use.", used)
        yield GaugeMetricFamily("allclose_database_connections_limit", "Connections there may be.", most)
        yield InfoMetricFamily("allclose_build", "Which program this is.", self._build)


def register(registry: CollectorRegistry, sources: Sources, version: str) -> None:
    """Have ``registry`` read from ``sources``, and say that they are of this ``version``."""
    toolchain = sources.sandbox.describe()
    build = {"version": version, "python": platform.python_version(), "jax": toolchain.get("jax", "")}
    registry.register(Queue(sources.database))
    registry.register(Process(sources, build))
