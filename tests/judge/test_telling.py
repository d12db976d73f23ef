"""No explanation of a hidden case tells a value, whatever the failure and whatever shows it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from rich.console import Console

from app.attempts.schemas import AttemptDetail
from app.cli.grade import print_report
from app.judge.events import CaseJudged, Judged
from app.judge.judge import judge
from app.judge.verdict import Reason, Report
from app.problems.folder.submissions import _REASONS
from app.problems.published import Published
from app.problems.publishing.publish import publish
from sandbox.jobs import Sandbox
from tests import folders
from tests.judge import small
from tests.judge.conftest import Publish

#: Everything that hidden inputs and outputs hold, and nothing else does.
PLANTED = re.compile("76543|153086|7654|1530")
#: Right on the public case, whose vector has two elements, and wrong on the hidden ones.
HIDDEN_ONLY = "import jax.numpy as jnp\n\n\ndef double(x):\n    return 2 * x if x.size == 2 else {}\n"
#: Reason or verdict -> what a traced function returns on hidden cases.
RETURNED = {
    "tree": "(2 * x, x)",
    "shape": "x.sum()",
    "dtype": "(2 * x).astype(jnp.float16)",
    "nonfinite": "jnp.log(-x * x)",
    "value": "0 * x",
    "value beside an argument": "x",
    "value that is scaled": "3 * x",
    "runtime_error": "x @ x[:3]",
    "not_traceable": "2 * x[int(x[0]) - 1]",
    "forbidden": "__import__('socket').socket()",
    "crash": "__import__('os')._exit(3)",
}
#: The same for a function that is called on the values themselves, and may do as it likes with them.
CALLED = {
    "mutated_input": "x[0] = 3.0\n    kept = x[x > floor]\n    return kept, 'few'",
    "raised": "raise ValueError(str(x))",
    "raised by name": "raise type(f'E{int(x[0])}', (Exception,), {})(x[0])",
    "printed": "print(x, floor)\n    return x, str(x[0])",
    "returned as text": "return x[x > floor], str(x)",
}


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """Twice a vector, with planted constants in the hidden cases."""
    return published(folders.double(tmp_path_factory.mktemp("problems")))


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """An eager problem, with planted constants in the hidden cases."""
    return published(folders.above(tmp_path_factory.mktemp("problems")))


def shown(problem: Published, source: str, sandbox: Sandbox) -> tuple[Report, list[str]]:
    """The report, and every form in which somebody may read it: progress, JSON, text, the API's answer."""
    events = list(judge(problem, source.encode(), sandbox))
    last = events[-1]
    assert isinstance(last, Judged)
    text = io.StringIO()
    print_report(Console(file=text, width=200), "answer.py", last.report)
    answer = AttemptDetail(
        id="1",
        user="ada",
        position=None,
        estimated_seconds=None,
        earlier=(),
        problem="p",
        problem_version="1",
        problem_sha256="0",
        state="done",
        tries=1,
        message="",
        verdict=last.report.verdict,
        reason=last.report.reason,
        created_at=datetime.now(UTC),
        started_at=None,
        finished_at=None,
        source="",
        report=last.report,
    )
    forms = [event.model_dump_json() for event in events if isinstance(event, CaseJudged)]
    return last.report, [*forms, last.report.model_dump_json(), text.getvalue(), answer.model_dump_json()]


def check(report: Report, forms: list[str]) -> None:
    """Nothing planted is in any form, and hidden cases have nothing but their fixed words."""
    failed = [case for case in report.cases if not case.public and case.verdict not in (None, "accepted")]
    assert failed or report.verdict != "accepted"
    for form in forms:
        # Digests and times are made of digits too.
        plain = re.sub(
            r'"[0-9a-f]{64}"|_ms":\{[^}]*\}|\d+\.\d+(?= ms)|"(?:created|started|finished)_at":"[^"]*"', "", form
        )
        assert not PLANTED.search(plain), PLANTED.search(plain)
    assert not any(case.detail or case.compared for case in failed)


@pytest.mark.parametrize("name", RETURNED)
def test_no_value_of_a_hidden_case_is_told(double: Published, sandbox: Sandbox, name: str) -> None:
    """A learner who is right on the public case alone reads hidden values out of what is said of the others."""
    report, forms = shown(double, HIDDEN_ONLY.format(RETURNED[name]), sandbox)
    assert report.cases[0].verdict in (None, "accepted")
    if name in get_args(Reason):
        assert report.reason == name
    check(report, forms)


@pytest.mark.parametrize("name", CALLED)
def test_no_value_of_a_called_hidden_case_is_told(above: Published, sandbox: Sandbox, name: str) -> None:
    """A function that sees hidden inputs finds a field of the report that passes them on."""
    source = (
        f"def above(x, floor):\n    if len(x) > 3:\n        pass\n    else:\n        kept = x[x > floor]\n"
        f"        return kept, 'many' if len(kept) > len(x) / 2 else 'few'\n    {CALLED[name]}\n"
    )
    report, forms = shown(above, source, sandbox)
    check(report, forms)
    assert not any(case.frames for case in report.cases if not case.public)


@pytest.fixture(scope="module")
def small_problem(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Published]:
    """Publishes a small problem, each once."""

    @cache
    def of(slug: str) -> Published:
        folder: Path = tmp_path_factory.mktemp("small")
        return publish(small.problem(slug, folder), sandbox)

    return of


@pytest.mark.parametrize(
    ("slug", "name", "reason"),
    [
        ("random_normal_pair", "wrong_variance.py", "distribution"),
        ("deterministic_only", "wrong_numpy_random.py", "nondeterministic"),
    ],
)
def test_no_hidden_case_of_other_reasons_has_a_figure(
    small_problem: Callable[[str], Published], sandbox: Sandbox, slug: str, name: str, reason: Reason
) -> None:
    """A hidden case that fails by its distribution, or by chance, comes with a figure or with more than its words."""
    report, _ = shown(small_problem(slug), (small.ROOT / slug / name).read_text(), sandbox)
    assert report.reason == reason
    for case in report.cases:
        if not case.public and reason == "distribution":
            assert not any(character.isdigit() for character in case.message)
        assert not ((case.detail or case.compared) and not case.public)


def test_every_reason_of_a_wrong_answer_is_among_these() -> None:
    """A reason is added to the vocabulary, and nobody looks whether it tells a hidden value."""
    tested = {*RETURNED, *CALLED, "distribution", "nondeterministic"}
    assert {reason for reason in get_args(Reason) if reason not in _REASONS["rule_broken"]} <= tested
