"""What checks remember of earlier ones: what a change cannot touch, and nothing that judging again might not say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.database.outputs import DiskCache
from app.judge.judge import judge
from app.problems.checking import memory
from app.problems.checking.check import Checked, check
from app.problems.checking.filed import report_on
from app.problems.checking.memory import Memory, lasts
from app.problems.checking.mutating.mutants import Mutant
from app.problems.checking.mutating.together import judge_together
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.publishing.publish import publish
from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox
from sandbox.stages.cache import MemoryCache
from tests import folders
from tests.folders import DOUBLE, wrong


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """A warm sandbox that remembers what it has evaluated, as the command has it."""
    made = LocalSandbox(2, cache=MemoryCache(16 << 20))
    yield made
    made.close()


@dataclass(frozen=True)
class Author:
    """Somebody with a sound folder who checks it again and again."""

    folder: Path
    sandbox: Sandbox
    kept: DiskCache
    judged: list[str]

    def check(self, *, blank: bool = False) -> Checked:
        """Check; ``judged`` has the sources that were judged for it."""
        self.judged.clear()
        return check(self.folder, self.sandbox, 2, Memory(self.kept, blank=blank))

    def change(self, file: str, change: Callable[[str], str]) -> None:
        path = self.folder / file
        path.write_text(change(path.read_text()))


@pytest.fixture
def author(tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Author:
    judged: list[str] = []

    def watched(published: Any, source: bytes, *rest: Any, **options: Any) -> Any:
        judged.append(source.decode())
        return judge(published, source, *rest, **options)

    def watched_together(parts: Any, mutants: Sequence[Mutant], *rest: Any) -> Any:
        judged.extend(mutant.source for mutant in mutants)
        return judge_together(parts, mutants, *rest)

    monkeypatch.setattr("app.problems.checking.filed.judge", watched)
    monkeypatch.setattr("app.problems.checking.mutating.score.judge_together", watched_together)
    return Author(folders.double(tmp_path), sandbox, DiskCache(tmp_path / "kept", 8 << 20), judged)


def test_what_is_unchanged_is_not_judged_again(author: Author) -> None:
    """Whoever mends a sentence of a statement would wait for a hundred mutants."""
    first = author.check()
    assert (first.findings, first.known) == ((), 0)
    assert first.published is not None
    assert len(first.published.pitfalls) == 4
    assert first.mutation is not None
    # Six submissions, the starter, the reference for its time and every mutant.
    assert len(set(author.judged)) == 8 + first.mutation.killed + first.mutation.equivalent
    for file in ("statement.md", "hints.md", "solution.md"):
        author.change(file, lambda text: f"{text}\nMore.\n")
    author.change("problem.toml", lambda text: text.replace("A test", "Another title"))
    again = author.check()
    assert author.judged == []
    assert again.known == 7 + first.mutation.killed + first.mutation.equivalent
    assert [replace(each, message="") for each in first.outcomes] == list(again.outcomes)
    assert (again.mutation, again.findings) == (first.mutation, ())
    assert again.published is None  # it lacks what nobody needed


def test_another_submission_has_all_filed_ones_judged_again_and_no_mutant(author: Author) -> None:
    """It may be the mistake that another one is recognised as; slips in the reference have nothing to do with it."""
    first = author.check()
    added = wrong(DOUBLE.format("x - x"), "That is nothing.")
    (author.folder / "submissions/wrong/nothing.py").write_text(added)
    again = author.check()
    assert first.mutation is not None
    assert again.mutation == first.mutation
    assert again.known == first.mutation.killed + first.mutation.equivalent
    assert len(author.judged) == 8
    assert added in author.judged


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("cases.py", "-2.5", "-3.5"),
        ("problem.toml", "seed = 5", "seed = 6"),
        ("problem.toml", "[cases]", "[tolerances.float32]\nrtol = 1e-3\natol = 1e-6\n\n[cases]"),
        ("problem.toml", "[cases]", "[rules]\nforbidden_operations = ['sort']\n\n[cases]"),
        ("problem.toml", "[cases]", "[limits]\ntrace_seconds = 7\n\n[cases]"),
        ("reference.py", "2 * x", "x * 2"),
    ],
)
def test_everything_is_judged_again_where_a_verdict_might_differ(
    author: Author, file: str, before: str, after: str
) -> None:
    """A check would call a problem fair by cases, rules or tolerances that it no longer has."""
    author.check()
    author.change(file, lambda text: text.replace(before, after))
    assert after in (author.folder / file).read_text()
    again = author.check()
    assert not [finding for finding in again.findings if finding.severity == "error"]
    assert again.known == 0


def test_other_code_and_another_toolchain_know_nothing(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    """An upgrade that judges differently would go unnoticed."""
    author.check()
    with monkeypatch.context() as patch:
        patch.setattr(memory, "_code", lambda: "another release")
        assert author.check().known == 0
    described = {**author.sandbox.describe(), "jax": "99.0"}
    monkeypatch.setattr(author.sandbox, "describe", lambda: described)
    assert author.check().known == 0


def test_limits_of_time_and_memory_are_tried_again(author: Author) -> None:
    """A machine that was busy once would have a problem refused until its author changes it."""
    endless = wrong("def double(x):\n    while True:\n        pass\n", "It never ends.", "time_limit", None)
    (author.folder / "submissions/wrong/endless.py").write_text(endless)
    author.change("problem.toml", lambda text: f"{text}\n[limits]\ntrace_seconds = 1\n")
    assert author.check().findings == ()
    again = author.check()
    assert again.findings == ()
    assert author.judged == [endless]


def test_nothing_is_remembered_where_run_times_are_compared(author: Author) -> None:
    """Whether a submission is too slow would be decided once, by the machine as it was then."""
    author.change("problem.toml", lambda text: f"{text}\n[rules]\nmost_time = 1e5\n")
    assert author.check().findings == ()
    assert author.check().known == 0


def test_whoever_wants_everything_judged_gets_that_and_it_is_remembered(author: Author) -> None:
    """There would be no way to try again what came out by chance, but deleting files."""
    first = author.check()
    assert author.check(blank=True).known == 0
    assert set(author.judged) > {each.filed.source for each in first.outcomes}
    assert author.check().known > 0


def test_a_damaged_memory_is_none(author: Author) -> None:
    """A full disk, or another release, would end in an exception."""
    author.check()
    for file in sorted((author.folder.parent / "kept").iterdir()):
        author.kept.put(file.name, [np.frombuffer(b'{"verdict": "yes"}', np.uint8)])
    again = author.check()
    assert (again.findings, again.known) == ((), 0)


def test_a_mistake_that_was_not_recognised_once_is_looked_at_again(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that was busy while it looked at the mistakes would have none of them recognised, for good."""
    with monkeypatch.context() as patch:
        patch.setattr("app.problems.checking.check.with_pitfalls", lambda published, _, **__: published)
        assert {finding.code for finding in author.check().findings} == {"pitfall-unseen"}
    again = author.check()
    assert again.findings == ()
    assert {source for source in author.judged if "# ///" in source} == {
        outcome.filed.source for outcome in again.outcomes if outcome.filed.verdict != "accepted"
    }


def test_two_mistakes_that_cannot_be_told_apart_are_found_each_time(author: Author) -> None:
    """An author would hear of it once, and then that all is well."""
    (author.folder / "submissions/wrong/zz.py").write_text(wrong(DOUBLE.format("3 * x"), "That is three."))
    for _ in range(2):
        (finding,) = author.check().findings
        assert (finding.code, finding.severity) == ("pitfall-twice", "warning")


@pytest.mark.parametrize(
    ("change", "lasting"),
    [
        ({}, True),
        ({"verdict": "runtime_error"}, False),
        ({"verdict": "memory_limit"}, False),
        ({"cases": "time_limit"}, False),
        ({"verdict": "sandbox_violation"}, False),
    ],
)
def test_what_a_busy_machine_may_have_decided_does_not_last(
    author: Author, change: dict[str, Any], lasting: bool
) -> None:
    """A slow machine ends a case that another one finishes, and so another case is wrong first."""
    problem = read(author.folder)
    assert isinstance(problem, Problem)
    report = report_on(publish(problem, author.sandbox), DOUBLE.format("x"), author.sandbox)
    if verdict := change.pop("cases", None):
        change = {"cases": (*report.cases, report.cases[0].model_copy(update={"verdict": verdict}))}
    assert lasts(report.model_copy(update=change)) is lasting


def test_an_upgrade_of_any_library_is_other_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever checks whether a course still works with the next optax would hear of the last one."""
    before = memory._code()
    assert memory._code() == before
    monkeypatch.setattr("importlib.metadata.distributions", list)
    assert memory._code() != before
