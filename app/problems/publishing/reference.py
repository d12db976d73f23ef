"""What publication keeps of the reference's programs for the rules, and whether the reference keeps to these itself.

Invariant: no rule is published that the reference breaks, or that no submission could break because its figures mean
nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from app.judge.rules.costs import MEMORY_SLACK, WORK_SLACK, check_operations, uncountable
from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST
from app.problems.model import Problem
from app.problems.plan import Plan, raced, signature_key
from app.problems.published import ReferenceProgram
from app.problems.signature import describe
from sandbox.jobs import Compiled, Vetted

_BREAKS = "reference-breaks-rule"
_NOTHING = "rule-says-nothing"


def reference_programs(
    problem: Problem, planned: Plan, vetted: Mapping[int, Vetted], compiled: Mapping[int, Compiled]
) -> dict[str, ReferenceProgram]:
    """The reference's programs by ``signature_key``, from what was vetted and measured at each signature."""
    racing = raced(planned) if problem.rules.most_time is not None else None
    programs = {}
    for number, event in vetted.items():
        signature, figures = planned.signatures[number], compiled.get(number)
        programs[signature_key(signature.call, signature.arguments)] = ReferenceProgram(
            operations=event.operations,
            live=tuple(name for name in problem.rules.required_operations if name in event.live),
            work=figures.work if figures else None,
            memory=figures.memory if figures else 0,
            program=event.program if number == racing else b"",
        )
    return programs


def check_reference(
    problem: Problem, planned: Plan, vetted: Mapping[int, Vetted], compiled: Mapping[int, Compiled]
) -> Iterator[Finding]:
    """Findings on rules that do not fit the reference."""
    rules = problem.rules
    for number, event in vetted.items():
        signature = _describe(planned, number)
        if broken := check_operations(rules, event, signature, ()):
            yield Finding(_BREAKS, "reference.py", None, broken.message, "Correct the reference or the rule.")
        if not event.repeated:
            message = f"Traced twice for `{signature}`, the reference gives two different programs."
            mend = "Draw with jax.random from a key that is an argument or fixed, or delete `deterministic`."
            yield Finding(_BREAKS, "reference.py", None, message, mend)
    for name in rules.required_operations:
        if not any(name in event.live for event in vetted.values()):
            message = f"rules.required_operations: no result of the reference depends on a `{name}`."
            yield Finding(_BREAKS, MANIFEST, None, message, "Correct the reference, or take it out of the list.")
    if rules.most_work is not None:
        yield from _check_work(planned, vetted, compiled)
    if rules.most_memory is not None and all(event.memory <= MEMORY_SLACK for event in compiled.values()):
        message = (
            f"rules.most_memory: the reference needs at most {MEMORY_SLACK:,} bytes at every case, as much as is "
            "always allowed beside the multiple."
        )
        yield Finding(_NOTHING, MANIFEST, None, message, "Add a case that is large enough, or delete the rule.")


def _check_work(planned: Plan, vetted: Mapping[int, Vetted], compiled: Mapping[int, Compiled]) -> Iterator[Finding]:
    for number, figures in compiled.items():
        why = uncountable(vetted[number])
        if not why and figures.work is None:
            why = "XLA has no figure for one of its operations"
        if why:
            message = f"rules.most_work: the reference's work for `{_describe(planned, number)}` has no figure: {why}."
            yield Finding(_NOTHING, MANIFEST, None, message, "Write most_time or most_memory instead.")
            return
    if all((event.work or 0) <= WORK_SLACK for event in compiled.values()):
        message = (
            f"rules.most_work: the reference does at most {WORK_SLACK:,} operations on array elements at every case, "
            "as many as are always allowed beside the multiple."
        )
        yield Finding(_NOTHING, MANIFEST, None, message, "Add a case that is large enough, or delete the rule.")


def _describe(planned: Plan, number: int) -> str:
    signature = planned.signatures[number]
    return describe(signature.call.parameters, signature.arguments)
