"""What the reference of an eager problem returns: it is called on every value set, as submissions will be.

What it returns may be built otherwise for other values, so each value set has a type of its own. Invariant: a reference
that raises, or changes its arguments, publishes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.problems.case import Case, Values
from app.problems.model import Problem
from app.problems.plan import grade_job, plan_eagerly
from app.problems.published import PublishedCase
from sandbox.jobs import Called, Failed, Failure, Sandbox
from sandbox.tree import Tree

Results = Mapping[tuple[int, int], tuple[Tree, Values]]


def call_reference(problem: Problem, cases: Sequence[Case], sandbox: Sandbox) -> Results | Failure:
    """What the reference returned, by case and value set, or the first thing that went wrong.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    results: dict[tuple[int, int], tuple[Tree, Values]] = {}
    for event in sandbox.grade(grade_job(problem, problem.reference, plan_eagerly(cases))):
        match event:
            case Failed(failure):
                return failure
            case Called(index, draw, returned):
                if returned.failure is not None:
                    return returned.failure
                if returned.changed:
                    names = ", ".join(f"`{cases[index].call.parameters[position]}`" for position in returned.changed)
                    return Failure("exception", f"it changes its argument {names} in place, which no solution may")
                assert returned.returns is not None
                results[index, draw] = returned.returns, returned.outputs
    return results


def publish_results(cases: Sequence[Case], results: Results) -> tuple[PublishedCase, ...]:
    """The cases with what the reference returned for them."""
    return tuple(_publish(index, case, results) for index, case in enumerate(cases))


def _publish(index: int, case: Case, results: Results) -> PublishedCase:
    trees, outputs = zip(*(results[index, draw] for draw in range(len(case.inputs))), strict=True)
    return PublishedCase(
        name=case.name,
        public=case.public,
        call=case.call,
        arguments=case.arguments,
        sizes=case.sizes,
        inputs=tuple(case.inputs),
        expected=trees[0],
        outputs=outputs,
        others={draw: tree for draw, tree in enumerate(trees) if tree != trees[0]},
    )
