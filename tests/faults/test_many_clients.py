"""Many clients while servers, workers and PostgreSQL are killed: every submission that was taken ends with one verdict.

``make test-faults`` submits 5,000 attempts of 50 clients and kills 1,000 times, on each engine; every test run does a
part of it. ``ALLCLOSE_FAULT_SEED`` chooses another course of events.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import TextClause, text
from sqlalchemy.exc import OperationalError

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.database import migrate
from app.database.db import FILE_NAME, Database
from app.settings import Settings
from app.tokens import service as tokens
from tests import postgres
from tests.conftest import require
from tests.faults.clients import Clients
from tests.faults.fleet import Fleet
from tests.service import fakes

SEED = int(os.environ.get("ALLCLOSE_FAULT_SEED", "20261121"))
#: Longest wait for the last attempts: a worker counts as dead after half a minute, and an attempt has four tries.
_SETTLE_SECONDS = 240.0
#: Longest that everything together may take.
_MOST_SECONDS = 7200.0

_LEDGERS = {
    "sqlite": [
        "CREATE TABLE ledger (attempt TEXT, state TEXT)",
        (
            "CREATE TRIGGER ledger_of_attempts AFTER UPDATE OF state ON attempts "
            "BEGIN INSERT INTO ledger VALUES (NEW.id, NEW.state); END"
        ),
    ],
    "postgresql": [
        "CREATE TABLE ledger (attempt TEXT, state TEXT)",
        (
            "CREATE FUNCTION note_state() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN INSERT INTO ledger VALUES (NEW.id, NEW.state); RETURN NEW; END $$"
        ),
        (
            "CREATE TRIGGER ledger_of_attempts AFTER UPDATE OF state ON attempts "
            "FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION note_state()"
        ),
    ],
}
_SUMS = """
SELECT id, state, verdict, tries, (SELECT count(*) FROM ledger WHERE attempt = a.id AND ledger.state = 'done') AS ends,
    (SELECT count(*) FROM case_results WHERE attempt_id = a.id) AS outcomes
FROM attempts AS a
"""
_FLYING = text("SELECT count(*) FROM attempts WHERE state != 'done'")
_ENDED = text("SELECT count(*) FROM attempts WHERE state = 'done'")


@dataclass(frozen=True)
class Plan:
    """How much and how often: ``spacing`` attempts end between two kills, so that progress is possible."""

    clients: int
    each: int
    spacing: int


SHORT = Plan(clients=6, each=8, spacing=10)
LONG = Plan(clients=50, each=100, spacing=5)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path | str]:
    """Where a database will be: a file, or an address on a server of its own, whose processes may be killed."""
    if request.param == "sqlite":
        (tmp_path / "data").mkdir(mode=0o700)
        yield tmp_path / "data" / FILE_NAME
        return
    require("postgres")
    with postgres.running() as cluster:
        yield cluster.new()


def _prepare(database: Database, clients: int) -> list[str]:
    """Every table, the ledger, and a token for each client."""
    migrate.upgrade(database)
    with database.write() as session:
        for statement in _LEDGERS["sqlite" if database.is_sqlite else "postgresql"]:
            session.execute(text(statement))
        users = [accounts.create(session, f"client-{number}", Role.LEARNER, None) for number in range(clients)]
        return [tokens.create(session, user.id, "campaign")[1] for user in users]


class _Fire:
    """Kills one thing after the other, each once enough attempts have ended since the one before."""

    def __init__(self, fleet: Fleet, plan: Plan, *, on_postgresql: bool) -> None:
        self._fleet, self._plan = fleet, plan
        self._chance = random.Random(SEED)
        self._targets = {"server": 2, "worker": 4, "backend": 2} if on_postgresql else {"server": 1}
        self._due = plan.spacing
        self.kills: Counter[str] = Counter()

    def look(self, ended: int | None) -> None:
        """Kill something if it is time; ``ended`` attempts have, None if nobody can tell."""
        if ended is None or ended < self._due:
            return
        target = self._chance.choices([*self._targets], [*self._targets.values()])[0]
        kill: Callable[[], bool | None] = {
            "server": lambda: self._chance.choice(self._fleet.servers).kill(),
            "worker": lambda: self._chance.choice(self._fleet.workers).kill(),
            "backend": self._fleet.kill_backend,
        }[target]
        if kill() is not False:
            self.kills[target] += 1
            self._due = ended + round(self._plan.spacing * self._chance.uniform(0.5, 1.5))


def _fire(place: Path | str, plan: Plan, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run a campaign, print its sums, and demand what must be true of it."""
    fakes.write_folder(folder / "problems", "add_one")
    begun = time.monotonic()
    url = place if isinstance(place, str) else ""
    with closing(Database(place)) as database:
        codes = _prepare(database, plan.clients)
        fleet = Fleet(folder, folder / "problems", url, workers=4 if url else 0)
        try:
            fleet.wait()
            clients = Clients(fleet.addresses, codes, plan.each, SEED)
            fire = _Fire(fleet, plan, on_postgresql=bool(url))
            while clients.busy:
                assert time.monotonic() < begun + _MOST_SECONDS
                fire.look(_number(database, _ENDED))
                fleet.revive()
                time.sleep(0.05)
            end = time.monotonic() + _SETTLE_SECONDS
            while _number(database, _FLYING) != 0 and time.monotonic() < end:
                fleet.revive()
                time.sleep(0.2)
            with database.read() as session:
                rows = [dict(row) for row in session.execute(text(_SUMS)).mappings()]
        finally:
            fleet.end()
    tries = Counter(row["tries"] for row in rows)
    verdicts = Counter(row["verdict"] for row in rows)
    with capsys.disabled():
        sys.stdout.write(
            f"\nseed {SEED}: {len(rows)} attempts of {plan.clients} clients in {time.monotonic() - begun:.0f} s; "
            f"killed {dict(fire.kills)}; tries {dict(sorted(tries.items()))}; {dict(verdicts)}\n"
        )
    taken = clients.taken
    assert taken.faults == []
    assert {row["id"] for row in rows} == taken.verdicts.keys()
    assert len(rows) == plan.clients * plan.each
    for row in rows:
        assert (row["state"], row["ends"]) == ("done", 1), row
        assert row["verdict"] in {taken.verdicts[row["id"]], "internal_error"}, row
        assert row["outcomes"] == (0 if row["verdict"] == "internal_error" else 2), row
        assert row["verdict"] != "internal_error" or row["tries"] == Settings().max_tries, row
    assert verdicts["internal_error"] <= max(1, len(rows) // 100)
    assert fire.kills.total() >= len(rows) / (2 * plan.spacing), "hardly anything was killed"


def _number(database: Database, query: TextClause) -> int | None:
    """A count; None while the database is away."""
    try:
        with database.read() as session:
            return int(session.execute(query).scalar_one())
    except OperationalError:
        return None


def test_few_clients_lose_nothing(place: Path | str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A learner who was told that an attempt was taken would never hear of it again, or hear two verdicts."""
    _fire(place, SHORT, tmp_path, capsys)


@pytest.mark.exhaustive
@pytest.mark.timeout(7500)
def test_many_clients_lose_nothing(place: Path | str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What happens once in a thousand attempts would be met by learners only."""
    _fire(place, LONG, tmp_path, capsys)
