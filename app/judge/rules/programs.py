"""What a submission's programs have shown of the rules on programs so far.

Invariant: a program that is unrolled ends the judging at once, for it may take minutes to compile; every other broken
rule is kept, and counts once every case has passed. The first one that is found is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from app.judge.rules.costs import check_cost, check_countable, check_operations, check_race
from app.judge.rules.unrolling import OperationCount, RuleBreak, check_unrolled
from app.problems.model import Rules
from app.problems.plan import Plan, signature_key
from app.problems.published import Published, ReferenceProgram
from app.problems.signature import bind, describe
from sandbox.jobs import Compiled, Raced, Vetted


class ProgramRules:
    """The rules on the programs of one submission."""

    def __init__(self, rules: Rules) -> None:
        """Start with no program seen."""
        self._rules = rules
        self._counts: list[OperationCount] = []
        #: The first rule that a program broke, other than that against unrolling.
        self.broken: RuleBreak | None = None
        #: Whether the race against the reference has been won.
        self.won = False

    def take_program(self, event: Vetted, count: OperationCount, reference: ReferenceProgram) -> RuleBreak | None:
        """Note a program; returns the break if it is unrolled."""
        self._note(check_operations(self._rules, event, count.signature, reference.live))
        self._note(check_countable(self._rules, event, count.signature))
        if self._rules.may_not_unroll is None:
            return None
        self._counts.append(count)
        return check_unrolled(self._counts)

    def take_figures(self, event: Compiled, signature: str, reference: ReferenceProgram) -> None:
        """Note what a program costs."""
        self._note(check_cost(self._rules, event, reference, signature))

    def take_race(self, event: Raced, signature: str) -> None:
        """Note a race; the last one counts."""
        slow = check_race(self._rules, event.turns, signature)
        self.won = slow is None
        if self.broken is None or self.broken.reason == "too_slow":
            self.broken = slow

    def _note(self, broken: RuleBreak | None) -> None:
        if self.broken is None:
            self.broken = broken


class Programs:
    """The signatures of one submission's job, and the rules on its programs there."""

    def __init__(self, published: Published, planned: Plan) -> None:
        """Start with no program seen."""
        self._published = published
        self._plan = planned
        self.rules = ProgramRules(published.problem.rules)

    def take(self, event: Vetted | Compiled | Raced) -> RuleBreak | None:
        """Note what was learned of one program; returns the break if it is unrolled."""
        signature = self.describe(event.signature)
        match event:
            case Vetted():
                return self.rules.take_program(event, self._count(event), self._reference(event.signature))
            case Compiled():
                self.rules.take_figures(event, signature, self._reference(event.signature))
            case Raced():
                self.rules.take_race(event, signature)
        return None

    def describe(self, number: int) -> str:
        """The argument types of a signature, for messages."""
        signature = self._plan.signatures[number]
        return describe(signature.call.parameters, signature.arguments)

    def sizes(self, number: int) -> Mapping[str, int]:
        """The named sizes of a signature, by a case that has it, or of a probe."""
        if origins := self._plan.origins[number]:
            return self._published.cases[origins[0][0]].sizes
        probe = self._plan.signatures[number]
        return bind(self._published.problem.entries[probe.call.entry].arguments, probe.arguments)

    def _count(self, event: Vetted) -> OperationCount:
        looped = self._published.problem.rules.may_not_unroll
        return OperationCount(
            call=str(self._plan.signatures[event.signature].call),
            size=None if looped is None else self.sizes(event.signature).get(looped),
            signature=self.describe(event.signature),
            operations=event.operations,
            reference_operations=self._reference(event.signature).operations,
        )

    def _reference(self, number: int) -> ReferenceProgram:
        signature = self._plan.signatures[number]
        return self._published.references[signature_key(signature.call, signature.arguments)]
