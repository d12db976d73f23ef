"""Verdict records: judging again gives the same verdict, and what changed is told in the order of cause."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.judge.replay import CannotReplay, Difference, check_replayable, compare_records, replayed
from app.judge.verdict import ArtifactRecord, CaseResult, LimitReached, Pitfall, Report
from app.problems.folder import read
from app.problems.model import Problem
from sandbox.jobs import Sandbox
from sandbox.local import LocalSandbox
from tests import folders
from tests.judge.conftest import PROBLEMS, Grade, Publish

SLUGS = sorted(path.name for path in PROBLEMS.iterdir() if path.is_dir())
TIME = LimitReached(name="evaluate_seconds", used=20.1, allowed=20.0, unit="seconds", exact=False)

ARTIFACT = ArtifactRecord(
    entry="f",
    transformation="none",
    signature="x: float32[3]",
    sha256="a" * 64,
    operations=3,
    custom_calls=(),
    platforms={"cpu": "a" * 64},
)
CASE = CaseResult(name="one", public=False, shape="x: float32[3]", verdict="accepted", reason=None, message="")
OTHER_CASE = CASE.model_copy(update={"name": "two"})
BEFORE = Report(
    problem="f",
    problem_version="1",
    problem_sha256="b" * 64,
    verdict="accepted",
    reason=None,
    message="Every case passed.",
    cases=(CASE, OTHER_CASE),
    printed="",
    timings_ms={"total": 100.0},
    source_sha256="c" * 64,
    artifacts=(ARTIFACT,),
    toolchain={"jax": "0.10.2", "flags": "jax_enable_x64=1", "device": "cpu"},
    seed=7,
)


def _changed(**changes: Any) -> Report:
    return BEFORE.model_copy(update=changes)


def _kinds(after: Report, before: Report = BEFORE) -> list[tuple[str, str]]:
    return [(difference.kind, difference.name) for difference in compare_records(before, after)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"problem_sha256": "d" * 64}, [("problem", "problem_sha256")]),
        ({"seed": 8}, [("problem", "seed")]),
        ({"problem_version": "2"}, [("problem", "problem_version")]),
        ({"source_sha256": "d" * 64}, [("source", "source_sha256")]),
        ({"toolchain": {**BEFORE.toolchain, "jax": "0.11.0"}}, [("toolchain", "jax")]),
        ({"toolchain": {**BEFORE.toolchain, "flags": ""}}, [("toolchain", "flags")]),
        ({"toolchain": {"jax": "0.10.2", "flags": "jax_enable_x64=1"}}, [("toolchain", "device")]),
        (
            {"artifacts": (ARTIFACT.model_copy(update={"platforms": {"cpu": "e" * 64}}),)},
            [("program", "f(x: float32[3]) for cpu")],
        ),
    ],
)
def test_a_cause_is_told_though_the_verdict_is_the_same(
    changes: Mapping[str, Any], told: list[tuple[str, str]]
) -> None:
    """An instructor would not see that a verdict now rests on another problem, program or version."""
    after = _changed(**changes)
    assert _kinds(after) == told
    assert replayed(BEFORE, after).same


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"verdict": "wrong_answer", "reason": "value"}, [("verdict", "verdict"), ("verdict", "reason")]),
        ({"cases": (CASE, OTHER_CASE.model_copy(update={"verdict": "wrong_answer"}))}, [("case", "two")]),
        ({"cases": (CASE, OTHER_CASE.model_copy(update={"reason": "shape"}))}, [("case", "two")]),
        ({"cases": (CASE,)}, [("case", "two")]),
        ({"cases": (CASE, OTHER_CASE, CASE.model_copy(update={"call": "jax.vmap(f)"}))}, [("case", "one jax.vmap(f)")]),
        ({"limit": TIME}, [("verdict", "limit")]),
    ],
)
def test_another_outcome_is_another_verdict(changes: Mapping[str, Any], told: list[tuple[str, str]]) -> None:
    """A record would be said to be reproduced though a case has another result."""
    after = _changed(**changes)
    assert _kinds(after) == told
    assert not replayed(BEFORE, after).same


@pytest.mark.parametrize(
    "changes",
    [
        {"timings_ms": {"total": 3.0}},
        {"printed": "at 0x7f3a"},
        {"message": "Every case passed!"},
        {"cached": 2},
        {"pitfall": Pitfall(submission="submissions/wrong/one.py", message="That is one.")},
        {"artifacts": ()},
        {"cases": (CASE, OTHER_CASE.model_copy(update={"verdict": None}))},
        {"artifacts": (ARTIFACT, ARTIFACT.model_copy(update={"signature": "x: float32[9]"}))},
        {"toolchain": {**BEFORE.toolchain, "xla": "467"}},
    ],
)
def test_times_words_and_what_a_record_does_not_hold_are_no_differences(changes: Mapping[str, Any]) -> None:
    """Every replay would report changes, and nobody would read them.

    Which cases are reached before a broken rule ends the judging is a matter of time as well.
    """
    assert _kinds(_changed(**changes)) == []


def test_causes_come_before_what_they_cause() -> None:
    """An instructor would chase a case before seeing that the problem is another."""
    after = _changed(
        problem_sha256="d" * 64,
        source_sha256="d" * 64,
        toolchain={**BEFORE.toolchain, "jax": "0.11.0"},
        artifacts=(ARTIFACT.model_copy(update={"platforms": {"cpu": "e" * 64}}),),
        cases=(CASE.model_copy(update={"verdict": "wrong_answer", "reason": "value"}), OTHER_CASE),
        verdict="wrong_answer",
        reason="value",
    )
    kinds = [kind for kind, _ in _kinds(after)]
    assert kinds == ["problem", "source", "toolchain", "program", "case", "verdict", "verdict"]
    case = next(difference for difference in compare_records(BEFORE, after) if difference.kind == "case")
    assert case == Difference(kind="case", name="one", before="accepted", after="wrong_answer (value)")


def test_of_an_interrupted_submission_only_the_limit_counts() -> None:
    """On a faster machine a submission that ran out of time would be said to have another verdict."""
    reached = CASE.model_copy(update={"verdict": "time_limit", "limit": TIME})
    before = _changed(
        verdict="time_limit", limit=TIME, cases=(reached, OTHER_CASE.model_copy(update={"verdict": None}))
    )
    figures = TIME.model_copy(update={"used": 23.0})
    after = before.model_copy(update={"limit": figures, "cases": (CASE, reached.model_copy(update={"name": "two"}))})
    assert replayed(before, after).same
    another = before.model_copy(update={"limit": TIME.model_copy(update={"name": "trace_seconds"})})
    assert _kinds(another, before) == [("verdict", "limit")]


def test_a_record_of_an_earlier_release_can_be_replayed() -> None:
    """Every stored attempt would have to be judged anew after an upgrade, or be told to have changed."""
    old = BEFORE.model_dump(mode="json")
    for name in ("limit", "cached", "pitfall"):
        del old[name]
    del old["artifacts"][0]["platforms"]
    old["toolchain"]["flags"] = ""
    assert _kinds(BEFORE, Report.model_validate(old)) == []


@pytest.mark.parametrize("verdict", ["internal_error", "cancelled"])
def test_what_is_no_verdict_is_refused(verdict: str) -> None:
    """A fault of ours would be said to be reproduced, or to have been the learner's."""
    with pytest.raises(CannotReplay, match=verdict):
        check_replayable(_changed(verdict=verdict))
    check_replayable(BEFORE)


@pytest.fixture(scope="module")
def another_sandbox() -> Iterator[Sandbox]:
    """What a replay has: nothing that the first judging left warm."""
    made = LocalSandbox()
    yield made
    made.close()


def _replay(slug: str, count: int | None, published: Publish, grade: Grade, again: Grade) -> int:
    """Judge filed submissions of a problem, keep the records as JSON, and replay each; how many there were."""
    problem = published(PROBLEMS / slug)
    accepted = [filed for filed in problem.problem.submissions if filed.verdict == "accepted"][:count]
    wrong = [filed for filed in problem.problem.submissions if filed.verdict != "accepted"][:count]
    for filed in (*accepted, *wrong):
        stored = json.loads(json.dumps(grade(problem, filed.source).model_dump(mode="json")))
        outcome = replayed(Report.model_validate(stored), again(problem, filed.source))
        assert outcome.same, (filed.path, outcome.differences)
        assert outcome.differences == (), filed.path
        assert outcome.before == filed.verdict
    return len(accepted) + len(wrong)


@pytest.fixture(scope="module")
def again(another_sandbox: Sandbox) -> Grade:
    """Judges in the other sandbox."""
    from app.cli.grade import report_on  # noqa: PLC0415 - only these tests need it

    return lambda problem, source: report_on(problem, source.encode(), another_sandbox)


@pytest.mark.parametrize("slug", ["batched_predict", "jit_per_example_gradients"])
def test_a_record_is_reproduced(slug: str, published: Publish, grade: Grade, again: Grade) -> None:
    """A learner who contests a verdict could not be shown how it came about."""
    assert _replay(slug, 1, published, grade, again) == 2


@pytest.mark.exhaustive
def test_every_record_of_a_filed_submission_is_reproduced(published: Publish, grade: Grade, again: Grade) -> None:
    """Some kinds of verdict would depend on what was judged before, or on time."""
    assert sum(_replay(slug, None, published, grade, again) for slug in SLUGS) >= 50


def test_a_changed_problem_is_the_first_cause(tmp_path: Path, published: Publish, grade: Grade, again: Grade) -> None:
    """An instructor who corrected a reference would look for the reason of new verdicts among the learners."""
    source = folders.DOUBLE.format("x + x")
    before = grade(published(folders.double(tmp_path / "one")), source)
    corrected = folders.double(tmp_path / "two", reference_py=folders.DOUBLE.format("3 * x"))
    problem = read(corrected)
    assert isinstance(problem, Problem)
    outcome = replayed(before, again(published(corrected), source))
    assert (outcome.same, outcome.before, outcome.after) == (False, "accepted", "wrong_answer")
    assert outcome.differences[0].name == "problem_sha256"
    assert outcome.differences[0].after == problem.sha256
    assert [difference.name for difference in outcome.differences if difference.kind == "case"] == [
        "two",
        "four",
        "nine",
    ]
    assert not [
        difference for difference in outcome.differences if difference.kind in ("source", "toolchain", "program")
    ]


def test_a_changed_source_is_told_by_its_programs(
    tmp_path: Path, published: Publish, grade: Grade, again: Grade
) -> None:
    """A submission exchanged after it was judged would pass for the one that was."""
    problem = published(folders.double(tmp_path))
    before = grade(problem, folders.DOUBLE.format("x + x"))
    outcome = replayed(before, again(problem, folders.DOUBLE.format("2 * x")))
    assert outcome.same
    assert [difference.kind for difference in outcome.differences] == ["source", "program", "program", "program"]


def test_a_record_says_what_computed_it(tmp_path: Path, published: Publish, grade: Grade) -> None:
    """Nobody could tell, a year later, with what a verdict was made."""
    toolchain = grade(published(folders.double(tmp_path)), folders.DOUBLE.format("x + x")).toolchain
    assert {"jax", "jaxlib", "numpy", "xla", "flags", "x64", "device", "processor", "sandbox"} <= set(toolchain)
    assert all(toolchain.values())
    assert "jax_enable_x64=1" in toolchain["flags"]
    assert (toolchain["x64"], toolchain["device"]) == ("false", "cpu")
    assert not {"gpu", "gpu_flags"} & set(toolchain)
