"""Claims: taken in order, fenced, handed back, and ended after the last try."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.attempts import delivery, service
from app.attempts.delivery import RetryPolicy
from app.attempts.models import Attempt, CaseOutcome
from app.database.db import Database, now
from tests.service import fakes
from tests.service.fakes import POLICY


def submit(database: Database, source: bytes = b"right") -> str:
    with database.write() as session:
        return service.submit(session, None, service.Submitted("grade", "add_one", source)).id


def claim(database: Database, token: str) -> str | None:
    with database.write() as session:
        return delivery.claim_next(session, token)


def load(database: Database, attempt_id: str) -> Attempt:
    with database.read() as session:
        return session.get_one(Attempt, attempt_id)


def test_the_oldest_attempt_is_claimed_first_and_once(database: Database) -> None:
    """Learners would overtake each other, or one attempt would be judged twice."""
    first, second = submit(database), submit(database)
    assert [claim(database, "a"), claim(database, "b"), claim(database, "c")] == [first, second, None]


def test_the_report_is_kept_whole_and_by_case(database: Database) -> None:
    """A verdict could not be reproduced, or its cases not be counted."""
    attempt_id = submit(database)
    claim(database, "a")
    report = fakes.report(fakes.problem("add_one"), b"no")
    with database.write() as session:
        assert delivery.finish(session, attempt_id, "a", report)
    attempt = load(database, attempt_id)
    assert (attempt.state, attempt.claim, attempt.verdict, attempt.reason) == ("done", None, "wrong_answer", "value")
    assert attempt.report == report.model_dump(mode="json")
    with database.read() as session:
        rows = session.scalars(select(CaseOutcome).order_by(CaseOutcome.position)).all()
    assert [(row.name, row.public, row.verdict) for row in rows] == [
        ("small", True, "accepted"),
        ("large", False, "wrong_answer"),
    ]


def test_a_lost_claim_saves_nothing(database: Database) -> None:
    """A worker thought dead would overwrite the verdict of the one that took over."""
    attempt_id = submit(database)
    claim(database, "old")
    with database.write() as session:
        delivery.requeue_lost(session, tuple, POLICY)
    claim(database, "new")
    problem = fakes.problem("add_one")
    with database.write() as session:
        assert not delivery.finish(session, attempt_id, "old", fakes.report(problem, b"no"))
        assert not delivery.fail_try(session, attempt_id, "old", POLICY)
        assert delivery.held(session, attempt_id, "old") is None
        assert delivery.finish(session, attempt_id, "new", fakes.report(problem, b"right"))
    assert load(database, attempt_id).verdict == "accepted"


def test_a_finished_attempt_stays_as_it_is(database: Database) -> None:
    """A second delivery of the same claim would judge twice."""
    attempt_id = submit(database)
    claim(database, "a")
    problem = fakes.problem("add_one")
    with database.write() as session:
        delivery.finish(session, attempt_id, "a", fakes.report(problem, b"right"))
        assert not delivery.finish(session, attempt_id, "a", fakes.report(problem, b"no"))
    assert load(database, attempt_id).verdict == "accepted"


def test_our_faults_end_in_internal_error_after_the_last_try(database: Database) -> None:
    """A broken sandbox would keep an attempt going round for ever, or be charged to its learner."""
    attempt_id = submit(database)
    for number in range(POLICY.max_tries):
        assert claim(database, f"claim {number}") == attempt_id
        with database.write() as session:
            assert delivery.fail_try(session, attempt_id, f"claim {number}", POLICY)
    attempt = load(database, attempt_id)
    assert (attempt.state, attempt.verdict, attempt.tries) == ("done", "internal_error", 3)
    assert attempt.message is not None
    assert "not yours" in attempt.message
    assert claim(database, "more") is None


def test_a_failed_try_waits_before_the_next(database: Database) -> None:
    """A fault that lasts a second would use up all tries within a millisecond."""
    policy = RetryPolicy(max_tries=3, pause=3600.0)
    attempt_id = submit(database)
    claim(database, "a")
    with database.write() as session:
        delivery.fail_try(session, attempt_id, "a", policy)
        due = delivery.next_due(session)
    assert due is not None
    assert due > now()
    assert claim(database, "b") is None
    assert "tried again" in (load(database, attempt_id).message or "")


def test_what_was_said_while_waiting_is_gone_when_it_runs_again(database: Database) -> None:
    """A learner would read that an attempt waits while it is running."""
    attempt_id = submit(database)
    claim(database, "a")
    with database.write() as session:
        delivery.fail_try(session, attempt_id, "a", POLICY)
    claim(database, "b")
    assert load(database, attempt_id).message is None


def test_the_pause_doubles() -> None:
    """A sandbox that needs a minute would never get it."""
    policy = RetryPolicy(max_tries=3, pause=100.0)
    waits = [(policy.after(tries) - now()).total_seconds() for tries in (1, 2)]
    assert waits == pytest.approx([100, 200], abs=50)


def test_one_waiting_attempt_does_not_hold_up_the_others(database: Database) -> None:
    """A learner would wait for the pause of somebody else's fault."""
    first, second = submit(database), submit(database)
    claim(database, "a")
    with database.write() as session:
        delivery.fail_try(session, first, "a", RetryPolicy(max_tries=3, pause=3600.0))
    assert claim(database, "b") == second


def test_what_a_dead_server_left_is_found_but_not_what_lives(database: Database) -> None:
    """An attempt would hang in `running` for ever, or be taken from a worker that is at it."""
    lost, living = submit(database), submit(database)
    claim(database, "dead")
    claim(database, "alive")
    with database.write() as session:
        assert delivery.requeue_lost(session, lambda: {"alive"}, POLICY) == [lost]
    assert (load(database, lost).state, load(database, living).state) == ("queued", "running")


def test_an_attempt_that_kills_the_server_ends_after_the_last_try(database: Database) -> None:
    """One submission could keep the server from ever staying up."""
    attempt_id = submit(database)
    for _ in range(POLICY.max_tries):
        claim(database, "claim")
        with database.write() as session:
            delivery.requeue_lost(session, tuple, POLICY)
    assert load(database, attempt_id).verdict == "internal_error"


def test_a_try_that_a_stopping_server_interrupts_does_not_count(database: Database) -> None:
    """Three restarts in a row would end a long attempt as a fault."""
    attempt_id = submit(database)
    for _ in range(POLICY.max_tries + 1):
        claim(database, "claim")
        with database.write() as session:
            assert delivery.hand_back(session, ["claim"]) == [attempt_id]
    attempt = load(database, attempt_id)
    assert (attempt.state, attempt.tries, attempt.verdict) == ("queued", 0, None)


def test_half_a_surrogate_pair_can_be_stored(database: Database) -> None:
    """A learner who prints one would turn their own verdict into a fault of ours."""
    attempt_id = submit(database, b"right surrogate")
    claim(database, "a")
    with database.write() as session:
        assert delivery.finish(session, attempt_id, "a", fakes.report(fakes.problem("add_one"), b"right surrogate"))
    report = load(database, attempt_id).report
    assert report is not None
    assert report["printed"] == "half a pair: ?"
