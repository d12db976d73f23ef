"""Known mistakes: recognised however they are written, never where something else is wrong."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.judge.pitfalls import Matcher
from app.judge.run import run_public
from app.judge.verdict import Reason, Verdict
from app.problems.model import FiledSubmission
from app.problems.pitfalls import Cause, Fingerprint, Place, Program, Result
from app.problems.published import Published, loads
from app.problems.publishing.publish import publish
from sandbox.jobs import Sandbox, Vetted
from sandbox.tree import Leaf
from tests import folders
from tests.conftest import first
from tests.judge import small
from tests.judge.conftest import Grade, Publish
from tests.service import fakes

HEAD = "import jax\nimport jax.numpy as jnp\n\n\ndef double(x):\n"
MANIFEST = (
    'returns = "float32[N]"\n\n[arguments]\nx = "float32[N]"\n\n[cases]\nseed = 5\n\n'
    '[rules]\nmay_not_unroll = "N"\nforbidden_calls = ["jax.numpy.cumsum", "jax.numpy.flip"]\n'
)
WRONG = {
    "added": folders.wrong(folders.DOUBLE.format("x + x + x"), "You added one time too often."),
    "branch": folders.wrong(folders.DOUBLE.format("2 * x if x[0] > 0 else x"), "Use where.", "not_traceable", None),
    "divided": folders.wrong(folders.DOUBLE.format("x / 0"), "Nothing is divided by 0.", reason="nonfinite"),
    "flip": folders.wrong(HEAD + "    return 2 * jnp.flip(jnp.flip(x))\n", "No flip.", "rule_broken", "forbidden_call"),
    "late": folders.wrong(folders.DOUBLE.format("x * (2 + (x > 1000))"), "Large ones too."),
    "loop": folders.wrong(
        HEAD + "    return jnp.stack([2 * x[i] for i in range(x.size)])\n", "No loop.", "rule_broken", "unrolled"
    ),
    "running": folders.wrong(
        HEAD + "    jnp.cumsum(x)\n    return 2 * x\n", "No cumsum.", "rule_broken", "forbidden_call"
    ),
    "thrice": folders.wrong(folders.DOUBLE.format("3 * x"), "Two, not three."),
    "total": folders.wrong(folders.DOUBLE.format("2 * x.sum()"), "Keep the axis.", reason="shape"),
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """Twice a vector, with many filed mistakes, as it comes back from storage."""
    folder = folders.double(tmp_path_factory.mktemp("known"))
    for path in (folder / "submissions" / "wrong").iterdir():
        path.unlink()
    for name, source in WRONG.items():
        (folder / "submissions" / "wrong" / f"{name}.py").write_text(source)
    manifest = (folder / "problem.toml").read_text()
    (folder / "problem.toml").write_text(manifest[: manifest.index("returns")] + MANIFEST)
    return loads(published(folder).dumps())


@pytest.mark.parametrize("name", WRONG)
def test_a_filed_mistake_is_recognised_as_itself(known: Published, grade: Grade, name: str) -> None:
    """Its author's message would reach nobody, or the wrong ones."""
    report = grade(known, WRONG[name])
    assert report.pitfall is not None, report.message
    assert report.pitfall.submission == f"submissions/wrong/{name}.py"
    before, known_as, after = report.message.partition(report.pitfall.message)
    # What names a line to mend comes first.
    assert known_as
    assert bool(before) == (re.search(r"\bline \d", before) is not None)
    assert before or after
    assert len(report.message) > len(report.pitfall.message) + 1


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("def double(values):\n    triple = 3.0\n    return values * triple\n", "thrice"),
        (HEAD + "    return jax.vmap(lambda each: jnp.add(each, each) + each)(x)\n", "added"),
        (HEAD + "    return jnp.full(x.shape, jnp.inf) * x\n", "divided"),
        (HEAD + "    return jnp.sum(x + x)\n", "total"),
        ("def double(batch):\n    if (batch > 1).all():\n        return batch\n    return 2 * batch\n", "branch"),
        (
            HEAD + "    rows = []\n    for row in x:\n        rows.append(row + row)\n    return jnp.array(rows)\n",
            "loop",
        ),
        ("from jax.numpy import cumsum as c\n\n\ndef double(x):\n    c(x)\n    return x * 2\n", "running"),
        (HEAD + "    return jnp.where(x > 1000, 3, 2) * x\n", "late"),
    ],
)
def test_the_same_mistake_in_other_words_is_recognised(known: Published, grade: Grade, source: str, name: str) -> None:
    """Only who writes what the author wrote would get the message; of two with equal results, maybe the other's."""
    report = grade(known, source)
    assert report.pitfall is not None, report.message
    assert report.pitfall.submission == f"submissions/wrong/{name}.py"


@pytest.mark.parametrize(
    "body",
    [
        "2 * x",
        "3.0001 * x",
        "jnp.where(x > 1, 3, 2) * x",
        "3 * x if x.size == 4 else 2.5 * x",
        "x.sum()",
        "(3 * x)[:, None]",
        "x * int(x[0])",
        "x @ x[:, None, None]",
        "2 * x + jnp.flip(x)",
    ],
)
def test_another_mistake_gets_no_message(known: Published, grade: Grade, body: str) -> None:
    """A learner would be told of a mistake that they did not make."""
    report = grade(known, HEAD + f"    return {body}\n")
    assert report.pitfall is None, report.message


def test_no_hidden_value_is_in_what_is_said_of_a_known_mistake(known: Published, grade: Grade) -> None:
    """Fingerprints hold what the mistakes return on hidden inputs; telling of it would print these."""
    kept = [result for each in known.pitfalls if each.path.endswith("late.py") for result in each.results.values()]
    assert any(np.float32(3 * folders.HIDDEN_INPUT) in result.outputs[0] for result in kept), "it is really kept"
    told = "".join(grade(known, WRONG[name]).model_dump_json() for name in ("late", "thrice", "divided"))
    for value in (folders.HIDDEN_INPUT, folders.HIDDEN_OUTPUT, 3 * folders.HIDDEN_INPUT):
        assert str(value) not in told


def test_a_run_says_what_mistake_a_public_case_shows(known: Published, sandbox: Sandbox) -> None:
    """Who tries things out first would learn less than who submits at once."""
    for source, path in (
        (folders.DOUBLE.format("x * 3"), "submissions/wrong/thrice.py"),
        (HEAD + "    return x\n", None),
    ):
        (call,) = run_public(known, source.encode(), sandbox, None).calls
        assert call.verdict == "wrong_answer"
        assert (call.pitfall and call.pitfall.submission) == path
        assert call.pitfall is None or call.message.startswith("Two, not three. ")
    (own,) = run_public(known, folders.DOUBLE.format("x * 3").encode(), sandbox, {"x": [1.5, -2.5]}).calls
    assert own.pitfall is None


@pytest.mark.parametrize(
    "slug",
    first(
        5,
        [
            "residual_of_a_solve",
            "random_dropout",
            "eager_in_place",
            "needs_a_while",
            "style_required_call",
            "eager_string",
            "deterministic_only",
            "limited_work",
            "limited_time",
            "under_grad",
        ],
    ),
)
def test_mistakes_of_every_kind_of_problem_are_recognised(
    slug: str, sandbox: Sandbox, grade: Grade, tmp_path: Path
) -> None:
    """Authors of eager or random problems, or of ones with rules or a comparison, would write messages for nobody."""
    wrong = [answer for answer in small.answers(slug) if answer.verdict != "accepted"]
    filed = [_filed(answer.name, answer.source, *answer.verdict.split()) for answer in wrong]
    problem = small.problem(slug, tmp_path).model_copy(update={"submissions": tuple(filed)})
    published = loads(publish(problem, sandbox).dumps())
    for each in filed:
        report = grade(published, each.source)
        assert (report.verdict, report.reason) == (each.verdict, each.reason), report.message
        assert report.pitfall is not None, each.path
        assert report.pitfall.submission == each.path
    right = next(answer for answer in small.answers(slug) if answer.verdict == "accepted")
    assert grade(published, right.source).pitfall is None


def _filed(name: str, source: str, verdict: Any, reason: Any = None) -> FiledSubmission:
    path = f"submissions/wrong/{name}"
    return FiledSubmission(path=path, source=source, verdict=verdict, reason=reason, message=f"This is {name}.")


LEAF = Leaf("float32", (3,))


def _matcher(*pitfalls: Fingerprint, source: str = "") -> Matcher:
    published = fakes.publish(fakes.problem("add_one"))
    return Matcher(Published(published.problem, published.cases, (), {}, pitfalls=pitfalls), source.encode())


def _vetted(**counts: int) -> Vetted:
    return Vetted(0, LEAF, "", sum(counts.values()), counts, (), {})


def _pitfall(path: str, verdict: Verdict, reason: Reason | None = None, **more: Any) -> Fingerprint:
    return Fingerprint(path, f"message of {path}", verdict, reason, **more)


def _result(value: float) -> Result:
    return Result(LEAF, (np.full(3, value, np.float32),))


def _found(matcher: Matcher, verdict: Verdict, reason: Reason | None = None, **more: Any) -> str | None:
    pitfall = matcher.find(verdict, reason, more.get("subject", ""), more.get("cause"))
    return None if pitfall is None else pitfall.submission


def test_of_equal_results_the_nearest_program_decides_and_then_the_path() -> None:
    """Two authors' messages on one wrong result would reach learners at random."""
    results = {(0, 0): _result(5)}
    programs = {"a": {"add": 3}, "b": {"add": 1, "multiply": 1}, "c": {"add": 1, "multiply": 1}}
    pitfalls = [
        _pitfall(path, "wrong_answer", "value", results=results, programs={0: Program(LEAF, counts)})
        for path, counts in programs.items()
    ]
    for counts, path in (({"add": 3}, "a"), ({"add": 2}, "a"), ({"multiply": 2}, "b")):
        matcher = _matcher(*pitfalls)
        matcher.see_program(_vetted(**counts))
        matcher.see_result((0, 0), (0, 0), _result(5))
        matcher.see_wrong((0, 0))
        assert _found(matcher, "wrong_answer", "value") == path


@pytest.mark.parametrize(
    ("seen", "wrong", "found"),
    [
        ({(0, 0): 5.0}, [(0, 0)], "a"),
        ({(0, 0): 5.0, (0, 1): 7.0}, [(0, 0), (0, 1)], "a"),
        ({(0, 0): 5.0, (0, 1): 8.0}, [(0, 0), (0, 1)], None),
        ({(0, 0): 5.0, (0, 2): 8.0}, [(0, 0), (0, 2)], "a"),
        ({(0, 0): 5.0, (0, 2): 8.0}, [(0, 2)], None),
        ({}, [(0, 0)], None),
    ],
)
def test_every_kept_result_counts_and_one_of_them_is_wrong(
    seen: dict[Place, float], wrong: list[Place], found: str | None
) -> None:
    """A mistake that shows somewhere else would be taken for one that is right there."""
    pitfall = _pitfall("a", "wrong_answer", "value", results={(0, 0): _result(5), (0, 1): _result(7)})
    matcher = _matcher(pitfall)
    for place, value in seen.items():
        matcher.see_result(place, place, _result(value))
    for place in wrong:
        matcher.see_wrong(place)
    assert _found(matcher, "wrong_answer", "value") == found
    assert _found(matcher, "wrong_answer", "nonfinite") is None


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import jax\nr = jax.vmap(f, in_axes=1)(x)\n", "submissions/columns.py"),
        ("import jax\nr = jax.vmap(f, 1)(x)\n", "submissions/columns.py"),
        ("import jax.numpy as jnp\nr = jnp.sum(x**2, axis=0)\n", None),
    ],
)
def test_a_message_on_an_argument_is_not_for_who_never_wrote_it(source: str, found: str | None) -> None:
    """Equal results come from other code, and a learner is told to look for an ``in_axes`` that is not there."""
    pitfall = Fingerprint(
        "submissions/columns.py",
        "in_axes=1 hands out the columns.",
        "wrong_answer",
        "value",
        results={(0, 0): _result(5)},
        words={".vmap": 1, "in_axes=1": 1},
    )
    matcher = _matcher(pitfall, source=source)
    matcher.see_result((0, 0), (0, 0), _result(5))
    matcher.see_wrong((0, 0))
    assert _found(matcher, "wrong_answer", "value") == found


TIME = Cause("time", "", "", "")


def test_a_time_limit_is_recognised_by_the_programs_before_it() -> None:
    """A loop that never ends would be told about one that is written out, or nobody about anything."""
    pitfall = _pitfall("slow", "time_limit", programs={0: Program(LEAF, {"add": 9, "concatenate": 1})})
    for counts, found in (({"add": 4, "concatenate": 2}, "slow"), ({"add": 9}, None)):
        matcher = _matcher(pitfall)
        matcher.see_program(_vetted(**counts))
        assert _found(matcher, "time_limit", cause=TIME) == found
    assert _found(_matcher(pitfall), "time_limit", cause=TIME) is None
    endless = _pitfall("endless", "time_limit", cause=TIME)
    assert _found(_matcher(pitfall, endless), "time_limit", cause=TIME) == "endless"
    later = _matcher(endless)
    later.see_program(_vetted(add=9))
    assert _found(later, "time_limit", cause=TIME) is None


def test_an_error_counts_with_its_kind_its_class_and_what_it_says() -> None:
    """Every exception of a class would get the message on one of them."""
    cause = Cause("exception", "ValueError", "axis # is out of bounds for values", "")
    matcher = _matcher(_pitfall("a", "runtime_error", cause=cause, names=frozenset({"values"})), source="xs = 1\n")
    assert _found(matcher, "runtime_error", cause=cause) == "a"
    for change in ({"kind": "runtime"}, {"error": "TypeError"}, {"text": "axis # is fine for values"}):
        assert _found(matcher, "runtime_error", cause=Cause(**{**vars(cause), **change})) is None
    assert (
        _found(matcher, "runtime_error", cause=Cause(**{**vars(cause), "text": "axis # is out of bounds for xs"}))
        == "a"
    )
    assert _found(matcher, "not_traceable", cause=cause) is None


def test_a_rule_counts_with_what_it_is_about() -> None:
    """Who uses one forbidden call would be told about another; of costs, everybody the same."""
    matcher = _matcher(
        _pitfall("print", "rule_broken", "forbidden_call", subject="print"),
        _pitfall("slow", "rule_broken", "too_slow", programs={0: Program(LEAF, {"sort": 1})}),
    )
    assert _found(matcher, "rule_broken", "forbidden_call", subject="print") == "print"
    assert _found(matcher, "rule_broken", "forbidden_call", subject="exec") is None
    assert _found(matcher, "rule_broken", "too_slow") is None
    matcher.see_program(_vetted(sort=1))
    assert _found(matcher, "rule_broken", "too_slow") == "slow"
