"""Judging again from stored programs, with a real sandbox: what is not traced again, and what has to be."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from app.accounts import service as accounts
from app.accounts.rights import Actor, Role
from app.attempts import programs
from app.attempts.execute import Workplace
from app.attempts.models import Attempt
from app.attempts.programs import AttemptProgram
from app.database.db import Database
from app.judge.traces import Traces
from app.pipeline import production
from app.problems import catalogue, folder, published, store
from app.problems.model import Problem
from app.problems.publishing.publish import publish
from app.rejudge.selection import Asked
from app.settings import Settings
from sandbox.jobs import GradeEvent, GradeJob, Sandbox, TracedProgram, never
from sandbox.local import LocalSandbox
from tests import folders
from tests.service import fakes
from tests.service.fakes import POLICY
from tests.service.test_rejudge import apply, judged, look, make, scalars, verdict, work_through

NEAR = "def double(x):\n    print('hello')\n    return 2.001 * x\n"
WIDE = "\n[tolerances.float32]\natol = 1e-2\nrtol = 1e-2\n"
ALL = Asked("problem", "double")


class Watched:
    """A sandbox that notes its jobs."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        self.jobs: list[GradeJob] = []

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        self.jobs.append(job)
        return self._sandbox.grade(job, enough)

    def __getattr__(self, name: str) -> object:
        return getattr(self._sandbox, name)


@pytest.fixture(scope="module")
def real() -> Iterator[LocalSandbox]:
    made = LocalSandbox()
    yield made
    made.close()


@pytest.fixture
def watched(real: LocalSandbox) -> Watched:
    return Watched(real)


@pytest.fixture
def workplace(database: Database, settings: Settings, watched: Watched) -> Workplace:
    loaded = catalogue.reader(database, published.loads, settings)
    return Workplace(database, production(), loaded, watched, POLICY)  # type: ignore[arg-type]  # by ``__getattr__``


@pytest.fixture
def ada(database: Database) -> Actor:
    with database.write() as session:
        user = accounts.create(session, "Ada", Role.INSTRUCTOR, None)
        return Actor(user.id, user.name, Role.INSTRUCTOR)


@pytest.fixture
def serve(database: Database, real: LocalSandbox, tmp_path: Path) -> Callable[..., None]:
    """Publishes and serves a version of ``double``."""

    def version(label: str, more: str = "", **changes: str) -> None:
        made = folders.double(tmp_path / label, **changes)
        manifest = made / "problem.toml"
        text = manifest.read_text().replace('version = "1.0.0"', f'version = "{label}"')
        manifest.write_text(text + more)
        problem = folder.read(made)
        assert isinstance(problem, Problem), problem
        with database.write() as session:
            store.serve(session, store.add(session, publish(problem, real), "toolchain"))

    return version


def _submit(workplace: Workplace, ada: Actor, source: str) -> str:
    return judged(workplace, ada.user_id, source.encode(), "double")


def test_a_wider_tolerance_raises_and_a_narrower_one_lowers_only_if_allowed(
    workplace: Workplace, watched: Watched, ada: Actor, serve: Callable[..., None]
) -> None:
    """Learners who were right by a mended problem would stay wrong, or run again for it, or lose what they had."""
    database = workplace.database
    serve("1.0.0")
    near, wrong = _submit(workplace, ada, NEAR), _submit(workplace, ada, folders.DOUBLE.format("3 * x"))
    assert verdict(database, near) == ("wrong_answer", "value")
    serve("1.1.0", WIDE)
    watched.jobs.clear()
    made = make(workplace, ada, ALL)
    work_through(workplace)
    assert look(database, made, stored=True) == ("previewed", {"judged": 2, "raised": 1, "unchanged": 1, "stored": 2})
    assert [len(job.traced) for job in watched.jobs] == [len(job.signatures) for job in watched.jobs] == [3, 3]
    apply(workplace, ada, made)
    assert [verdict(database, each)[0] for each in (near, wrong)] == ["accepted", "wrong_answer"]
    [report] = scalars(database, select(Attempt.report).where(Attempt.id == near))
    assert (report["printed"], report["traced"]) == ("hello\n" * 3, 3)
    assert len({artifact["sha256"] for artifact in report["artifacts"]}) == 3

    back = make(workplace, ada, replace(ALL, against="double@1.0.0"))
    work_through(workplace)
    assert look(database, back, stored=True)[1] == {"judged": 2, "lowered": 1, "unchanged": 1, "stored": 2}
    apply(workplace, ada, back)
    assert verdict(database, near)[0] == "accepted"
    apply(workplace, ada, back, lowering=True)
    assert verdict(database, near) == ("wrong_answer", "value")


def test_what_does_not_fit_any_more_is_traced_again(
    workplace: Workplace, watched: Watched, ada: Actor, serve: Callable[..., None], tmp_path: Path
) -> None:
    """A verdict would rest on programs of other types, other limits, or none."""
    database = workplace.database
    serve("1.0.0")
    _submit(workplace, ada, folders.DOUBLE.format("x + x"))
    cases = (folders.double(tmp_path) / "cases.py").read_text().replace("draw(9)", "draw(10)")
    for label, more, changes in (
        ("2.0.0", "", {"cases_py": cases}),
        ("3.0.0", "\n[limits]\ntrace_seconds = 7\n", {}),
        ("4.0.0", "\n[rules]\ndeterministic = true\n", {}),
    ):
        serve(label, more, **changes)
        watched.jobs.clear()
        made = make(workplace, ada, ALL)
        work_through(workplace)
        assert look(database, made, stored=True)[1] == {"judged": 1, "unchanged": 1}, label
        assert [job.traced for job in watched.jobs] == [()], label


def test_stored_programs_that_are_damaged_or_gone_are_no_verdict(
    workplace: Workplace, watched: Watched, ada: Actor, serve: Callable[..., None]
) -> None:
    """A learner would get a verdict on what the database had lost."""
    database = workplace.database
    serve("1.0.0")
    _submit(workplace, ada, folders.DOUBLE.format("x + x"))
    for change in (update(AttemptProgram).values(program=gzip.compress(b"damaged")), delete(AttemptProgram)):
        with database.write() as session:
            session.execute(change)
        made = make(workplace, ada, ALL)
        work_through(workplace)
        assert look(database, made, stored=True)[1] == {"judged": 1, "unchanged": 1}
    assert [bool(job.traced) for job in watched.jobs] == [False, True, False, False]


def test_what_is_kept_of_an_attempt_is_bounded_and_goes_with_it(
    workplace: Workplace, ada: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Large programs would fill the database, and an erased learner's stay in it."""
    large = Traces("t", {"s": TracedProgram(bytes(range(256)) * 16, fakes.TRACES.programs["of a signature"].returns)})
    packed = programs.packed(large)
    assert packed.keys() == {"s"}
    monkeypatch.setattr(programs, "MOST_BYTES", len(packed["s"]) - 1)
    assert programs.packed(large) == {}
    database = workplace.database
    monkeypatch.undo()
    attempt_id = judged(replace(workplace, pipeline=fakes.pipeline(fakes.FakeJudge())), ada.user_id, b"right")
    with database.read() as session:
        assert programs.stored(session, session.get_one(Attempt, attempt_id)) == fakes.TRACES
    with database.write() as session:
        session.execute(delete(Attempt))
    assert scalars(database, select(AttemptProgram.signature)) == []
