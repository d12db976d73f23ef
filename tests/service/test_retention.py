"""Retention: what is old goes, and nobody loses what they have achieved."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import select

from app.accounts import links, throttle
from app.accounts import service as accounts
from app.accounts.models import FailedSignIns, Link, SignedIn, User
from app.accounts.rights import Role
from app.attempts import service
from app.attempts.events import AttemptEvent
from app.attempts.models import Attempt, CaseOutcome
from app.database import blobs
from app.database.blobs import Blob
from app.database.check import check
from app.database.db import Database, id_at, new_id, now
from app.database.place import open_database
from app.engine import retention
from app.engine.retention import Retention
from app.problems import catalogue, store
from app.problems.model import AttemptPolicy
from app.settings import Settings
from tests.service import fakes
from tests.service.fakes import FakeJudge

OLD, NEW = 40, 10


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def users(database: Database) -> dict[str, str]:
    with database.write() as session:
        return {name: accounts.create(session, name, Role.LEARNER, "a hash").id for name in ("Ada", "Eve")}


@pytest.fixture
def tidy(database: Database, judge: FakeJudge) -> Callable[..., Retention]:
    """The chore, with settings."""

    def make(clock: Clock | None = None, **chosen: Any) -> Retention:
        settings = Settings(**chosen)
        published = catalogue.reader(database, fakes.pipeline(judge).load, settings)
        return Retention(settings, database, published, clock or Clock())

    return make


def _attempt(database: Database, user_id: str | None, days: float, verdict: str | None, **values: Any) -> str:
    """An attempt that ended so many days ago."""
    moment = now() - timedelta(days=days)
    slug = values.pop("slug", "add_one")
    kind = values.pop("kind", "grade")
    with database.write() as session:
        attempt = service.submit(session, user_id, service.Submitted(kind, slug, b"source"))
        old = attempt.id
    # As if it had been made then: ids have the time in them.
    change: Any = {
        "created_at": moment,
        "finished_at": moment,
        "state": "done",
        "verdict": verdict,
        "report": {},
    } | values
    made = id_at(moment)[:-12] + old[-12:]
    with database.write() as session:
        session.query(AttemptEvent).where(AttemptEvent.attempt_id == old).delete()
        session.query(Attempt).where(Attempt.id == old).update({"id": made} | change)
        session.add(CaseOutcome(attempt_id=made, position=0, name="c", public=True, verdict=None, message=""))
        session.add(AttemptEvent(attempt_id=made, number=1, kind="done", data={}, at=moment))
    return made


def _ids(database: Database) -> set[str]:
    with database.read() as session:
        return {*session.scalars(select(Attempt.id))}


def _all(chore: Retention) -> None:
    while chore():
        pass


def test_an_id_says_when_it_was_made() -> None:
    """What is a day old would be deleted, or what is a year old not."""
    made = new_id()
    moment = datetime.fromtimestamp((uuid.UUID(made).int >> 80) / 1000, UTC)
    assert abs(moment - now()) < timedelta(minutes=1)
    step = timedelta(milliseconds=1)
    assert id_at(moment - step) < id_at(moment) <= made < id_at(moment + step)


def test_everything_is_kept_unless_somebody_wants_otherwise(
    database: Database, users: dict[str, str], tidy: Callable[..., Retention]
) -> None:
    """An upgrade would delete what learners have done."""
    kept = {_attempt(database, users["Ada"], 10_000, "wrong_answer", kind=kind) for kind in ("grade", "run", "grade")}
    _all(tidy())
    assert _ids(database) == kept


def test_old_runs_go_and_new_ones_stay(
    database: Database, users: dict[str, str], tidy: Callable[..., Retention]
) -> None:
    """A disk would fill with prints that nobody reads, or a run vanish while it is looked at."""
    _attempt(database, users["Ada"], OLD, None, kind="run")
    kept = {
        _attempt(database, users["Ada"], NEW, None, kind="run"),
        _attempt(database, users["Ada"], OLD, "wrong_answer"),
    }
    flying = _attempt(database, users["Ada"], OLD, None, kind="run", state="queued", finished_at=None, report=None)
    _all(tidy(keep_runs_days=30))
    assert _ids(database) == {*kept, flying}
    with database.read() as session:
        assert session.query(CaseOutcome).count() == 3
    assert check(database) == []


def test_what_somebody_has_achieved_and_may_still_need_stays(
    database: Database, users: dict[str, str], tidy: Callable[..., Retention]
) -> None:
    """A learner would lose a solution that was open, a hint that waits for a failure, or their latest work."""
    ada, eve = users["Ada"], users["Eve"]
    gone = {
        _attempt(database, ada, OLD + 9, "wrong_answer", reason="value"),
        _attempt(database, ada, OLD + 8, "wrong_answer", reason="value"),
        _attempt(database, ada, OLD + 7, "runtime_error"),
        _attempt(database, None, OLD + 6, "accepted"),
    }
    kept = {
        _attempt(database, ada, OLD + 5, "accepted"),
        _attempt(database, ada, OLD + 4, "accepted"),
        _attempt(database, ada, OLD + 3, "wrong_answer", reason="shape"),
        _attempt(database, ada, OLD + 2, "wrong_answer", reason="value"),
        _attempt(database, ada, NEW, "runtime_error"),
        _attempt(database, ada, NEW + 1, "runtime_error"),
        _attempt(database, eve, OLD + 9, "wrong_answer", reason="value"),
    }
    _all(tidy(keep_attempts_days=30))
    assert _ids(database) == kept
    assert not gone & kept


@pytest.mark.parametrize("limited", [True, False], ids=["limited", "not served"])
def test_attempts_that_still_count_stay(
    database: Database, users: dict[str, str], tidy: Callable[..., Retention], limited: bool
) -> None:
    """Somebody who has used up their attempts would have some again."""
    problem = fakes.problem("add_two").model_copy(update={"attempts": AttemptPolicy(most=3)})
    with database.write() as session:
        made = fakes.publish(fakes.problem("add_two"))
        version = store.add(session, replace(made, problem=problem) if limited else made, "toolchain")
        store.serve(session, version)
    kept = {_attempt(database, users["Ada"], OLD + n, "wrong_answer", reason="value", slug="add_two") for n in range(3)}
    if not limited:
        with database.write() as session:
            store.withdraw_others(session, ["add_one"])
    _all(tidy(keep_attempts_days=30))
    assert _ids(database) == kept


def test_a_batch_at_a_time(
    database: Database, users: dict[str, str], tidy: Callable[..., Retention], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Deleting years of runs would hold up every submission until it is done."""
    monkeypatch.setattr(retention, "BATCH", 2)
    for days in range(5):
        _attempt(database, users["Ada"], OLD + days, None, kind="run")
    clock = Clock()
    chore = tidy(clock, keep_runs_days=30)
    left = []
    while chore():
        left.append(len(_ids(database)))
    assert left == [3, 1]
    assert _ids(database) == set()
    _attempt(database, users["Ada"], OLD, None, kind="run")
    assert not chore()
    assert len(_ids(database)) == 1  # not due again yet
    clock.now += 3601
    assert not chore()
    assert _ids(database) == set()


def test_content_that_nothing_points_to_goes(database: Database, tidy: Callable[..., Retention]) -> None:
    """Content would pile up, or a problem lose its hidden cases."""
    with database.write() as session:
        blobs.put(session, b"left behind")
        assert session.query(Blob).count() == 2
    _all(tidy())
    with database.read() as session:
        assert session.query(Blob).count() == 1
    assert check(database) == []


def test_what_has_ended_is_forgotten(database: Database, users: dict[str, str], tidy: Callable[..., Retention]) -> None:
    """Who signed in when and from where would be kept for ever, though nobody can use it."""
    with database.write() as session:
        accounts.sign_in(session, users["Ada"], days=1)
        links.reset(session, session.get_one(User, users["Eve"]), None)
        throttle.take(session, [throttle.account("eve")])
    _attempt(database, users["Ada"], NEW, "accepted")
    tables = (SignedIn, Link, FailedSignIns)
    _all(tidy())
    with database.read() as session:
        assert [session.query(table).count() for table in tables] == [1, 1, 1]
        assert session.query(AttemptEvent).count() == 0
    with database.write() as session:
        past = now() - timedelta(days=2)
        session.query(SignedIn).update({"expires_at": past})
        session.query(Link).update({"expires_at": past})
        session.query(FailedSignIns).update({"latest_at": past})
    _all(tidy())
    with database.read() as session:
        assert [session.query(table).count() for table in tables] == [0, 0, 0]


def test_the_service_does_it(app: FastAPI, settings: Settings) -> None:
    """It would be tested, and never done."""
    with closing(open_database(settings)) as database:
        with database.write() as session:
            key = blobs.put(session, b"left behind")
        with TestClient(app):
            deadline = time.monotonic() + 60
            while True:
                with database.read() as session:
                    if session.get(Blob, key) is None:
                        break
                assert time.monotonic() < deadline
                time.sleep(0.02)
