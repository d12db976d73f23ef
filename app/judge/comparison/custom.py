"""Values that the author's own comparison decides: collected while a submission is evaluated, measured afterwards.

A grading job holds a lane of the sandbox until it has ended, and measuring takes one too: with a single lane, neither
would ever end if one waited for the other. What is kept meanwhile is as large as the reference's own results, for only
results of their type come here. Invariant: of a hidden case only the reason is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from app.judge.explain.mismatch import hidden_text
from app.judge.explain.wording import number_text
from app.problems.case import Values
from app.problems.comparison import Measured, ask, calls_of, question
from app.problems.plan import limits
from app.problems.published import Published, PublishedCase
from sandbox.jobs import Failure, Sandbox, SandboxUnavailable


class ComparisonFailed(SandboxUnavailable):
    """The author's comparison failed on a result; nothing is known about that result."""


class CustomComparisons:
    """The results of one submission that wait for the author's comparison."""

    def __init__(self, published: Published) -> None:
        """Start with none."""
        self._published = published
        self._asked: list[tuple[tuple[int, int], str, Values]] = []

    def decides(self, case: PublishedCase) -> bool:
        """Whether values of this case are the author's comparison's to compare."""
        return self._key(case) in self._published.comparisons

    def _key(self, case: PublishedCase) -> str:
        if case.call.entry not in self._published.problem.compared:
            return ""
        asked = question(case.call, case.arguments, case.expected)
        return asked.key if asked else ""

    def add(self, case: PublishedCase, place: tuple[int, int], got: Values) -> None:
        """Keep a result of the reference's type; ``place`` is the index of its case and of its value set."""
        given, expected = case.inputs[place[1]], case.outputs[place[1]]
        key = self._key(case)
        self._asked += [(place, key, values) for values in calls_of(case.call, case.arguments, given, expected, got)]

    def results(self, sandbox: Sandbox) -> Iterator[tuple[tuple[int, int], str]]:
        """For every result, its place and what is wrong with it; nothing if it is right.

        Raises:
            SandboxUnavailable: the fault is ours, or the comparison's, and nobody else's.
        """
        problem = self._published.problem
        asked = [(key, values) for _, key, values in self._asked]
        found: dict[tuple[int, int], list[Measured]] = {}
        answers = ask(self._published.comparisons, asked, limits(problem), sandbox)
        for (place, _, _), answer in zip(self._asked, answers, strict=True):
            if isinstance(answer, Failure):
                raise ComparisonFailed(f"the comparison of {problem.slug} failed on a result: {answer.message}")
            found.setdefault(place, []).append(answer)
        self._asked.clear()
        for place, measured in found.items():
            wrong = [each for each in measured if not each.passed]
            yield place, self._message(place[0], wrong[0]) if wrong else ""

    def _message(self, index: int, measured: Measured) -> str:
        return say(measured) if self._published.cases[index].public else hidden_text("value")


def say(measured: Measured) -> str:
    """What is wrong with a result of a public case, by the author's own measure."""
    if not math.isfinite(measured.allowed):
        return "The result has wrong values: they are too large for the error that this problem measures to be told."
    error, allowed = number_text(measured.error), number_text(measured.allowed)
    return (
        f"The result has wrong values: the error that this problem measures is {error} where {allowed} is allowed. "
        "Several answers are right here, so that it is not compared element by element."
    )
