"""Sending what is in the outbox: at least once, by one sender at a time, tried again, given up, forgotten."""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from sqlalchemy import update
from standardwebhooks import Webhook as Standard

from app.database.db import Database, now
from app.webhooks import delivery, service
from app.webhooks.chores import deliver_one, forget_some
from app.webhooks.models import Delivery
from app.webhooks.sending import Outcome, Sender
from tests.service import fakes
from tests.service.nursery import ROOT
from tests.service.outbox import REFUSED, TAKEN, Answering, age, deliveries, finish, make, webhook
from tests.service.receiver import HERE, Receiver, kills_its_sender, receiving


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as made:
        yield made


@pytest.fixture
def place(database: Database) -> str:
    """Where another process finds the database."""
    url = database.engine.url
    if database.is_sqlite:
        return str(url.database)
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


def test_a_finished_attempt_is_told_with_a_signature_that_verifies(database: Database, receiver: Receiver) -> None:
    """A course platform would not hear of a verdict, or could not tell it from a forged one."""
    _, secret = make(database, receiver.url)
    attempt_id = finish(database, b"known")
    assert deliver_one(database, Sender(HERE).send)
    assert not deliver_one(database, Sender(HERE).send)
    [message] = receiver.messages
    told = Standard(secret).verify(message.body, message.headers)
    problem = fakes.problem("add_one")
    assert told["type"] == "attempt.finished"
    assert told["data"].pop("created_at") <= told["data"].pop("finished_at") <= told["timestamp"]
    assert told["data"] == {
        "attempt_id": attempt_id,
        "user_id": None,
        "problem": "add_one",
        "problem_version": problem.version,
        "problem_sha256": problem.sha256,
        "verdict": "wrong_answer",
        "reason": "value",
    }
    [row] = deliveries(database)
    assert (row.state, row.tries, row.status, row.error) == ("delivered", 1, 200, None)


def test_a_message_that_is_refused_is_tried_again_and_given_up(database: Database) -> None:
    """A receiver that is down for an hour would miss a verdict; one that is gone would be called for ever."""
    make(database)
    finish(database)
    sent, pauses = Answering(REFUSED), []
    for tries in range(1, delivery.MAX_TRIES + 1):
        before = now()
        assert deliver_one(database, sent.send)
        [row] = deliveries(database)
        assert (row.tries, row.status, row.error) == (tries, 500, "The receiver answered 500.")
        if tries < delivery.MAX_TRIES:
            assert row.state == "pending"
            assert not deliver_one(database, sent.send)  # not yet
            pauses.append((row.not_before - before).total_seconds())
            age(database, not_before=now())
    assert (row.state, row.finished_at is not None) == ("failed", True)
    assert not deliver_one(database, sent.send)
    assert len(set(sent)) == 1
    assert len(sent) == delivery.MAX_TRIES
    assert pauses == sorted(pauses)
    assert 16 * 3600 < sum(pauses) < 28 * 3600


def test_a_sender_that_fails_in_its_own_way_counts_as_a_try(database: Database) -> None:
    """A message that we cannot send would be tried without end, and hold up every other of its webhook."""
    make(database)
    finish(database)

    def broken(url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        raise ZeroDivisionError

    assert deliver_one(database, broken)
    [row] = deliveries(database)
    assert (row.state, row.tries) == ("pending", 1)
    assert "fault of its own" in (row.error or "")


def test_a_webhook_that_fails_for_days_is_disabled_and_says_so(database: Database) -> None:
    """A receiver that is gone for good would be called as long as the service lives, and nobody would notice."""
    make(database)
    for _ in range(2):
        finish(database)
    age(database, failing_since=now() - timedelta(days=4), failures=delivery.MAX_TRIES - 1)
    assert deliver_one(database, Answering(REFUSED).send)
    row = webhook(database)
    assert row.disabled_at is not None
    assert "The receiver answered 500." in (row.disabled_because or "")
    assert {each.state for each in deliveries(database)} == {"failed"}
    assert "disabled" in (deliveries(database)[1].error or "")
    with database.write() as session:
        back = service.change(session, row.id, service.Change(disabled=False))
        assert (back.disabled_at, back.disabled_because, back.failing_since, back.failures) == (None, None, None, 0)


def test_one_success_starts_the_count_anew(database: Database) -> None:
    """A receiver that is down now and then would be disabled in the end."""
    make(database)
    for outcome in (REFUSED, TAKEN, REFUSED):
        finish(database)
        age(
            database, failing_since=now() - timedelta(days=4) if outcome is REFUSED else webhook(database).failing_since
        )
        assert deliver_one(database, Answering(outcome).send)
        assert webhook(database).failures == (1 if outcome is REFUSED else 0)
    assert webhook(database).disabled_at is None


def test_a_receiver_that_is_gone_is_believed(database: Database) -> None:
    """A receiver could not say that it wants no more (Standard Webhooks: 410 Gone)."""
    make(database)
    finish(database)
    assert deliver_one(database, Answering(Outcome(410, "The receiver answered 410.")).send)
    assert "410" in (webhook(database).disabled_because or "")


def test_webhooks_have_their_turns(database: Database) -> None:
    """One with a long backlog would keep every other waiting."""
    first, _ = make(database, "https://a.example.edu/")
    for _ in range(3):
        finish(database)
    second, _ = make(database, "https://b.example.edu/")
    finish(database)
    with database.write() as session:
        taken = [delivery.claim_next(session, f"claim {number}") for number in range(3)]
    assert [message and message.webhook_id for message in taken] == [first, second, None]


def test_a_lost_claim_notes_nothing(database: Database) -> None:
    """A sender thought dead would mark as delivered what another is still sending, or let it go."""
    make(database)
    finish(database)
    with database.write() as session:
        first = delivery.claim_next(session, "old")
    assert first is not None
    with database.write() as session:
        assert delivery.claim_next(session, "early") is None
    age(database, claimed_until=now())
    with database.write() as session:
        second = delivery.claim_next(session, "new")
        assert second == first
    with database.write() as session:
        assert not delivery.note(session, first, "old", TAKEN)
    assert deliveries(database)[0].state == "pending"
    with database.write() as session:
        assert delivery.note(session, first, "new", TAKEN)
    assert deliveries(database)[0].state == "delivered"


def test_what_is_deleted_or_disabled_while_it_is_sent_is_no_fault(database: Database) -> None:
    """An admin who removes a webhook would break the sender that is just at it, or bring a message back to life."""
    for change, outcome in (("disable", REFUSED), ("disable", TAKEN), ("delete", TAKEN)):
        webhook_id, _ = make(database)
        finish(database)
        with database.write() as session:
            message = delivery.claim_next(session, "claim")
            assert message is not None
        with database.write() as session:
            if change == "disable":
                service.change(session, webhook_id, service.Change(disabled=True))
            else:
                service.delete(session, webhook_id)
        with database.write() as session:
            assert delivery.note(session, message, "claim", outcome) == (change == "disable")
    assert [row.state for row in deliveries(database)] == ["failed", "delivered"]


def test_a_sender_killed_before_its_note_sends_again_with_the_same_id(
    database: Database, receiver: Receiver, place: str
) -> None:
    """A verdict that was told just before a crash would be lost, or a receiver not know that it has it already."""
    _, secret = make(database, receiver.url)
    finish(database)
    receiver.answer = kills_its_sender
    done = subprocess.run([sys.executable, "-m", "tests.service.receiver", place, "once"], cwd=ROOT, check=False)
    assert done.returncode == -9
    receiver.answer = None
    assert not deliver_one(database, Sender(HERE).send)  # held, as far as anybody knows
    age(database, claimed_until=now())
    assert deliver_one(database, Sender(HERE).send)
    first, second = receiver.messages
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body
    for message in (first, second):
        Standard(secret).verify(message.body, message.headers)
    [row] = deliveries(database)
    assert (row.state, row.tries) == ("delivered", 1)


def test_processes_never_send_to_one_webhook_at_the_same_time(
    database: Database, receiver: Receiver, place: str
) -> None:
    """Two processes would take the same message, so that every one of them arrived twice."""
    for name in ("a", "b", "c"):
        make(database, f"http://127.0.0.1:{receiver.port}/{name}")
    for _ in range(8):
        finish(database)

    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.02)
        handler.send_response(204)
        handler.end_headers()

    receiver.answer = slow
    processes = 1 if database.is_sqlite else 2  # SQLite has one process, with several threads
    command = [sys.executable, "-m", "tests.service.receiver", place, "3"]
    started = [subprocess.Popen(command, cwd=ROOT) for _ in range(processes)]
    assert [process.wait(120) for process in started] == [0] * processes
    arrived = Counter((message.path, message.headers["webhook-id"]) for message in receiver.messages)
    assert len(arrived) == 3 * 8
    assert set(arrived.values()) == {1}
    assert set(receiver.most.values()) == {1}
    assert {row.state for row in deliveries(database)} == {"delivered"}


def test_what_is_long_finished_is_forgotten_and_nothing_else(database: Database) -> None:
    """The outbox would grow without end, or lose what is still to be sent."""
    make(database)
    for _ in range(3):
        finish(database)
    assert deliver_one(database, Answering(TAKEN).send)
    assert not forget_some(database)
    with database.write() as session:
        old = now() - timedelta(days=30)
        session.execute(update(Delivery).values(created_at=old, not_before=old))
        session.execute(update(Delivery).where(Delivery.state == "delivered").values(finished_at=old))
    assert forget_some(database)
    assert not forget_some(database)
    assert [row.state for row in deliveries(database)] == ["pending", "pending"]
