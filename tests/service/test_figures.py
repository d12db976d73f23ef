"""What attempts add up to, counted by both databases; and looking through everybody's attempts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.attempts import browsing, delivery
from app.attempts.browsing import Wanted
from app.attempts.models import Attempt, CaseOutcome
from app.database.db import Database, now
from app.figures import people, problems
from app.figures.problems import CaseFigures, CaseTimes, Help, Standing, Tries
from app.personal import erasure
from app.problems import store
from app.progress.models import GivenUp, OpenedHint
from tests.service import fakes
from tests.service.fakes import KNOWN

Judge = Callable[..., str]
SLUG = "add_one"


@pytest.fixture
def judge(database: Database) -> Judge:
    """Makes an attempt that is done: whose it is, how it ended, and how its cases did."""

    def make(name: str, verdict: str, *cases: str | None, reason: str | None = None, slug: str = SLUG) -> str:
        with database.write() as session:
            known = [user.id for user in accounts.page(session, None, 100) if user.name == name]
            user_id = known[0] if known else accounts.create(session, name, Role.LEARNER, None).id
            attempt = Attempt(
                kind="grade",
                user_id=user_id,
                problem_version_id=store.current(session, slug).id,
                source=b"secret source",
                state="done",
                verdict=verdict,
                reason=reason,
                pitfall=KNOWN if reason == "shape" else None,
                started_at=now(),
                finished_at=now() + timedelta(seconds=len(cases)),
            )
            session.add(attempt)
            session.flush()
            for position, case in enumerate(cases):
                values = {"name": f"case {position}", "public": position == 0, "verdict": case, "message": ""}
                session.add(CaseOutcome(attempt_id=attempt.id, position=position, reason=None, **values))
            return attempt.id

    return make


@pytest.fixture
def another(database: Database) -> str:
    """Another version of the problem, which is served from now on when it is asked for."""
    with database.write() as session:
        return store.add(session, fakes.publish(fakes.problem(SLUG, "b")), "toolchain").id


def test_attempts_and_people_are_counted_once(database: Database, judge: Judge) -> None:
    """A pass rate would count faults of ours, or a solver for each of their attempts."""
    for verdict in ("wrong_answer", "internal_error", "cancelled", "accepted", "accepted"):
        judge("Ada", verdict)
    judge("Grace", "wrong_answer")
    with database.read() as session:
        assert problems.standings(session) == {SLUG: Standing(attempts=4, accepted=2, people=2, solvers=1)}
        assert problems.standing(session, SLUG) == Standing(4, 2, 2, 1)
        assert problems.standing(session, "add_two") == Standing()


def test_attempts_after_the_first_accepted_one_do_not_count_as_tries(database: Database, judge: Judge) -> None:
    """Whoever goes on playing with a solved problem would make it look hard."""
    for name, verdicts in {
        "Ada": ["accepted", "wrong_answer", "accepted"],
        "Grace": ["wrong_answer", "internal_error", "wrong_answer", "accepted"],
        "Alan": ["accepted"],
        "Emmy": ["wrong_answer"],
    }.items():
        for verdict in verdicts:
            judge(name, verdict)
    with database.read() as session:
        assert problems.tries(session, SLUG) == [Tries(1, 2), Tries(3, 1)]


def test_cases_are_counted_where_attempts_reached_them(database: Database, judge: Judge) -> None:
    """A case that nobody reached would look as if everybody passed it."""
    judge("Ada", "wrong_answer", "accepted", "wrong_answer", None)
    judge("Ada", "time_limit", "accepted", "time_limit", None)
    judge("Grace", "accepted", "accepted", "accepted", "accepted")
    with database.read() as session:
        assert problems.cases(session, SLUG, None, 10) == [CaseFigures("case 1", False, judged=3, failed=2, slow=1)]


def test_the_slowest_cases_are_those_that_take_longest_on_average(database: Database, judge: Judge) -> None:
    """One pause of the machine would put a quick case first, and a verdict from the cache a slow one last."""
    for times in ([10.0, 30.0, None], [90.0, 100.0, None], [2.0, 20.0, 5.0]):
        attempt_id = judge("Ada", "accepted")
        cases = [
            {"name": f"case {number}", "public": number == 0, "verdict": "accepted", "reason": None, "message": ""}
            for number in range(len(times))
        ]
        with database.write() as session:
            delivery.keep_cases(session, attempt_id, cases, times)
    with database.read() as session:
        assert problems.slowest(session, SLUG, None, 2) == [
            CaseTimes("case 1", False, attempts=3, mean=50, longest=100),
            CaseTimes("case 0", True, attempts=3, mean=34, longest=90),
        ]
        assert problems.slowest(session, SLUG, "b", 2) == []


def test_times_are_of_the_latest_attempts(database: Database, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slow machine of last year would be blamed on the problem."""
    monkeypatch.setattr(problems, "TIMED", 3)
    for seconds in (9, 1, 2, 3):
        judge("Ada", "accepted", *["accepted"] * seconds)
    with database.read() as session:
        found = problems.times(session, SLUG)
        assert found is not None
        assert (found.attempts, round(found.middle), round(found.most), round(found.longest)) == (3, 2, 3, 3)
        assert problems.times(session, "add_two") is None


def test_figures_can_be_of_one_version(database: Database, judge: Judge, another: str) -> None:
    """What a mended version has made better could not be seen."""
    judge("Ada", "wrong_answer", "wrong_answer")
    with database.write() as session:
        versions = {version.id: version for version in store.versions(session, SLUG)}
        store.serve(session, versions[another])
    judge("Ada", "accepted", "accepted")
    with database.read() as session:
        assert problems.standing(session, SLUG, "b") == Standing(1, 1, 1, 1)
        assert problems.tries(session, SLUG, "b") == [Tries(1, 1)]
        assert problems.tries(session, SLUG) == [Tries(2, 1)]
        assert problems.cases(session, SLUG, "b", 10) == []


def test_help_that_people_took_is_counted(database: Database, judge: Judge) -> None:
    """An author could not see which hint everybody needs."""
    judge("Ada", "accepted")
    judge("Grace", "accepted")
    with database.write() as session:
        ids = [accounts.find(session, name).id for name in ("Ada", "Grace")]
        session.add_all(OpenedHint(user_id=each, slug=SLUG, title="Look") for each in ids)
        session.add(OpenedHint(user_id=ids[0], slug=SLUG, title="Think"))
        session.add(GivenUp(user_id=ids[0], slug=SLUG))
    with database.read() as session:
        assert problems.opened(session, SLUG) == Help([("Look", 2), ("Think", 1)], 1)
        assert problems.opened(session, "add_two") == Help([], 0)


def test_people_are_listed_by_name_with_what_they_did(database: Database, judge: Judge) -> None:
    """An instructor could not see who needs help; or would see who has an account and never did anything."""
    with database.write() as session:
        accounts.create(session, "Idle", Role.LEARNER, None)
        store.serve(session, store.add(session, fakes.publish(fakes.problem("add_two")), "toolchain"))
    for name, verdict, slug in (
        ("grace", "wrong_answer", SLUG),
        ("Ada", "internal_error", SLUG),
        ("Ada", "accepted", SLUG),
        ("Ada", "accepted", SLUG),
        ("Ada", "wrong_answer", "add_two"),
    ):
        judge(name, verdict, slug=slug)
    with database.read() as session:
        found = people.page(session, None, 10)
        assert [(each.name, each.attempts, each.tried, each.solved) for each in found] == [
            ("Ada", 3, 2, 1),
            ("grace", 1, 1, 0),
        ]
        assert [each.name for each in people.page(session, "ADA", 10)] == ["grace"]
        assert [each.name for each in people.page(session, None, 10, "GR")] == ["grace"]
        assert people.page(session, None, 10, "%") == []


def test_whoever_was_erased_counts_as_nobody(database: Database, judge: Judge) -> None:
    """A figure would say that somebody was there, or lose what they did for the problem."""
    with database.write() as session:
        accounts.create(session, "Root", Role.ADMIN, "hash")
    judge("Ada", "accepted", "accepted")
    with database.write() as session:
        erasure.erase(session, "Ada")
    with database.read() as session:
        assert problems.standing(session, SLUG) == Standing(attempts=1, accepted=1, people=0, solvers=0)
        assert problems.tries(session, SLUG) == []
        assert people.page(session, None, 10) == []


def _ids(database: Database, wanted: Wanted, before: str | None = None, limit: int = 10) -> list[str]:
    with database.read() as session:
        return [attempt.id for attempt in browsing.page(session, wanted, before, limit)]


def test_attempts_are_found_by_what_they_are(database: Database, judge: Judge) -> None:
    """An instructor would have to read everybody's attempts to find one."""
    ada, grace = judge("Ada", "accepted"), judge("Grace", "wrong_answer", reason="shape")
    last = judge("Grace", "wrong_answer", reason="value")
    assert _ids(database, Wanted()) == [last, grace, ada]
    assert _ids(database, Wanted(user="aDA")) == [ada]
    assert _ids(database, Wanted(user="nobody")) == []
    assert _ids(database, Wanted(verdict="wrong_answer", reason="shape")) == [grace]
    assert _ids(database, Wanted(pitfall=KNOWN)) == [grace]
    assert _ids(database, Wanted(problem=SLUG, label=fakes.VERSION)) == [last, grace, ada]
    assert _ids(database, Wanted(problem="add_two")) == []
    assert _ids(database, Wanted(label="b")) == []
    assert _ids(database, Wanted(unfinished=True)) == []
    assert _ids(database, Wanted(since=now() - timedelta(hours=1), until=now() + timedelta(hours=1))) != []
    assert _ids(database, Wanted(since=now() + timedelta(hours=1))) == []
    assert _ids(database, Wanted(until=now() - timedelta(hours=1))) == []


def test_a_page_of_attempts_begins_after_the_one_before_it(database: Database, judge: Judge) -> None:
    """An attempt would be shown twice or never while others come in."""
    made = [judge("Ada", "accepted") for _ in range(5)][::-1]
    first = _ids(database, Wanted(), limit=2)
    judge("Ada", "wrong_answer")
    second = _ids(database, Wanted(), first[-1], 2)
    assert first + second + _ids(database, Wanted(), second[-1], 2) == made
