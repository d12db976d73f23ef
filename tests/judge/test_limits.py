"""Limits from end to end: which was reached, with how much, in words and in fields; and what hidden cases keep."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import get_args

import pytest

from app.judge.explain.errors import explain_failure, limit_of
from app.judge.outcome import VERDICTS
from app.judge.run import run_public
from app.judge.source import SourceProblem, check_source
from app.judge.verdict import LimitReached, Report
from app.problems.model import ProblemLimits
from app.problems.published import Published
from sandbox import limits as limiting
from sandbox.jobs import Failure, LimitName, Limits, Sandbox
from tests import folders
from tests.judge.conftest import Grade, Publish

#: The verdict that reaching each limit gets.
LIMIT_VERDICTS: dict[LimitName, str] = {
    "trace_seconds": "time_limit",
    "evaluate_seconds": "time_limit",
    "cpu_seconds": "time_limit",
    "memory": "memory_limit",
    "output": "output_limit",
    "threads": "sandbox_violation",
    "file_size": "sandbox_violation",
    "source": "compile_error",
    "artifact": "memory_limit",
    "operations": "compile_error",
    "leaves": "output_limit",
    "depth": "output_limit",
    "result": "output_limit",
}


@pytest.fixture(scope="module")
def double(tmp_path_factory: pytest.TempPathFactory, published: Publish) -> Published:
    """Twice a vector."""
    return published(folders.double(tmp_path_factory.mktemp("problems")))


def limited(published: Published, **limits: float) -> Published:
    """The same problem with limits of its own."""
    own = ProblemLimits.model_validate(limits)
    return replace(published, problem=published.problem.model_copy(update={"limits": own}))


@pytest.mark.parametrize("name", get_args(LimitName))
def test_every_limit_has_its_verdict(name: LimitName) -> None:
    """A limit would be told as another one's verdict."""
    assert VERDICTS[limiting.KINDS[name]] == LIMIT_VERDICTS[name]


@pytest.mark.parametrize(
    ("asked", "name", "words"),
    [
        (({"trace_seconds": 1}, "[y for y in iter(int, 1)]"), "trace_seconds", r"tracing took 1\.\d s, 1 s allowed"),
        (({"memory_mb": 400}, "[0] * 10**12"), "memory", "more than 400 MiB of memory needed, 400 MiB allowed"),
        (({"output_kb": 1}, "print('x' * 5000) or 2 * x"), "output", "more than 1 KiB printed, 1 KiB allowed"),
        (({"leaves": 3}, "[x] * 5"), "leaves", "Result size limit: .* more than 3 arrays and containers, 3 allowed"),
        (({"depth": 1}, "[[x]]"), "depth", "Result size limit: a value nested more than 1 levels deep, 1 allowed"),
        (({"operations": 100}, "sum([x] * 500)"), "operations", "Program size limit: .* more than 100 operations"),
        (
            ({}, "open('x', 'w')"),
            "file_size",
            r"`return open\('x', 'w'\)`: File limit: a file was to be written, 0 bytes",
        ),
    ],
)
def test_a_problems_own_limit_is_judged_and_told(
    double: Published, grade: Grade, asked: tuple[dict[str, float], str], name: LimitName, words: str
) -> None:
    """An author's limit would not hold, or a learner would not learn which one was reached."""
    limits, body = asked
    report = grade(limited(double, **limits), folders.DOUBLE.format(body))
    assert report.verdict == LIMIT_VERDICTS[name]
    assert report.limit is not None
    assert report.limit.name == name
    assert re.search(words, report.message), report.message
    assert Report.model_validate_json(report.model_dump_json()) == report


def test_a_source_is_limited_by_its_problem(double: Published, grade: Grade, sandbox: Sandbox) -> None:
    """A problem that asks for ten lines would take a pasted library."""
    source = folders.DOUBLE.format("2 * x") + "#" * 2000
    small = limited(double, source_kb=1)
    report = grade(small, source)
    told = LimitReached(name="source", used=len(source), allowed=1024, unit="bytes", exact=True)
    assert (report.verdict, report.limit) == ("compile_error", told)
    assert "at most 1,024 are accepted" in report.message
    run = run_public(small, source.encode(), sandbox, None)
    assert (run.verdict, run.limit) == ("compile_error", told)
    assert grade(double, source).verdict == "accepted"


def test_the_largest_source_is_limited_without_a_problem() -> None:
    """A starter or a filed submission could be of any size."""
    found = check_source(b"#" * (Limits.source + 1))
    assert isinstance(found, SourceProblem)
    assert found.limit is not None
    assert (found.limit.used, found.limit.allowed) == (Limits.source + 1, Limits.source)


_ENDLESS_FROM_FOUR_ON = """
import jax


def double(x):
    while x.size == 9:
        pass
    turns = jax.lax.while_loop(lambda n: n >= 0, lambda n: 1 - n, 0) if x.size == 4 else 0
    return 2 * x + turns
"""


def test_who_runs_out_of_time_waits_for_no_hidden_program(double: Published, grade: Grade) -> None:
    """A learner whose code takes for ever to trace would wait for programs that cannot change the verdict."""
    report = grade(limited(double, trace_seconds=2, evaluate_seconds=60), _ENDLESS_FROM_FOUR_ON)
    assert (report.verdict, report.limit and report.limit.name) == ("time_limit", "trace_seconds")
    assert [(case.name, case.verdict) for case in report.cases] == [("two", "accepted"), ("four", None), ("nine", None)]


def test_a_runs_limit_is_told_with_its_call(double: Published, sandbox: Sandbox) -> None:
    """Whoever tries code out would see less than whoever submits it."""
    report = run_public(double, folders.DOUBLE.format("[0] * 10**12").encode(), sandbox, None)
    (call,) = report.calls
    assert (call.verdict, call.limit and call.limit.name) == ("memory_limit", "memory")
    endless = folders.DOUBLE.format("[y for y in iter(int, 1)]").encode()
    ended = run_public(limited(double, trace_seconds=1), endless, sandbox, None)
    assert (ended.verdict, ended.limit and ended.limit.name) == ("time_limit", "trace_seconds")


@pytest.mark.parametrize("name", get_args(LimitName))
def test_a_hidden_case_does_not_tell_how_much_was_used(name: LimitName) -> None:
    """Time or memory that hangs on hidden values could be read off the message, bit by bit."""
    told = []
    for used in (11_111_111.0, 22_222_222.0):
        failure = limiting.failure(limiting.reached(Limits(), name, used), "said")
        limit = limit_of(failure, public=False)
        assert limit is not None
        assert limit.used is None
        told.append((explain_failure(failure, {}, public=False), limit))
        assert limit_of(failure, public=True) == LimitReached(**vars(failure.limit))
    assert told[0] == told[1]
    assert f"{limiting.allowance(limiting.reached(Limits(), name))} allowed" in told[0][0]


def test_a_failure_that_is_no_limit_has_none() -> None:
    """Every crash would be filed under a limit."""
    assert limit_of(Failure("crash", "gone"), public=True) is None


@pytest.mark.parametrize("source", ["open('/tmp/there/is/none')", "__import__('os').listdir('/root')"])
def test_a_file_that_is_not_there_is_told_with_the_way_out(double: Published, grade: Grade, source: str) -> None:
    """A learner would look for the file on their own machine, where it is."""
    report = grade(double, folders.DOUBLE.format(source))
    assert report.verdict == "runtime_error"
    assert "There are no files but those of Python's own libraries" in report.message


def test_a_record_of_an_earlier_release_is_still_read(double: Published, grade: Grade) -> None:
    """Reports that were stored before limits were told apart could not be shown any more."""
    record = grade(double, folders.DOUBLE.format("2 * x")).model_dump(mode="json")
    del record["limit"]
    for case in record["cases"]:
        del case["limit"]
    assert Report.model_validate(record).limit is None
