"""Whether a submission that only hidden cases refuse is wrong on a fresh public example as well.

What it was traced to is evaluated once more, on values that were drawn for that at publication. Invariant: a verdict
never depends on this; what goes wrong here because of the submission only means that there is no example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.judge.comparison.custom import ComparisonFailed
from app.judge.comparison.deferred import Judgement, compare_runs
from app.judge.eager import explain_changed
from app.judge.explain.errors import explain_failure
from app.judge.explain.example import (
    SHOWN,
    Evidence,
    Witness,
    counterexample,
    failing,
    is_shown,
    simplest,
    simplicity,
    witness_of,
)
from app.judge.outcome import VERDICTS
from app.judge.verdict import CaseResult, Report
from app.problems.plan import limits
from app.problems.published import Published, PublishedCase
from sandbox.entries import Call
from sandbox.jobs import EagerCall, Evaluated, EvaluateJob, Failed, Returned, RunJob, Sandbox, StoredProgram, Vetted
from sandbox.tree import Node

#: Types of hidden cases that are tried, the smallest first.
_TRIED = 4
#: Eager calls for each of them.
_CALLED = 2
#: Seconds that one of them may take: an example is worth no long wait.
_SECONDS = 2.0


def with_example(report: Report, published: Published, evidence: Evidence, source: str, sandbox: Sandbox) -> Report:
    """The report with the simplest example that is wrong, a public one or, if all of these are right, a fresh one.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    if not is_shown(report):
        return report
    witness = simplest(evidence.public(report))
    if witness is None and all(told.verdict == "accepted" for told in report.cases if told.public):
        witness = _fresh(report, published, evidence, source, sandbox)
    if witness is None:
        return report
    return report.model_copy(update={"example": counterexample(published.problem, witness)})


def _fresh(report: Report, published: Published, evidence: Evidence, source: str, sandbox: Sandbox) -> Witness | None:
    """The first fresh case that is wrong, of the smallest type of which a hidden one is."""
    tried = 0
    for (call, arguments), told in _failed_types(report, published).items():
        same = [case for case in published.fresh if (case.call, case.arguments) == (call, arguments)]
        if not same or tried == _TRIED:
            continue
        tried += 1
        cases = sorted(same, key=lambda case: case.name != told.name)
        program = evidence.programs.get((call, arguments))
        if published.problem.mode == "eager":
            # Each in a process of its own: what a second call does because of the first, its code would not show.
            each = ([case] for case in cases[:_CALLED])
            found = (_judged(published, one, _called(published, one, source, sandbox), sandbox) for one in each)
            witness = next((wrong for wrong in found if wrong is not None), None)
        elif program is None:  # it could not be traced, which is told without values
            witness = witness_of(told, cases[0], None, fresh=True)
        else:
            witness = _judged(published, cases, _evaluated(published, cases, program, sandbox), sandbox)
        if witness is not None:
            return witness
    return None


def _failed_types(report: Report, published: Published) -> Mapping[tuple[Call, Node], CaseResult]:
    """What is called where hidden cases are wrong, the simplest first, each with the first of these cases."""
    indices = sorted(failing(report, public=False), key=lambda index: simplicity(published.cases[index]))
    types: dict[tuple[Call, Node], CaseResult] = {}
    for index in indices:
        case = published.cases[index]
        types.setdefault((case.call, case.arguments), report.cases[index])
    return types


def _evaluated(
    published: Published, cases: Sequence[PublishedCase], program: Vetted, sandbox: Sandbox
) -> Mapping[int, Returned]:
    """What the vetted program returns for each case; nothing of those that were not reached."""
    problem = published.problem
    stored = StoredProgram(
        program.program, program.returns, program.custom_calls, tuple(case.inputs[0] for case in cases)
    )
    allowed = limits(problem)
    bounded = replace(allowed, evaluate_seconds=min(allowed.evaluate_seconds, _SECONDS))
    found: dict[int, Returned] = {}
    for event in sandbox.evaluate(EvaluateJob((stored,), problem.device, bounded)):
        match event:
            case Evaluated(draw=draw, outputs=outputs, run_ms=milliseconds):
                found[draw] = Returned("", milliseconds, program.returns, outputs)
            case Failed(failure=failure, draw=int(draw)):
                found[draw] = Returned("", 0.0, failure=failure)
    return found


def _called(
    published: Published, cases: Sequence[PublishedCase], source: str, sandbox: Sandbox
) -> Mapping[int, Returned]:
    """What the function returns for each case, called on values that it may see."""
    problem, allowed = published.problem, limits(published.problem)
    bounded = replace(allowed, trace_seconds=min(allowed.trace_seconds, _SECONDS))
    calls = tuple(EagerCall(case.call, case.arguments, case.inputs[0]) for case in cases)
    result = sandbox.run(RunJob(source, calls, problem.harness, problem.x64, bounded, problem.arrays))
    return dict(enumerate(result.calls))


def _judged(
    published: Published, cases: Sequence[PublishedCase], found: Mapping[int, Returned], sandbox: Sandbox
) -> Witness | None:
    """The first case whose result is wrong, or whose call failed."""
    pairs = [(case, found.get(index, Returned("", 0.0))) for index, case in enumerate(cases)]
    try:
        judged = compare_runs(replace(published, cases=tuple(cases)), pairs, sandbox)
    except ComparisonFailed:
        return None
    witnesses = (_witness(published, *pair, outcome) for pair, outcome in zip(pairs, judged, strict=True))
    return next((each for each in witnesses if each is not None), None)


def _witness(published: Published, case: PublishedCase, returned: Returned, outcome: Judgement) -> Witness | None:
    verdict, reason, message = outcome.verdict, outcome.reason, outcome.message
    result = None if returned.returns is None else (returned.returns, returned.outputs)
    if returned.failure is not None:
        verdict, message = VERDICTS[returned.failure.kind], explain_failure(returned.failure, case.sizes, public=True)
    elif result is None:
        return None
    elif verdict == "accepted" and published.problem.mode == "eager" and returned.changed:
        verdict, reason = "wrong_answer", "mutated_input"
        message = explain_changed(case.call.parameters, returned.changed)
    if verdict not in SHOWN:
        return None
    return Witness(case, fresh=True, verdict=verdict, reason=reason, message=message, result=result)
