"""Every hostile file against every backend: its verdict, the canary after it, and nothing left behind.

Invariant: a file is never accepted, never our own fault, and never seen by whoever comes after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace

import pytest

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.run import run_public
from app.judge.verdict import Report
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.plan import limits
from app.problems.published import Published
from app.problems.publishing.publish import PublishFailed, publish
from sandbox.jobs import CasesJob, Sandbox
from tests.backends import BACKENDS, Backend
from tests.hostile import corpus, leftovers
from tests.hostile.conftest import Table
from tests.hostile.corpus import Hostile

#: An ordinary right submission.
CANARY = b"import jax.numpy as jnp\n\n\ndef solve(x, y):\n    return x * jnp.dot(x, y)\n"
#: Digits of the first number of every hidden input.
SECRET = "76543"


@dataclass(frozen=True)
class Walled:
    """A warm backend, the problem published on it, and what the machine looked like then."""

    backend: Backend
    sandbox: Sandbox
    published: Published
    before: leftovers.Leftovers

    def grade(self, source: bytes) -> Report:
        """The report on a submission."""
        *_, last = judge(self.published, source, self.sandbox)
        assert isinstance(last, Judged)
        return last.report

    def assert_untouched(self) -> None:
        """The canary is accepted, and nothing has been left."""
        for seconds in (5, 30, 120):
            report = self.grade(CANARY)
            assert report.verdict == "accepted", report.message
            # A lane that is being replaced after this job has no evaluator yet: the second canary gives it one.
            left = leftovers.settle(self.before, self.backend.leftovers, seconds)
            if not left:
                return
        pytest.fail(f"it has left (before, after): {left}")


def _problem() -> Problem:
    problem = read(corpus.PROBLEM)
    assert isinstance(problem, Problem), problem
    return problem


@pytest.fixture(scope="module")
def warm() -> Iterator[Callable[[Backend], Walled]]:
    """Opens a backend for as long as no other is asked for."""
    with ExitStack() as opened:
        current: list[Walled] = []

        def of(backend: Backend) -> Walled:
            if not current or current[0].backend is not backend:
                current.clear()
                opened.close()
                sandbox = opened.enter_context(closing(backend.open()))
                published = publish(_problem(), sandbox)
                first = Walled(backend, sandbox, published, {})
                assert first.grade(CANARY).verdict == "accepted"
                current.append(replace(first, before=leftovers.steady(backend.leftovers)))
            return current[0]

        yield of


@pytest.fixture
def walled(backend: Backend, warm: Callable[[Backend], Walled]) -> Walled:
    """One warm sandbox of each backend for all files."""
    return warm(backend)


def _parameters(files: Sequence[Hostile]) -> list[object]:
    """Every backend with every file; what is not always run bears the mark that deselects it."""
    firsts = {file.category: file.name for file in reversed(files) if file.always}

    def parameter(backend: Backend, file: Hostile) -> object:
        chosen = firsts.get(file.category) == file.name if backend.brief else file.always
        marks = () if chosen and not backend.costly else (pytest.mark.exhaustive,)
        return pytest.param(backend, file, id=f"{backend.name}-{file.category}-{file.name}", marks=marks)

    return [parameter(backend, file) for backend in BACKENDS for file in files]


@pytest.mark.parametrize(("backend", "hostile"), _parameters(corpus.submissions()))
def test_a_hostile_submission_gets_its_verdict_and_leaves_nothing(
    walled: Walled, hostile: Hostile, table: Table
) -> None:
    """A submission would be accepted, charged to us, spoil the next one, or stay on the machine."""
    source = hostile.source()
    # First eagerly, where it runs on real values: a mark it leaves for a later job would be found when it is graded.
    ran = run_public(walled.published, source, walled.sandbox, None)
    report = walled.grade(source)
    table[walled.backend.name, hostile.category][report.verdict] += 1
    named = f"{hostile.category}/{hostile.name}"
    expected = {walled.backend.differs[named][0]} if named in walled.backend.differs else hostile.outcomes
    assert report.verdict in expected, report.message
    assert hostile.run is None or named in walled.backend.differs or ran.verdict in hostile.run, ran.message
    for told in (report.model_dump_json().encode(), ran.model_dump_json().encode()):  # neither may be unfit to be saved
        assert SECRET not in told.decode()
    walled.assert_untouched()


@pytest.mark.parametrize(("backend", "hostile"), _parameters(corpus.cases()))
def test_an_authors_hostile_cases_end_as_findings_and_leave_nothing(
    walled: Walled, hostile: Hostile, table: Table
) -> None:
    """An author's code would be published, be charged to us, spoil the next job, or stay on the machine."""
    problem = _problem().model_copy(update={"cases_source": hostile.source().decode()})
    if "time" not in hostile.outcomes:  # another limit is to end it, however busy the machine is
        longer = problem.limits.model_copy(update={"trace_seconds": 30.0})
        problem = problem.model_copy(update={"limits": longer})
    settings = problem.cases
    made = walled.sandbox.cases(CasesJob(problem.cases_source, settings.seed, settings.draws, limits=limits(problem)))
    kind = made.failure.kind if made.failure else "findings"
    table[walled.backend.name, "cases.py"][kind] += 1
    assert kind in hostile.outcomes, made.failure
    with pytest.raises(PublishFailed) as failed:
        publish(problem, walled.sandbox)
    assert all(finding.message and finding.mend for finding in failed.value.findings)
    "".join(map(str, failed.value.findings)).encode()
    walled.assert_untouched()


@pytest.mark.parametrize("files", [corpus.submissions, corpus.cases])
def test_no_two_files_do_the_same(files: Callable[[], list[Hostile]]) -> None:
    """A copy would count as another attack."""
    sources = [hostile.source() for hostile in files()]
    assert len(set(sources)) == len(sources)


def test_the_corpus_is_large_and_whole() -> None:
    """A category of the threat model would go untested without anybody noticing."""
    files = corpus.submissions()
    assert len(files) >= 150
    assert {hostile.category for hostile in files} == set(corpus.CATEGORIES)
    assert len(corpus.cases()) >= 15


def test_the_part_that_is_always_run_has_every_category_and_every_verdict() -> None:
    """A pull request could break a whole kind of promise and still pass."""
    files, always = corpus.submissions(), [hostile for hostile in corpus.submissions() if hostile.always]
    assert {hostile.category for hostile in always} == set(corpus.CATEGORIES)
    certain = {verdict for hostile in always if len(hostile.outcomes) == 1 for verdict in hostile.outcomes}
    assert certain == {verdict for hostile in files for verdict in hostile.outcomes}
    kinds = {kind for hostile in corpus.cases() if hostile.always for kind in hostile.outcomes}
    assert kinds == {kind for hostile in corpus.cases() for kind in hostile.outcomes}
