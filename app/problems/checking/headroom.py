"""How much of the tolerance the reference itself uses up.

The estimate: the reference is traced and evaluated once more with x64 switched on, on the same inputs widened to
float64, which is exact. What its stored result is off from that is rounding: of the inputs' dtype, of the order of
sums, of the fused operations that XLA chose. Headroom is the smallest ratio of what is allowed to what it is off, over
all elements of a dtype; a right answer in another order of operations is off by about as much, on either side.

It is an estimate from below where a reference converts to a short dtype by itself, and none is made where the wide
run would be another computation: with PRNG keys (their draws change with the dtype), for random results, for results
that ``compare.py`` judges, for eager problems, and for problems whose results are float64 already. Invariant: no
headroom is a number unless something was measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from app.judge.comparison.tolerances import tolerance_for
from app.problems.case import Values
from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST
from app.problems.plan import grade_job, plan
from app.problems.published import Published, PublishedCase
from app.problems.sampling import is_sampled
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.jobs import Evaluated, Failed, Sandbox
from sandbox.tree import DTYPES, KEY, Leaf

#: Headroom below which an author is warned.
LEAST = 3.0

_WIDE: Mapping[str, str] = {
    **dict.fromkeys(("float8_e4m3fn", "float8_e5m2", "float16", "bfloat16", "float32"), "float64"),
    "complex64": "complex128",
}


@dataclass(frozen=True)
class Headroom:
    """The tightest element of all results of one dtype.

    Attributes:
        dtype: of the results.
        case: whose element it is.
        error: how far it is off from the wide evaluation.
        allowance: what the tolerance allows there.
    """

    dtype: str
    case: str
    error: float
    allowance: float

    @property
    def times(self) -> float | None:
        """How many times the error is allowed; None if the reference is exact."""
        return None if self.error == 0 else self.allowance / self.error


def headroom(published: Published, sandbox: Sandbox) -> list[Headroom]:
    """The headroom of every dtype that can be measured, in order of dtype.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    problem = published.problem
    cases = [case for case in published.cases if _is_measurable(published, case)]
    if problem.mode == "eager" or not cases:
        return []
    planned = plan(problem, [_widened(case) for case in cases], ())
    tightest: dict[str, Headroom] = {}
    job = replace(grade_job(problem, problem.reference, planned), x64=True, fresh=True, twice=False, measure=False)
    for event in sandbox.grade(job):
        if isinstance(event, Failed):
            return []
        if isinstance(event, Evaluated):
            index, draw = planned.origins[event.signature][event.draw]
            for found in _errors(published, cases[index], cases[index].outputs[draw], event.outputs):
                tightest[found.dtype] = min(tightest.get(found.dtype, found), found, key=_tightness)
    return [tightest[dtype] for dtype in sorted(tightest)]


def check_headroom(measured: list[Headroom]) -> Iterator[Finding]:
    """A warning for each dtype whose tolerance leaves too little room for other right ways."""
    for each in measured:
        if each.times is not None and each.times < LEAST:
            message = (
                f"For {each.dtype} the reference is off by {each.error:.2g} in case {each.case!r}, where "
                f"{each.allowance:.2g} is allowed: a headroom of {each.times:.2g}. Right answers in another order "
                "may be refused."
            )
            mend = f"Allow more in [tolerances.{each.dtype}], or choose inputs that lose less to rounding."
            yield Finding("small-headroom", MANIFEST, None, message, mend, "warning")


def _tightness(each: Headroom) -> float:
    return float("inf") if each.times is None else each.times


def _is_measurable(published: Published, case: PublishedCase) -> bool:
    keys = any(leaf.dtype == KEY for tree in (case.arguments, case.expected) for _, leaf in trees.leaves(tree))
    random = is_sampled(published.problem, case.call)
    short = any(leaf.dtype in _WIDE for _, leaf in trees.leaves(case.expected))
    return short and not keys and not random and case.call.entry not in published.problem.compared


def _widened(case: PublishedCase) -> PublishedCase:
    """The case with every short number of its arguments in a long dtype; values stay exactly the same."""
    leaves = [leaf for _, leaf in trees.leaves(case.arguments)]
    inputs = tuple(
        tuple(
            array.astype(DTYPES[_WIDE.get(leaf.dtype, leaf.dtype)]) for array, leaf in zip(values, leaves, strict=True)
        )
        for values in case.inputs
    )
    arguments = trees.map_leaves(case.arguments, _wide)
    assert isinstance(arguments, trees.Node)
    return replace(case, arguments=arguments, inputs=inputs)


def _wide(leaf: Leaf) -> Leaf:
    return Leaf(_WIDE.get(leaf.dtype, leaf.dtype), leaf.shape)


def _errors(published: Published, case: PublishedCase, stored: Values, exact: Values) -> Iterator[Headroom]:
    """The tightest element of every array of one result, compared with the wide one as the judge would."""
    for (_, leaf), mine, yours in zip(trees.leaves(case.expected), stored, exact, strict=False):
        if leaf.dtype not in _WIDE or mine.shape != yours.shape or not mine.size:
            continue
        tolerance = tolerance_for(leaf.dtype, published.problem.tolerances)
        ours, theirs = _as_long(mine), _as_long(yours)
        finite = np.isfinite(ours) & np.isfinite(theirs)
        error = np.abs(np.subtract(ours, theirs, out=np.zeros_like(ours), where=finite))
        allowance = tolerance.atol + tolerance.rtol * np.abs(np.where(finite, ours, 0))
        ratio = np.divide(allowance, error, out=np.full_like(error, np.inf), where=error > 0)
        place = np.unravel_index(int(np.argmin(ratio)), ratio.shape)
        measured = float(error[place]) if np.isfinite(ratio[place]) else 0.0
        yield Headroom(leaf.dtype, case.name, measured, float(allowance[place]))


def _as_long(array: Array) -> Array:
    """float64 or complex128, in which every shorter number is exact."""
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)
