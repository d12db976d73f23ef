"""A case on its way to publication, and the same case under transformations.

Invariant: a case under transformations has as many value sets as the case it comes from, and each is made of values of
that case alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST
from app.problems.model import Check, Problem, StaticSpec
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.entries import BATCHING, DERIVATIVES, Call, Step
from sandbox.tree import Leaf, Node, Tree

Values = tuple[Array, ...]


@dataclass(eq=False)  # each is itself alone
class Case:
    """Its value sets so far, each the flat array leaves of ``arguments``."""

    entry: str
    name: str
    public: bool
    call: Call
    arguments: Node
    sizes: Mapping[str, int]
    inputs: list[Values] = field(default_factory=list)
    #: Whether derivatives of the reference are held against differences of its values.
    differences: bool = False


def under_checks(problem: Problem, cases: Sequence[Case], findings: list[Finding]) -> list[Case]:
    """The cases that the problem's checks name, under their transformations; faults of the checks are findings."""
    found: list[Case] = []
    for number, check in enumerate(problem.checks):
        named = [case for case in cases if case.entry == check.entry and case.name in check.cases]
        for name in sorted(set(check.cases) - {case.name for case in named}):
            message = f"checks: cases.py makes no case {name!r} of {check.entry}."
            findings.append(Finding("unknown-case", MANIFEST, None, message, "Name cases that it makes."))
        if named and all(case.public for case in named):
            message = f"checks: number {number + 1} names public cases only, whose answers can be written down."
            findings.append(Finding("no-cases", MANIFEST, None, message, "Name a hidden case too."))
        steps = tuple(_steps(problem, check))
        found += [_under(case, steps, check) for case in named if _fits(case, steps, findings)]
    return found


def _steps(problem: Problem, check: Check) -> Iterator[Step]:
    names = [*problem.entries[check.entry].arguments]
    wrt = tuple(names.index(name) for name in check.wrt) or (0,)
    static = {name for name, spec in problem.entries[check.entry].arguments.items() if isinstance(spec, StaticSpec)}
    axes = tuple(None if name in static else check.axes.get(name, 0) for name in names)
    for each in reversed(check.transform):
        if each in BATCHING:
            yield Step(each, axes=axes)
        elif each in DERIVATIVES:
            yield Step(each, wrt=wrt, has_aux=check.has_aux)
        else:
            yield Step(each)


def _fits(case: Case, steps: Iterable[Step], findings: list[Finding]) -> bool:
    """Whether every mapped argument has arrays with enough axes to put the new one where it is declared."""
    before = len(findings)
    for step in steps:
        for name, tree, axis in zip(case.call.parameters, case.arguments.children, step.axes, strict=False):
            leaves = [leaf for _, leaf in trees.leaves(tree)]
            if axis is not None and any(len(leaf.shape) < axis for leaf in leaves):
                message = f"checks: {name} of case {case.name!r} is {tree}, so that no axis {axis} can be mapped over."
                findings.append(Finding("bad-value", MANIFEST, None, message, "Give a smaller axis."))
        if step.axes and not any(
            axis is not None and trees.leaves(tree)
            for axis, tree in zip(step.axes, case.arguments.children, strict=True)
        ):
            message = f"checks: {step.apply} maps over no array of case {case.name!r}."
            findings.append(Finding("bad-value", MANIFEST, None, message, "Map over an argument that is an array."))
    return len(findings) == before


def _under(case: Case, steps: tuple[Step, ...], check: Check) -> Case:
    arguments, inputs = case.arguments, case.inputs
    for step in steps:
        if step.apply in BATCHING:
            inputs = [_stacked(arguments, inputs, first, step.axes, check.size) for first in range(len(inputs))]
            arguments = _batched(arguments, step.axes, check.size)
    call = Call(case.call.entry, case.call.parameters, steps, case.call.harness)
    return Case(case.entry, case.name, case.public, call, arguments, case.sizes, inputs, check.finite_differences)


def _batched(arguments: Node, axes: tuple[int | None, ...], size: int) -> Node:
    """The types of ``size`` calls at once, stacked along ``axes``."""

    def widened(tree: Tree, axis: int | None) -> Tree:
        if axis is None:
            return tree
        return trees.map_leaves(tree, lambda leaf: Leaf(leaf.dtype, (*leaf.shape[:axis], size, *leaf.shape[axis:])))

    return Node("tuple", tuple(map(widened, arguments.children, axes)))


def _stacked(arguments: Node, inputs: Sequence[Values], first: int, axes: tuple[int | None, ...], size: int) -> Values:
    """One value set for ``size`` calls: the value sets in turn from ``first`` on; what is shared is that one's."""
    chosen = [inputs[(first + number) % len(inputs)] for number in range(size)]
    stacked: list[Array] = []
    for tree, axis in zip(arguments.children, axes, strict=True):
        for _ in trees.leaves(tree):
            position = len(stacked)
            values = [values[position] for values in chosen]
            stacked.append(values[0] if axis is None else np.stack(values, axis))
    return tuple(stacked)
