"""Rejudging: shown first, applied only where asked for and where nothing changed meanwhile, resumed and cancelled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.accounts import service as accounts
from app.accounts.models import User
from app.accounts.rights import Actor, Role
from app.attempts import admission, delivery, events, service, verdicts
from app.attempts.execute import Workplace, execute_attempt
from app.attempts.models import Attempt, CaseOutcome, PastVerdict
from app.attempts.service import Submitted
from app.audit import service as audit
from app.audit.service import Filter
from app.database.db import Database, new_id, now
from app.errors import (
    AttemptNotFound,
    NoAttemptsLeft,
    NothingToRejudge,
    ProblemNotFound,
    RejudgingRuns,
    SolutionClosed,
    UserNotFound,
    VersionNotFound,
    WrongState,
    WrongVersion,
)
from app.personal import erasure
from app.problems import catalogue, published, store
from app.problems.model import AttemptPolicy
from app.progress import service as progress
from app.rejudge import claims, work
from app.rejudge import service as rejudging
from app.rejudge.models import Rejudged, Rejudging
from app.rejudge.selection import Asked
from app.settings import Settings
from sandbox.jobs import SandboxDown
from tests.service import fakes
from tests.service.fakes import POLICY, FakeJudge, FakeSandbox

PROBLEM = Asked("problem", "add_one")


@pytest.fixture
def workplace(database: Database, settings: Settings, judge: FakeJudge) -> Workplace:
    loaded = catalogue.reader(database, published.loads, settings)
    return Workplace(database, fakes.pipeline(judge), loaded, FakeSandbox(), POLICY)


@pytest.fixture
def ada(database: Database) -> Actor:
    with database.write() as session:
        user = accounts.create(session, "Ada", Role.INSTRUCTOR, None)
        return Actor(user.id, user.name, Role.INSTRUCTOR)


def judged(workplace: Workplace, user_id: str | None, source: bytes, slug: str = "add_one") -> str:
    """An attempt that is done."""
    database = workplace.database
    with database.write() as session:
        attempt_id = service.submit(session, user_id, Submitted("grade", slug, source)).id
    while True:
        with database.write() as session:
            taken = delivery.claim_next(session, claim := new_id())
        if taken is None:
            return attempt_id
        execute_attempt(taken, claim, workplace)


def publish(database: Database, right: str, *, slug: str = "add_one", serve: bool = True) -> str:
    """A new version by which sources are right that begin with one of these letters; returns its id."""
    with database.write() as session:
        version = store.add(session, fakes.publish(fakes.problem(slug, right)), "toolchain")
        if serve:
            store.serve(session, version)
        return version.id


def make(workplace: Workplace, actor: Actor, asked: Asked = PROBLEM) -> str:
    with workplace.database.write() as session:
        return rejudging.make(session, actor, asked).rejudging.id


def work_through(workplace: Workplace) -> None:
    while work.step(workplace):
        pass


def look(database: Database, rejudging_id: str, *, stored: bool = False) -> tuple[str, dict[str, int]]:
    """Its state and what there is of it; and, if asked for, how many were judged from stored programs."""
    with database.read() as session:
        found = rejudging.find(session, rejudging_id)
        counts = {name: count for name, count in found.counts.items() if count and (stored or name != "stored")}
        return found.rejudging.state, counts


def apply(workplace: Workplace, actor: Actor, rejudging_id: str, *, lowering: bool = False) -> None:
    with workplace.database.write() as session:
        rejudging.apply(session, actor, rejudging_id, allow_lowering=lowering)
    work_through(workplace)


def verdict(database: Database, attempt_id: str) -> tuple[str | None, str | None]:
    with database.read() as session:
        attempt = session.get_one(Attempt, attempt_id)
        return attempt.verdict, attempt.reason


def scalars(database: Database, query: Any) -> list[Any]:
    with database.read() as session:
        return list(session.scalars(query))


def test_a_preview_changes_nothing_and_applying_changes_what_it_showed(workplace: Workplace, ada: Actor) -> None:
    """An instructor would change a course's verdicts by a look, or not change them at all."""
    database = workplace.database
    right, wrong, known = (judged(workplace, ada.user_id, word) for word in (b"right", b"wrong", b"known"))
    version = publish(database, "rw")
    made = make(workplace, ada)
    work_through(workplace)
    assert look(database, made) == ("previewed", {"judged": 3, "raised": 1, "unchanged": 2})
    assert verdict(database, wrong) == ("wrong_answer", "value")
    with database.read() as session:
        [change] = rejudging.changes(session, made, None, 0, 10)
        before = session.get_one(Attempt, wrong)
    row = change.rejudged
    assert (row.attempt_id, change.user, row.direction, change.version.id) == (wrong, "Ada", "raised", version)
    assert (row.before_verdict, row.before_reason, row.after_verdict) == ("wrong_answer", "value", "accepted")
    apply(workplace, ada, made)
    assert look(database, made) == ("applied", {"judged": 2, "applied": 1, "raised": 1, "unchanged": 2})
    assert [verdict(database, each)[0] for each in (right, wrong, known)] == ["accepted", "accepted", "wrong_answer"]
    with database.read() as session:
        after = session.get_one(Attempt, wrong)
        assert after.report is not None
        assert (after.report["problem_version"], after.report["verdict"]) == ("rw", "accepted")
        # What it was submitted for and when it ended are facts of then.
        assert (after.problem_version_id, after.finished_at) == (before.problem_version_id, before.finished_at)
        cases = session.scalars(select(CaseOutcome.verdict).where(CaseOutcome.attempt_id == wrong)).all()
        assert cases == ["accepted", "accepted"]
        [event] = [each for each in events.after(session, wrong, 0) if each.kind == "rejudged"]
        assert event.data["verdict"] == "accepted"


def test_what_was_before_is_kept_with_what_it_was_judged_against(workplace: Workplace, ada: Actor) -> None:
    """A verdict that somebody was told could not be found out any more."""
    database = workplace.database
    attempt = judged(workplace, ada.user_id, b"known")
    first = scalars(database, select(Attempt.problem_version_id))[0]
    old = scalars(database, select(Attempt.report))[0]
    versions = [publish(database, label) for label in ("k", "r")]
    for version, lowering in zip(("add_one@k", "add_one@r"), (False, True), strict=True):
        made = make(workplace, ada, Asked("attempt", attempt, version))
        work_through(workplace)
        apply(workplace, ada, made, lowering=lowering)
    with database.read() as session:
        earlier = verdicts.earlier(session, attempt)
        past = [each.past for each in earlier]
        assert verdicts.judged_against(session, session.get_one(Attempt, attempt)) == versions[1]
    assert [each.label for each in earlier] == ["1.0.0", "k"]
    assert [(each.verdict, each.pitfall) for each in past] == [("wrong_answer", fakes.KNOWN), ("accepted", None)]
    assert [each.version_id for each in past] == [first, versions[0]]
    assert [each.by_version_id for each in past] == versions
    assert past[0].report == old
    assert verdict(database, attempt) == ("wrong_answer", "value")


def test_accepted_attempts_are_lowered_only_if_that_is_allowed(workplace: Workplace, ada: Actor) -> None:
    """A slip in a new version would take from learners what they had."""
    database = workplace.database
    right, wrong = (judged(workplace, ada.user_id, word) for word in (b"right", b"wrong"))
    publish(database, "w")
    made = make(workplace, ada)
    work_through(workplace)
    for _ in range(2):
        apply(workplace, ada, made)
        assert (verdict(database, right)[0], verdict(database, wrong)[0]) == ("accepted", "accepted")
        assert look(database, made) == ("applied", {"judged": 1, "applied": 1, "raised": 1, "lowered": 1})
    apply(workplace, ada, made, lowering=True)
    apply(workplace, ada, made, lowering=True)
    assert verdict(database, right) == ("wrong_answer", "value")
    assert len(scalars(database, select(PastVerdict.id))) == 2
    with database.read() as session:
        actions = [entry.action for entry in audit.page(session, Filter(subject=made), None, 10)]
        progress.check_solution(session, ada.user_id, "add_one")
    assert actions == ["rejudging.applied", "rejudging.applied", "rejudging.made"]


def test_a_lowered_attempt_closes_the_solution_again(workplace: Workplace, ada: Actor) -> None:
    """Progress would go by verdicts that nobody has any more."""
    database = workplace.database
    judged(workplace, ada.user_id, b"right")
    publish(database, "w")
    made = make(workplace, ada)
    work_through(workplace)
    apply(workplace, ada, made, lowering=True)
    with database.read() as session, pytest.raises(SolutionClosed):
        progress.check_solution(session, ada.user_id, "add_one")


def test_attempts_that_changed_meanwhile_are_passed_over(workplace: Workplace, ada: Actor) -> None:
    """A second rejudging would undo the first, or bring back what was erased."""
    database = workplace.database
    first, second, third = (judged(workplace, ada.user_id, b"wrong %d" % number) for number in range(3))
    publish(database, "w")
    made, other = make(workplace, ada), make(workplace, ada, Asked("attempt", first))
    work_through(workplace)
    apply(workplace, ada, other)
    with database.write() as session:
        session.execute(delete(Attempt).where(Attempt.id == second))
    apply(workplace, ada, made)
    assert look(database, made) == ("applied", {"raised": 2, "applied": 1, "skipped": 1})
    assert [verdict(database, each)[0] for each in (first, third)] == ["accepted", "accepted"]
    assert len(scalars(database, select(PastVerdict.id))) == 2


def test_faults_of_ours_are_judged_after_all(workplace: Workplace, ada: Actor, judge: FakeJudge) -> None:
    """An attempt that we failed would stay without a verdict for good, or a fault become one."""
    database = workplace.database
    mended, broken = judged(workplace, ada.user_id, b"bug"), judged(workplace, ada.user_id, b"unavailable")
    judge.gate.set()
    with database.write() as session:
        session.execute(update(Attempt).where(Attempt.id == mended).values(source=b"wrong"))
    publish(database, "w")
    made = make(workplace, ada)
    work_through(workplace)
    assert look(database, made) == ("previewed", {"judged": 1, "failed": 1, "raised": 1})
    with database.read() as session:
        rows = rejudging.changes(session, made, None, 0, 10)
    assert [(row.rejudged.state, row.rejudged.direction) for row in rows] == [("judged", "raised"), ("failed", None)]
    apply(workplace, ada, made)
    assert [verdict(database, each)[0] for each in (mended, broken)] == ["accepted", "internal_error"]


def test_an_attempt_that_did_not_count_does_not_begin_to(workplace: Workplace, ada: Actor) -> None:
    """A learner who was told to submit again would have lost one of few attempts by it."""
    database = workplace.database
    attempt = judged(workplace, ada.user_id, b"bug")
    with database.write() as session:
        session.execute(update(Attempt).values(source=b"wrong"))
    made = make(workplace, ada)
    work_through(workplace)
    apply(workplace, ada, made)
    assert verdict(database, attempt)[0] == "wrong_answer"

    def check() -> None:
        with database.write() as session:
            admission.check(session, ada.user_id, Submitted("grade", "add_one", b""), AttemptPolicy(most=1), 10)

    check()
    judged(workplace, ada.user_id, b"wrong")
    with pytest.raises(NoAttemptsLeft):
        check()


def test_a_claim_ends_with_its_holder_and_what_was_judged_stays(workplace: Workplace, ada: Actor) -> None:
    """A killed process would hold up a rejudging for good, or begin it anew."""
    database = workplace.database
    attempts = [judged(workplace, ada.user_id, b"wrong") for _ in range(2)]
    publish(database, "w")
    made = make(workplace, ada)
    assert work.step(workplace)
    with database.write() as session:
        held = claims.take(session, "of a killed process")
        assert held is not None
        assert held.attempt_id == attempts[1]
    assert not work.step(workplace)
    with database.write() as session:
        session.execute(update(Rejudged).where(Rejudged.claim.is_not(None)).values(claimed_until=now()))
    work_through(workplace)
    assert look(database, made) == ("previewed", {"judged": 2, "raised": 2})
    with database.write() as session:
        seen = claims.Seen(b"", "", None, None)
        late = fakes.report(fakes.problem("add_one"), b"wrong")
        assert not claims.keep(session, held, seen, late, traced=True)
        assert not claims.renew(session, held)
        assert not claims.fail_try(session, held, POLICY)


def test_an_attempt_that_ends_its_holder_is_given_up(workplace: Workplace, ada: Actor) -> None:
    """A source that kills the service would do so for ever."""
    database = workplace.database
    judged(workplace, ada.user_id, b"wrong")
    made = make(workplace, ada)
    for _ in range(POLICY.max_tries):
        with database.write() as session:
            assert claims.take(session, new_id()) is not None
            session.execute(update(Rejudged).values(claimed_until=now()))
    work_through(workplace)
    assert look(database, made) == ("previewed", {"failed": 1})


def test_no_two_processes_judge_the_same_attempt(workplace: Workplace, ada: Actor) -> None:
    """Each process would do all of the work."""
    database = workplace.database
    attempts = {judged(workplace, ada.user_id, b"wrong") for _ in range(3)}
    make(workplace, ada)
    taken = []
    for number in range(4):
        with database.write() as session:
            taken.append(claims.take(session, str(number)))
    assert {held.attempt_id for held in taken if held is not None} == attempts
    assert taken[3] is None


def test_a_cancelled_rejudging_judges_and_applies_no_more(workplace: Workplace, ada: Actor) -> None:
    """An instructor who sees a slip could only watch."""
    database = workplace.database
    attempt = judged(workplace, ada.user_id, b"wrong")
    publish(database, "w")
    made = make(workplace, ada)
    with database.write() as session:
        held = claims.take(session, "busy")
        assert held is not None
    for _ in range(2):
        with database.write() as session:
            rejudging.cancel(session, ada, made)
    with database.write() as session:
        assert not claims.renew(session, held)
    assert not work.step(workplace)
    assert look(database, made)[0] == "cancelled"
    with database.write() as session, pytest.raises(WrongState, match="cancelled"):
        rejudging.apply(session, ada, made, allow_lowering=False)
    assert verdict(database, attempt)[0] == "wrong_answer"


def test_what_holds_a_claim_renews_it_and_stops_when_it_is_lost(
    workplace: Workplace, ada: Actor, judge: FakeJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long judging would be begun again by another process, and go on after it was cancelled."""
    database = workplace.database
    judged(workplace, ada.user_id, b"wrong")
    with database.write() as session:
        session.execute(update(Attempt).values(source=b"hold"))
    made = make(workplace, ada)
    monkeypatch.setattr(claims, "LEASE_SECONDS", 0.15)
    renewed: list[bool] = []
    renew = claims.renew

    def note(session: Session, held: claims.Held) -> bool:
        renewed.append(renew(session, held))
        if len(renewed) == 2:
            rejudging.cancel(session, ada, made)
        if not renewed[-1]:
            judge.gate.set()
        return renewed[-1]

    monkeypatch.setattr(claims, "renew", note)
    work_through(workplace)
    assert renewed[:3] == [True, True, False]
    assert look(database, made) == ("cancelled", {"waiting": 1})


def test_a_preview_is_applied_only_once_it_is_whole(workplace: Workplace, ada: Actor) -> None:
    """What nobody has seen would be applied."""
    judged(workplace, ada.user_id, b"wrong")
    made = make(workplace, ada)
    with workplace.database.write() as session, pytest.raises(WrongState, match="previewed"):
        rejudging.apply(session, ada, made, allow_lowering=False)


def test_the_same_is_not_judged_again_twice_at_a_time(workplace: Workplace, ada: Actor) -> None:
    """A second click would double hours of work."""
    judged(workplace, ada.user_id, b"wrong")
    made = make(workplace, ada)
    with pytest.raises(RejudgingRuns, match=made):
        make(workplace, ada)
    work_through(workplace)
    assert make(workplace, ada) != made


def test_no_sandbox_costs_no_try(workplace: Workplace, ada: Actor, judge: FakeJudge) -> None:
    """Attempts would be given up while Docker is being restarted."""
    database = workplace.database
    judged(workplace, ada.user_id, b"wrong")
    with database.write() as session:
        session.execute(update(Attempt).values(source=b"down"))
    make(workplace, ada)
    assert work.step(workplace)
    [row] = scalars(database, select(Rejudged))
    assert (row.state, row.tries, row.claim) == ("waiting", 0, None)
    assert row.not_before > now()
    assert isinstance(workplace.sandbox, FakeSandbox)
    workplace.sandbox.down = SandboxDown.__doc__ or ""
    tried = len(judge.judged)
    assert not work.step(workplace)
    assert len(judge.judged) == tried


Pick = Callable[[dict[str, str]], Asked]


@pytest.mark.parametrize(
    ("pick", "chosen"),
    [
        (lambda ids: PROBLEM, {"old", "new", "eve"}),
        (lambda ids: Asked("version", "add_one@1.0.0"), {"old", "eve"}),
        (lambda ids: Asked("version", ids["sha256"]), {"new"}),
        (lambda ids: Asked("user", "ADA"), {"old", "new"}),
        (lambda ids: Asked("attempt", ids["old"]), {"old"}),
        (lambda ids: Asked("user", "ada", "add_one@n"), {"old", "new"}),
    ],
)
def test_attempts_are_selected(workplace: Workplace, ada: Actor, pick: Pick, chosen: set[str]) -> None:
    """An instructor would judge others than they meant, cancelled ones, runs, or what is not done."""
    database = workplace.database
    with database.write() as session:
        eve = accounts.create(session, "Eve", Role.LEARNER, None).id
    ids = {"old": judged(workplace, ada.user_id, b"wrong"), "eve": judged(workplace, eve, b"wrong")}
    publish(database, "n")
    ids["new"] = judged(workplace, ada.user_id, b"wrong")
    with database.write() as session:
        for kind in ("grade", "run"):
            other = service.submit(session, ada.user_id, Submitted(kind, "add_one", b"right"))
            if kind == "grade":
                service.cancel(session, "grade", other.id, ada.user_id)
        service.submit(session, ada.user_id, Submitted("grade", "add_one", b"not done"))
    ids["sha256"] = hashlib.sha256(b"n").hexdigest()
    make(workplace, ada, pick(ids))
    names = {attempt_id: name for name, attempt_id in ids.items()}
    assert {names[each] for each in scalars(database, select(Rejudged.attempt_id))} == chosen


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        (Asked("problem", "nothing"), ProblemNotFound),
        (Asked("problem", "nothing", "add_one@1.0.0"), ProblemNotFound),
        (Asked("version", "add_one@2"), VersionNotFound),
        (Asked("problem", "add_one", "0" * 64), VersionNotFound),
        (Asked("problem", "add_one", "add_two@x"), WrongVersion),
        (Asked("user", "nobody"), UserNotFound),
        (Asked("attempt", "nothing"), AttemptNotFound),
        (Asked("user", "Ada", "add_two@x"), NothingToRejudge),
    ],
)
def test_what_cannot_be_selected_is_said(
    workplace: Workplace, ada: Actor, asked: Asked, error: type[Exception]
) -> None:
    """A slip in a name would judge nothing, and look like an answer."""
    judged(workplace, ada.user_id, b"wrong")
    publish(workplace.database, "x", slug="add_two")
    with pytest.raises(error):
        make(workplace, ada, asked)
    assert scalars(workplace.database, select(Rejudging.id)) == []


def test_a_rejudging_outlives_whoever_made_it(workplace: Workplace, ada: Actor) -> None:
    """Erasing an instructor would fail, or undo what they did."""
    database = workplace.database
    judged(workplace, None, b"wrong")
    made = make(workplace, ada)
    with database.write() as session:
        session.execute(delete(User).where(User.id == ada.user_id))
    work_through(workplace)
    with database.read() as session:
        assert rejudging.find(session, made).made_by is None


def test_what_one_look_applies_is_bounded(workplace: Workplace, ada: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody else could write while a course's verdicts change."""
    database = workplace.database
    attempts = [judged(workplace, ada.user_id, b"wrong") for _ in range(3)]
    publish(database, "w")
    made = make(workplace, ada)
    work_through(workplace)
    monkeypatch.setattr(claims, "_TOGETHER", 2)
    woken: list[str] = []
    watched = replace(workplace, wake=woken.append)
    with database.write() as session:
        rejudging.apply(session, ada, made, allow_lowering=False)
    assert work.step(watched)
    assert woken == attempts[:2]
    work_through(watched)
    assert woken == attempts


def test_whoever_is_erased_is_in_no_rejudging_any_more(workplace: Workplace, ada: Actor) -> None:
    """One erased learner would keep every rejudging from being applied, or have their empty source judged."""
    database = workplace.database
    with database.write() as session:
        grace = accounts.create(session, "Grace", Role.LEARNER, None).id
    mine, theirs = judged(workplace, ada.user_id, b"wrong 1"), judged(workplace, grace, b"wrong 2")
    publish(database, "w")
    made = make(workplace, ada)
    about = make(workplace, ada, Asked("user", "Grace"))
    work_through(workplace)
    with database.write() as session:
        erasure.erase(session, "Grace")
    apply(workplace, ada, made)
    assert look(database, made) == ("applied", {"raised": 1, "applied": 1})
    assert [verdict(database, each)[0] for each in (mine, theirs)] == ["accepted", "wrong_answer"]
    again = make(workplace, ada)
    work_through(workplace)
    assert look(database, again) == ("previewed", {"judged": 1, "unchanged": 1})
    with database.read() as session:
        entries = audit.page(session, Filter(), None, 100)
        assert rejudging.find(session, about).rejudging.subject == audit.ERASED
    assert "Grace" not in {each.subject_name for each in entries} | {each.actor_name for each in entries}
    assert not any("Grace" in each.subject_name for each in entries)


def test_an_attempt_is_judged_again_where_what_it_takes_is(workplace: Workplace, ada: Actor) -> None:
    """A worker without a GPU would fail what another could judge."""
    database = workplace.database
    attempt_id = judged(workplace, ada.user_id, b"wrong")
    with database.write() as session:
        session.execute(update(Attempt).where(Attempt.id == attempt_id).values(queue="gpu"))
    publish(database, "w")
    made = make(workplace, ada)
    assert not work.step(workplace, ["cpu"])
    assert work.step(workplace, ["cpu", "gpu"])
    work_through(workplace)
    assert look(database, made) == ("previewed", {"judged": 1, "raised": 1})


def test_a_stop_costs_no_try(workplace: Workplace, ada: Actor) -> None:
    """Restarts would leave attempts that nobody could judge again."""
    database = workplace.database
    judged(workplace, ada.user_id, b"unavailable")
    publish(database, "w")
    with database.write() as session:
        session.execute(update(Attempt).values(state="done", claim=None, verdict="internal_error"))
    made = make(workplace, ada)
    left = iter([False, True])
    assert work.step(workplace, ["cpu"], lambda: next(left))
    with database.read() as session:
        [row] = session.scalars(select(Rejudged).where(Rejudged.rejudging_id == made))
    assert (row.state, row.tries, row.claim) == ("waiting", 0, None)
