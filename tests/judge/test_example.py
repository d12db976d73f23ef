"""Examples from end to end: the simplest public one, a fresh one where only hidden cases fail, what is never shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from app.judge.comparison.custom import ComparisonFailed
from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.run import run_public
from app.judge.verdict import Counterexample, Report
from app.problems.folder import read
from app.problems.published import Published
from app.problems.publishing.publish import publish
from sandbox.jobs import Evaluated, EvaluateJob, Failed, Failure, FailureKind, Sandbox, SandboxUnavailable
from tests import folders
from tests.judge import small
from tests.judge.conftest import PROBLEMS, Grade, Publish
from tests.judge.repeating import fault, repeat

SQUARES = "import jax.numpy as jnp\ndef sum_of_squares_batch(batch):\n    return {}\n"
#: Right on every public case, each wrong on a hidden one only.
LARGE = SQUARES.format("jnp.sum(jnp.clip(batch, -1e6, 1e6) ** 2, 1)")
ONE_ROW = SQUARES.format("jnp.sum(batch.squeeze() ** 2, -1)")


@pytest.fixture(scope="module")
def squares(published: Publish) -> Published:
    """A shipped problem with hidden cases of one row, one column and large numbers."""
    return published(PROBLEMS / "sum_of_squares_batch")


def _example(report: Report) -> Counterexample:
    assert report.example is not None, report
    return report.example


def _shows_it(published: Published, source: str, report: Report) -> bool:
    (told,) = repeat([source], [report])
    said = fault(published, report, told)
    assert not said
    return True


def test_the_simplest_public_case_is_the_example(squares: Published, grade: Grade) -> None:
    """A learner would have to understand twelve numbers where six show the same."""
    source = SQUARES.format("jnp.sum(batch, 1)")
    report = grade(squares, source)
    example = _example(report)
    assert (example.case, example.fresh, example.verdict, example.reason) == (
        "two_rows",
        False,
        "wrong_answer",
        "value",
    )
    assert (example.call, example.expected, example.got) == ("sum_of_squares_batch", "[9. , 0.5]", "[1., 0.]")
    assert example.message == next(case.message for case in report.cases if case.name == "two_rows")
    assert _shows_it(squares, source, report)


@pytest.mark.parametrize(
    ("source", "case", "reason"), [(LARGE, "large_numbers", "value"), (ONE_ROW, "one_row", "shape")]
)
def test_a_fresh_example_is_shown_where_only_hidden_cases_fail(
    squares: Published, grade: Grade, source: str, case: str, reason: str
) -> None:
    """A learner would be told that something is wrong, and have nothing to try."""
    report = grade(squares, source)
    assert all(each.verdict == "accepted" for each in report.cases if each.public)
    example = _example(report)
    assert (example.fresh, example.case, example.reason) == (True, case, reason)
    assert example.got
    assert _shows_it(squares, source, report)


def test_what_cannot_be_traced_for_a_hidden_type_is_shown_without_evaluating(squares: Published, grade: Grade) -> None:
    """The code would not raise what the report says, or a program be asked for that there is none of."""
    source = SQUARES.format("jnp.sum(batch ** 2, 1) if batch.shape[1] > 1 else 1 / 0")
    report = grade(squares, source)
    example = _example(report)
    assert (example.fresh, example.case, example.verdict, example.got) == (True, "one_column", "runtime_error", "")
    assert "divided by 0" in example.message
    assert _shows_it(squares, source, report)


def test_values_of_hidden_cases_are_in_no_example(squares: Published, grade: Grade) -> None:
    """The answer to a hidden case could be read out of the example for it."""
    example = _example(grade(squares, LARGE))
    hidden = {
        str(number) for case in squares.cases if not case.public for (batch,) in case.inputs for number in batch.flat
    }
    shown = set(re.split(r"[\s,\[\]()]+", example.code))
    assert len(shown) > 50
    assert not shown & (hidden - {"0.0"})


def test_a_constant_that_an_author_planted_is_never_shown(published: Publish, grade: Grade, tmp_path: Path) -> None:
    """Values drawn anew would hold what the author wrote into ``hidden``, and show it."""
    double = published(folders.double(tmp_path))
    assert any(folders.HIDDEN_INPUT in case.inputs[0][0] for case in double.cases)
    report = grade(double, folders.DOUBLE.format("2 * x if x.size < 3 else x"))
    assert (report.verdict, report.example) == ("wrong_answer", None)
    assert "76543" not in report.model_dump_json()


EAGER_CASES = folders.ABOVE_CASES.replace(
    f"np.concatenate([[{folders.HIDDEN_INPUT}], rng.normal(size=size - 1)])", "rng.normal(size=size)"
)
#: Right for three elements, wrong for more.
EAGER_WRONG = {
    "shape": (folders.ABOVE_RIGHT.replace("x[x > floor]", "x[x > floor][:2]"), "wrong_answer", "shape"),
    "exception": (
        folders.ABOVE_RIGHT.replace("    return", "    (1, 2, 3)[len(x) - 1]\n    return"),
        "runtime_error",
        None,
    ),
    "in place": (
        folders.ABOVE_RIGHT.replace("    return", "    x[3:] = x[3:] + 0.5\n    return"),
        "wrong_answer",
        "mutated_input",
    ),
}


@pytest.mark.parametrize("what", EAGER_WRONG)
def test_an_eager_problem_has_fresh_examples_too(published: Publish, grade: Grade, tmp_path: Path, what: str) -> None:
    """Only traced problems would help a learner on."""
    above = published(folders.above(tmp_path, cases=EAGER_CASES))
    source, verdict, reason = EAGER_WRONG[what]
    report = grade(above, source)
    example = _example(report)
    assert (example.fresh, example.verdict, example.reason) == (True, verdict, reason)
    assert _shows_it(above, source, report)


def test_what_only_a_second_call_does_is_no_example(sandbox: Sandbox, grade: Grade, tmp_path: Path) -> None:
    """The code calls once, so that a learner would see a right result."""
    (answer,) = (each for each in small.answers("eager_in_place") if each.name == "wrong_remembers.py")
    made = publish(small.problem("eager_in_place", tmp_path), sandbox)
    report = grade(made, answer.source)
    assert made.fresh
    assert (report.verdict, report.example) == ("wrong_answer", None)


def test_an_author_may_forbid_fresh_examples(sandbox: Sandbox, grade: Grade, published: Publish) -> None:
    """Hidden values that follow from a rule could be guessed from others that follow from it."""
    problem = published(PROBLEMS / "sum_of_squares_batch").problem
    cases = problem.cases.model_copy(update={"fresh": False})
    without = publish(problem.model_copy(update={"cases": cases}), sandbox)
    assert without.fresh == ()
    assert grade(without, LARGE).example is None


BATCHED_WRONGLY = """
import jax


@jax.custom_batching.custom_vmap
def under_vmap(x):
    return jax.nn.softmax(x)


@under_vmap.def_vmap
def _rule(size, batched, x):
    return jax.nn.softmax(x) * (1 if x.shape[-1] == 3 else 2), True
"""


def test_a_fresh_example_may_be_under_a_transformation(sandbox: Sandbox, grade: Grade, tmp_path: Path) -> None:
    """A wrong batching rule would be shown by nothing, since the plain call is right."""
    made = publish(small.problem("under_vmap", tmp_path), sandbox)
    report = grade(made, BATCHED_WRONGLY)
    example = _example(report)
    assert (example.fresh, example.case, example.call) == (True, "size_4", "jax.vmap(under_vmap)")
    assert _shows_it(made, BATCHED_WRONGLY, report)


SOLVE = """
import jax.numpy as jnp


def residual_of_a_solve(a, b):
    return jnp.linalg.solve(a, b) * (2 if b.size == 12 else 1)
"""


def test_an_authors_measure_decides_on_fresh_examples(
    sandbox: Sandbox, grade: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Right answers of another form would be shown as wrong, programs with custom calls have no example."""
    made = publish(small.problem("residual_of_a_solve", tmp_path), sandbox)
    example = _example(grade(made, SOLVE))
    assert (example.fresh, example.case, example.reason) == (True, "n_12", "value")
    assert "this problem measures" in example.message

    def failing(*_: object) -> NoReturn:
        raise ComparisonFailed("it failed on this result")

    monkeypatch.setattr("app.judge.fresh.compare_runs", failing)
    report = grade(made, SOLVE)
    assert (report.verdict, report.reason, report.example) == ("wrong_answer", "value", None)


def _with_evaluate(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, evaluate: Callable[[EvaluateJob], Sequence[Evaluated | Failed]]
) -> None:
    monkeypatch.setattr(sandbox, "evaluate", evaluate)


@pytest.mark.parametrize("kind", ["time", "memory"])
def test_a_limit_reached_on_fresh_values_only_means_no_example(
    squares: Published, sandbox: Sandbox, grade: Grade, monkeypatch: pytest.MonkeyPatch, kind: FailureKind
) -> None:
    """A wrong answer would become a time limit because of values that count for nothing."""
    _with_evaluate(sandbox, monkeypatch, lambda job: [Failed(Failure(kind, "too much"), 0, 0)] if job.programs else [])
    report = grade(squares, LARGE)
    assert (report.verdict, report.reason, report.example) == ("wrong_answer", "value", None)


def test_a_failure_while_evaluating_fresh_values_is_an_example(
    squares: Published, sandbox: Sandbox, grade: Grade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What XLA says of values that a learner may see would not be told."""
    _with_evaluate(sandbox, monkeypatch, lambda job: [Failed(Failure("runtime", f"no {len(job.programs)}"), 0, 0)])
    example = _example(grade(squares, LARGE))
    assert (example.verdict, example.got) == ("runtime_error", "")
    assert "no 1" in example.message


def test_a_fault_of_ours_is_no_verdict_here_either(
    squares: Published, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sandbox that died would be taken for a submission without an example, and nobody know of it."""

    def down(job: EvaluateJob) -> NoReturn:
        raise SandboxUnavailable(f"it died with {len(job.programs)} programs")

    _with_evaluate(sandbox, monkeypatch, down)
    with pytest.raises(SandboxUnavailable):
        list(judge(squares, LARGE.encode(), sandbox))


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        (SQUARES.format("jnp.sum(batch ** 2, 1)"), "accepted"),
        (SQUARES.format("jnp.stack([jnp.sum(row ** 2) for row in batch])"), "rule_broken"),
        (SQUARES.format("[0] * 10**12"), "memory_limit"),
        (SQUARES.format("__import__('socket').socket()"), "sandbox_violation"),
    ],
)
def test_what_no_value_shows_has_no_example_and_asks_for_none(
    squares: Published, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, source: str, verdict: str
) -> None:
    """A right answer would wait for an example, and a loop over rows be told by a right result."""

    def asked(job: EvaluateJob) -> NoReturn:
        raise AssertionError(f"{len(job.programs)} programs were evaluated for an example")

    _with_evaluate(sandbox, monkeypatch, asked)
    *_, last = judge(squares, source.encode(), sandbox)
    assert isinstance(last, Judged)
    assert (last.report.verdict, last.report.example) == (verdict, None)


def test_a_case_that_is_too_large_is_told_by_its_type(sandbox: Sandbox, grade: Grade, tmp_path: Path) -> None:
    """Thousands of numbers would fill the page, or a learner be left without any code."""
    folder = folders.double(tmp_path)
    cases = folder / "cases.py"
    cases.write_text(cases.read_text().replace("np.array([1.5, -2.5], np.float32)", "np.ones(5000, np.float32)"))
    problem = read(folder)
    assert not isinstance(problem, list)
    made = publish(problem, sandbox)
    source = folders.DOUBLE.format("3 * x")
    report = grade(made, source)
    example = _example(report)
    assert (example.arguments, example.expected, example.got) == ("x: float32[5000]", "float32[5000]", "float32[5000]")
    (told,) = repeat([source], [report])
    assert told["result"]["tree"] == {"kind": "array", "dtype": "float32", "shape": [5000]}
    assert "expected" not in told
    assert len(example.code) < 1000


def test_hints_wait_for_what_failed(squares: Published, grade: Grade, sandbox: Sandbox) -> None:
    """Whoever failed in one way would be told all hints, or the one for another way."""
    ladder = {hint.title: hint for hint in squares.problem.hints}
    value = [hint.title for hint in ladder.values() if hint.after == "value"]
    assert value
    report = grade(squares, SQUARES.format("jnp.sum(batch, 1)"))
    assert [hint.title for hint in report.hints] == value
    assert report.hints[0].body == ladder[value[0]].body
    assert grade(squares, SQUARES.format("jnp.sum(batch ** 2, 1)")).hints == ()
    ran = run_public(squares, SQUARES.format("jnp.sum(batch, 1)").encode(), sandbox, None)
    assert [hint.title for hint in ran.hints] == value


def test_a_hint_may_wait_for_a_source_that_is_refused(squares: Published, grade: Grade) -> None:
    """A hint after ``compile_error`` could be unlocked by nobody."""
    hints = (squares.problem.hints[0].model_copy(update={"after": "compile_error"}),)
    given = replace(squares, problem=squares.problem.model_copy(update={"hints": hints}))
    report: Any = grade(given, "def sum_of_squares_batch(batch)\n")
    assert [hint.title for hint in report.hints] == [hints[0].title]
