"""The outbox: written with what it tells of, sent at least once by one sender at a time, tried again, given up."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from sqlalchemy import func, select, update
from standardwebhooks import Webhook as Standard

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.attempts import delivery as attempts
from app.attempts import service as submissions
from app.attempts.delivery import RetryPolicy
from app.database.db import Database, now
from app.problems import store
from app.webhooks import delivery, outbox, service
from app.webhooks.chores import deliver_one, forget_some
from app.webhooks.models import Delivery, Webhook
from app.webhooks.outbox import EventType
from app.webhooks.sending import Outcome, Sender
from tests.service import fakes
from tests.service.fakes import POLICY
from tests.service.processes import ROOT
from tests.service.receiver import HERE, Receiver, kills_its_sender, receiving

TAKEN, REFUSED = Outcome(200, None), Outcome(500, "The receiver answered 500.")


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


def make(database: Database, url: str = "https://lms.example.edu/", *events: EventType) -> tuple[str, str]:
    """The id and the secret of a webhook that is told of ``events``, or of everything."""
    with database.write() as session:
        row, secret = service.create(session, url, "", events or list(EventType))
        return row.id, secret


def finish(database: Database, source: bytes = b"right", kind: str = "grade") -> str:
    """Submit and judge something."""
    with database.write() as session:
        attempt_id = submissions.submit(session, None, submissions.Submitted(kind, "add_one", source)).id
        attempts.claim_next(session, "claim")
    with database.write() as session:
        assert attempts.finish(session, attempt_id, "claim", fakes.report(fakes.problem("add_one"), source))
    return attempt_id


def deliveries(database: Database) -> list[Delivery]:
    with database.read() as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


def webhook(database: Database) -> Webhook:
    with database.read() as session:
        return session.scalars(select(Webhook)).one()


def age(database: Database, **columns: object) -> None:
    """Make every webhook or delivery look older."""
    with database.write() as session:
        for table in (Webhook, Delivery):
            known = {name: value for name, value in columns.items() if hasattr(table, name)}
            if known:
                session.execute(update(table).values(**known))


class Answering(list[str]):
    """Ids of what was sent, to a receiver whose every answer is one outcome."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__()
        self.outcome = outcome

    def send(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        self.append(headers["webhook-id"])
        return self.outcome


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
