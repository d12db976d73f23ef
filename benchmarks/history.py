"""What requests cost with many attempts in the database, against few: ``make bench-history``.

Two services answer the same requests in turns of one each, because machines are noisy: one whose database holds the
asking user's own attempts only, and one that holds those of many others beside. What judges is a fake, for this is
about the database. Every figure is the median over the turns of the ratio within one turn; the exit status is 1 if one
is more than ``MOST``. SQLite, and PostgreSQL where its programs are installed.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from fastapi.testclient import TestClient
from sqlalchemy import insert

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.attempts.models import Attempt, CaseOutcome
from app.database.db import Database, new_id, now
from app.main import create_app
from app.problems import store
from app.settings import Settings
from app.tokens import service as tokens
from benchmarks.shared import median, ratios
from tests import postgres
from tests.service import fakes

#: Many attempts may make a request so many times slower.
MOST = 1.2
#: The asking user's own, so that a page is full.
_OWN = 60
#: Users whose attempts are the others.
_OTHERS = 500
_CHUNK = 5000

Ask = Callable[[TestClient, int], object]


def _submit(client: TestClient, number: int) -> None:
    """Submit one. Workers judge it at once, in this process, on either side."""
    answer = client.post("/api/v1/attempts", json={"problem": "add_one", "source": f"right {number}"})
    assert answer.status_code == 202, answer.text


def _get(path: str) -> Ask:
    def ask(client: TestClient, number: int) -> None:
        del number
        answer = client.get(path)
        assert answer.status_code == 200, answer.text

    return ask


REQUESTS: dict[str, Ask] = {
    "submit": _submit,
    "own history": _get("/api/v1/attempts"),
    "everybody's history": _get("/api/v1/attempts?user=*"),
    "problems": _get("/api/v1/problems"),
    "one problem": _get("/api/v1/problems/add_one"),
    "hints": _get("/api/v1/problems/add_one/hints"),
}


def main() -> int:
    """Measure and print; 1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--attempts", type=int, default=200_000, help="of others, in the one database")
    parser.add_argument("--turns", type=int, default=200, help="of each request")
    options = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    kept = _compare("SQLite", ["", ""], options.attempts, options.turns)
    if postgres.programs() is None:
        print("\nPostgreSQL: not measured, for its programs are not installed")
        return 0 if kept else 1
    with postgres.running() as cluster:
        return (
            0 if _compare("PostgreSQL", [cluster.new(), cluster.new()], options.attempts, options.turns) and kept else 1
        )


def _compare(name: str, addresses: list[str], attempts: int, turns: int) -> bool:
    with contextlib.ExitStack() as stack:
        few, many = (stack.enter_context(_client(address)) for address in addresses)
        for client, others in ((few, 0), (many, attempts)):
            _fill(client.app.state.service.database, others)  # type: ignore[attr-defined]
        print(f"\n{name}: {_OWN} attempts, and {attempts:,} more of {_OTHERS} users")
        kept = True
        for request, ask in REQUESTS.items():
            slow, quick = [], []
            for turn in range(-5, turns):
                pair = _seconds(many, ask, turn), _seconds(few, ask, turn)
                if turn >= 0:  # the first ones pay for what is loaded lazily
                    slow.append(pair[0])
                    quick.append(pair[1])
            ratio, low, high = ratios(slow, quick)
            kept &= ratio <= MOST
            print(
                f"  {request:20} {ratio:.2f} times ({low:.2f} to {high:.2f}; promised: {MOST})   {median(slow)}",
                flush=True,
            )
    return kept


@contextlib.contextmanager
def _client(address: str) -> Iterator[TestClient]:
    """A client of a service on a database, signed in as an admin of whom ``_fill`` knows."""
    with tempfile.TemporaryDirectory() as folder:
        fakes.write_folder(Path(folder) / "problems", "add_one")
        settings = Settings(
            data_dir=Path(folder) / "data",
            database_url=address,
            problems_dir=Path(folder) / "problems",
            submissions_in_flight=10_000,
        )
        app = create_app(settings, fakes.FakeSandbox(), pipeline=fakes.pipeline(fakes.FakeJudge()))
        with TestClient(app) as client:
            with app.state.service.database.write() as session:
                user = accounts.create(session, "Ada", Role.ADMIN, None)
                client.headers["Authorization"] = f"Bearer {tokens.create(session, user.id, 'benchmark')[1]}"
            yield client


def _fill(database: Database, others: int) -> None:
    """Give Ada her attempts, and ``_OTHERS`` users theirs."""
    with database.write() as session:
        version = store.current(session, "add_one").id
        ada = accounts.find(session, "Ada").id
        users = [accounts.create(session, f"learner-{number}", Role.LEARNER, None).id for number in range(_OTHERS)]
    owners = [users[number % _OTHERS] for number in range(others)]
    owners += [ada] * _OWN
    for start in range(0, len(owners), _CHUNK):
        rows = [_row(owner, version) for owner in owners[start : start + _CHUNK]]
        outcomes = [
            {"attempt_id": row["id"], "position": position, **case}
            for row in rows
            for position, case in enumerate(_OUTCOMES)
        ]
        with database.write() as session:
            session.execute(insert(Attempt), rows)
            session.execute(insert(CaseOutcome), outcomes)
    with database.engine.connect() as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


_REPORT = fakes.report(fakes.problem("add_one"), b"right").model_dump(mode="json")
_OUTCOMES = [
    {key: case[key] for key in ("name", "public", "verdict", "reason", "message")} for case in _REPORT["cases"]
]


def _row(owner: str, version: str) -> dict[str, Any]:
    then = now() - timedelta(days=1)
    return {
        "id": new_id(),
        "kind": "grade",
        "user_id": owner,
        "problem_version_id": version,
        "source": b"right",
        "state": "done",
        "tries": 1,
        "created_at": then,
        "started_at": then,
        "finished_at": then,
        "verdict": "accepted",
        "report": _REPORT,
    }


def _seconds(client: TestClient, ask: Ask, turn: int) -> float:
    begun = time.perf_counter()
    ask(client, turn)
    return time.perf_counter() - begun


if __name__ == "__main__":
    raise SystemExit(main())
