"""Checks of uploads: claimed once, renewed, taken up again, ended after the last try; and what a check is given."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import undefer

from app.accounts import service as accounts
from app.accounts.rights import Role
from app.attempts.execute import Workplace
from app.database.db import Database, now
from app.problems.checking.check import Checked
from app.problems.model import Problem
from app.problems.uploads import checks, service
from app.problems.uploads.checks import Bench, check_next
from app.problems.uploads.models import ProblemUpload
from app.problems.uploads.service import Found, Work
from app.settings import Settings
from sandbox.jobs import Finished, GradeEvent, GradeJob, Sandbox, SandboxDown, SandboxUnavailable, never
from tests.service import fakes
from tests.service.fakes import POLICY, FakeJudge, FakeSandbox

Check = Callable[[Problem, Sandbox, bool], Checked]
FOUND = Found({"problem": "add_three"}, 0, b"content", "toolchain", {"title": "Three"})


@pytest.fixture
def user_id(database: Database) -> str:
    with database.write() as session:
        return accounts.create(session, "Iris", Role.INSTRUCTOR, None).id


@pytest.fixture
def upload(database: Database, user_id: str) -> Callable[[], str]:
    def add(content: str = "1") -> str:
        archive = fakes.archive("add_three", content)
        with database.write() as session:
            return service.add(session, user_id, "add_three", archive, mutants=True).id

    return add


def bench(database: Database, check: Check = fakes.check, sandbox: FakeSandbox | None = None) -> Bench:
    pipeline = replace(fakes.pipeline(FakeJudge()), check=check)
    place = Workplace(database, pipeline, lambda _: pytest.fail("not needed"), sandbox or FakeSandbox(), POLICY)
    return Bench(Settings(max_trace_seconds=5.0), place, {}, lambda: False)


def claim(database: Database, token: str) -> Work | None:
    with database.write() as session:
        return service.claim_next(session, token)


def load(database: Database, upload_id: str) -> ProblemUpload:
    with database.read() as session:
        whole = [undefer(each) for each in (ProblemUpload.archive, ProblemUpload.content, ProblemUpload.draft)]
        return session.scalars(select(ProblemUpload).where(ProblemUpload.id == upload_id).options(*whole)).one()


def lose(database: Database, upload_id: str) -> None:
    """Let the claim of a process that was killed run out."""
    with database.write() as session:
        past = now() - timedelta(seconds=1)
        session.execute(update(ProblemUpload).where(ProblemUpload.id == upload_id).values(claimed_until=past))


def test_the_oldest_upload_is_claimed_first_and_once(database: Database, upload: Callable[[], str]) -> None:
    """A check that takes minutes would be done twice at the same time."""
    first, second = upload(), upload()
    claimed = [claim(database, token) for token in "abc"]
    assert [work and work.id for work in claimed] == [first, second, None]
    row = load(database, first)
    assert (row.state, row.claim, row.tries) == ("running", "a", 1)


def test_a_claim_that_is_not_renewed_is_taken_over(database: Database, upload: Callable[[], str]) -> None:
    """What a killed process was checking would run for ever; or what a living one checks would be taken from it."""
    upload_id = upload()
    assert claim(database, "killed") is not None
    assert claim(database, "other") is None
    lose(database, upload_id)
    with database.write() as session:
        assert service.renew(session, upload_id, "killed")
    assert claim(database, "other") is None
    lose(database, upload_id)
    work = claim(database, "other")
    assert work is not None
    assert (work.id, load(database, upload_id).tries) == (upload_id, 2)
    with database.write() as session:
        assert not service.renew(session, upload_id, "killed")


def test_a_lost_claim_changes_nothing(database: Database, upload: Callable[[], str]) -> None:
    """A process that was thought dead would overwrite what another has found."""
    upload_id = upload()
    claim(database, "old")
    lose(database, upload_id)
    claim(database, "new")
    with database.write() as session:
        assert not service.finish(session, upload_id, "old", FOUND)
        assert not service.fail_try(session, upload_id, "old", POLICY)
        assert not service.hand_back(session, upload_id, "old", timedelta())
    assert load(database, upload_id).claim == "new"
    with database.write() as session:
        assert service.finish(session, upload_id, "new", FOUND)
    row = load(database, upload_id)
    assert (row.state, row.claim, row.archive, row.content) == ("done", None, None, b"content")


def test_what_kills_every_process_ends_after_the_last_try(database: Database, upload: Callable[[], str]) -> None:
    """An upload that kills the service would do so after every start."""
    upload_id = upload()
    for number in range(POLICY.max_tries):
        assert claim(database, str(number)) is not None
        lose(database, upload_id)
    assert not check_next(bench(database))
    row = load(database, upload_id)
    assert (row.state, row.record, row.tries) == ("done", None, 3)
    assert "our fault" in (row.message or "")


@pytest.mark.parametrize("error", [SandboxUnavailable("no slot"), ZeroDivisionError("ours")])
def test_a_fault_of_ours_is_tried_again_and_then_said(
    database: Database, upload: Callable[[], str], error: Exception
) -> None:
    """A hiccup would end a check; or a bug of ours would be tried for ever."""
    upload_id = upload()
    failing = [error, error]

    def check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:
        if failing:
            raise failing.pop()
        return fakes.check(problem, sandbox, mutants)

    assert check_next(bench(database, check))
    row = load(database, upload_id)
    assert (row.state, row.tries, row.claim) == ("queued", 1, None)
    assert "not yours" in (row.message or "")
    while check_next(bench(database, check)):
        pass
    row = load(database, upload_id)
    assert (row.state, row.tries, row.message, row.errors) == ("done", 3, None, 0)
    assert row.record is not None


def test_a_sandbox_that_is_down_costs_no_try(database: Database, upload: Callable[[], str]) -> None:
    """Three restarts of a daemon would end a check that nothing was wrong with."""
    upload_id = upload()

    def check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:
        raise SandboxDown("the daemon does not answer")

    assert check_next(bench(database, check))
    row = load(database, upload_id)
    assert (row.state, row.tries, row.message) == ("queued", 0, None)
    assert row.not_before is not None
    sandbox = FakeSandbox()
    sandbox.down = "Nothing can be run."
    assert not check_next(bench(database, fakes.check, sandbox))


def test_a_stop_costs_no_try(database: Database, upload: Callable[[], str]) -> None:
    """Whoever restarts the service often would end every long check."""
    upload_id = upload()

    def check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:
        leaving.set()
        raise SandboxUnavailable("the sandbox is closed")

    leaving = threading.Event()
    stopping = replace(bench(database, check), leaving=leaving.is_set)
    assert check_next(stopping)
    assert (load(database, upload_id).state, load(database, upload_id).tries) == ("queued", 0)
    assert not check_next(stopping)


def test_a_claim_is_renewed_while_a_check_takes_long(
    database: Database, upload: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A check that takes longer than a claim counts would be done by every process at once, and never end."""
    monkeypatch.setattr(checks, "LEASE", timedelta(seconds=0.03))
    renewed = threading.Semaphore(0)
    renew = service.renew

    def noted(*arguments: object) -> bool:
        held = renew(*arguments)  # type: ignore[arg-type]
        renewed.release()
        return held

    monkeypatch.setattr(service, "renew", noted)

    def check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:
        for _ in range(3):
            assert renewed.acquire(timeout=10)
        return fakes.check(problem, sandbox, mutants)

    upload_id = upload()
    assert check_next(bench(database, check))
    assert load(database, upload_id).state == "done"


def test_a_check_that_takes_too_long_is_given_up_with_a_finding(database: Database, upload: Callable[[], str]) -> None:
    """A folder with hundreds of endless submissions would keep every lane from learners for hours."""
    upload_id = upload()
    begun = []

    class Slow(FakeSandbox):
        def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
            begun.append(job)
            yield Finished("", {"start": 10.0, "trace": 500_000.0, "evaluate": 400_000.0, "run": 300_000.0})

    def check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:
        for _ in range(10):
            assert [type(event) for event in sandbox.grade(GradeJob("", ()))] == [Finished]
        return fakes.check(problem, sandbox, mutants)

    assert check_next(bench(database, check, Slow()))
    row = load(database, upload_id)
    assert (row.state, row.tries, len(begun)) == ("done", 1, 2)
    assert row.record is not None
    (finding,) = row.record["findings"]
    assert (finding["code"], finding["severity"]) == ("check-unfinished", "error")
    assert "1800 seconds" in finding["message"]
    assert row.content is None


def test_a_check_is_bounded_by_the_operator_and_its_version_is_not(
    database: Database, upload: Callable[[], str]
) -> None:
    """An instructor could have anything run for any time; or a bound that is raised later would never count."""
    seen = []

    def check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:
        seen.append(problem.limits.trace_seconds)
        return fakes.check(problem, sandbox, mutants)

    upload_id = upload()
    assert check_next(bench(database, check))
    assert seen == [5.0]
    content = load(database, upload_id).content
    assert content is not None
    published = bench(database).workplace.pipeline.load(content)
    assert published.problem.limits.trace_seconds == 100.0


def test_nothing_is_left_behind_on_disk(
    database: Database, upload: Callable[[], str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """References and hidden cases would pile up in a folder that everybody on the machine knows."""
    seen = []

    def read(folder: Path) -> Problem:
        seen.append(folder)
        assert folder.parent.stat().st_mode & 0o777 == 0o700
        raise ZeroDivisionError

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    upload()
    made = bench(database)
    made = replace(made, workplace=replace(made.workplace, pipeline=replace(made.workplace.pipeline, read=read)))
    assert check_next(made)
    assert [folder.name for folder in seen] == ["add_three"]
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("allclose-upload-")]


def test_old_uploads_are_forgotten(database: Database, upload: Callable[[], str]) -> None:
    """What was uploaded and never published would pile up for good."""
    old, new = upload(), upload()
    for upload_id in (old, new):
        assert claim(database, upload_id) is not None
        if upload_id == new:
            with database.write() as session:
                month = now() - timedelta(days=31)
                session.execute(update(ProblemUpload).where(ProblemUpload.id == old).values(finished_at=month))
        with database.write() as session:
            service.finish(session, upload_id, upload_id, FOUND)
    with database.read() as session:
        assert session.scalars(select(ProblemUpload.id)).all() == [new]
