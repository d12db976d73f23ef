"""The judge: a published problem, a source and a sandbox in; progress and a report out.

Trusted code, outside every sandbox. It knows no database, no HTTP and no JAX. Invariant: a verdict rests on vetted
programs and on arrays the evaluator computed; what the tracer says is shown, never believed. Only of an eager problem,
which no program can be traced of, the results are those that the learner's process sent.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Generator, Mapping
from dataclasses import replace

from app.judge.eager import EagerGrading
from app.judge.entry import find_functions
from app.judge.events import Event, Judged
from app.judge.explain.clues import Clues
from app.judge.explain.declared import declared
from app.judge.explain.example import Evidence
from app.judge.explain.notes import notes_on
from app.judge.explain.prints import trace_lesson
from app.judge.fresh import with_example
from app.judge.grading import Grading
from app.judge.pitfalls import Matcher, Watcher
from app.judge.rules.style import check_style
from app.judge.rules.unrolling import RuleBreak
from app.judge.source import SourceProblem, check_source
from app.judge.timings import told
from app.judge.traces import Traces
from app.judge.tracing import collect, fitting, traced_with
from app.judge.verdict import Report
from app.problems.model import Problem
from app.problems.plan import grade_job, limits, rival
from app.problems.published import Published
from sandbox.jobs import Failed, Finished, Sandbox, Vetted


def judge(
    published: Published, source: bytes, sandbox: Sandbox, *, fresh: bool = False, stored: Traces | None = None
) -> Generator[Event, None, None]:
    """Judge ``source``: progress as it happens, the report last.

    Args:
        published: the problem.
        source: as submitted.
        sandbox: where it is traced and evaluated.
        fresh: evaluate every program, though its outputs may be known: for whoever wants to know how long it takes.
        stored: what the source was traced to before; used where it still fits and is let through by the vetter once
            more, so that none of its Python is run.

    Raises:
        SandboxUnavailable: the fault is ours; there is no verdict.
    """
    problem = published.problem
    toolchain = judged_with(problem, sandbox.describe())
    matcher = Matcher(published, source)
    grading = grading_of(published, source, toolchain, matcher)
    checked = check_source(source, limits(problem).source)
    trouble = checked if isinstance(checked, SourceProblem) else find_functions(checked, problem.functions)
    if isinstance(checked, SourceProblem) or trouble is not None:
        assert trouble is not None
        grading.refuse(trouble)
        yield Judged(report=_report(grading, matcher, None), spent_ms=grading.spent_ms)
        return
    grading.clues = Clues(checked, tuple(problem.functions), declared(problem.entries))
    job = replace(grade_job(problem, checked.text, grading.plan), rival=rival(published, grading.plan))
    tracing = traced_with(problem, source, sandbox.describe())
    before = fitting(stored, tracing, job.signatures)
    job = replace(job, fresh=job.fresh or fresh, traced=before)
    evidence = Evidence(published, grading.plan)
    vetted: list[Vetted] = []
    refused: list[Failed] = []
    for event in sandbox.grade(job, enough=lambda: grading.decided or bool(refused)):
        if isinstance(event, Vetted) and tracing:
            vetted.append(event)
        if before and isinstance(event, Failed) and event.signature not in {each.signature for each in vetted}:
            refused.append(event)
        if refused:
            continue
        if isinstance(event, Finished) and before and stored is not None:
            event = replace(event, printed=stored.printed, traced=stored.traced)  # noqa: PLW2901 - it is the same event
        evidence.take(event)
        yield from grading.take(event)
    if refused:  # what is stored is no good, and that is not the learner's doing
        yield from judge(published, source, sandbox, fresh=fresh)
        return
    yield from grading.settle(sandbox)
    yield from grading.unreached()
    report = _report(grading, matcher, check_style(checked, problem.rules))
    start = time.perf_counter()
    report = with_example(report, published, evidence, checked.text, sandbox)
    spent = {**grading.spent_ms, "example": (time.perf_counter() - start) * 1000}
    lesson = trace_lesson(report.printed, report.traced)
    accepted = report.verdict == "accepted"
    notes = notes_on(checked, report.printed, lesson, accepted=accepted, message=report.message)
    yield Judged(
        report=report.model_copy(update={"notes": notes, "timings_ms": told(spent)}),
        spent_ms=spent,
        case_ms=grading.case_ms,
        traces=collect(tracing, job.signatures, vetted, report.printed, report.traced),
        stored=bool(before),
    )


def grading_of(published: Published, source: bytes, toolchain: Mapping[str, str], watcher: Watcher) -> Grading:
    """The state of judging a source, before anything is known of it; ``watcher`` is told of what it shows."""
    if published.problem.mode == "eager":
        return EagerGrading(published, toolchain, source, watcher=watcher)
    return Grading(published, hashlib.sha256(source).hexdigest(), toolchain, watcher=watcher)


def _report(grading: Grading, matcher: Matcher, style: RuleBreak | None) -> Report:
    outcome = grading.outcome(style)
    if outcome is None:
        return grading.report(style, None)
    pitfall = matcher.find(outcome.verdict, outcome.reason, outcome.subject, outcome.cause)
    return grading.report(style, pitfall)


def judged_with(problem: Problem, described: Mapping[str, str]) -> dict[str, str]:
    """What a verdict record says of the toolchain: of what the sandbox has, only what this problem is evaluated on."""
    toolchain = {name: text for name, text in described.items() if name not in ("gpu", "gpu_flags")}
    if problem.device == "gpu":
        toolchain |= {"gpu": described.get("gpu", ""), "flags": described.get("gpu_flags", "")}
    return {**toolchain, "device": problem.device, "x64": str(problem.x64).lower()}
