"""Answers that are not unique: the author's comparison decides, and an author's faults in it become findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from app.judge.run import run_public
from app.problems.checking.check import check
from app.problems.comparison import Comparison, ask
from app.problems.folder import read
from app.problems.model import Problem
from app.problems.published import Published, loads
from app.problems.publishing.publish import PublishFailed, publish
from sandbox.jobs import Evaluated, EvaluateJob, Failure, Limits, Sandbox, SandboxUnavailable
from sandbox.tree import Leaf, Node
from tests.conftest import first
from tests.judge import not_unique
from tests.judge.conftest import Grade, Publish
from tests.judge.not_unique import AXES, LARGEST, PROBLEMS, SOLUTION, NotUnique

RIGHT = [(slug, what) for slug, problem in PROBLEMS.items() for what in problem.right]
WRONG = [(slug, what) for slug, problem in PROBLEMS.items() for what in problem.wrong]


@pytest.fixture(scope="module")
def problems(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> dict[str, Published]:
    """Every problem of ``not_unique``, published."""
    root = tmp_path_factory.mktemp("problems")
    return {slug: published(not_unique.write(root, slug, problem)) for slug, problem in PROBLEMS.items()}


@pytest.mark.parametrize("slug", PROBLEMS)
def test_the_reference_is_accepted(problems: dict[str, Published], grade: Grade, slug: str) -> None:
    """A problem could be published that nobody can solve."""
    report = grade(problems[slug], PROBLEMS[slug].reference)
    assert report.verdict == "accepted", report.message
    assert {case.verdict for case in report.cases} == {"accepted"}


@pytest.mark.parametrize(("slug", "what"), RIGHT)
def test_another_right_answer_is_accepted(problems: dict[str, Published], grade: Grade, slug: str, what: str) -> None:
    """A learner whose eigenvector points the other way would be told that it is wrong."""
    report = grade(problems[slug], PROBLEMS[slug].right[what])
    assert report.verdict == "accepted", report.message


@pytest.mark.parametrize(("slug", "what"), WRONG)
def test_a_wrong_answer_is_refused_for_its_values(
    problems: dict[str, Published], grade: Grade, slug: str, what: str
) -> None:
    """Leaving several answers open would leave wrong ones open too."""
    report = grade(problems[slug], PROBLEMS[slug].wrong[what])
    assert (report.verdict, report.reason) == ("wrong_answer", "value"), report.message
    assert {case.verdict for case in report.cases} == {"wrong_answer"}


def test_a_public_case_tells_the_error_and_a_hidden_one_does_not(problems: dict[str, Published], grade: Grade) -> None:
    """A learner would not know how far off it is, or would be told of hidden values."""
    report = grade(problems["axes"], AXES.wrong["longer"])
    assert "the error that this problem measures is 0.00" in report.message
    assert "where 0.0001 is allowed" in report.message
    hidden = [case.message for case in report.cases if not case.public]
    assert set(hidden) == {"The result has wrong values."}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("(jnp.linalg.eigh(a)[1],)", "tree"),
        ("jnp.linalg.eigh(a)[0]", "shape"),
        ("jnp.linalg.eigh(a)[1].astype(jnp.float16)", "dtype"),
        ("jnp.full_like(a, jnp.nan)", "nonfinite"),
        ("jnp.linalg.eigh(a)[1].at[0, 0].set(jnp.inf)", "nonfinite"),
    ],
)
def test_types_are_as_strict_as_elsewhere(problems: dict[str, Published], grade: Grade, body: str, reason: str) -> None:
    """The comparison would be given what it was not traced for."""
    report = grade(problems["axes"], f"import jax.numpy as jnp\n\n\ndef axes(a):\n    return {body}\n")
    assert (report.verdict, report.reason) == ("wrong_answer", reason)


def test_a_mapped_call_is_compared_call_by_call(problems: dict[str, Published], grade: Grade) -> None:
    """A batch would be compared as if it were one answer, and signs that differ between its entries be refused."""
    cases = problems["axes"].cases
    assert [case.call.transformation for case in cases] == ["", "jax.vmap(axes)", "", "jax.vmap(axes)"]
    assert len(problems["axes"].comparisons) == 2
    one_of_three = AXES.reference.replace("eigh(a)[1]", "eigh(a)[1] * jnp.where(a[0, 0] > 0, -1.0, 1.0)")
    assert grade(problems["axes"], one_of_three).verdict == "accepted"


def test_a_stored_comparison_is_the_same_and_a_damaged_one_is_refused(problems: dict[str, Published]) -> None:
    """Another program than the vetted one could decide verdicts after a disk fault."""
    blob = problems["largest"].dumps()
    again = loads(blob)
    assert again.comparisons == problems["largest"].comparisons
    start = blob.index(b'"program":"', blob.index(b'"comparisons"')) + 60
    damaged = blob[:start] + (b"A" if blob[start : start + 1] != b"A" else b"B") + blob[start + 1 :]
    with pytest.raises(ValueError, match="damaged"):
        loads(damaged)


def test_a_run_measures_public_examples_too(problems: dict[str, Published], sandbox: Sandbox) -> None:
    """A run would call an answer wrong that is accepted when it is graded."""
    report = run_public(problems["axes"], AXES.right["the other sign"].encode(), sandbox, None)
    assert report.verdict == "accepted", report.calls
    report = run_public(problems["axes"], AXES.wrong["rows"].encode(), sandbox, None)
    assert report.verdict == "wrong_answer"
    assert "the error that this problem measures" in report.calls[0].message


@pytest.mark.parametrize("slug", first(1, ("largest", *sorted(PROBLEMS.keys() - {"largest"}))))
def test_a_sound_folder_has_no_finding(tmp_path: Path, sandbox: Sandbox, slug: str) -> None:
    """Nobody could file a problem whose answers are not unique."""
    assert check(not_unique.write(tmp_path, slug, PROBLEMS[slug]), sandbox).errors == ()


def test_a_result_so_large_that_everything_is_allowed_is_wrong(
    tmp_path: Path, published: Publish, grade: Grade
) -> None:
    """Squares of a huge answer overflow in the error and in what is allowed of it, and infinity is not above itself."""
    manifest = "x64 = true\n" + SOLUTION.manifest.replace("float32", "float64")
    make = SOLUTION.make.replace("float32", "float64")
    problem = published(not_unique.write(tmp_path, "solution", SOLUTION, manifest=manifest, make=make))
    assert grade(problem, SOLUTION.right["rows in another order"]).verdict == "accepted"
    huge = grade(problem, "import jax.numpy as jnp\n\n\ndef solution(a, b):\n    return jnp.full_like(b, 1e200)\n")
    assert (huge.verdict, huge.reason) == ("wrong_answer", "value")
    assert "too large" in huge.message
    assert {case.verdict for case in huge.cases} == {"wrong_answer"}


_STUCK = """\
import jax
import jax.numpy as jnp


def compare(inputs, expected, got):
    count = jax.lax.while_loop(lambda n: (got[0] == 12345) | (n < 3), lambda n: (n + 1) % 1000, 0)
    return jnp.abs(jnp.sort(got) - jnp.sort(expected)), jnp.where(count < 0, 1, 0)
"""


def test_a_comparison_that_fails_on_a_result_is_no_verdict(tmp_path: Path, published: Publish, grade: Grade) -> None:
    """A learner would be told to be wrong because of a fault of the author's."""
    manifest = LARGEST.manifest + "\n[limits]\nevaluate_seconds = 3\n"
    problem = published(not_unique.write(tmp_path, "largest", LARGEST, compare=_STUCK, manifest=manifest))
    assert grade(problem, LARGEST.right["ascending"]).verdict == "accepted"
    stuck = "import jax.numpy as jnp\n\n\ndef largest(x):\n    return jnp.array([12345, 1], jnp.int32)\n"
    with pytest.raises(SandboxUnavailable, match="comparison of largest failed"):
        grade(problem, stuck)
    assert grade(problem, LARGEST.wrong["off by one"]).verdict == "wrong_answer"


def findings_of(root: Path, slug: str, problem: NotUnique, sandbox: Sandbox, **changes: str) -> list[str]:
    """The codes of what is found in a folder with ``changes``, by reading or by publishing it."""
    found = read(not_unique.write(root, slug, problem, **changes))
    if not isinstance(found, Problem):
        return [finding.code for finding in found]
    with pytest.raises(PublishFailed) as failed:
        publish(found, sandbox)
    return [finding.code for finding in failed.value.findings]


SORTED = LARGEST.compare.replace("jnp.abs(jnp.sort(got) - jnp.sort(expected)), 0", "{}")
FAULTS = {
    "a file that does not run": ("compare-fails", "raise ValueError\n" + LARGEST.compare),
    "values as Python numbers": ("compare-fails", SORTED.format("abs(int(got[0]) - int(expected[0])), 0")),
    "an undefined name": ("compare-fails", SORTED.format("error, 0")),
    "a file that is opened": ("compare-fails", SORTED.format("open('/etc/passwd').read(), 0")),
    "one array": ("compare-type", SORTED.format("jnp.abs(got - expected)")),
    "a truth value alone": ("compare-type", SORTED.format("jnp.all(got == expected)")),
    "three arrays": ("compare-type", SORTED.format("got, expected, got")),
    "two shapes": ("compare-type", SORTED.format("jnp.abs(got - expected), jnp.zeros(3)")),
    "a complex error": ("compare-type", SORTED.format("got - expected + 0j, 0")),
    "a word": ("compare-type", SORTED.format("'same', 0")),
    "too little allowed": ("compare-refuses", SORTED.format("jnp.abs(jnp.sort(got) - jnp.sort(expected)), -1")),
    "infinity allowed": ("compare-refuses", SORTED.format("jnp.abs(got - expected), jnp.inf")),
    "NaN for the reference": ("compare-refuses", SORTED.format("(got - expected) / (got - expected), 1")),
    "everything accepted": ("compare-accepts", SORTED.format("0.0, 1.0")),
    "everything but larger numbers accepted": ("compare-accepts", SORTED.format("got - expected, 0")),
    "zeros accepted": ("compare-accepts", SORTED.format("jnp.abs(got * (jnp.sort(got) - jnp.sort(expected))), 0")),
    "another function": ("missing-function", LARGEST.compare.replace("def compare", "def same")),
    "other parameters": ("wrong-parameters", LARGEST.compare.replace("(inputs, ", "(")),
    "a name that nobody calls": (
        "unknown-name",
        LARGEST.compare + "\n\ndef compare_other(inputs, expected, got):\n    return 0, 0\n",
    ),
    "no Python": ("python-syntax", "def compare(inputs, expected, got)\n"),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_fault_of_a_comparison_is_a_finding(tmp_path: Path, sandbox: Sandbox, what: str) -> None:
    """A comparison that fails, or that lets anything pass, would be found by learners."""
    code, source = FAULTS[what]
    assert code in findings_of(tmp_path, "largest", LARGEST, sandbox, compare=source)


def test_a_comparison_that_accepts_not_a_number_is_a_finding(tmp_path: Path, sandbox: Sandbox) -> None:
    """A comparison that forgets its NaNs is most likely wrong about more than them."""
    lenient = AXES.compare.replace("jnp.abs(got * sign - expected)", "jnp.nan_to_num(jnp.abs(got * sign - expected))")
    assert findings_of(tmp_path, "axes", AXES, sandbox, compare=lenient) == ["compare-accepts"]


TWO = """\
[entries.axes]
arguments = { a = "float32[N, N]" }
returns = "float32[N, N]"

[entries.trace]
arguments = { a = "float32[N, N]" }
returns = "float32[]"

[cases]
seed = 3
"""
TWO_CASES = """\
small = np.diag([1.0, 2.0, 4.0]).astype(np.float32) + np.float32(0.5)
    a = small if size == 3 else (lambda m: (m + m.T).astype(np.float32))(rng.normal(size=(size, size)))
    return {"axes": (a,), "trace": (a,)}
"""


def test_one_of_two_functions_is_compared_by_its_own_measure(tmp_path: Path, published: Publish, grade: Grade) -> None:
    """A problem of several functions could not leave answers of one of them open."""
    trace = "\n\ndef trace(a):\n    return {}\n"
    files = not_unique.write(
        tmp_path,
        "both",
        AXES,
        manifest=TWO,
        reference=AXES.reference + trace.format("jnp.trace(a)"),
        compare=AXES.compare.replace("def compare", "def compare_axes"),
    )
    cases = (files / "cases.py").read_text()
    cases = cases.replace(AXES.make, TWO_CASES.strip())
    for name, call in (("small", "_make(np.random.default_rng(3), 3)"), ("larger", "_make(rng, 5)")):
        cases = cases.replace(
            f'{{"{name}": {call}}}', f'{{entry: {{"{name}": args}} for entry, args in {call}.items()}}'
        )
    (files / "cases.py").write_text(cases)
    both = published(files)
    assert grade(both, AXES.right["the other sign"] + trace.format("jnp.trace(a)")).verdict == "accepted"
    assert grade(both, AXES.reference + trace.format("-jnp.trace(a)")).reason == "value"


class _Asked:
    """A sandbox that answers no question of the first type in time, and every other with an error of 0."""

    def __init__(self) -> None:
        self.jobs: list[EvaluateJob] = []

    def evaluate(self, job: EvaluateJob) -> list[Evaluated]:
        self.jobs.append(job)
        zero, one = np.zeros(1), np.ones(1)
        rest = [(number, len(each.inputs)) for number, each in enumerate(job.programs)][1:]
        return [Evaluated(number, draw, (zero, one), 0.0, 0.0) for number, sets in rest for draw in range(sets)]


def test_questions_have_the_limits_of_every_type_whichever_are_asked() -> None:
    """A comparison that is slow on one type would be answered at publication, with all others, and never after."""
    pair = Node("tuple", (Leaf("float64", (1,)), Leaf("float64", (1,))))
    known = {key: Comparison(key.encode(), pair, ()) for key in ("slow", "quick")}
    values = (np.zeros(1),)
    sandbox, own = _Asked(), Limits(evaluate_seconds=3)
    asked = [("slow", values), ("quick", values), ("slow", values), ("quick", values)]
    answers = ask(known, asked, own, cast("Sandbox", sandbox))
    (job,) = sandbox.jobs
    assert [(each.program, len(each.inputs)) for each in job.programs] == [(b"slow", 2), (b"quick", 2)]
    assert job.limits == replace(own, evaluate_seconds=6)
    assert [isinstance(answer, Failure) for answer in answers] == [True, False, True, False]
    assert ask(known, [], own, cast("Sandbox", sandbox)) == []
    assert len(sandbox.jobs) == 1, "nothing to ask takes no lane"
    ask(known, asked[:1], own, cast("Sandbox", sandbox))
    assert sandbox.jobs[-1].limits == job.limits
