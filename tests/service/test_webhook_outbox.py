"""The outbox: written with what it tells of, for whoever asked for it, and with nothing that is hidden."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.attempts import delivery as attempts
from app.attempts import service as submissions
from app.attempts.delivery import RetryPolicy
from app.database.db import Database
from app.problems import store
from app.webhooks import outbox, service
from app.webhooks.models import Delivery
from app.webhooks.outbox import EventType
from tests.service import fakes
from tests.service.fakes import POLICY
from tests.service.outbox import deliveries, finish, make


def test_a_message_holds_nothing_that_is_hidden(database: Database) -> None:
    """A source, a hidden value or what somebody is called would leave the service."""
    make(database)
    finish(database, b"wrong # a-line-of-the-source")
    [row] = deliveries(database)
    hidden = (str(fakes.SECRET_INPUT), str(fakes.SECRET_OUTPUT), fakes.SECRET_TEXT, "a-line-of-the-source", "message")
    assert not [text for text in hidden if text in row.body]


def test_every_end_of_an_attempt_is_told(database: Database) -> None:
    """Whoever waits for a verdict would wait for ever after a cancellation or a fault of ours."""
    make(database)
    with database.write() as session:
        user = accounts.create(session, "Ada", Role.LEARNER, None).id
        cancelled = submissions.submit(session, user, submissions.Submitted("grade", "add_one", b"right"))
        submissions.cancel(session, "grade", cancelled.id, user)
        broken = submissions.submit(session, user, submissions.Submitted("grade", "add_one", b"bug")).id
    with database.write() as session:
        attempts.claim_next(session, "claim")
    with database.write() as session:
        attempts.fail_try(session, broken, "claim", RetryPolicy(1, 0.0))
    told = [json.loads(row.body)["data"] for row in deliveries(database)]
    assert [each["verdict"] for each in told] == ["cancelled", "internal_error"]
    assert {each["user_id"] for each in told} == {user}


def test_what_does_not_count_is_not_told(database: Database) -> None:
    """A gradebook would take a run, or a try that is repeated, for a verdict."""
    make(database)
    with database.write() as session:
        run = submissions.submit(session, None, submissions.Submitted("run", "add_one", b"x")).id
        again = submissions.submit(session, None, submissions.Submitted("grade", "add_one", b"x")).id
    for _ in (run, again):
        with database.write() as session:
            attempts.claim_next(session, "claim")
    with database.write() as session:
        attempts.fail_try(session, again, "claim", POLICY)
        attempts.fail_try(session, run, "claim", RetryPolicy(1, 0.0))
    assert not deliveries(database)


def test_an_attempt_that_is_not_saved_is_not_told(database: Database) -> None:
    """A receiver would know a verdict that does not exist."""
    make(database)
    with database.write() as session:
        attempt = submissions.submit(session, None, submissions.Submitted("grade", "add_one", b"right"))
        attempts.claim_next(session, "claim")
        attempts.finish(session, attempt.id, "claim", fakes.report(fakes.problem("add_one"), b"right"))
        assert session.scalars(select(Delivery)).one()
        session.rollback()
    assert not deliveries(database)


def test_problems_are_told_when_what_is_served_changes(database: Database) -> None:
    """Every start of the server would tell of every problem, or none of a new version."""
    make(database)
    with database.write() as session:
        store.serve(session, store.current(session, "add_one"))
    assert not deliveries(database)
    with database.write() as session:
        store.serve(session, store.add(session, fakes.publish(fakes.problem("add_one")), "another toolchain"))
        store.serve(session, store.add(session, fakes.publish(fakes.problem("add_two")), "toolchain"))
        store.withdraw_others(session, ["add_one"])
    told = [(row.type, json.loads(row.body)["data"]["problem"]) for row in deliveries(database)]
    assert told == [
        ("problem.published", "add_one"),
        ("problem.published", "add_two"),
        ("problem.withdrawn", "add_two"),
    ]


def test_a_webhook_is_told_what_it_asked_for_and_nothing_while_it_is_disabled(database: Database) -> None:
    """A receiver would drown in what it does not know, or be told of a month at once."""
    make(database, "https://a.example.edu/", EventType.PROBLEM_PUBLISHED)
    disabled, _ = make(database, "https://b.example.edu/")
    with database.write() as session:
        service.change(session, disabled, service.Change(disabled=True))
    finish(database)
    assert not deliveries(database)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_webhook_can_be_deleted_while_an_attempt_is_finished(database: Database) -> None:
    """The deletion would undo a verdict that refers to it, and the attempt be judged once more."""
    webhook_id, _ = make(database)
    with database.write() as session:
        outbox.problem_withdrawn(session, "add_one")
        with database.write() as other:
            other.execute(select(func.set_config("lock_timeout", "100", True)))
            with pytest.raises(Exception, match="lock timeout"):
                service.delete(other, webhook_id)
    assert len(deliveries(database)) == 1
