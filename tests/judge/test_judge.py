"""The judge from end to end, through the real sandbox: verdicts, what is said, and what must not be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from app.judge.events import CaseJudged, Judged, Traced
from app.judge.judge import judge
from app.judge.run import InputError, own_input, run_public
from app.problems.published import Published, loads
from sandbox.jobs import Evaluated, Failed, Failure, Finished, GradeEvent, GradeJob, Sandbox, Vetted
from tests import folders
from tests.judge.conftest import PROBLEMS, Grade, Publish


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """Twice a vector, with known constants in the hidden cases."""
    return published(folders.double(tmp_path_factory.mktemp("problems")))


def test_a_right_answer_is_accepted_with_a_whole_record(double: Published, grade: Grade) -> None:
    """A verdict could not be reproduced, or a case would be missing from it."""
    report = grade(double, folders.DOUBLE.format("x + x"))
    assert (report.verdict, report.reason) == ("accepted", None)
    assert [(case.name, case.public, case.verdict) for case in report.cases] == [
        ("two", True, "accepted"),
        ("four", False, "accepted"),
        ("nine", False, "accepted"),
    ]
    assert [artifact.signature for artifact in report.artifacts] == [f"x: float32[{size}]" for size in (2, 4, 9)]
    assert {artifact.entry for artifact in report.artifacts} == {"double"}
    assert all(len(artifact.sha256) == 64 for artifact in report.artifacts)
    assert {"jax", "jaxlib", "sandbox", "device", "flags"} <= set(report.toolchain)
    assert set(report.timings_ms) == {"start", "trace", "vet", "compile", "total"}
    assert report.seed == 5


def test_events_come_as_things_happen_and_the_report_last(double: Published, sandbox: Sandbox) -> None:
    """A page that shows progress would have nothing to show, or something after the end."""
    events = list(judge(double, folders.DOUBLE.format("2 * x").encode(), sandbox))
    kinds = [type(event) for event in events]
    assert kinds.count(Traced) == 3
    assert kinds.count(CaseJudged) == 3
    assert kinds.index(Judged) == len(events) - 1


@pytest.mark.parametrize(
    ("body", "verdict", "reason"),
    [
        ("x", "wrong_answer", "value"),
        ("0 * x", "wrong_answer", "value"),
        ("2 * x.sum()", "wrong_answer", "shape"),
        ("(2 * x)[:, None]", "wrong_answer", "shape"),
        ("(2 * x).astype('float16')", "wrong_answer", "dtype"),
        ("(2 * x).astype(int)", "wrong_answer", "dtype"),
        ("x / 0", "wrong_answer", "nonfinite"),
        ("x * float('nan')", "wrong_answer", "nonfinite"),
        ("[2 * x]", "wrong_answer", "tree"),
        ("(2 * x,)", "wrong_answer", "tree"),
        ("None", "wrong_answer", "tree"),
        ("'2 * x'", "wrong_answer", "tree"),
        ("(2 * y for y in x)", "wrong_answer", "tree"),
        ("2 * x if x.sum() > 0 else 2 * x", "not_traceable", None),
        ("2 * x[int(x[0])]", "not_traceable", None),
        ("__import__('numpy').asarray(x) * 2", "not_traceable", None),
        ("2 * x + y", "runtime_error", None),
        ("x @ x[:, None, None] * 2", "runtime_error", None),
        ("__import__('os')._exit(0)", "runtime_error", None),
        ("__import__('socket').socket()", "sandbox_violation", None),
        ("[0] * 10**12", "memory_limit", None),
    ],
)
def test_a_wrong_answer_gets_its_verdict_and_reason(
    double: Published, grade: Grade, body: str, verdict: str, reason: str | None
) -> None:
    """A mistake would be called by another name, or pass."""
    report = grade(double, folders.DOUBLE.format(body))
    assert (report.verdict, report.reason) == (verdict, reason), report.message
    assert report.message


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "empty"),
        ("def double(x)\n    return x", "Line 1"),
        ("def twice(x):\n    return x", "double"),
        ("double = 3\n", "function"),
        ("class double:\n    pass\n", "class"),
        ("def double(x, y):\n    return x", "def double(x)"),
        ("def double(x):\n    return x\x00", "NUL"),
        ("exec('double' + '=3')\ndef other(x): pass\n", "double"),
    ],
)
def test_a_source_that_cannot_be_judged_says_what_to_do(
    double: Published, grade: Grade, source: str, words: str
) -> None:
    """A learner would not know what to mend, or the judge would fail on it."""
    report = grade(double, source)
    assert report.verdict == "compile_error"
    assert words in report.message


def test_a_public_case_is_explained_and_a_hidden_one_is_not(double: Published, grade: Grade) -> None:
    """A learner would get no explanation, or one that gives hidden values away."""
    report = grade(double, folders.DOUBLE.format("x.at[0].set(2 * x[0]) if x.size == 2 else 3 * x"))
    public, *hidden = report.cases
    assert "-5" in public.message
    assert {case.message for case in hidden} == {hidden[0].message}
    assert not any(character.isdigit() for character in hidden[0].message)


@pytest.mark.parametrize(
    "source",
    [
        folders.DOUBLE.format("0 * x"),
        folders.DOUBLE.format("x"),
        "def double(x):\n    raise ValueError(f'{x} {x.tolist() if hasattr(x, \"tolist\") else x!r}')\n",
        "import jax\ndef double(x):\n    jax.debug.print('{}', x)\n    print(x)\n    return x\n",
        "def double(x):\n    assert False, x\n",
    ],
)
def test_no_hidden_value_is_learned_from_any_answer(
    double: Published, grade: Grade, sandbox: Sandbox, source: str
) -> None:
    """Submitting zeros, or raising with the inputs in the message, would print the hidden values."""
    graded = grade(double, source).model_dump_json()
    ran = run_public(double, source.encode(), sandbox, None).model_dump_json()
    for text in (graded, ran):
        assert "76543" not in text
        assert "153086" not in text
    assert any(folders.HIDDEN_INPUT in case.inputs[0][0] for case in double.cases), "the constant is really there"


def test_a_publication_survives_storage(double: Published, grade: Grade) -> None:
    """A stored problem would judge differently from a fresh one."""
    back = loads(double.dumps())
    assert back.problem == double.problem
    for mine, yours in zip(double.cases, back.cases, strict=True):
        np.testing.assert_array_equal(mine.outputs[0][0], yours.outputs[0][0])
    assert grade(back, folders.DOUBLE.format("2 * x")).verdict == "accepted"


def test_a_run_shows_prints_and_values(double: Published, sandbox: Sandbox) -> None:
    """A learner could not see what their function does."""
    source = b"def double(x):\n    print('got', x)\n    return 2 * x\n"
    (call,) = run_public(double, source, sandbox, None).calls
    assert call.printed == "got [ 1.5 -2.5]\n"
    assert call.value == "[ 3., -5.]"
    assert call.verdict == "accepted"


def test_a_run_takes_the_learners_own_input(double: Published, sandbox: Sandbox) -> None:
    """A learner could only ever try the author's examples."""
    report = run_public(double, folders.DOUBLE.format("2 * x").encode(), sandbox, {"x": [1, 2, 3]})
    assert report.calls[0].value == "[2., 4., 6.]"
    assert report.verdict is None


@pytest.mark.parametrize(
    "given", [[], {}, {"y": [1]}, {"x": 1}, {"x": "a"}, {"x": [[1]]}, {"x": [1, "b"]}, {"x": [1, [2]]}]
)
def test_an_input_that_does_not_fit_says_what_does(double: Published, given: object) -> None:
    """A learner's slip in the input would look like a fault of their function, or of ours."""
    with pytest.raises(InputError, match=r"float32"):
        own_input(double.problem, given)


def test_a_missing_sum_is_told_about_its_shape(published: Publish, grade: Grade) -> None:
    """The commonest mistake of the exercise would be met with a riddle."""
    source = (
        "import jax\ndef equivalent_two_ways(w, x_batch):\n"
        "    return jax.vmap(jax.grad(lambda w, x: (w * x) ** 2), (None, 0))(w, x_batch)\n"
    )
    report = grade(published(PROBLEMS / "equivalent_two_ways"), source)
    assert (report.verdict, report.reason) == ("wrong_answer", "shape")
    assert "(N,)" in report.message


def test_two_ways_of_unequal_shape_are_told_by_name(published: Publish, grade: Grade) -> None:
    """Stacking the per-example gradients with the scalar would only repeat JAX's own words."""
    source = (
        "import jax, jax.numpy as jnp\ndef equivalent_two_ways(w, x_batch):\n"
        "    f = lambda w, x: (w * x) ** 2\n"
        "    way_a = jax.vmap(jax.grad(f), (None, 0))(w, x_batch)\n"
        "    way_b = jax.grad(lambda w: jax.vmap(f, (None, 0))(w, x_batch).sum())(w)\n"
        "    return jnp.array([way_a, way_b])\n"
    )
    report = grade(published(PROBLEMS / "equivalent_two_ways"), source)
    assert report.verdict in ("runtime_error", "wrong_answer")
    assert "way_a" in report.message or "(N," in report.message


def test_a_python_if_names_the_line_and_the_way_out(published: Publish, grade: Grade) -> None:
    """A learner new to tracing would not know why a plain ``if`` fails."""
    source = "def batched_predict(params, batch_x):\n    w, b = params\n    if w > 0:\n        return w * batch_x + b\n"
    report = grade(published(PROBLEMS / "batched_predict"), source)
    assert report.verdict == "not_traceable"
    assert "Line 3" in report.message
    assert "jnp.where" in report.message


def test_a_loop_over_rows_is_told_both_operation_counts(published: Publish, grade: Grade) -> None:
    """A loop would pass as ``vmap``, or be refused without a figure."""
    source = (
        "import jax.numpy as jnp\ndef sum_of_squares_batch(batch):\n"
        "    return jnp.stack([jnp.sum(batch[i] ** 2) for i in range(batch.shape[0])])\n"
    )
    report = grade(published(PROBLEMS / "sum_of_squares_batch"), source)
    assert (report.verdict, report.reason) == ("rule_broken", "unrolled")
    assert sum(word.strip(".,;:").isdigit() for word in report.message.split()) >= 2


def test_a_process_that_ends_badly_after_its_results_is_not_accepted(
    double: Published, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No race is run after a failure, so that a program too slow for its rule would be accepted unraced."""
    real = sandbox.grade

    def grade(job: GradeJob, enough: Callable[[], bool] = lambda: False) -> Iterator[GradeEvent]:
        for event in real(job, enough):
            if isinstance(event, Finished):
                yield Failed(Failure("crash", "the program crashed the process that ran it"), 1)
            yield event

    monkeypatch.setattr(sandbox, "grade", grade)
    *_, last = judge(double, folders.DOUBLE.format("x + x").encode(), sandbox)
    assert isinstance(last, Judged)
    assert {case.verdict for case in last.report.cases} == {"accepted"}
    assert last.report.verdict == "runtime_error"


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize(
    ("returned", "verdict"),
    [("(2 * x)[:, None]", "wrong_answer"), ("3 * x", "runtime_error"), ("2 * x", "runtime_error")],
)
def test_what_counts_does_not_depend_on_what_is_heard_of_first(  # noqa: PLR0917
    double: Published, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, early: bool, returned: str, verdict: str
) -> None:
    """After a result of the wrong type nobody waits for later cases, so a slow machine would give another verdict."""
    honest = sandbox.grade

    def grade(job: GradeJob, enough: Callable[[], bool]) -> Iterator[GradeEvent]:
        """What cannot be traced is heard of first, or last."""
        *events, finished = honest(job)
        vetted, failed, results = (
            [each for each in events if isinstance(each, kind)] for kind in (Vetted, Failed, Evaluated)
        )
        assert len(failed) == 1
        assert results
        for event in [*vetted, *failed, *results] if early else [*vetted, *results, *failed]:
            yield event
            if enough():
                break
        yield finished

    monkeypatch.setattr(sandbox, "grade", grade)
    source = folders.DOUBLE.format(returned).replace("return", "assert x.shape[0] != 9\n    return")
    *_, last = judge(double, source.encode(), sandbox)
    assert isinstance(last, Judged)
    assert last.report.verdict == verdict
