"""What every engine promises: the embedded one on SQLite, and the one for many processes on PostgreSQL.

Nothing is lost, nothing is judged twice, and our faults are never charged.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from sqlalchemy import text, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app.attempts import delivery, service
from app.attempts.execute import Workplace, execute_attempt
from app.attempts.models import Attempt
from app.database.blobs import Blob
from app.database.db import Database
from app.engine import embedded, scale_out, workers
from app.engine.claims import Claims
from app.engine.embedded import EmbeddedEngine
from app.engine.engine import Engine
from app.engine.scale_out import ScaleOutEngine
from app.problems import catalogue
from app.problems.tables import ProblemVersion
from app.settings import Settings
from tests.service import fakes
from tests.service.fakes import POLICY, FakeJudge, FakeSandbox

Done = Callable[[str], Attempt]
Engines = Callable[..., Engine]


@pytest.fixture
def workplace(database: Database, judge: FakeJudge) -> Workplace:
    pipeline = fakes.pipeline(judge)
    published = catalogue.reader(database, pipeline.load, Settings())
    return Workplace(database, pipeline, published, FakeSandbox(), POLICY)


@pytest.fixture
def engines(workplace: Workplace, database_url: str, judge: FakeJudge) -> Iterator[Engines]:
    """Make engines of the database's kind; they are stopped at the end."""
    made: list[Engine] = []

    def make(slots: int = 2) -> Engine:
        worker = workers.new(["cpu"], slots, {})
        claims = Claims(workplace.database, partial(execute_attempt, workplace=workplace), POLICY, worker.id)
        trouble = workplace.sandbox.trouble
        if database_url:
            made.append(
                ScaleOutEngine(workplace.database, database_url, claims, worker, trouble=trouble, grace_seconds=0.0)
            )
        else:
            made.append(EmbeddedEngine(workplace.database, claims, worker, trouble=trouble, grace_seconds=0.0))
        return made[-1]

    yield make
    judge.gate.set()
    for engine in made:
        engine.stop()
        engine.join()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses of production between heartbeats and sweeps would only make tests slow."""
    monkeypatch.setattr(scale_out, "BEAT_SECONDS", 0.1)


@pytest.fixture
def done(database: Database) -> Done:
    """Wait until an attempt is done."""

    def wait(attempt_id: str) -> Attempt:
        pause = threading.Event()
        for _ in range(6000):
            attempt = load(database, attempt_id)
            if attempt.state == "done":
                return attempt
            pause.wait(0.01)
        raise TimeoutError(f"{attempt_id} is {attempt.state}")

    return wait


def submit(database: Database, source: bytes, kind: service.Kind = "grade") -> str:
    with database.write() as session:
        return service.submit(session, None, service.Submitted(kind, "add_one", source)).id


def load(database: Database, attempt_id: str) -> Attempt:
    with database.read() as session:
        return session.get_one(Attempt, attempt_id)


def _await_listener(database: Database) -> None:
    """Wait until a worker hears of new jobs; what comes between its first look and that waits for its next look."""
    listening = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query ILIKE 'LISTEN%'"
    pause = threading.Event()
    for _ in range(3000 if database.engine.dialect.name == "postgresql" else 0):
        with database.read() as session:
            if session.scalar(text(listening)):
                return
        pause.wait(0.01)


def test_what_is_submitted_is_judged(
    database: Database, engines: Engines, done: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker asleep would not wake for a new attempt; without a call the next look is an hour away."""
    monkeypatch.setattr(embedded, "POLL_SECONDS", 3600.0)
    monkeypatch.setattr(scale_out, "_POLL_SECONDS", 3600.0)
    engine = engines()
    engine.start()
    _await_listener(database)
    for source, verdict in [(b"right", "accepted"), (b"wrong", "wrong_answer")] * 10:
        attempt_id = submit(database, source)
        engine.notify()
        assert done(attempt_id).verdict == verdict


@pytest.mark.parametrize("source", [b"unavailable", b"bug", b"silent"])
def test_our_faults_are_retried_and_never_charged(
    database: Database, engines: Engines, done: Done, judge: FakeJudge, source: bytes
) -> None:
    """A broken sandbox or a bug of ours would look like the learner's mistake."""
    attempt_id = submit(database, source)
    engines().start()
    attempt = done(attempt_id)
    assert (attempt.verdict, attempt.reason, attempt.report) == ("internal_error", None, None)
    assert judge.judged == [source] * POLICY.max_tries


def test_attempts_wait_while_no_sandbox_can_be_started(
    database: Database, engines: Engines, done: Done, workplace: Workplace, judge: FakeJudge
) -> None:
    """A stopped Docker daemon would use up the tries of everything in the queue."""
    walls = workplace.sandbox
    assert isinstance(walls, FakeSandbox)
    walls.down = "the Docker daemon does not answer"
    attempt_id = submit(database, b"right")
    engines().start()
    threading.Event().wait(0.3)
    assert (load(database, attempt_id).state, judge.judged) == ("queued", [])
    walls.down = ""
    attempt = done(attempt_id)
    assert (attempt.verdict, attempt.tries) == ("accepted", 1)


def test_an_attempt_that_found_no_sandbox_has_not_been_tried(database: Database, workplace: Workplace) -> None:
    """A daemon that stops between the look and the claim would cost a try of its own."""
    attempt_id = submit(database, b"down")
    with database.write() as session:
        delivery.claim_next(session, "claim")
    execute_attempt(attempt_id, "claim", workplace)
    attempt = load(database, attempt_id)
    assert (attempt.state, attempt.tries, attempt.claim) == ("queued", 0, None)


def test_a_fault_is_noted_by_whoever_meets_it(database: Database, workplace: Workplace) -> None:
    """A failed try would be found by the sweep only, and pass for the death of the server."""
    attempt_id = submit(database, b"unavailable")
    with database.write() as session:
        delivery.claim_next(session, "claim")
    execute_attempt(attempt_id, "claim", workplace)
    attempt = load(database, attempt_id)
    assert (attempt.state, attempt.tries) == ("queued", 1)
    assert "tried again" in (attempt.message or "")


def test_a_lost_claim_is_not_even_judged(database: Database, workplace: Workplace, judge: FakeJudge) -> None:
    """A late delivery would keep a sandbox busy for nothing."""
    execute_attempt(submit(database, b"right"), "never claimed", workplace)
    assert judge.judged == []


def test_a_run_that_we_cannot_run_says_so(database: Database, engines: Engines, done: Done) -> None:
    """A learner would wait for a run that nobody works on."""
    attempt_id = submit(database, b"unavailable", "run")
    engines().start()
    assert done(attempt_id).verdict == "internal_error"


def test_a_crash_between_claim_and_save_is_healed_at_the_next_start(
    database: Database, engines: Engines, done: Done
) -> None:
    """An attempt in flight when the server is killed would be lost."""
    attempt_id = submit(database, b"right")
    with database.write() as session:
        assert delivery.claim_next(session, "of a process that is dead") == attempt_id
    engines().start()
    attempt = done(attempt_id)
    assert (attempt.verdict, attempt.tries) == ("accepted", 2)


def test_starting_finds_what_is_lost_before_anybody_works(
    database: Database, workplace: Workplace, engines: Engines
) -> None:
    """While workers are busy nobody sweeps, and a lost attempt would wait for a quiet hour."""
    attempt_id = submit(database, b"right")
    with database.write() as session:
        delivery.claim_next(session, "of a process that is dead")
    walls = workplace.sandbox
    assert isinstance(walls, FakeSandbox)
    walls.down = "nobody works yet"
    engines().start()
    assert load(database, attempt_id).state == "queued"


def test_a_verdict_that_cannot_be_saved_is_not_lost(
    database: Database, engines: Engines, done: Done, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A database that fails for a moment would leave the attempt running, with nobody at it, until a restart."""
    finish, fail_try = delivery.finish, delivery.fail_try
    broken = [True, True]

    def flaky(original: Callable[..., bool]) -> Callable[..., bool]:
        def call(session: Session, *rest: object, **more: object) -> bool:
            if broken:
                broken.pop()
                raise OperationalError("disk", None, Exception("full"))
            return original(session, *rest, **more)

        return call

    monkeypatch.setattr(delivery, "finish", flaky(finish))
    monkeypatch.setattr(delivery, "fail_try", flaky(fail_try))
    monkeypatch.setattr(embedded, "POLL_SECONDS", 0.05)
    attempt_id = submit(database, b"right")
    engines().start()
    assert done(attempt_id).verdict == "accepted"
    assert not broken


def test_the_sweep_leaves_living_workers_alone(
    database: Database,
    engines: Engines,
    done: Done,
    judge: FakeJudge,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A long attempt would be started again while it is still running."""
    monkeypatch.setattr(embedded, "POLL_SECONDS", 0.01)
    waiting = submit(database, b"wait")
    engine = engines()
    engine.start()
    assert judge.entered.wait(60)
    for _ in range(20):
        other = submit(database, b"right")
        engine.notify()
        done(other)
    judge.gate.set()
    assert done(waiting).tries == 1
    assert judge.judged.count(b"wait") == 1


def test_a_stopping_engine_hands_back_what_it_cannot_finish(
    database: Database, engines: Engines, done: Done, judge: FakeJudge
) -> None:
    """An attempt would be stuck after a restart, or get a verdict from the worker that was given up."""
    attempt_id = submit(database, b"wait")
    engine = engines()
    engine.start()
    assert judge.entered.wait(60)
    engine.stop()
    attempt = load(database, attempt_id)
    assert (attempt.state, attempt.claim, attempt.tries) == ("queued", None, 0)
    judge.gate.set()
    engine.join()
    assert load(database, attempt_id).state == "queued"
    engines().start()
    attempt = done(attempt_id)
    assert (attempt.verdict, attempt.tries) == ("accepted", 1)


def test_a_stopped_engine_takes_nothing_new(database: Database, engines: Engines, judge: FakeJudge) -> None:
    """A server would start what it has no time to finish."""
    engine = engines()
    engine.start()
    engine.stop()
    engine.join()
    submit(database, b"right")
    engine.notify()
    assert judge.judged == []


def test_no_transaction_is_open_while_code_runs(database: Database, workplace: Workplace, judge: FakeJudge) -> None:
    """One slow submission would lock every other out of the database."""
    attempt_id = submit(database, b"wait")
    with database.write() as session:
        delivery.claim_next(session, "claim")
    worker = threading.Thread(target=execute_attempt, args=(attempt_id, "claim", workplace))
    worker.start()
    assert judge.entered.wait(60)
    with database.write() as session:
        assert session.query(Attempt).count() == 1
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    judge.gate.set()
    worker.join()


def test_content_that_cannot_be_read_is_our_fault(database: Database, engines: Engines, done: Done) -> None:
    """A damaged database would end the worker, or blame the learner."""
    attempt_id = submit(database, b"right")
    with database.write() as session:
        content = session.query(ProblemVersion).one().content_sha256
        session.execute(update(Blob).where(Blob.sha256 == content).values(content=b"\0"))
    engines().start()
    assert done(attempt_id).verdict == "internal_error"
