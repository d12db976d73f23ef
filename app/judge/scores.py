"""What is known of each case of a submission: what is right, why it failed, and its result as soon as that is sure.

Invariant: a case is accepted only if every one of its value sets was right and nothing was wrong; of what is wrong, the
first counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.judge.outcome import Outcome
from app.judge.verdict import CaseResult
from app.problems.published import Published
from app.problems.signature import describe

_RIGHT = Outcome("accepted", None, "")


class Scores:
    """The cases of one problem, by their place in it."""

    def __init__(self, published: Published) -> None:
        """Nothing is known yet."""
        self._published = published
        self._right: dict[int, set[int]] = {index: set() for index in range(len(published.cases))}
        self._wrong: dict[int, Outcome] = {}
        #: What each case took, by the signatures it is evaluated with.
        self._taken: dict[int, dict[int, float]] = {}
        self.results: dict[int, CaseResult] = {}

    @property
    def fails(self) -> bool:
        """Whether anything is wrong with a case."""
        return bool(self._wrong)

    @property
    def are_whole(self) -> bool:
        """Whether every case has its result."""
        return len(self.results) == len(self._published.cases)

    @property
    def case_ms(self) -> tuple[float | None, ...]:
        """What each case took to compile and run, None where nothing of it was evaluated.

        Cases of the same types share the compiling, and each is told to have taken it.
        """
        taken = (self._taken.get(index) for index in range(len(self._published.cases)))
        return tuple(None if each is None else sum(each.values()) for each in taken)

    def spend(self, index: int, signature: int, compile_ms: float, run_ms: float) -> None:
        """Note what evaluating one value set of a case took."""
        taken = self._taken.setdefault(index, {})
        taken[signature] = taken.get(signature, compile_ms) + run_ms

    def right(self, index: int, draw: int) -> None:
        """Note that a value set of a case is right."""
        self._right[index].add(draw)

    def wrong(self, index: int, outcome: Outcome) -> None:
        """Note why a case is not accepted."""
        self._wrong.setdefault(index, outcome)

    def finish(self, index: int) -> CaseResult | None:
        """The result of a case, if it is sure now and was not before."""
        if index in self.results:
            return None
        whole = len(self._right[index]) == len(self._published.cases[index].inputs)
        outcome = self._wrong.get(index, _RIGHT if whole else None)
        if outcome is None:
            return None
        self.results[index] = self._result(index, outcome)
        return self.results[index]

    def unreached(self) -> Iterator[CaseResult]:
        """Results for the cases nothing was heard of, so that a list of cases is always whole."""
        for index in range(len(self._published.cases)):
            if index not in self.results:
                self.results[index] = self._result(index, None)
                yield self.results[index]

    def first_failure(self, but: Outcome | None = None) -> Outcome | None:
        """What is wrong with the first case that fails for another reason than ``but``, and where; None for nothing."""
        for index, case in enumerate(self._published.cases):
            result = self.results.get(index)
            if result is not None and result.verdict not in (None, "accepted") and self._wrong[index] is not but:
                where = "Case" if case.public else "Hidden case"
                under = f" under `{case.call}`" if case.call.steps else ""
                failed, place = self._wrong[index], f"{where} {case.name!r}{under}: "
                brief = failed.brief and f"{place}{failed.brief}"
                return replace(failed, message=f"{place}{result.message}", brief=brief)
        # Or a process went wrong after all results of its cases were there.
        return next((outcome for outcome in self._wrong.values() if outcome is not but), None)

    def _result(self, index: int, outcome: Outcome | None) -> CaseResult:
        case = self._published.cases[index]
        return CaseResult(
            name=case.name,
            call=case.call.transformation or (case.call.entry if len(self._published.problem.entries) > 1 else ""),
            public=case.public,
            shape=describe(case.call.parameters, case.arguments),
            verdict=outcome.verdict if outcome else None,
            reason=outcome.reason if outcome else None,
            message=outcome.message if outcome else "",
            limit=outcome.limit if outcome else None,
            detail=outcome.detail if outcome else "",
            frames=outcome.frames if outcome else (),
            compared=outcome.compared if outcome else None,
        )
