"""Several processes on one PostgreSQL database: attempts reach whoever lives, events whoever watches."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx2
import psycopg
import pytest
from sqlalchemy import text, update

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.attempts import delivery, service
from app.attempts.execute import Workplace, execute_attempt
from app.attempts.models import Attempt
from app.database.db import Database, now, tell
from app.database.listening import Listener
from app.engine import jobs, scale_out, workers
from app.engine.claims import Claims
from app.engine.scale_out import ScaleOutEngine
from app.engine.workers import Worker
from app.http.requests import HEADER
from app.problems import catalogue
from app.serve import FAULT
from app.settings import Queue, Settings
from app.tokens import service as tokens
from tests.service import fakes
from tests.service.fakes import POLICY, FakeJudge, FakeSandbox
from tests.service.processes import Server, Start

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

SUBMISSION = {"problem": "add_one", "source": "right"}


@pytest.fixture
def crew(database: Database, database_url: str) -> Iterator[Callable[..., tuple[ScaleOutEngine, FakeJudge]]]:
    """Make workers, each with a judge and a sandbox of its own; they are stopped at the end."""
    made: list[tuple[ScaleOutEngine, FakeJudge]] = []

    def make(
        queues: tuple[Queue, ...] = ("cpu",), sandbox: FakeSandbox | None = None
    ) -> tuple[ScaleOutEngine, FakeJudge]:
        judge, walls = FakeJudge(), sandbox or FakeSandbox()
        pipeline = fakes.pipeline(judge)
        published = catalogue.reader(database, pipeline.load, Settings())
        workplace = Workplace(database, pipeline, published, walls, POLICY)
        worker = workers.new(queues, 2, {})
        claims = Claims(database, partial(execute_attempt, workplace=workplace), POLICY, worker.id)
        engine = ScaleOutEngine(database, database_url, claims, worker, trouble=walls.trouble, grace_seconds=0.0)
        made.append((engine, judge))
        return made[-1]

    yield make
    for engine, judge in made:
        judge.gate.set()
        engine.stop()
    for engine, _ in made:
        engine.join()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pauses of production would only make tests slow."""
    monkeypatch.setattr(scale_out, "BEAT_SECONDS", 0.1)


def _submit(database: Database, source: bytes, queue: Queue = "cpu") -> str:
    with database.write() as session:
        return service.submit(session, None, service.Submitted("grade", "add_one", source), queue=queue).id


def _load(database: Database, attempt_id: str) -> Attempt:
    with database.read() as session:
        return session.get_one(Attempt, attempt_id)


def _eventually(happens: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _done(database: Database, attempt_id: str) -> Attempt:
    _eventually(lambda: _load(database, attempt_id).state == "done")
    return _load(database, attempt_id)


def _count(database: Database, table: str) -> int:
    with database.read() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


def test_two_workers_share_the_work_and_judge_nothing_twice(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]]
) -> None:
    """A second host would idle, or do everything again."""
    submitted = [_submit(database, f"right {number}".encode()) for number in range(40)]
    pair = [crew(), crew()]
    for engine, _ in pair:
        engine.start()
    assert {_done(database, attempt_id).tries for attempt_id in submitted} == {1}
    first, second = (set(judge.judged) for _, judge in pair)
    assert first
    assert second
    assert not first & second
    assert len(first | second) == 40
    _eventually(lambda: _count(database, "procrastinate_jobs") == 0)


def test_what_a_dead_worker_held_is_judged_by_another(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]]
) -> None:
    """A host that burns down would take its learners' attempts along."""
    dead = workers.new(["cpu"], 1, {})
    attempt_id = _submit(database, b"right")
    with database.write() as session:
        workers.beat(session, dead)
        assert delivery.claim_one(session, attempt_id, "a claim", dead.id) == attempt_id
        # Its job had been fetched.
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    engine, _ = crew()
    engine.start()
    time.sleep(0.5)
    assert _load(database, attempt_id).state == "running"  # for the dead one is not yet known to be
    with database.write() as session:
        long_ago = now() - timedelta(seconds=workers.DEAD_SECONDS + 1)
        session.execute(update(Worker).where(Worker.id == dead.id).values(seen_at=long_ago))
    attempt = _done(database, attempt_id)
    assert (attempt.verdict, attempt.tries) == ("accepted", 2)


def test_jobs_of_the_dead_do_not_pile_up(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every worker that is killed would leave rows for ever."""
    attempt_id = _submit(database, b"right")
    with database.write() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    monkeypatch.setattr(scale_out, "_LOOK_SECONDS", 0.2)
    crew()[0].start()
    # Its attempt was queued all the while and gets another job.
    assert _done(database, attempt_id).tries == 1
    _eventually(lambda: _count(database, "procrastinate_jobs") == 0)


def test_a_worker_that_stops_leaves_its_work_to_others(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]]
) -> None:
    """A rolling update would hold up whatever was running, or lose it."""
    engine, judge = crew()
    engine.start()
    attempt_id = _submit(database, b"wait")
    assert judge.entered.wait(60)
    engine.stop()
    other, others = crew()
    others.gate.set()
    other.start()
    attempt = _done(database, attempt_id)
    assert (attempt.verdict, attempt.tries) == ("accepted", 1)
    judge.gate.set()
    engine.join()
    with database.read() as session:
        assert len(workers.all_of_them(session)) == 1


def test_a_worker_lives_until_it_has_let_go_of_everything(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it still judges while it stops would be taken from it, and judged twice."""
    engine, judge = crew()
    monkeypatch.setattr(engine, "_grace_seconds", 60.0)
    engine.start()
    attempt_id = _submit(database, b"wait")
    assert judge.entered.wait(60)
    stopping = threading.Thread(target=engine.stop)
    stopping.start()
    time.sleep(0.5)
    with database.write() as session:
        session.execute(update(Worker).values(seen_at=now() - timedelta(seconds=workers.DEAD_SECONDS + 1)))
    time.sleep(1.0)
    with database.read() as session:
        assert [living for _, living in workers.all_of_them(session)] == [True]
    judge.gate.set()
    stopping.join()
    assert (_load(database, attempt_id).verdict, _load(database, attempt_id).tries) == ("accepted", 1)


def test_what_waits_without_a_job_gets_one(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was queued before an upgrade, or whose job was lost, would wait for ever."""
    attempt_id = _submit(database, b"right")
    with database.write() as session:
        assert jobs.without_one(session, 10) == []
        session.execute(text("DELETE FROM procrastinate_jobs"))
        assert jobs.without_one(session, 10) == [attempt_id]
    monkeypatch.setattr(scale_out, "_LOOK_SECONDS", 0.2)
    crew()[0].start()
    assert _done(database, attempt_id).verdict == "accepted"


def test_a_worker_in_trouble_leaves_attempts_to_those_that_can(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One host without its Docker daemon would keep half of all attempts from being judged."""
    monkeypatch.setattr(scale_out, "_TROUBLE_SECONDS", 0.2)
    down = FakeSandbox()
    down.down = "the Docker daemon does not answer"
    broken, nobody = crew(sandbox=down)
    broken.start()
    submitted = [_submit(database, b"right") for _ in range(4)]
    time.sleep(0.5)
    crew()[0].start()
    assert {_done(database, attempt_id).tries for attempt_id in submitted} == {1}
    assert nobody.judged == []
    with database.read() as session:
        assert {worker.trouble for worker, _ in workers.all_of_them(session)} == {"", down.down}


def test_only_workers_with_a_gpu_judge_what_takes_one(
    database: Database, crew: Callable[..., tuple[ScaleOutEngine, FakeJudge]]
) -> None:
    """An attempt would fail for want of a GPU that stands in the next rack."""
    plain, of_plain = crew(("cpu",))
    plain.start()
    attempt_id = _submit(database, b"right", "gpu")
    assert _done(database, _submit(database, b"right 2")).verdict == "accepted"
    assert _load(database, attempt_id).state == "queued"
    fast, of_fast = crew(("gpu",))
    fast.start()
    assert _done(database, attempt_id).verdict == "accepted"
    assert (of_plain.judged, of_fast.judged) == ([b"right 2"], [b"right"])


def test_a_submission_that_is_rolled_back_leaves_no_job(database: Database) -> None:
    """Workers would be sent for attempts that do not exist."""

    def submit() -> None:
        with database.write() as session:
            service.submit(session, None, service.Submitted("grade", "add_one", b"right"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        submit()
    assert _count(database, "procrastinate_jobs") == 0


def test_whoever_submits_much_waits_behind_those_who_do_not(database: Database) -> None:
    """One learner's script would hold up the whole course."""
    with database.write() as session:
        one, other = (accounts.create(session, name, Role.LEARNER, None).id for name in ("one", "other"))
        sent = service.Submitted("grade", "add_one", b"right")
        many = [service.submit(session, one, sent).id for _ in range(3)]
        single = service.submit(session, other, sent).id
    order: list[str] = []
    while True:
        with database.write() as session:
            taken = delivery.claim_next(session, f"claim {len(order)}")
        if taken is None:
            break
        order.append(taken)
    assert order == [many[0], single, *many[1:]]
    with database.read() as session:
        fetched = session.execute(
            text("SELECT args ->> 'attempt_id' FROM procrastinate_jobs ORDER BY priority DESC, id")
        )
        assert list(fetched.scalars()) == order


def test_what_another_process_tells_is_heard_also_after_the_database_was_away(
    database: Database, database_url: str
) -> None:
    """A stream would stand still after each restart of PostgreSQL."""
    heard: list[str] = []
    listener = Listener(database_url, "allclose_test", heard.append)
    listener.start()

    def told(what: str) -> bool:
        with database.write() as session:
            tell(session, "allclose_test", what)
        return what in heard

    _eventually(lambda: told("first"))
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND query LIKE 'LISTEN%'"
        )
    _eventually(lambda: told("second"))
    listener.stop()


def test_servers_and_workers_are_processes_of_their_own(
    start: Start, serve: Callable[..., Server], database: Database, tmp_path: Path, gate: Path
) -> None:
    """What is judged in one process would be seen by those who ask another only later, or never."""
    crowd = [start(role="worker", workers="1", data_dir=str(tmp_path / f"worker {number}")) for number in range(4)]
    for worker in crowd:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "allclose works on cpu, 1 attempt at a time\n"
    servers = [serve(workers="0", data_dir=str(tmp_path / f"server {number}")) for number in range(2)]
    with database.write() as session:
        token = tokens.create(session, accounts.create(session, "Ada", Role.ADMIN, None).id, "test")[1]
    headers = {"Authorization": f"Bearer {token}"}
    one, other = (server.client for server in servers)
    ready = one.get("/readyz").json()
    assert (ready["status"], ready["workers"], ready["problems"], ready["sandbox"]) == ("ready", 4, 2, {})

    with ExitStack() as watched:
        told = []
        for client, watcher in [(one, other), (other, one)] * 2:
            made = client.post("/api/v1/attempts", json={**SUBMISSION, "source": "wait"}, headers=headers)
            events = watcher.stream("GET", f"{made.headers['Location']}/events", headers=headers)
            told.append(_names(watched.enter_context(events)))
        for names in told:
            assert next(names) in {"queued", "position"}
            while next(names) != "running":
                pass
        work = other.get("/api/v1/work", headers=headers).json()
        assert [(each["slots"], each["running"], each["living"]) for each in work["workers"]] == [(1, 1, True)] * 4
        gate.touch()
        for names in told:
            assert [name for name in names if name not in {"traced", "case", "position"}] == ["done"]
    for worker in crowd:
        worker.terminate()
    assert [worker.wait(60) for worker in crowd] == [0] * 4
    waiting = one.post("/api/v1/attempts", json=SUBMISSION, headers=headers)
    shown = other.get(waiting.headers["Location"], headers=headers).json()
    assert (shown["state"], shown["position"], shown["estimated_seconds"]) == ("queued", 1, None)


def test_a_worker_tells_how_it_is_and_what_it_has_done(
    start: Start, database: Database, tmp_path: Path, gate: Path
) -> None:
    """Verdicts are counted where they are made: with workers of their own, no server could tell of any."""
    token = "for-prometheus-alone"
    worker = start(role="worker", workers="1", worker_port="0", metrics_token=token, data_dir=str(tmp_path / "worker"))
    assert worker.stdout is not None
    address = worker.stdout.readline().rpartition(" ")[2].strip()
    with httpx2.Client(base_url=address, timeout=60) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json()["workers"] == 1
        assert client.get("/metrics").status_code == 401
        shown = {"Authorization": f"Bearer {token}"}
        gate.touch()
        _done(database, _submit(database, b"right"))
        judged = 'allclose_attempts_ended_total{kind="grade",verdict="accepted"} 1.0'
        _eventually(lambda: judged in client.get("/metrics", headers=shown).text)
        for nothing in ("/", "/api/v1/problems", "/openapi.json", "/problems"):
            missed = client.get(nothing)
            assert missed.status_code == 404, nothing
            assert "GET /healthz, /readyz and /metrics" in missed.json()["detail"]
            assert missed.headers[HEADER]
    worker.terminate()
    assert worker.wait(60) == 0


def test_a_worker_whose_port_is_taken_says_so_before_it_works(start: Start, tmp_path: Path) -> None:
    """It would judge for weeks unseen, or fall over once it had claimed something."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        worker = start(role="worker", workers="1", worker_port=str(port), data_dir=str(tmp_path / "worker"))
        assert worker.wait(60) == FAULT
    assert worker.stderr is not None
    assert f"Cannot listen on 127.0.0.1 port {port}" in (said := worker.stderr.read())
    assert "ALLCLOSE_WORKER_PORT" in said


def _names(events: httpx2.Response) -> Iterator[str]:
    for line in events.iter_lines():
        if line.startswith("event:"):
            yield line.removeprefix("event:").strip()


def test_workers_finish_or_hand_back_when_they_are_told_to_stop(
    start: Start, database: Database, tmp_path: Path, gate: Path
) -> None:
    """A rolling update would lose what was running, or wait for it for ever."""
    worker = start(role="worker", workers="1", data_dir=str(tmp_path / "worker"), grace_seconds="0.5")
    attempt_id = _submit(database, b"wait")
    _eventually(lambda: _load(database, attempt_id).state == "running")
    worker.terminate()
    assert worker.wait(60) == 0
    attempt = _load(database, attempt_id)
    assert (attempt.state, attempt.tries, attempt.claim) == ("queued", 0, None)
    gate.touch()
    start(role="worker", workers="1", data_dir=str(tmp_path / "worker"))
    assert _done(database, attempt_id).verdict == "accepted"


def test_a_worker_that_is_killed_costs_a_try_and_nothing_else(
    start: Start, database: Database, tmp_path: Path, gate: Path
) -> None:
    """A host without power would keep an attempt for ever."""
    worker = start(role="worker", workers="1", data_dir=str(tmp_path / "worker"))
    attempt_id = _submit(database, b"wait")
    _eventually(lambda: _load(database, attempt_id).state == "running")
    worker.kill()
    worker.wait()
    gate.touch()
    start(role="worker", workers="1", data_dir=str(tmp_path / "other"))
    attempt = _done(database, attempt_id)
    assert (attempt.verdict, attempt.tries) == ("accepted", 2)
