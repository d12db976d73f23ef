"""The engine for many processes: Procrastinate on PostgreSQL brings each queued attempt to one of the workers.

Invariant: a job only says which attempt, and whoever gets it claims it first; what a dead worker held is found by the
sweep in every other one. Blocking work is done in threads, so that heartbeats go on whatever is judged. A database that
goes away ends the delivery, which begins again until it is back.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import procrastinate
import structlog
from procrastinate.jobs import Status
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app.attempts import delivery
from app.database.db import Database, now
from app.engine import jobs, workers
from app.engine.claims import Claims
from app.engine.workers import BEAT_SECONDS, DEAD_SECONDS, Worker

log = structlog.get_logger()

#: Seconds between looks for attempts that wait without a job.
_LOOK_SECONDS = 30.0
#: … of which so many get one at a time.
_AT_ONCE = 100
#: Seconds between looks for jobs when none was announced.
_POLL_SECONDS = 5.0
#: Seconds before the delivery begins again after a fault.
_PAUSE_SECONDS = 2.0
#: How long a job waits here for a sandbox that can run something, before another worker may have it.
_TROUBLE_SECONDS = 5.0
#: Longest wait for a worker whose sandbox has been closed.
_JOIN_SECONDS = 10.0
#: Connections of the delivery: one at a time each for fetching, finishing and heartbeats.
_CONNECTIONS = 4

# A worker says what becomes of every job; what becomes of attempts we say ourselves.
logging.getLogger("procrastinate").setLevel(logging.ERROR)


class ScaleOutEngine:
    """One of the workers on a shared database."""

    def __init__(  # noqa: PLR0913
        self,
        database: Database,
        url: str,
        claims: Claims,
        worker: Worker,
        *,
        trouble: Callable[[], str],
        grace_seconds: float,
    ) -> None:
        """Nothing runs before ``start``.

        Args:
            database: where attempts are kept.
            url: its address, for connections of the delivery's own.
            claims: what this process holds.
            worker: this process.
            trouble: why nothing can be judged for now, empty if it can: other workers get the attempts so long.
            grace_seconds: how long a stop lets running attempts finish.
        """
        self._database = database
        self._url = url
        self._claims = claims
        self._worker = worker
        self._trouble = trouble
        self._grace_seconds = grace_seconds
        self._stopping = threading.Event()
        self._left = threading.Event()
        self._threads = [
            threading.Thread(target=self._deliver, name="delivery", daemon=True),
            threading.Thread(target=self._keep_alive, name="heartbeat", daemon=True),
        ]
        # Guarded by _lock.
        self._lock = threading.Lock()
        self._stop_delivery: Callable[[], object] | None = None

    def start(self) -> None:
        """Say that this worker is there, queue what the dead have left, and begin."""
        self._beat()
        self._claims.sweep()
        for thread in self._threads:
            thread.start()

    def notify(self) -> None:
        """Nothing is to do: the database tells workers of new jobs."""

    def stop(self) -> None:
        """Fetch nothing more, wait ``grace_seconds`` for running attempts, then queue again what is left."""
        self._claims.close()
        with self._lock:
            self._stopping.set()
            if self._stop_delivery is not None:
                self._stop_delivery()
        self._threads[0].join(self._grace_seconds)
        with suppress(SQLAlchemyError):  # if the database is away, others find it when it is back
            self._claims.hand_back()
        self._left.set()

    def join(self) -> None:
        """Wait for what ``stop`` left behind; call it once nothing it waits for can go on."""
        deadline = time.monotonic() + _JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            if thread.is_alive():
                log.warning("engine.worker_stuck", thread=thread.name)
        with suppress(SQLAlchemyError), self._database.write() as session:
            workers.leave(session, self._worker)

    def _keep_alive(self) -> None:
        """Say that this worker lives, until it has let go of everything, and look for what the dead have left."""
        looked = 0.0
        while not self._left.wait(BEAT_SECONDS):
            try:
                self._beat()
                if self._stopping.is_set():
                    continue
                self._claims.sweep()
                if time.monotonic() - looked > _LOOK_SECONDS:
                    self._defer_forgotten()
                    looked = time.monotonic()
            except Exception:
                log.exception("engine.fault")

    def _beat(self) -> None:
        with self._database.write() as session:
            workers.beat(session, self._worker, self._trouble())
            workers.forget(session)

    def _defer_forgotten(self) -> None:
        with self._database.write() as session:
            for attempt_id in jobs.without_one(session, _AT_ONCE):
                log.warning("attempt.without_job", attempt=attempt_id)
                jobs.defer(session, attempt_id)

    def _deliver(self) -> None:
        asyncio.run(self._deliver_until_stopped())

    async def _deliver_until_stopped(self) -> None:
        loop = asyncio.get_running_loop()
        # Jobs run in the loop's own threads, of which there are few by default.
        loop.set_default_executor(ThreadPoolExecutor(self._worker.slots + 1, "worker"))
        while not self._stopping.is_set():
            try:
                await self._deliver_while_connected(loop)
            except asyncio.CancelledError:
                return
            except Exception:
                log.exception("engine.fault")
                await asyncio.to_thread(self._stopping.wait, _PAUSE_SECONDS)

    async def _deliver_while_connected(self, loop: asyncio.AbstractEventLoop) -> None:
        connector = procrastinate.PsycopgConnector(conninfo=self._url, min_size=1, max_size=_CONNECTIONS)
        app = procrastinate.App(connector=connector)
        app.task(name=jobs.TASK)(self._judge)
        async with app.open_async():
            await self._drop_stalled(app)
            task = asyncio.ensure_future(
                app.run_worker_async(
                    queues=self._worker.queues,
                    name=self._worker.name,
                    concurrency=self._worker.slots,
                    fetch_job_polling_interval=_POLL_SECONDS,
                    delete_jobs="always",
                    install_signal_handlers=False,
                    update_heartbeat_interval=BEAT_SECONDS,
                    stalled_worker_timeout=DEAD_SECONDS,
                )
            )
            with self._lock:
                if self._stopping.is_set():
                    task.cancel()
                self._stop_delivery = lambda: loop.call_soon_threadsafe(task.cancel)
            dropping = asyncio.ensure_future(self._drop_stalled_forever(app))
            try:
                await task
            finally:
                dropping.cancel()
                with self._lock:
                    self._stop_delivery = None

    async def _drop_stalled_forever(self, app: procrastinate.App) -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            try:
                await self._drop_stalled(app)
            except Exception:
                log.exception("engine.fault")

    async def _drop_stalled(self, app: procrastinate.App) -> None:
        """Delete jobs that dead workers had fetched; their attempts are found by the sweep, and get new ones."""
        manager = app.job_manager
        for job in await manager.get_stalled_jobs(seconds_since_heartbeat=DEAD_SECONDS):
            assert job.id is not None
            with suppress(procrastinate.exceptions.ConnectorException):  # another worker was faster
                await manager.finish_job_by_id_async(job_id=job.id, status=Status.FAILED, delete_job=True)

    def _judge(self, attempt_id: str) -> None:
        """Claim the attempt of a job, and judge it; or leave it to others while nothing can be judged here."""
        deadline = time.monotonic() + _TROUBLE_SECONDS
        while self._trouble() and time.monotonic() < deadline and not self._stopping.wait(0.5):
            pass
        try:
            if self._stopping.is_set() or self._trouble():
                with self._database.write() as session:
                    jobs.defer(session, attempt_id, at=now() + timedelta(seconds=0.5))
                return

            def take(session: Session, claim: str, worker_id: str) -> str | None:
                return delivery.claim_one(session, attempt_id, claim, worker_id)

            self._claims.work(take)
        except Exception:
            # The database failed. The attempt is queued, or found by the sweep; its job would say nothing more.
            log.exception("engine.fault", attempt=attempt_id)
