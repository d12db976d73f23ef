"""Answers that nobody had to think about: zeros, ones, NaN, another dtype, a constant for each shape.

They are compared as arrays with the stored results of the reference, by the judge's own comparison; nothing is run for
it but an author's ``compare.py``. Invariant: an error is found only if the whole answer passes every case, so that a
submission that returned it would be accepted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.judge.comparison.compare import compare
from app.judge.comparison.deferred import Deferred
from app.problems.case import Values
from app.problems.findings import Finding
from app.problems.folder.files import CASES, MANIFEST
from app.problems.published import Published, PublishedCase
from app.problems.sampling import is_sampled
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.jobs import Sandbox
from sandbox.tree import DTYPES, KEY, Leaf, Tree

#: An answer to one value set of a case: its tree and arrays; None if there is none of this kind.
_Answer = tuple[Tree, Values] | None
#: Says what is answered to a case for one of its value sets.
_Answering = Callable[[PublishedCase, int], _Answer]

_CASES_MEND = "Add cases whose results differ from it, or tighten the tolerance."


def check_trivial(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    """Errors for trivial answers that would be accepted, warnings where they pass in part.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    for kind in _KINDS:
        if _accepted(published, kind.answer(published), sandbox):
            message = f"A submission that returns {kind.what} is accepted."
            yield Finding(kind.code, CASES, None, message, kind.mend)
    yield from _constant_results(published)
    yield from _swallowed(published)


def _accepted(published: Published, answer: _Answering, sandbox: Sandbox) -> bool:
    """Whether an answer passes every value set of every case."""
    deferred = Deferred(published)
    for index, case in enumerate(published.cases):
        for draw in range(len(case.inputs)):
            answered = answer(case, draw)
            if answered is None:
                return False
            results = _samples(*answered) if is_sampled(published.problem, case.call) else [answered]
            for returned, values in results:
                mismatch, _ = deferred.compare((index, draw), returned, values)
                if mismatch is not None:
                    return False
    return all(not message for _, _, message in deferred.results(sandbox))


def _samples(tree: Tree, values: Values) -> list[tuple[Tree, Values]]:
    """Random results one by one: what is stored of them has one more axis in front."""
    return [(tree, each) for each in zip(*values, strict=True)]


def _filled(change: Callable[[Array], Array | None]) -> Callable[[Published], _Answering]:
    """An answer of the right type whose every array is made from the expected one."""

    def answering(_: Published) -> _Answering:
        def answer(case: PublishedCase, draw: int) -> _Answer:
            changed = [change(array) for array in case.outputs[draw]]
            if all(array is None for array in changed):
                return None
            kept = zip(changed, case.outputs[draw], strict=True)
            return case.expected_of(draw), tuple(mine if array is None else array for array, mine in kept)

        return answer

    return answering


def _not_a_number(array: Array) -> Array | None:
    return np.full_like(array, np.nan) if array.dtype.kind in "fcV" else None


def _first_number(published: Published) -> _Answering:
    """One number everywhere, the first that the reference returns in the first case: a constant of the right size."""
    first = next((array.reshape(-1)[:1] for array in published.cases[0].outputs[0] if array.size), np.ones(1))

    @np.errstate(all="ignore")
    def filled(array: Array) -> Array:
        number = first if array.dtype.kind == "c" else first.real
        return np.full(array.shape, number.astype(array.dtype)[0])

    return _filled(filled)(published)


def _shifted(dtype: str) -> Callable[[Published], _Answering]:
    """The right values, as far as they fit, in another dtype; none where all of them have it already."""

    def shifted(leaf: Leaf) -> Leaf:
        return leaf if leaf.dtype == KEY else Leaf(dtype, leaf.shape)

    @np.errstate(all="ignore")
    def answer(case: PublishedCase, draw: int) -> _Answer:
        expected = case.expected_of(draw)
        found = [leaf for _, leaf in trees.leaves(expected)]
        if all(shifted(leaf) == leaf for leaf in found):
            return None
        values = zip(case.outputs[draw], found, strict=True)
        cast = tuple(array if leaf.dtype == KEY else array.real.astype(DTYPES[dtype]) for array, leaf in values)
        return trees.map_leaves(expected, shifted), cast

    return lambda _: answer


def _by_shape(published: Published) -> _Answering:
    """For each signature one result of the reference for it, whatever the values are."""
    chosen: dict[str, _Answer] = {}
    for case in published.cases:
        chosen.setdefault(f"{case.call}{case.arguments}", (case.expected_of(0), case.outputs[0]))
    return lambda case, _: None if is_sampled(published.problem, case.call) else chosen[f"{case.call}{case.arguments}"]


@dataclass(frozen=True)
class _Kind:
    """A trivial answer: its code, what it is in words, and how it is made for a problem."""

    code: str
    what: str
    answer: Callable[[Published], _Answering]
    mend: str = _CASES_MEND


_KINDS = (
    _Kind("zeros-pass", "zeros", _filled(np.zeros_like)),
    _Kind("constant-passes", "ones", _filled(np.ones_like)),
    _Kind("constant-passes", "one number everywhere, the first of the first case's result", _first_number),
    _Kind("nan-passes", "NaN", _filled(_not_a_number), "Let the reference return numbers in some case."),
    *(
        _Kind(
            "dtype-passes", f"the right values as {dtype}", _shifted(dtype), "Return arrays, whose dtype is compared."
        )
        for dtype in ("float16", "float64", "int32")
    ),
    _Kind(
        "shape-constant-passes",
        "for every shape of its arguments what the reference returned there once",
        _by_shape,
        "Let the results depend on the values that rng draws.",
    ),
)


def _constant_results(published: Published) -> Iterator[Finding]:
    """Hidden signatures at which one constant passes for every value set, though the whole answer would not."""
    groups: dict[str, list[PublishedCase]] = {}
    for case in published.cases:
        if not case.call.steps and not is_sampled(published.problem, case.call):
            groups.setdefault(f"{case.call}{case.arguments}", []).append(case)
    for cases in groups.values():
        first = cases[0]
        sets = [(case, draw) for case in cases for draw in range(len(case.inputs))]
        hidden = next((case for case in cases if not case.public), None)
        filled = any(array.size for array in first.outputs[0]) and any(array.size for array in first.inputs[0])
        if hidden is None or not filled or first.call.entry in published.problem.compared:
            continue
        alone = published.problem.tolerances
        if all(
            compare(case.expected_of(draw), case.outputs[draw], first.expected_of(0), first.outputs[0], alone) is None
            for case, draw in sets
        ):
            message = f"Every value set of hidden case {hidden.name!r} has the same result, so that a constant passes."
            mend = "Draw values on which the result depends, or add a case of the same shape."
            yield Finding("constant-result", CASES, None, message, mend, "warning")


def _swallowed(published: Published) -> Iterator[Finding]:
    """Where zeros pass at one array of the result: in every case, or in one whose expected values are not all zero."""
    tolerances = published.problem.tolerances
    passing: dict[tuple[str, str], bool] = {}
    for case in published.cases:
        if is_sampled(published.problem, case.call) or case.call.entry in published.problem.compared:
            continue
        for place, (path, leaf) in enumerate(trees.leaves(case.expected)):
            sets = [_leaf_of(case, draw, place) for draw in range(len(case.inputs))]
            arrays = [array for array in sets if array is not None and array.size]
            if not arrays or leaf.dtype == KEY:
                continue
            zeros = all(_same_as_zeros(replace(leaf, shape=array.shape), array, tolerances) for array in arrays)
            if not case.call.steps:  # a derivative may well be zero throughout
                passing[str(case.call), path] = passing.get((str(case.call), path), True) and zeros
            if zeros and any(array.any() for array in arrays):
                message = f"In case {case.name!r}, zeros pass{_at(path)}: atol is as large as every expected value."
                mend = f"Give a smaller atol for {leaf.dtype} in {MANIFEST}, or larger values in the case."
                yield Finding("atol-swallows", CASES, None, message, mend, "warning")
    for (call, path), always in passing.items():
        if always:
            message = f"Zeros pass{_at(path)} in every case of {call}."
            yield Finding("zero-leaf", CASES, None, message, "Add a case in which something else is right.", "warning")


def _leaf_of(case: PublishedCase, draw: int, place: int) -> Array | None:
    """An array of one expected result; None if this value set has another structure."""
    return case.outputs[draw][place] if place < len(case.outputs[draw]) else None


def _same_as_zeros(leaf: Leaf, expected: Array, tolerances: Mapping[str, object]) -> bool:
    return compare(leaf, [expected], leaf, [np.zeros_like(expected)], tolerances) is None  # type: ignore[arg-type]


def _at(path: str) -> str:
    return f" at {path} of the result" if path else ""
