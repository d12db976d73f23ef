"""The judge: a published problem, a source and a sandbox in; progress and a report out.

Trusted code, outside every sandbox. It knows no database, no HTTP and no JAX. Invariant: a verdict rests on vetted
programs and on arrays the evaluator computed; what the tracer says is shown, never believed. Only of an eager problem,
which no program can be traced of, the results are those that the learner's process sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace

from app.judge.eager import EagerGrading
from app.judge.entry import find_functions
from app.judge.grading import Grading
from app.judge.rules.style import check_style
from app.judge.source import SourceProblem, check_source
from app.judge.verdict import Event, Judged
from app.problems.model import Problem
from app.problems.plan import grade_job, limits, rival
from app.problems.published import Published
from sandbox.jobs import Sandbox


def judge(published: Published, source: bytes, sandbox: Sandbox) -> Iterator[Event]:
    """Judge ``source``: progress as it happens, the report last.

    Raises:
        SandboxUnavailable: the fault is ours; there is no verdict.
    """
    problem = published.problem
    toolchain = judged_with(problem, sandbox.describe())
    digest = hashlib.sha256(source).hexdigest()
    eager = problem.mode == "eager"
    grading = EagerGrading(published, digest, toolchain, source) if eager else Grading(published, digest, toolchain)
    checked = check_source(source, limits(problem).source)
    trouble = checked if isinstance(checked, SourceProblem) else find_functions(checked, problem.functions)
    if isinstance(checked, SourceProblem) or trouble is not None:
        assert trouble is not None
        yield Judged(report=grading.refused(trouble), spent_ms=grading.spent_ms)
        return
    job = replace(grade_job(problem, checked.text, grading.plan), rival=rival(published, grading.plan))
    for event in sandbox.grade(job, enough=lambda: grading.decided):
        yield from grading.take(event)
    yield from grading.settle(sandbox)
    yield from grading.unreached()
    report = grading.report(check_style(checked, problem.rules))
    yield Judged(report=report, spent_ms=grading.spent_ms)


def judged_with(problem: Problem, described: Mapping[str, str]) -> dict[str, str]:
    """What a verdict record says of the toolchain: of what the sandbox has, only what this problem is evaluated on."""
    toolchain = {name: text for name, text in described.items() if name not in ("gpu", "gpu_flags")}
    if problem.device == "gpu":
        toolchain |= {"gpu": described.get("gpu", ""), "flags": described.get("gpu_flags", "")}
    return {**toolchain, "device": problem.device, "x64": str(problem.x64).lower()}
