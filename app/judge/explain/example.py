"""The simplest example on which a submission is wrong, made of what was seen while it was judged.

Invariant: an example is made of public cases and of fresh ones alone, which ``app.problems.publishing.fresh`` has drawn
for it; nothing of a hidden value set comes in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from app.judge.explain.literals import elements_of, is_short
from app.judge.explain.reproduce import reproduce
from app.judge.explain.shown import arguments_text, value_text
from app.judge.explain.wording import one_line, type_text
from app.judge.verdict import CaseResult, Counterexample, Reason, Report, Verdict
from app.problems.case import Values
from app.problems.model import Problem
from app.problems.plan import Plan
from app.problems.published import Published, PublishedCase
from app.problems.signature import describe
from sandbox.entries import Call
from sandbox.jobs import Called, Evaluated, GradeEvent, Vetted
from sandbox.tree import Node, Tree

#: What a call with values can show: a limit says nothing by a value, a broken rule is about the program.
SHOWN: frozenset[Verdict] = frozenset({"wrong_answer", "runtime_error", "not_traceable"})
#: What no single call can show.
_NOT_SHOWN: frozenset[Reason] = frozenset({"nondeterministic", "distribution"})
#: Bytes of one result that are kept until it is known whether it is wrong; of a larger one its type is told.
_LARGEST = 1 << 20
#: Longest text of a value, in characters.
_TEXT = 4000


@dataclass(frozen=True)
class Witness:
    """One call that went wrong.

    Attributes:
        case: with one value set, which the learner may see.
        fresh: whether it was drawn for this.
        message: what is wrong.
        result: what came back; None if the call failed, or nothing is known of it.
    """

    case: PublishedCase
    fresh: bool
    verdict: Verdict
    reason: Reason | None
    message: str
    result: tuple[Tree, Values] | None


class Evidence:
    """What the sandbox told of one submission, as far as an example may need it."""

    def __init__(self, published: Published, planned: Plan) -> None:
        """Start with nothing; ``planned`` is what the sandbox's events number."""
        self._published = published
        self._planned = planned
        self._wanted = {(case.call, case.arguments) for case in published.fresh}
        self._returns: dict[int, Tree] = {}
        self._results: dict[int, tuple[Tree, Values]] = {}
        #: The vetted programs of those types that fresh cases have.
        self.programs: dict[tuple[Call, Node], Vetted] = {}

    def take(self, event: GradeEvent) -> None:
        """Note one event of the sandbox."""
        match event:
            case Vetted(signature, returns):
                self._returns[signature] = returns
                traced = self._planned.signatures[signature]
                if (traced.call, traced.arguments) in self._wanted:
                    self.programs[traced.call, traced.arguments] = event
            case Evaluated(signature, draw, outputs):
                self._keep(signature, draw, self._returns[signature], outputs)
            case Called(signature, draw, returned) if returned.returns is not None:
                self._keep(signature, draw, returned.returns, returned.outputs)

    def _keep(self, signature: int, draw: int, returned: Tree, outputs: Values) -> None:
        index, _ = self._planned.origins[signature][draw]
        if self._published.cases[index].public and sum(array.nbytes for array in outputs) <= _LARGEST:
            self._results.setdefault(index, (returned, outputs))

    def public(self, report: Report) -> Iterator[Witness]:
        """Every public case that is wrong in a way that values can show."""
        for index in failing(report, public=True):
            yield witness_of(report.cases[index], self._published.cases[index], self._results.get(index))


def failing(report: Report, *, public: bool) -> list[int]:
    """The cases that are wrong in a way that values can show."""
    pairs = ((index, told) for index, told in enumerate(report.cases) if told.public is public)
    return [index for index, told in pairs if told.verdict in SHOWN and not _takes_calls(told)]


def _takes_calls(told: CaseResult) -> bool:
    """Whether one call does not show it.

    What is not traceable under a transformation alone, or below no line of the learner's, keeps an earlier value.
    """
    kept = told.verdict == "not_traceable" and (told.call.startswith("jax.") or not told.frames)
    return kept or told.reason in _NOT_SHOWN


def witness_of(
    told: CaseResult, case: PublishedCase, result: tuple[Tree, Values] | None, *, fresh: bool = False
) -> Witness:
    """What a report tells of one case, as a witness."""
    assert told.verdict is not None
    return Witness(case, fresh, told.verdict, told.reason, told.message, result)


def is_shown(report: Report) -> bool:
    """Whether an example can say more of this verdict than the report does."""
    return report.verdict in SHOWN and report.reason not in _NOT_SHOWN


def simplest(witnesses: Iterable[Witness]) -> Witness | None:
    """The one with the fewest elements; of equal ones that with fewer transformations, then the first."""
    return min(witnesses, key=lambda each: simplicity(each.case), default=None)


def simplicity(case: PublishedCase) -> tuple[int, int]:
    """What makes one case simpler than another, less of it being simpler."""
    return elements_of(case.arguments) + elements_of(case.expected), len(case.call.steps)


def counterexample(problem: Problem, witness: Witness) -> Counterexample:
    """The example as it is told."""
    case = witness.case
    few = is_short(case.arguments)
    typed = describe(case.call.parameters, case.arguments)
    return Counterexample(
        case=case.name,
        fresh=witness.fresh,
        call=str(case.call),
        arguments=arguments_text(case.call, case.arguments, case.inputs[0]) if few else typed,
        expected=_text(case.expected, case.outputs[0]),
        got=_text(*witness.result) if witness.result else "",
        verdict=witness.verdict,
        reason=witness.reason,
        message=witness.message,
        code=reproduce(
            problem,
            case,
            traced=witness.verdict == "not_traceable" and problem.mode == "traced",
            mutated=witness.reason == "mutated_input",
        ),
    )


def _text(tree: Tree, values: Values) -> str:
    if not is_short(tree):
        return type_text(tree)
    text = value_text(tree, iter(values))
    return text if len(text) <= _TEXT else one_line(text, _TEXT)
