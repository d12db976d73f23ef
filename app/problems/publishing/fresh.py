"""Fresh examples: public value sets drawn like the hidden ones, to be shown where only hidden cases fail.

``hidden(rng)`` is called again with generators of another seed. That seed is a digest of ``cases.py``, which learners
never see: values that are shown confirm no guess of how the hidden ones were drawn. Invariant: whatever an author wrote
into ``hidden``, no number of a hidden value set or of its expected output is in a fresh one, nor is a float array that
is nearly a hidden one or a multiple of it; only 0 and 1, and integers up to 255, may be in both, in inputs that are not
the same. What cannot be made is left out, and is nobody's fault.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from app.judge.comparison.custom import ComparisonFailed
from app.judge.comparison.deferred import compare_runs
from app.judge.explain.literals import elements_of
from app.problems.case import Case, Values, under_checks
from app.problems.model import Problem
from app.problems.plan import Plan, limits, plan
from app.problems.published import Published, PublishedCase
from app.problems.publishing.eager import call_reference
from sandbox import arrays
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.entries import Call
from sandbox.jobs import (
    CasesJob,
    CasesResult,
    Evaluated,
    EvaluateJob,
    Failure,
    Returned,
    Sandbox,
    StoredProgram,
    Vetted,
)
from sandbox.tree import KEY, Node, Tree

#: Fresh value sets of each hidden case that are drawn; each is also the first of a batch under checks.
_DRAWS = 3
#: Most value sets of one type; those of the first draw come first.
_MOST = 12
#: Most elements of the arguments, and of the result, that are kept; more than are written out are told by their types.
_MOST_ELEMENTS = 1 << 14
#: Integers up to this size are lengths, labels and pixels, which say nothing by themselves.
_LARGEST_COMMON = 255
#: A float array is nearly another if no element differs by more than this share of it: a constant with some noise.
_NEAR = 1e-2
#: Rounding of a multiple, relative to the largest element.
_ROUNDING = 1e-5

#: Vetted programs by what is called with what types.
Programs = Mapping[tuple[Call, Node], Vetted]
#: What the reference returned, by case.
_Results = Mapping[int, tuple[Tree, Values]]


def with_fresh(published: Published, programs: Programs, sandbox: Sandbox) -> Published:
    """The publication with its fresh examples: none where the author or the problem's kind forbids them.

    Args:
        published: without them.
        programs: the reference's, by type; none of an eager problem.
        sandbox: where values are drawn and results computed.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    problem = published.problem
    hidden = {
        (case.call.entry, case.name): case
        for case in published.cases
        if not case.public and not case.call.steps and _is_small(case.arguments)
    }
    if not problem.cases.fresh or problem.statistics is not None or not hidden:
        return published
    made, secret = sandbox.cases(_job(problem)), [case for case in published.cases if not case.public]
    inputs = Secrets((case.arguments, values) for case in secret if not case.call.steps for values in case.inputs)
    outputs = Secrets((case.expected_of(draw), values) for case in secret for draw, values in enumerate(case.outputs))
    drawn = _drawn(problem, hidden, made, inputs) if made.failure is None else []
    cases = [
        each
        for case in (*drawn, *under_checks(problem, drawn, []))
        for each in _one_by_one(case)
        if _is_small(case.arguments)
    ]
    results = (
        _called(problem, cases, sandbox) if problem.mode == "eager" else _evaluated(problem, cases, programs, sandbox)
    )
    fresh = [_published(case, *results[index]) for index, case in enumerate(cases) if index in results]
    fresh = [case for case in fresh if _is_small(case.expected) and not outputs.tell(case.expected, case.outputs[0])]
    return replace(published, fresh=tuple(_sound(published, fresh, sandbox)))


def _is_small(tree: Tree) -> bool:
    return elements_of(tree) <= _MOST_ELEMENTS and len(trees.leaves(tree)) <= _MOST_ELEMENTS


def _job(problem: Problem) -> CasesJob:
    digest = hashlib.sha256(f"fresh\0{problem.cases.seed}\0{problem.cases_source}".encode()).digest()
    several = tuple(problem.entries) if len(problem.entries) > 1 else ()
    seed = int.from_bytes(digest[:8], "little") >> 1
    return CasesJob(problem.cases_source, seed, _DRAWS, several, problem.x64, limits(problem))


def _drawn(
    problem: Problem, hidden: Mapping[tuple[str, str], PublishedCase], made: CasesResult, secrets: Secrets
) -> list[Case]:
    """The hidden cases with other values, those left out that would show what is hidden."""
    cases: dict[tuple[str, str], Case] = {}
    known: set[tuple[str, Node, str]] = set()
    for each in made.cases:
        entry = each.entry or next(iter(problem.entries))
        like = hidden.get((entry, each.name))
        same = entry, each.arguments, arrays.digest(each.inputs)
        if each.public or like is None or like.arguments != each.arguments or same in known:
            continue
        if sum(each.arguments == arguments for _, arguments, _ in known) == _MOST:
            continue
        if secrets.allow(each.arguments, each.inputs):
            known.add(same)
            call = problem.call(entry)
            case = Case(entry, each.name, public=True, call=call, arguments=each.arguments, sizes=like.sizes)
            cases.setdefault((entry, each.name), case).inputs.append(each.inputs)
    return list(cases.values())


def _one_by_one(case: Case) -> Iterator[Case]:
    """A case for each value set: each is shown by itself."""
    for values in case.inputs:
        yield Case(case.entry, case.name, case.public, case.call, case.arguments, case.sizes, [values])


def by_type(planned: Plan, vetted: Mapping[int, Vetted]) -> Programs:
    """The programs of a plan's signatures by their types."""
    pairs = ((planned.signatures[number], event) for number, event in vetted.items())
    return {(signature.call, signature.arguments): event for signature, event in pairs}


def _evaluated(problem: Problem, cases: Sequence[Case], programs: Programs, sandbox: Sandbox) -> _Results:
    """What the reference's programs return; cases on which one fails are left out."""
    planned = plan(problem, cases, ())
    known = [programs[signature.call, signature.arguments] for signature in planned.signatures]
    stored = tuple(
        StoredProgram(event.program, event.returns, event.custom_calls, signature.inputs)
        for event, signature in zip(known, planned.signatures, strict=True)
    )
    results: dict[int, tuple[Tree, Values]] = {}
    for event in sandbox.evaluate(EvaluateJob(stored, problem.device, limits(problem))) if stored else ():
        if isinstance(event, Evaluated):
            index, _ = planned.origins[event.signature][event.draw]
            results[index] = known[event.signature].returns, event.outputs
    return results


def _called(problem: Problem, cases: Sequence[Case], sandbox: Sandbox) -> _Results:
    results = call_reference(problem, cases, sandbox) if cases else {}
    return {} if isinstance(results, Failure) else {index: result for (index, _), result in results.items()}


def _published(case: Case, returned: Tree, outputs: Values) -> PublishedCase:
    return PublishedCase(
        name=case.name,
        public=True,
        call=case.call,
        arguments=case.arguments,
        sizes=case.sizes,
        inputs=tuple(case.inputs),
        expected=returned,
        outputs=(outputs,),
    )


def _sound(published: Published, fresh: Sequence[PublishedCase], sandbox: Sandbox) -> Iterator[PublishedCase]:
    """Those for which the reference's result is right, by the author's own measure where there is one."""
    own = [(case, Returned("", 0.0, case.expected, case.outputs[0])) for case in fresh]
    try:
        judged = compare_runs(replace(published, cases=tuple(fresh)), own, sandbox)
    except ComparisonFailed:
        return
    yield from (case for case, (verdict, *_) in zip(fresh, judged, strict=True) if verdict == "accepted")


class Secrets:
    """Everything that some hidden values hold: those of all inputs, or those of all expected outputs."""

    def __init__(self, values: Iterable[tuple[Tree, Values]]) -> None:
        """Learn it from trees and their flat arrays."""
        pairs = [pair for tree, each in values for pair in _leaves(tree, each)]
        self._whole = {_identity(array) for _, array in pairs if array.size}
        self._keys = {key for dtype, array in pairs if dtype == KEY for key in _keys(array)}
        numbers = [_telling(array) for dtype, array in pairs if dtype != KEY]
        self._numbers = np.unique(np.concatenate([np.zeros(0), *numbers]))
        self._floats: dict[tuple[int, ...], list[Array]] = {}
        for dtype, array in pairs:
            if dtype != KEY and array.size and array.dtype.kind not in "biuc":
                self._floats.setdefault(array.shape, []).append(array.astype(np.float64))

    def allow(self, arguments: Node, values: Values) -> bool:
        """Whether inputs show nothing of these.

        Floats must be others but for 0 and 1, and so must integers beyond ±255, keys, and arrays as a whole; and no
        array of floats may be nearly one of these, or a multiple of one.
        """
        pairs = [(dtype, array) for dtype, array in _leaves(arguments, values) if array.size]
        whole = any(_identity(array) in self._whole for dtype, array in pairs if dtype != KEY)
        return not whole and not self.tell(arguments, values)

    def tell(self, tree: Tree, values: Values) -> bool:
        """Whether a value shows a number or a key of these, or nearly an array: labels and flags may be the same."""
        return any(self._tells(dtype, array) for dtype, array in _leaves(tree, values) if array.size)

    def _tells(self, dtype: str, array: Array) -> bool:
        if dtype == KEY:
            return any(key in self._keys for key in _keys(array))
        numbers = _telling(array)
        special = bool(np.isnan(numbers).any()) and bool(np.isnan(self._numbers).any())
        if special or bool(np.isin(numbers, self._numbers).any()):
            return True
        if array.dtype.kind in "biuc" or not numbers.size:
            return False
        wide = array.astype(np.float64)
        return any(_is_near(wide, known) or _is_multiple(wide, known) for known in self._floats.get(array.shape, ()))


def _is_near(mine: Array, known: Array) -> bool:
    with np.errstate(all="ignore"):
        return bool(known.any()) and bool((np.abs(mine - known) <= _NEAR * np.abs(known)).all())


def _is_multiple(mine: Array, known: Array) -> bool:
    if known.size < 2:  # noqa: PLR2004 - of one number, every other one is a multiple
        return False
    with np.errstate(all="ignore"):
        factor = np.vdot(known, mine) / np.vdot(known, known)
        return bool(known.any()) and bool((np.abs(mine - factor * known) <= _ROUNDING * np.abs(mine).max()).all())


def _leaves(arguments: Tree, values: Values) -> Iterator[tuple[str, Array]]:
    for (_, leaf), array in zip(trees.leaves(arguments), values, strict=True):
        yield leaf.dtype, array


def _keys(data: Array) -> list[bytes]:
    return [key.tobytes() for key in np.ascontiguousarray(data).reshape(-1, 2)]


def _identity(array: Array) -> tuple[str, tuple[int, ...], bytes]:
    return array.dtype.name, array.shape, np.ascontiguousarray(array).tobytes()


def _telling(array: Array) -> Array:
    """The numbers of an array that are worth hiding by themselves, as float64; parts of complex ones one by one.

    Integers that float64 rounds are taken for equal too often, never too seldom.
    """
    flat = array.reshape(-1)
    exact = flat.dtype.kind in "biu"
    parts = flat.view(flat.real.dtype) if flat.dtype.kind == "c" else flat
    wide: Array = parts.astype(np.float64)
    telling: Array = wide[np.abs(wide) > _LARGEST_COMMON] if exact else wide[(wide != 0) & (wide != 1)]
    return telling
