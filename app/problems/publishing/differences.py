"""Finite differences: whether the reference's derivatives are those of its values, asked when a problem is published.

A derivative check compares a learner's derivatives with the reference's; if those are wrong (a custom rule with a slip
in it), every right answer fails. Central differences of the function itself along one direction say whether they are.
Invariant: nothing here decides about a learner; what is found is a finding for the author, who may say that a
derivative is meant to be another one (``finite_differences = false``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from app.judge.explain.errors import explain_failure
from app.problems.case import Case, Values
from app.problems.findings import Finding
from app.problems.model import Problem
from app.problems.plan import Plan, grade_job
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.entries import Call, Step, Transformation
from sandbox.jobs import Evaluated, Failed, Sandbox, Signature

#: Derivatives whose results are compared; second ones are derivatives of these.
_COMPARED: frozenset[Transformation] = frozenset({"grad", "value_and_grad", "jacfwd", "jacrev"})
#: Relative error that is put down to rounding and curvature: ten times what JAX's own tests allow gradients of each
#: dtype (``jax._src.public_test_util``), since one direction sums over many elements. Shorter dtypes are not asked.
_ALLOWED: Mapping[str, float] = {"float32": 2e-2, "float64": 1e-4}


@dataclass(frozen=True)
class Difference:
    """One case's question to the function.

    Attributes:
        case: the case under its derivative.
        signature: the plain function, with two value sets for each of the case's: moved forward and back.
        steps: for each value set of the case how far each array was moved.
    """

    case: Case
    signature: Signature
    steps: tuple[Values, ...]


def check_all(
    problem: Problem, cases: Sequence[Case], derivative: Callable[[int, int], Values], sandbox: Sandbox
) -> list[Finding]:
    """Ask about every case under a first derivative.

    Args:
        problem: whose reference is asked.
        cases: all of them.
        derivative: what the reference returned for a case, by its place in ``cases``, and one of its value sets.
        sandbox: where the reference is evaluated.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    asked = list(questions(cases, problem.cases.seed))
    if not asked:
        return []
    moved: dict[tuple[int, int], Values] = {}
    planned = Plan(tuple(one.signature for one in asked), ())
    for event in sandbox.grade(replace(grade_job(problem, problem.reference, planned), fresh=True)):
        match event:
            case Evaluated():
                moved[event.signature, event.draw] = event.outputs
            case Failed(failure):
                message = f"Near a case: {explain_failure(failure, {}, public=True)}"
                return [Finding("reference-fails", "reference.py", None, message, "Mend the code.")]
    found = []
    for number, one in enumerate(asked):
        index = cases.index(one.case)
        values = [moved[number, draw] for draw in range(len(one.signature.inputs))]
        found.append(check(one, values, [derivative(index, draw) for draw in range(len(one.case.inputs))]))
    return [finding for finding in found if finding is not None]


def questions(cases: Sequence[Case], seed: int) -> Iterator[Difference]:
    """What to evaluate for every case under a first derivative of floats."""
    rng = np.random.default_rng(seed)
    for case in cases:
        if case.differences and len(case.call.steps) == 1 and case.call.steps[0].apply in _COMPARED:
            chosen = _chosen(case, case.call.steps[0])
            leaves = [leaf for _, leaf in trees.leaves(case.arguments)]
            if not chosen or any(leaves[place].dtype not in _ALLOWED for place in chosen):
                continue
            steps = tuple(_direction(values, chosen, rng) for values in case.inputs)
            moved = [
                tuple(map(_moved, values, each, [sign] * len(values)))
                for values, each in zip(case.inputs, steps, strict=True)
                for sign in (1, -1)
            ]
            plain = Call(case.call.entry, case.call.parameters, harness=case.call.harness)
            yield Difference(case, Signature(plain, case.arguments, tuple(moved)), steps)


def _chosen(case: Case, step: Step) -> list[int]:
    """Places, among all array leaves, of those that are differentiated."""
    places: list[int] = []
    first = 0
    for index, tree in enumerate(case.arguments.children):
        count = len(trees.leaves(tree))
        if index in step.wrt:
            places += range(first, first + count)
        first += count
    return places


def _direction(values: Values, chosen: Sequence[int], rng: np.random.Generator) -> Values:
    """A step for each array, in a random direction; none where it is not chosen.

    Its length is eps**(1/3), for which the error of a central difference is least, about eps**(2/3) (Nocedal and
    Wright, Numerical Optimization, section 8.1), times the root of an element beyond 1: in proportion to the element
    it would leap over whole waves of a function such as sin; without regard to it, rounding would swallow the step.
    """

    def step(value: Array) -> Array:
        length = np.cbrt(np.finfo(value.dtype).eps) * np.sqrt(np.maximum(np.abs(value), 1))
        return np.asarray(length * rng.choice([-1.0, 1.0], value.shape))

    return tuple(step(value) if place in chosen else np.zeros(()) for place, value in enumerate(values))


def _moved(value: Array, step: Array, sign: int) -> Array:
    return (value + sign * step).astype(value.dtype) if step.any() else value


def check(asked: Difference, moved: Sequence[Values], derivatives: Sequence[Values]) -> Finding | None:
    """A finding if no value set's derivative is that of the values.

    One that is right for some value sets has a kink at the others, as ``relu`` has at zero.

    Args:
        asked: the question.
        moved: the function's results for its value sets, flat.
        derivatives: the case's results, flat.
    """
    offs = []
    for number, derivative in enumerate(derivatives):
        forward, back = moved[2 * number : 2 * number + 2]
        if (off := _off(asked, asked.steps[number], forward, back, derivative)) is None:
            return None
        offs.append(off)
    name = asked.case.call.parameters[asked.case.call.steps[0].wrt[0]]
    message = (
        f"checks: for case {asked.case.name!r}, `{asked.case.call}` of the reference is not the derivative of its "
        f"values with respect to {name}: along one direction they change by {offs[0][0]:.4g}, and the derivative says "
        f"{offs[0][1]:.4g}."
    )
    mend = "Mend the reference's derivative, or write finite_differences = false in the check if it is meant to differ."
    return Finding("derivative-differs", "reference.py", None, message, mend)


def _off(
    asked: Difference, steps: Values, forward: Values, back: Values, derivative: Values
) -> tuple[float, float] | None:
    """The largest change of an output and what the derivative makes of it, or None if they agree."""
    step = asked.case.call.steps[0]
    chosen = [steps[place] for place in _chosen(asked.case, step)]
    outputs = 1 if step.has_aux or step.apply in ("grad", "value_and_grad") else len(forward)
    own = derivative[len(forward) if step.apply == "value_and_grad" else 0 :][: outputs * len(chosen)]
    for place in range(outputs):
        wide = [np.asarray(each[place], np.float64) for each in (forward, back)]
        if not all(np.isfinite(values).all() for values in wide):
            return None
        change = (wide[0] - wide[1]) / 2
        parts = [
            np.tensordot(np.asarray(part, np.float64), move, axes=move.ndim)
            for part, move in zip(own[place * len(chosen) :], chosen, strict=False)
        ]
        told = np.sum(parts, axis=0)
        if (allowed := _ALLOWED.get(forward[place].dtype.name)) is None:
            continue
        # Rounding of the values themselves is as large as their last place, whatever the change.
        rounding = 8 * np.finfo(forward[place].dtype).eps * np.abs(wide[0]).max(initial=0)
        error = np.abs(change - told)
        if (error > allowed * (np.abs(change) + np.abs(told) + np.sum(np.abs(parts), axis=0)) + rounding).any():
            worst = np.unravel_index(int(error.argmax()), error.shape)
            return float(change[worst]), float(told[worst])
    return None
