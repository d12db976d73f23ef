"""Results that are not compared element by element: by an author's own measure, or by their distribution over keys.

Type is compared as everywhere, at once; the rest is decided when the grading job has ended. Invariant: of a hidden case
only the reason is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.judge.comparison.compare import Mismatch, compare, compare_types
from app.judge.comparison.custom import CustomComparisons
from app.judge.comparison.statistics import RATE, compare_samples
from app.judge.explain.arguments import known_of
from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.divergence import explain_divergence
from app.judge.explain.elements import elements
from app.judge.explain.mismatch import explain, hidden_text
from app.judge.explain.side_by_side import side_by_side
from app.judge.verdict import Compared, Reason, Verdict
from app.problems.case import Values
from app.problems.published import Published, PublishedCase
from app.problems.sampling import is_sampled, seed_of
from sandbox.jobs import Returned, Sandbox
from sandbox.tree import Tree

#: Index of a case, and of one of its value sets.
Place = tuple[int, int]


class Deferred:
    """The results of one submission that are decided later."""

    def __init__(self, published: Published) -> None:
        """Start with none."""
        self._published = published
        self._custom = CustomComparisons(published)
        self._samples: dict[Place, list[Values]] = {}
        self._tests = sum(len(case.inputs) for case in published.cases if self._is_sampled(case))

    def _is_sampled(self, case: PublishedCase) -> bool:
        return is_sampled(self._published.problem, case.call)

    def expected(self, case: PublishedCase, draw: int) -> Values:
        """The arrays of one expected result: of many random ones, the first."""
        outputs = case.outputs[draw]
        return tuple(leaf[0] for leaf in outputs) if self._is_sampled(case) else outputs

    def compare(self, place: Place, returned: Tree, got: Values) -> tuple[Mismatch | None, bool]:
        """What can be said of a result now, and whether the rest is said later.

        Args:
            place: of its case and value set.
            returned: its tree.
            got: its arrays.
        """
        case = self._published.cases[place[0]]
        if self._is_sampled(case):
            # A result has no other to be compared with: only its type can be wrong.
            mismatch = compare_types(case.expected, returned)
            if mismatch is None:
                self._samples.setdefault(place, []).append(got)
            return mismatch, mismatch is None
        custom = self._custom.decides(case)
        tolerances = None if custom else self._published.problem.tolerances
        mismatch = compare(case.expected_of(place[1]), case.outputs[place[1]], returned, got, tolerances)
        if mismatch is None and custom:
            self._custom.add(case, place, got)
        return mismatch, mismatch is None and custom

    def results(self, sandbox: Sandbox) -> Iterator[tuple[Place, Reason, str]]:
        """For every deferred result its place, and what is wrong with it: a reason with a message, empty if nothing is.

        Raises:
            SandboxUnavailable: the fault is ours, or the comparison's, and nobody else's.
        """
        for place, message in self._custom.results(sandbox):
            yield place, "value", message
        wrong: set[int] = set()
        for place, samples in self._samples.items():
            # A value set with failed results is decided by these, and a case by its first wrong value set.
            if len(samples) == self._keys and place[0] not in wrong:
                message = self._test(place, samples)
                wrong |= {place[0]} if message else set()
                yield place, "distribution", message

    @property
    def _keys(self) -> int:
        statistics = self._published.problem.statistics
        return statistics.keys if statistics else 0

    def _test(self, place: Place, samples: Sequence[Values]) -> str:
        problem, case = self._published.problem, self._published.cases[place[0]]
        stored = case.outputs[place[1]]
        expected = [tuple(leaf[number] for leaf in stored) for number in range(self._keys)]
        seed = seed_of(problem, case, place[1])
        divergence = compare_samples(case.expected, expected, samples, seed, problem.tolerances, tests=self._tests)
        if divergence is None:
            return ""
        if not case.public:
            return hidden_text("distribution")
        return f"{explain_divergence(divergence)} {_CERTAINTY}"


_CERTAINTY = f"(By chance, this is said of at most one right answer in {round(1 / RATE):,}.)"


class Judgement(NamedTuple):
    """What is to be said of one result.

    Attributes:
        brief: what of the message is told beside one of the author's; empty for all of it.
        located: whether that names a line to mend, and so comes first.
        compared: both results, where they differ.
    """

    verdict: Verdict | None = None
    reason: Reason | None = None
    message: str = ""
    detail: str = ""
    brief: str = ""
    located: bool = False
    compared: Compared | None = None


def compare_runs(
    published: Published,
    pairs: Sequence[tuple[PublishedCase, Returned]],
    sandbox: Sandbox,
    clues: Clues = NO_CLUES,
) -> list[Judgement]:
    """What is to be said of what calls of the first public cases returned, by their first value sets.

    Of one random result only the type can be wrong, and nothing can be right. ``clues`` are what the source that was
    called has.

    Raises:
        SandboxUnavailable: the fault is ours, or the comparison's.
    """
    deferred = Deferred(published)
    found: list[Judgement] = []
    for index, (case, returned) in enumerate(pairs):
        found.append(Judgement("accepted"))
        if returned.returns is None:
            continue
        mismatch, _ = deferred.compare((index, 0), returned.returns, returned.outputs)
        if mismatch is not None:
            expected, got = deferred.expected(case, 0), returned.outputs
            known = replace(known_of(case, 0, x64=published.problem.x64), clues=clues)
            said = explain(mismatch, expected, got, case.sizes, known)
            detail = side_by_side(mismatch, expected, got)
            both = elements(mismatch, expected, got, published.problem.tolerances)
            found[-1] = Judgement("wrong_answer", mismatch.reason, said.text, detail, said.brief, said.located, both)
        elif is_sampled(published.problem, case.call):
            found[-1] = Judgement(message=_ONE_RESULT)
    for (index, _), reason, message in deferred.results(sandbox):
        if message:
            found[index] = Judgement("wrong_answer", reason, message)
    return found


_ONE_RESULT = "The result is random: when it is graded, many results are compared by their distribution."
