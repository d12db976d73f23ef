"""Publishing: an author's folder becomes cases with expected outputs, computed once, in the sandbox.

Invariant: whatever is wrong with the author's code ends as findings, never as an exception of ours, and nothing is
published that the reference itself does not pass through without a fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from app.judge.explain.errors import explain_failure
from app.problems.case import Case, Values, under_checks
from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST
from app.problems.model import Problem
from app.problems.plan import Plan, element_count, grade_job, limits, plan
from app.problems.published import Probe, Published, PublishedCase, ReferenceProgram
from app.problems.publishing import differences
from app.problems.publishing.eager import call_reference, publish_results
from app.problems.publishing.fresh import by_type, with_fresh
from app.problems.publishing.pitfalls import fingerprints
from app.problems.publishing.prove_comparison import make_comparisons
from app.problems.publishing.reference import check_reference, reference_programs
from app.problems.sampling import is_sampled
from app.problems.signature import SpecError, bind, check_returns, resize
from sandbox import arrays
from sandbox.jobs import CaseInputs, CasesJob, Compiled, Evaluated, Failed, Failure, Sandbox, Vetted
from sandbox.tree import Node, Tree

#: Sizes at which a program's growth is measured: below 64, sound library functions grow with the size as well.
PROBE_SIZES = (64, 128)


class PublishFailed(Exception):
    """The problem cannot be published; ``findings`` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Fail with what the author must mend."""
        super().__init__("; ".join(str(finding) for finding in findings))
        self.findings = tuple(findings)


def publish(problem: Problem, sandbox: Sandbox) -> Published:
    """Make the cases, compute what the reference returns for them, and see what the filed mistakes look like.

    Raises:
        PublishFailed: the author's code is at fault.
        SandboxUnavailable: ours is.
    """
    return with_pitfalls(publish_cases(problem, sandbox), sandbox)


def with_pitfalls(published: Published, sandbox: Sandbox, *, fresh: bool = True) -> Published:
    """The publication with what its filed mistakes look like.

    Args:
        published: without that.
        sandbox: where they are judged.
        fresh: whether no outputs of theirs are kept, or those that are kept used. A learner who makes a filed mistake
            would else be told that it has been made before.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    return replace(published, pitfalls=fingerprints(published, sandbox, fresh=fresh))


def publish_cases(problem: Problem, sandbox: Sandbox) -> Published:
    """As ``publish``, but for ``with_pitfalls``.

    Raises:
        PublishFailed: the author's code is at fault.
        SandboxUnavailable: ours is.
    """
    if problem.device == "gpu" and "gpu" not in sandbox.describe():
        raise PublishFailed([_no_gpu()])
    cases = make_cases(problem, sandbox)
    findings: list[Finding] = []
    cases += under_checks(problem, cases, findings)
    if findings:
        raise PublishFailed(findings)
    cases.sort(key=lambda case: not case.public)
    if problem.mode == "eager":
        return _publish_eagerly(problem, cases, sandbox)
    probes = _make_probes(problem, cases)
    planned = plan(problem, cases, probes, "reference")
    vetted, outputs, references = _run_reference(problem, planned, sandbox)
    findings += differences.check_all(problem, cases, lambda case, draw: outputs[case, draw][0], sandbox)
    if findings:
        raise PublishFailed(findings)
    published = []
    for index, case in enumerate(cases):
        tree = vetted[_signature_of(planned, index)].returns
        _check_returns(problem, case, tree)
        values = tuple(_stored(problem, case, outputs[index, draw]) for draw in range(len(case.inputs)))
        published.append(
            PublishedCase(
                name=case.name,
                public=case.public,
                call=case.call,
                arguments=case.arguments,
                sizes=case.sizes,
                inputs=tuple(case.inputs),
                expected=tree,
                outputs=values,
            )
        )
    comparisons = make_comparisons(problem, published, sandbox, findings)
    if findings:
        raise PublishFailed(findings)
    made = Published(problem, tuple(published), tuple(probes), references, comparisons)
    return with_fresh(made, by_type(planned, vetted), sandbox)


def _stored(problem: Problem, case: Case, results: Sequence[Values]) -> Values:
    """The only result of a value set, or all of its random ones, leaf by leaf."""
    return tuple(map(np.stack, zip(*results, strict=True))) if is_sampled(problem, case.call) else results[0]


def _publish_eagerly(problem: Problem, cases: Sequence[Case], sandbox: Sandbox) -> Published:
    results = call_reference(problem, cases, sandbox)
    if isinstance(results, Failure):
        raise PublishFailed([_failure("reference-fails", "reference.py", results)])
    published = publish_results(cases, results)
    for case, made in zip(cases, published, strict=True):
        for draw in range(len(made.inputs)):
            _check_returns(problem, case, made.expected_of(draw))
    return with_fresh(Published(problem, published, (), {}), {}, sandbox)


def _no_gpu() -> Finding:
    message = 'device: the problem is evaluated on a GPU ("gpu"), and this sandbox has none.'
    mend = "Set ALLCLOSE_GPUS where there is one (`allclose doctor` says what is missing), or delete the line."
    return Finding("no-gpu", MANIFEST, None, message, mend)


def make_cases(problem: Problem, sandbox: Sandbox) -> list[Case]:
    """Every case of a problem with its value sets, public ones first.

    Raises:
        PublishFailed: ``cases.py`` is at fault.
        SandboxUnavailable: we are.
    """
    settings = problem.cases
    several = tuple(problem.entries) if len(problem.entries) > 1 else ()
    job = CasesJob(problem.cases_source, settings.seed, settings.draws, several, problem.x64, limits(problem))
    result = sandbox.cases(job)
    if result.failure is not None:
        raise PublishFailed([_failure("cases-fail", "cases.py", result.failure)])
    cases: dict[tuple[str, bool, str], Case] = {}
    findings: list[Finding] = []
    for made in result.cases:
        entry = made.entry or next(iter(problem.entries))
        try:
            sizes = bind(problem.entries[entry].arguments, made.arguments)
        except SpecError as error:
            misfit = _misfit(made, error)
            findings += [] if misfit in findings else [misfit]  # each draw has the same
            continue
        known = cases.get((entry, made.public, made.name))
        if known is None:
            call = problem.call(entry)
            case = Case(entry, made.name, made.public, call, made.arguments, sizes, [made.inputs])
            cases[entry, made.public, made.name] = case
        elif known.arguments != made.arguments:
            findings.append(_unstable_case(made))
        else:
            known.inputs.append(made.inputs)
    # What is not made alike in every draw would only bring findings on findings.
    findings = findings or list(_check_cases(problem, list(cases.values())))
    if findings:
        raise PublishFailed(findings)
    return sorted(cases.values(), key=lambda case: not case.public)


def _misfit(made: CaseInputs, error: SpecError) -> Finding:
    message = f"Case {made.name!r} does not fit the declared arguments: {error}."
    return Finding("case-type", "cases.py", None, message, "Give exact dtypes and shapes, or correct [arguments].")


def _unstable_case(made: CaseInputs) -> Finding:
    message = f"Hidden case {made.name!r} has other shapes or static values in another draw."
    return Finding(
        "case-unstable", "cases.py", None, message, "Let rng decide values only, and give each shape its own name."
    )


def _check_cases(problem: Problem, cases: Sequence[Case]) -> Iterator[Finding]:
    for public, function in ((True, "public()"), (False, "hidden(rng)")):
        for entry in problem.entries:
            if not any(case.public is public for case in cases if case.entry == entry):
                of_entry = f" of {entry}" if len(problem.entries) > 1 else ""
                message = f"{function} makes no case{of_entry}."
                yield Finding("no-cases", "cases.py", None, message, "Return at least one.")
    names = Counter((case.entry, case.name) for case in cases)
    for _, name in sorted(name for name, count in names.items() if count > 1):
        message = f"A public and a hidden case are both called {name!r}."
        yield Finding("case-name", "cases.py", None, message, "Give them different names.")
    yield from _check_draws([case for case in cases if not case.public], problem.cases.draws)


def _check_draws(hidden: Sequence[Case], draws: int) -> Iterator[Finding]:
    for case in hidden:
        if len(case.inputs) != draws:
            message = f"Hidden case {case.name!r} is made in {len(case.inputs)} of {draws} draws."
            yield Finding("case-unstable", "cases.py", None, message, "Make the same names in every draw.")
    by_signature: dict[tuple[str, Node], set[str]] = {}
    for case in hidden:
        by_signature.setdefault((case.entry, case.arguments), set()).update(map(arrays.digest, case.inputs))
    for (_, arguments), values in by_signature.items():
        if len(values) < 2 and element_count(arguments):  # noqa: PLR2004 - a constant would pass for one
            message = f"The hidden signature {arguments} has one value set, so a constant chosen by shape would pass."
            yield Finding("one-value-set", "cases.py", None, message, "Draw its values from rng.")


def _make_probes(problem: Problem, cases: Sequence[Case]) -> list[Probe]:
    size = problem.rules.may_not_unroll
    if size is None:
        return []
    probes = []
    for name, entry in problem.entries.items():
        plain = [case for case in cases if case.entry == name and not case.call.steps and size in case.sizes]
        if plain:
            smallest = min(plain, key=lambda case: element_count(case.arguments))
            probes += [
                Probe(number, smallest.call, resize(entry.arguments, smallest.arguments, size, number))
                for number in PROBE_SIZES
            ]
    return probes


def _run_reference(
    problem: Problem, planned: Plan, sandbox: Sandbox
) -> tuple[dict[int, Vetted], dict[tuple[int, int], list[Values]], dict[str, ReferenceProgram]]:
    """Its programs by signature, results by case and draw, and what rules need to know of its programs."""
    outputs: dict[tuple[int, int], list[Values]] = {}
    vetted: dict[int, Vetted] = {}
    compiled: dict[int, Compiled] = {}
    # Expected outputs are computed, never remembered: what is remembered may be what the author wants to be rid of.
    for event in sandbox.grade(replace(grade_job(problem, problem.reference, planned), fresh=True)):
        match event:
            case Vetted():
                vetted[event.signature] = event
            case Compiled():
                compiled[event.signature] = event
            case Evaluated():
                outputs.setdefault(planned.origins[event.signature][event.draw], []).append(event.outputs)
            case Failed(failure):
                raise PublishFailed([_failure("reference-fails", "reference.py", failure)])
    if findings := [*check_reference(problem, planned, vetted, compiled)]:
        raise PublishFailed(findings)
    return vetted, outputs, reference_programs(problem, planned, vetted, compiled)


def _check_returns(problem: Problem, case: Case, returned: Tree) -> None:
    """What a transformed function returns is declared nowhere; what is no array is never compared but by its class."""
    if name := _opaque(returned):
        message = f"For case {case.name!r} the reference returns an object of type {name}, which nothing compares."
        mend = "Return what is in it, or register its class with JAX."
        raise PublishFailed([Finding("reference-type", "reference.py", None, message, mend)])
    if case.call.steps:
        return
    try:
        check_returns(problem.entries[case.entry].returns, returned, case.sizes)
    except SpecError as error:
        message = f"For case {case.name!r} the reference's result is not as declared: {error}."
        finding = Finding("reference-type", "reference.py", None, message, "Correct the reference or `returns`.")
        raise PublishFailed([finding]) from error


def _opaque(tree: Tree) -> str:
    """The class of the first object in a result that holds nothing that JAX knows of; empty if there is none."""
    if not isinstance(tree, Node):
        return ""
    if tree.kind == "custom" and not tree.children:
        return tree.name
    return next(filter(None, map(_opaque, tree.children)), "")


def _signature_of(planned: Plan, case: int) -> int:
    return next(index for index, origins in enumerate(planned.origins) if (case, 0) in origins)


def _failure(code: str, file: str, failure: Failure) -> Finding:
    line = failure.frames[-1].line if failure.frames else None
    return Finding(
        code, file, line, explain_failure(failure, {}, public=True), "Mend the code; run it by hand to see more."
    )
