"""Who may work on a database, and what becomes of a service on PostgreSQL while that is away."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.accounts.models import FailedSignIns
from app.accounts.rights import Role
from app.database import migrate
from app.database.db import Database, now
from app.database.place import open_database, owned, turn
from app.errors import StartRefused
from app.main import create_app
from app.settings import Settings, SettingsInvalid, load_settings
from tests import postgres
from tests.conftest import require
from tests.service import fakes
from tests.service.conftest import token_for
from tests.service.fakes import SQLITE_ONLY, FakeJudge, FakeSandbox
from tests.service.test_errors import told

SUBMISSION = {"problem": "add_one", "source": "right"}


@pytest.fixture
def own_cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server that a test may stop."""
    require("postgres")
    with postgres.running() as started:
        yield started


def _eventually(happens: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@SQLITE_ONLY
def test_a_second_server_on_one_data_directory_is_refused(settings: Settings) -> None:
    """Two servers would queue again what the other is judging."""
    with owned(settings), pytest.raises(StartRefused, match="Another allclose server"), owned(settings):
        pass
    with owned(settings):
        pass


def test_whoever_only_looks_keeps_nobody_out(settings: Settings) -> None:
    """A replay of an attempt would stop the service, or fail while it runs."""
    with owned(settings) as database:
        migrate.upgrade(database)
        looking = open_database(settings)
        with looking.read() as session:
            assert session.connection().exec_driver_sql("SELECT count(*) FROM attempts").scalar() == 0
        looking.close()


def test_turns_are_taken_one_after_the_other(cluster: postgres.Cluster) -> None:
    """Two workers that start together would both publish every problem, and one fail."""
    address = cluster.new()
    with closing(Database(address)) as first, closing(Database(address)) as second:
        entered = threading.Event()

        def wait_for_turn() -> None:
            with turn(second, "publish"):
                entered.set()

        waiter = threading.Thread(target=wait_for_turn)
        with turn(first, "publish"):
            waiter.start()
            with turn(first, "something else"):
                assert not entered.wait(0.3)
        assert entered.wait(30)
        waiter.join()


def test_attempts_survive_a_database_that_goes_away(
    own_cluster: postgres.Cluster, tmp_path: Path, problems: Path, judge: FakeJudge
) -> None:
    """A restart of PostgreSQL would cost learners their work, or need somebody to restart the service too."""
    settings = Settings(
        data_dir=tmp_path / "data",
        database_url=own_cluster.new(),
        problems_dir=problems,
        workers=2,
        retry_seconds=0.0,
        grace_seconds=0.0,
        port=0,
    )
    app = create_app(settings, FakeSandbox(), pipeline=fakes.pipeline(judge))
    with TestClient(app, raise_server_exceptions=False) as client:
        client.headers["Authorization"] = f"Bearer {token_for(app, 'Ada', Role.LEARNER)}"
        flying = client.post("/api/v1/attempts", json={**SUBMISSION, "source": "wait"}).headers["Location"]
        assert judge.entered.wait(60)
        own_cluster.stop("immediate")
        judge.gate.set()
        refused = client.post("/api/v1/attempts", json=SUBMISSION)
        assert "try again" in told(refused, 503)["detail"]
        assert refused.headers["Retry-After"] == "5"
        assert client.get("/readyz").status_code == 503
        own_cluster.start()

        def done() -> bool:
            answer = client.get(flying)
            return answer.status_code == 200 and answer.json()["state"] == "done"

        _eventually(lambda: client.get("/readyz").status_code == 200)
        _eventually(done)
        shown: dict[str, Any] = client.get(flying).json()
        assert (shown["verdict"], shown["tries"]) == ("accepted", 2)
        assert client.post("/api/v1/attempts", json=SUBMISSION).status_code == 202


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("mysql://a@b/c", "only postgresql://"),
        ("nonsense", "no address of a database"),
        ("postgresql://a@b:port/c", "no address of a database"),
    ],
)
def test_an_address_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch, address: str, says: str) -> None:
    """A slip would end in a traceback of a library."""
    monkeypatch.setenv("ALLCLOSE_DATABASE_URL", address)
    with pytest.raises(SettingsInvalid, match=says):
        load_settings()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("/test_", "/no_such_"), "no database, or no user, of this name"),
        (("host=", "host=/nowhere"), "does not answer"),
    ],
)
def test_a_database_that_cannot_be_used_is_told(
    cluster: postgres.Cluster, tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    """An operator would read a traceback with an SQL statement in it."""
    settings = Settings(data_dir=tmp_path, database_url=cluster.new().replace(*change))
    with pytest.raises(StartRefused, match=says) as refused, owned(settings) as database:
        migrate.upgrade(database)
    assert "ALLCLOSE_DATABASE_URL" in str(refused.value)
    assert "SELECT" not in str(refused.value)


def test_text_that_postgresql_refuses_is_kept_as_far_as_it_can_be(database: Database) -> None:
    """A learner's message with a NUL in it would be a fault of ours, again and again."""
    with database.write() as session:
        session.add(FailedSignIns(key="a\0b\ud800", count=1, latest_at=now()))
    with database.read() as session:
        assert session.get(FailedSignIns, "a\ufffdb?") is not None
