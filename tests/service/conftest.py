"""The production application on a database built by migrations, with fakes behind the sandbox's wall."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx2
import pytest
import structlog
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.database import migrate
from app.database.db import FILE_NAME, Database
from app.main import create_app
from app.problems import store
from app.settings import Settings
from app.tokens import service as tokens
from tests.postgres import Cluster
from tests.service import fakes
from tests.service.fakes import FakeJudge, FakeSandbox
from tests.service.nursery import Child, Nursery
from tests.service.processes import Server, Start

#: Modules whose tests every run has on both databases.
ON_BOTH = {
    "test_admission",
    "test_backup",
    "test_audit",
    "test_db",
    "test_delivery",
    "test_engine",
    "test_figures",
    "test_overview",
    "test_migrations",
    "test_personal",
    "test_place",
    "test_progress",
    "test_scale_out",
    "test_webhook_delivery",
    "test_webhook_outbox",
    "test_retention",
    "test_rejudge",
    "test_upload_checks",
}


@pytest.fixture
def problems(tmp_path: Path) -> Path:
    """A folder of two problems."""
    fakes.write_folder(tmp_path / "problems", "add_one")
    fakes.write_folder(tmp_path / "problems", "add_two")
    return tmp_path / "problems"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to ``make test-all`` what is tested on PostgreSQL beyond the modules that are about databases."""
    for item in items:
        call = getattr(item, "callspec", None)
        if call is not None and call.params.get("database_url") == "postgresql" and item.path.stem not in ON_BOTH:
            item.add_marker(pytest.mark.exhaustive)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a new database with every table: empty for SQLite, which is made where the data is."""
    if request.param == "sqlite":
        yield ""
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    address = cluster.new(request.getfixturevalue("_template"))
    yield address
    cluster.drop(address)


@pytest.fixture(scope="session")
def _template(cluster: Cluster) -> str:
    """Name of a database that has every table, to be copied: applying every revision takes longer."""
    address = cluster.new()
    with closing(Database(address)) as made:
        migrate.upgrade(made)
    return address.split("?")[0].rpartition("/")[2]


@pytest.fixture
def settings(tmp_path: Path, problems: Path, database_url: str) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        database_url=database_url,
        problems_dir=problems,
        workers=2,
        retry_seconds=0.0,
        grace_seconds=0.0,
        port=0,
    )


@pytest.fixture
def judge() -> Iterator[FakeJudge]:
    judge = FakeJudge()
    yield judge
    judge.gate.set()


@pytest.fixture(scope="session")
def _empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file that has every table, to be copied: applying every revision takes longer."""
    path = tmp_path_factory.mktemp("empty") / FILE_NAME
    with closing(Database(path)) as made:
        migrate.upgrade(made)
        with made.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture(autouse=True)
def _plain_tracebacks() -> Iterator[None]:
    """Log faults without local variables: drawing those takes seconds, and many tests are about faults."""
    before = structlog.get_config()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )
    yield
    structlog.configure(**before)


@pytest.fixture
def app(settings: Settings, judge: FakeJudge, _empty: Path) -> FastAPI:
    if not settings.database_url:
        settings.data_dir.mkdir(mode=0o700)
        shutil.copy(_empty, settings.data_dir / FILE_NAME)
    return create_app(settings, FakeSandbox(), pipeline=fakes.pipeline(judge))


@pytest.fixture
def anonymous(app: FastAPI) -> Iterator[TestClient]:
    """A client without a token."""
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(app: FastAPI, anonymous: TestClient) -> TestClient:
    """A client with a token of an admin's."""
    anonymous.headers["Authorization"] = f"Bearer {token_for(app, 'tester', Role.ADMIN)}"
    return anonymous


@pytest.fixture
def of(app: FastAPI, client: TestClient) -> Callable[[str, Role], TestClient]:
    """Makes clients with a token of a new user's: their name and role."""
    del client  # the application runs while that is there

    def make(name: str, role: Role) -> TestClient:
        headers = {"Authorization": f"Bearer {token_for(app, name, role)}"}
        return TestClient(app, headers=headers, raise_server_exceptions=False)

    return make


def token_for(app: FastAPI, name: str, role: Role) -> str:
    """A token for everything that the role allows, of a new user."""
    with app.state.service.database.write() as session:
        return tokens.create(session, accounts.create(session, name, role, None).id, "test")[1]


@pytest.fixture
def settle(client: TestClient) -> Callable[[str], dict[str, Any]]:
    """Poll an address until what is there is done."""

    def poll(location: str) -> dict[str, Any]:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            body: dict[str, Any] = client.get(location).json()
            if body["state"] == "done":
                return body
            time.sleep(0.01)
        raise TimeoutError(f"{location} is not done")

    return poll


@pytest.fixture
def database(tmp_path: Path, database_url: str, _empty: Path) -> Iterator[Database]:
    """A database without a server, with ``add_one`` served."""
    if not database_url:
        shutil.copy(_empty, tmp_path / FILE_NAME)
    database = Database(database_url or tmp_path / FILE_NAME)
    with database.write() as session:
        version = store.add(session, fakes.publish(fakes.problem("add_one")), "toolchain")
        store.serve(session, version)
    yield database
    database.close()


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return tmp_path / "gate"


@pytest.fixture
def start(nursery: Nursery, tmp_path: Path, problems: Path, gate: Path, database_url: str) -> Iterator[Start]:
    """Start a process with options; it is killed at the end."""
    started: list[Child] = []

    def call(**options: str) -> Child:
        chosen = {"data_dir": str(tmp_path / "data"), "problems_dir": str(problems), "port": "0", "retry_seconds": "0"}
        chosen |= {"grace_seconds": "0", "database_url": database_url} | options
        started.append(nursery.fork([str(gate), *(f"{name}={value}" for name, value in chosen.items())]))
        return started[-1]

    yield call
    for process in started:
        process.close()


@pytest.fixture
def serve(start: Start) -> Iterator[Callable[..., Server]]:
    """Start a server and wait until it answers."""
    servers: list[Server] = []

    def call(**options: str) -> Server:
        process = start(**options)
        address = process.stdout.readline()
        told = process.stdout.readline()
        if "shown only now" in told:
            told += process.stdout.readline()
        told += process.stdout.readline()  # how to make the first account: nobody has one here
        client = httpx2.Client(base_url=address.split()[-1], timeout=60)
        assert client.get("/healthz").status_code == 200
        servers.append(Server(process, address + told, client))
        return servers[-1]

    yield call
    for server in servers:
        server.client.close()
