"""``compare.py`` at publication: traced, vetted, and tried on results that are right and on some that are not.

Invariant: a comparison is published only if it accepts every expected result, and refuses each kind of obviously wrong
one on at least one value set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from app.judge.explain.errors import explain_failure
from app.problems.case import Values
from app.problems.comparison import Comparison, Measured, Question, ask, calls_of, question
from app.problems.findings import Finding
from app.problems.folder.files import COMPARE
from app.problems.folder.sources import COMPARED
from app.problems.model import Problem
from app.problems.plan import limits
from app.problems.published import PublishedCase
from sandbox import tree as trees
from sandbox.arrays import Array
from sandbox.entries import Call
from sandbox.jobs import Failed, Failure, GradeJob, Sandbox, Signature, Vetted
from sandbox.tree import DTYPES, Leaf, Node, Tree

#: A case with what is asked about each of its calls: the inputs, the expected result and a result.
_Asked = tuple[PublishedCase, Question, Values]


def make_comparisons(
    problem: Problem, cases: Sequence[PublishedCase], sandbox: Sandbox, findings: list[Finding]
) -> dict[str, Comparison]:
    """The vetted programs of ``compare.py`` by key, one for each type of case; its faults are findings.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    asked: list[_Asked] = []
    for case in cases if problem.compared else ():
        about = question(case.call, case.arguments, case.expected)
        if case.call.entry in problem.compared and about is not None:
            for given, expected in zip(case.inputs, case.outputs, strict=True):
                calls = calls_of(case.call, case.arguments, given, expected, expected)
                asked += [(case, about, values) for values in calls]
    comparisons = _trace(problem, {about.key: about for _, about, _ in asked}, sandbox, findings)
    if not findings and asked:
        findings += _prove(problem, asked, comparisons, sandbox)
    return comparisons


def _trace(
    problem: Problem, questions: Mapping[str, Question], sandbox: Sandbox, findings: list[Finding]
) -> dict[str, Comparison]:
    """The programs, traced like a submission but for x64, which is on whatever the problem says: residuals need it."""
    if not questions:
        return {}
    asked = list(questions.values())
    signatures = [Signature(Call(problem.compared[each.entry], COMPARED), each.arguments) for each in asked]
    comparisons = {}
    for event in sandbox.grade(GradeJob(problem.comparison, tuple(signatures), x64=True, limits=limits(problem))):
        match event:
            case Vetted():
                about = asked[event.signature]
                comparisons[about.key] = Comparison(event.program, event.returns, event.custom_calls)
                if not _is_pair(event.returns):
                    findings.append(_no_pair(problem.compared[about.entry], event.returns))
            case Failed(failure):
                findings.append(_failure(failure))
    # A function says the same of every type of case.
    findings[:] = dict.fromkeys(findings)
    return comparisons


def _is_pair(returned: Tree) -> bool:
    """Whether it is two real arrays, the second of the first's shape or a scalar."""
    match returned:
        case Node("tuple" | "list" | "namedtuple", (Leaf() as errors, Leaf() as allowed)):
            real = all(leaf.dtype in DTYPES and DTYPES[leaf.dtype].kind != "c" for leaf in (errors, allowed))
            return real and allowed.shape in (errors.shape, ())
    return False


def _no_pair(function: str, returned: Tree) -> Finding:
    message = f"{function} returns {str(returned)[:200]}, which is no pair of real arrays of one shape."
    mend = "Return (error, allowed): a result passes where error <= allowed; allowed may be one number."
    return Finding("compare-type", COMPARE, None, message, mend)


def _failure(failure: Failure) -> Finding:
    line = failure.frames[-1].line if failure.frames else None
    mend = "Mend it: it is traced like a submission, once for each type of case."
    return Finding("compare-fails", COMPARE, line, explain_failure(failure, {}, public=True), mend)


def _prove(
    problem: Problem, asked: Sequence[_Asked], comparisons: Mapping[str, Comparison], sandbox: Sandbox
) -> Iterator[Finding]:
    attempts: list[tuple[str, _Asked]] = [("", each) for each in asked]
    for what, spoil in _WRONG.items():
        attempts += [
            (what, (case, about, spoiled)) for case, about, values in asked if (spoiled := spoil(about, values))
        ]
    answers = ask(comparisons, [(about.key, values) for _, (_, about, values) in attempts], limits(problem), sandbox)
    refused: dict[tuple[str, str], bool] = {}
    for (what, (case, about, _)), answer in zip(attempts, answers, strict=True):
        if isinstance(answer, Failure):
            yield _failure(answer)
            return
        if what:
            wrong = problem.compared[about.entry], what
            refused[wrong] = refused.get(wrong, False) or not answer.passed
        elif not answer.passed:
            yield _refused(problem.compared[about.entry], case, answer)
            return
    for (function, what), ever in refused.items():
        if not ever:
            message = f"{function} accepts {what} in place of every expected result."
            mend = "Measure an error that a wrong result has, and allow no more than a right one needs."
            yield Finding("compare-accepts", COMPARE, None, message, mend)


def _refused(function: str, case: PublishedCase, answer: Measured) -> Finding:
    message = (
        f"{function} refuses the reference's own result for case {case.name!r}: an error of {answer.error:.3g} where "
        f"{answer.allowed:.3g} is allowed."
    )
    mend = "Allow what the reference needs, or correct the measure."
    if np.isinf(answer.allowed):
        mend = "Where everything is right, return an error of 0: nothing keeps within infinity."
    return Finding("compare-refuses", COMPARE, None, message, mend)


def _spoiled(about: Question, values: Values, change: Callable[[Array], Array]) -> Values | None:
    """The values with the result that came changed; None if that changes nothing."""
    count = len(trees.leaves(about.arguments.children[2]))
    kept, result = values[: len(values) - count], values[len(values) - count :]
    changed = tuple(map(change, result))
    same = all(mine.tobytes() == yours.tobytes() for mine, yours in zip(result, changed, strict=True))
    return None if same else (*kept, *changed)


def _not_a_number(array: Array) -> Array:
    return np.full_like(array, np.nan) if array.dtype.kind in "fcV" else array


@np.errstate(all="ignore")
def _counted_up(array: Array) -> Array:
    """Plus 1, 2, 3 and so on: no constant, which some right comparisons do not mind. Truth values turn over."""
    if array.dtype == np.bool_:
        return ~array
    changed: Array = array + np.arange(1, array.size + 1).astype(array.dtype).reshape(array.shape)
    return changed


#: Results that no comparison may accept throughout, by how they are told of.
_WRONG: Mapping[str, Callable[[Question, Values], Values | None]] = {
    "zeros": lambda about, values: _spoiled(about, values, np.zeros_like),
    "NaN": lambda about, values: _spoiled(about, values, _not_a_number),
    "the expected elements plus 1, 2, 3, ...": lambda about, values: _spoiled(about, values, _counted_up),
}
