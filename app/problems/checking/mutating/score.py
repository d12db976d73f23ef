"""The mutation score: how many slips in the reference a submission could make and would be told of.

Each mutant is judged like a submission: first on the largest signature of every function, and only if nothing is wrong
there on everything; several in one job, and by itself if that leaves its fate open. It has less time than a submission,
but several times what the reference takes; one that needs more counts as killed. Only the verdict matters: neither an
example for it nor an author's words are looked for.
Invariant: a mutant counts as equivalent only if every program that it traces to is the reference's, bit for bit as the
vetter wrote it, and as killed only if the judge does not accept it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import TypeAdapter

from app.judge.verdict import Report
from app.problems.checking.filed import judged_on, report_on
from app.problems.checking.memory import Known, as_judged, lasts
from app.problems.checking.mutating.mutants import MOST, Mutant, mutants
from app.problems.checking.mutating.together import Shown, judge_together
from app.problems.checking.side_by_side import side_by_side
from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST, REFERENCE
from app.problems.model import Problem, Rules
from app.problems.plan import element_count, limits, plan
from app.problems.published import Published
from sandbox.jobs import Sandbox

#: Seconds that a mutant may be traced, or called, and evaluated; or this many times as long as the reference takes.
_TRACE_SECONDS, _EVALUATE_SECONDS, _TIMES = 3.0, 5.0, 5.0
#: Most mutants where each needs hundreds of evaluations and a statistical test, or a process for every case.
_MOST_SLOW = 30

Fate = Literal["killed", "equivalent", "survived"]
FATE: TypeAdapter[Fate] = TypeAdapter(Fate)


@dataclass(frozen=True)
class Survivor:
    """A mutant that is accepted though its programs are not the reference's.

    Attributes:
        change: its name, as ``[[survivors]]`` of ``problem.toml`` gives it.
        line: of reference.py, counted from 1.
        diff: unified, from the reference to it.
        why: what the author argues; empty if nothing.
    """

    change: str
    line: int
    diff: str
    why: str


@dataclass(frozen=True)
class Mutation:
    """What became of the mutants of a reference.

    Attributes:
        killed: mutants that are not accepted.
        equivalent: mutants whose programs are the reference's; they count as nothing.
        survivors: all others.
        unmatched: changes that the author argues and that no survivor has.
    """

    killed: int
    equivalent: int
    survivors: tuple[Survivor, ...]
    unmatched: tuple[str, ...]

    @property
    def argued(self) -> int:
        """Survivors that the author argues."""
        return sum(bool(survivor.why) for survivor in self.survivors)

    @property
    def survived(self) -> int:
        """Survivors that nobody argues."""
        return len(self.survivors) - self.argued

    def findings(self) -> Iterator[Finding]:
        """A warning for each survivor that is not argued, and one for each argument about nothing."""
        for survivor in self.survivors:
            if not survivor.why:
                message = f"A slip in the reference passes every case: {survivor.change}"
                mend = (
                    "Add a case in which it shows, and file it as a wrong submission; or say in [[survivors]] of "
                    f"{MANIFEST} with change and why that it is as right as the reference."
                )
                yield Finding("mutant-survives", REFERENCE, survivor.line, message, mend, "warning")
        for change in self.unmatched:
            message = f"survivors: no mutant that survives is called {change!r}."
            mend = "Delete the entry, or give change as this check prints it."
            yield Finding("survivor-unknown", MANIFEST, None, message, mend, "warning")


def without_words(published: Published) -> Published:
    """The problem as mutants are judged by it."""
    problem = as_judged(published).problem.model_copy(update={"submissions": ()})
    return replace(published, problem=problem, pitfalls=(), fresh=())


def mutation(published: Published, sandbox: Sandbox, lanes: int, known: Known[Fate]) -> Mutation:
    """Judge the mutants of a published problem's reference, which must itself be accepted.

    Args:
        published: the problem.
        sandbox: where they are judged.
        lanes: how many at the same time.
        known: what is known of sources judged by ``without_words(published)``.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    problem = published.problem
    slow = problem.mode == "eager" or problem.statistics is not None
    made = mutants(problem.reference, _MOST_SLOW if slow else MOST)
    fates = {mutant.source: known.get(mutant.source) for mutant in made}
    if new := [mutant for mutant in made if fates[mutant.source] is None]:
        whole = without_words(published)
        reference = judged_on(whole, problem.reference, sandbox, fresh=True)
        whole = replace(whole, problem=_hurried(whole.problem, reference.spent_ms))
        beginning, programs = _beginning(whole), _programs(reference.report)
        artifacts = {sha256 for each in programs.values() for sha256 in each}
        shown = judge_together((beginning, whole), new, artifacts, sandbox, lanes)
        judging = _Fates(whole, beginning, programs, shown, sandbox, known)
        fates |= zip((mutant.source for mutant in new), side_by_side(judging.of, new, lanes), strict=True)
    judged = [(mutant, fates[mutant.source]) for mutant in made]
    counts = Counter(fate for _, fate in judged)
    argued = {each.change: each.why for each in problem.survivors}
    survivors = tuple(
        Survivor(mutant.change, mutant.line, mutant.diff, argued.get(mutant.change, ""))
        for mutant, fate in judged
        if fate == "survived"
    )
    unmatched = tuple(change for change in argued if change not in {survivor.change for survivor in survivors})
    return Mutation(counts["killed"], counts["equivalent"], survivors, unmatched)


@dataclass(frozen=True)
class _Fates:
    """Judges mutants, from several threads.

    Attributes:
        whole: the problem.
        beginning: the same with the cases that are judged first.
        reference: hashes of the reference's programs, by what was traced.
        shown: what is known of mutants that were judged together, by source.
        sandbox: where the others are judged.
        known: where fates are remembered.
    """

    whole: Published
    beginning: Published
    reference: Mapping[str, Sequence[str]]
    shown: Mapping[str, Shown]
    sandbox: Sandbox
    known: Known[Fate]

    def of(self, mutant: Mutant) -> Fate:
        shown = self.shown.get(mutant.source)
        if shown in ("killed", "equivalent"):
            self.known.put(mutant.source, shown)
            return shown
        for published in (self.whole,) if shown == "passed" else (self.beginning, self.whole):
            report = report_on(published, mutant.source, self.sandbox)
            if report.verdict != "accepted":
                break
        fate = self._fate(report)
        if lasts(report):
            self.known.put(mutant.source, fate)
        return fate

    def _fate(self, report: Report) -> Fate:
        if report.verdict != "accepted":
            return "killed"
        return "equivalent" if self.reference and _programs(report) == self.reference else "survived"


def _programs(report: Report) -> Mapping[str, Sequence[str]]:
    """Hashes of the vetted programs, by what was traced; empty for an eager problem, which has none."""
    found: dict[str, list[str]] = {}
    for artifact in report.artifacts:
        found.setdefault(f"{artifact.entry} {artifact.transformation} {artifact.signature}", []).append(artifact.sha256)
    return found


def _hurried(problem: Problem, taken: Mapping[str, float]) -> Problem:
    """The problem with less time: a mutant that loops for ever is not waited for as long as a learner's code is.

    Args:
        problem: whose own limits are the most there is.
        taken: milliseconds by stage that the reference takes.
    """
    # Of an eager problem the calls take the place of tracing.
    trace = _TIMES * sum(taken.get(stage, 0.0) for stage in ("trace", "call")) / 1000
    evaluate = _TIMES * (taken.get("evaluate", 0.0) + taken.get("compile", 0.0) + taken.get("run", 0.0)) / 1000
    seconds = {
        "trace_seconds": max(_TRACE_SECONDS, trace),
        "evaluate_seconds": max(_EVALUATE_SECONDS, evaluate),
    }
    allowed = limits(problem)
    shorter = {name: min(getattr(allowed, name), limit) for name, limit in seconds.items()}
    shorter["cpu_seconds"] = allowed.cpu_seconds  # by default it would shrink with the clock, and threads use it up
    return problem.model_copy(update={"limits": problem.limits.model_copy(update=shorter)})


def _beginning(published: Published) -> Published:
    """The problem with the cases of one signature for each function alone, the one with the most elements.

    What is wrong mostly shows there: of one row or none, many a slip makes the same as the reference. Rules are left
    for later: some are about programs of other signatures, and whether it is deterministic takes two traces more.
    """
    planned = plan(published.problem, published.cases, ())
    chosen: dict[str, tuple[int, set[int]]] = {}
    for signature, origins in zip(planned.signatures, planned.origins, strict=True):
        elements = element_count(signature.arguments)
        if not signature.call.steps and elements > chosen.get(signature.call.entry, (-1,))[0]:
            chosen[signature.call.entry] = elements, {index for index, _ in origins}
    indices = sorted(set[int]().union(*(cases for _, cases in chosen.values())))
    problem = published.problem.model_copy(update={"rules": Rules(deterministic=False)})
    return replace(published, problem=problem, cases=tuple(published.cases[index] for index in indices), probes=())
