"""What the sandbox is asked about a submission, or about a reference, of a problem's cases.

Invariant: a plan is the same whenever it is made of the same cases, so that what was noted of a signature at
publication is found when a submission is judged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.problems import limits as limiting
from app.problems.case import Values
from app.problems.model import Problem
from app.problems.published import Probe, Published
from app.problems.sampling import SampledCase, Side, is_sampled, most_bytes, value_sets
from sandbox import tree as trees
from sandbox.entries import Call
from sandbox.jobs import GradeJob, Limits, Rival, Signature
from sandbox.tree import Node

#: Most value sets that are sent at once; all their arrays travel together.
_TOGETHER = 1024


@dataclass(frozen=True)
class Plan:
    """The signatures of a grading job, in order, and which case each value set belongs to.

    Attributes:
        signatures: what the sandbox is given; each call with each distinct argument type occurs once, or more often
            where it has many value sets.
        origins: for each signature, ``(case index, draw)`` of each of its value sets.
    """

    signatures: tuple[Signature, ...]
    origins: tuple[tuple[tuple[int, int], ...], ...]


class _Case(SampledCase, Protocol):
    """What planning needs to know of a case, published or on its way."""

    @property
    def public(self) -> bool:
        """Whether learners see its values."""


def plan(problem: Problem, cases: Sequence[_Case], probes: Sequence[Probe], side: Side = "submission") -> Plan:
    """Group the value sets of ``cases`` by what is called, and with what types.

    Those without transformations come first, whose faults are easier to understand; then public ones, so that a fault
    is told by an example the learner knows; then small ones, so that it stops the job early.
    """
    groups: dict[tuple[Call, Node], list[tuple[tuple[int, int], Values]]] = {
        (probe.call, probe.arguments): [] for probe in probes
    }
    for index, case in enumerate(cases):
        sets = groups.setdefault((case.call, case.arguments), [])
        for draw in range(len(case.inputs)):
            sets += [((index, draw), values) for values in value_sets(problem, case, draw, side)]
    public = {(case.call, case.arguments) for case in cases if case.public}

    def order(key: tuple[Call, Node]) -> tuple[object, ...]:
        call, arguments = key
        return len(call.steps), key not in public, element_count(arguments), signature_key(call, arguments)

    signatures, origins = [], []
    for call, arguments in sorted(groups, key=order):
        result = most_bytes(problem, cases, side) if is_sampled(problem, call) else None
        sets = groups[call, arguments]
        for start in range(0, max(1, len(sets)), _TOGETHER):
            part = sets[start : start + _TOGETHER]
            signatures.append(Signature(call, arguments, tuple(values for _, values in part), result))
            origins.append(tuple(origin for origin, _ in part))
    return Plan(tuple(signatures), tuple(origins))


def plan_eagerly(cases: Sequence[_Case]) -> Plan:
    """A signature for each case, in their order: each is called in a process of its own."""
    signatures = tuple(Signature(case.call, case.arguments, tuple(case.inputs)) for case in cases)
    origins = tuple(tuple((index, draw) for draw in range(len(case.inputs))) for index, case in enumerate(cases))
    return Plan(signatures, origins)


def signature_key(call: Call, arguments: Node) -> str:
    """A signature as the key of a JSON object."""
    return f"{call}{arguments}"


def element_count(arguments: Node) -> int:
    """How many array elements these arguments have in all."""
    return sum(math.prod(leaf.shape) for _, leaf in trees.leaves(arguments))


def raced(planned: Plan) -> int:
    """The signature at which programs are raced: of those with values, the one with the most elements."""
    numbers = [number for number, signature in enumerate(planned.signatures) if signature.inputs]
    return max(numbers, key=lambda number: element_count(planned.signatures[number].arguments))


def rival(published: Published, planned: Plan) -> Rival | None:
    """The reference's program that submissions are raced against, if a rule is about run time."""
    if published.problem.rules.most_time is None:
        return None
    signature = planned.signatures[raced(planned)]
    reference = published.references[signature_key(signature.call, signature.arguments)]
    return Rival(raced(planned), reference.program)


def grade_job(problem: Problem, source: str, planned: Plan) -> GradeJob:
    """The sandbox's job for one source: the reference's at publication, a learner's later."""
    return GradeJob(
        source=source,
        signatures=planned.signatures,
        harness=problem.harness,
        x64=problem.x64,
        device=problem.device,
        eager=problem.arrays if problem.mode == "eager" else None,
        limits=limits(problem),
        twice=problem.rules.deterministic,
        measure=problem.rules.measured,
        fresh=problem.rules.measured or problem.rules.most_time is not None,
    )


def limits(problem: Problem) -> Limits:
    """The sandbox limits of a problem: its own where it sets them, the defaults elsewhere."""
    return limiting.limits(problem.limits)
