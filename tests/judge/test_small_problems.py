"""Every transformation, dtype, tree, entry point, rule and comparison, each with right and wrong answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from app.judge.verdict import Report
from app.problems.published import Published, loads
from app.problems.publishing.publish import PublishFailed, publish
from sandbox.jobs import Sandbox
from tests.conftest import first, first_of_each
from tests.judge import small
from tests.judge.conftest import Grade
from tests.judge.repeating import fault, repeat
from tests.judge.small import Answer

#: Kept out of the corpus of answers only by a mistake: fewer problems than this were filed.
FEWEST = 90
#: Examples for each problem of a group, on the average: a broken rule or a limit is shown by no values.
FEWEST_EXAMPLES = 0.3
#: How the names of problems begin that differ in a dtype, a size or a word only.
_KINDS = ("in_bool", "in_complex", "in_float", "in_int", "in_uint", "static_", "style_forbidden", "style_required")


@pytest.fixture(scope="module")
def published_small(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Published]:
    """Publishes a small problem, each once, as it comes back from storage."""

    @cache
    def of(slug: str) -> Published:
        folder: Path = tmp_path_factory.mktemp("small")
        return loads(publish(small.problem(slug, folder), sandbox).dumps())

    return of


def test_every_problem_has_right_and_wrong_answers() -> None:
    """A problem that accepts everything, or nothing, would show nothing about the judge."""
    assert len(small.SLUGS) >= FEWEST
    for slug in small.SLUGS:
        verdicts = {answer.verdict for answer in small.answers(slug)}
        assert "accepted" in verdicts, slug
        assert verdicts - {"accepted"}, slug


def _answers() -> list[ParameterSet]:
    """Every answer, of which every test run has a right and a wrong one for each kind of problem."""
    answers = (answer for slug in small.SLUGS for answer in small.answers(slug))
    return first_of_each(1, answers, lambda answer: (_kind(answer.slug), answer.verdict == "accepted"))


def _kind(slug: str) -> str:
    """Problems that are alike: of a dtype, a style rule, ``vmap``; else the problem itself."""
    return next((kind for kind in _KINDS if slug.startswith(kind)), slug)


@pytest.fixture(scope="module")
def report_on(published_small: Callable[[str], Published], grade: Grade) -> Callable[[Answer], Report]:
    """Judges an answer, each once."""
    return cache(lambda answer: grade(published_small(answer.slug), answer.source))


@pytest.mark.parametrize("answer", _answers())
def test_an_answer_gets_its_verdict(report_on: Callable[[Answer], Report], answer: Answer) -> None:
    """A wrong answer would be accepted, a right one refused, or a learner told the wrong reason."""
    report = report_on(answer)
    assert _verdict(report) == answer.verdict, report.message


@pytest.mark.parametrize("slugs", first(1, [small.SLUGS[start : start + 8] for start in range(0, len(small.SLUGS), 8)]))
def test_the_code_of_an_example_shows_what_the_report_says(
    published_small: Callable[[str], Published], report_on: Callable[[Answer], Report], slugs: list[str]
) -> None:
    """A learner who runs it would see a right result, or another fault than the one that is told."""
    wrong = [answer for slug in slugs for answer in small.answers(slug) if answer.verdict != "accepted"]
    answers = [answer for answer in wrong if report_on(answer).example is not None]
    assert len(answers) >= FEWEST_EXAMPLES * len(slugs)
    told = repeat([answer.source for answer in answers], [report_on(answer) for answer in answers])
    faults = {
        str(answer): said
        for answer, each in zip(answers, told, strict=True)
        if (said := fault(published_small(answer.slug), report_on(answer), each))
    }
    assert not faults


def _verdict(report: Report) -> str:
    return f"{report.verdict} {report.reason}" if report.reason else report.verdict


@pytest.mark.parametrize("returned", ["lambda: x", "[x, object()]", "np.array([None, 1], dtype=object)"])
def test_a_reference_returns_nothing_that_is_not_compared(sandbox: Sandbox, tmp_path: Path, returned: str) -> None:
    """Every submission that returns something of that class would be right there, whatever it holds."""
    problem = small.problem("list_with_none_result", tmp_path)
    source = f"import numpy as np\n\n\ndef list_with_none_result(x):\n    return {returned}\n"
    with pytest.raises(PublishFailed, match="which nothing compares"):
        publish(problem.model_copy(update={"reference": source}), sandbox)
