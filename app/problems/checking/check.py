"""The author's compiler: proves that a problem folder grades as it declares, and says how well.

Invariant: a folder without an error finding can be published, its reference and accepted submissions pass, its starter
and trivial answers do not, and every wrong submission fails for the reason its author filed it under. Warnings keep
nothing from being published. What rests on a sound folder, such as the mutation score, is measured of none that has an
error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from app.problems.checking.example import check_example
from app.problems.checking.filed import (
    SOUND,
    Outcome,
    check_outcomes,
    check_reference,
    check_starter,
    judge_filed,
    known_outcomes,
)
from app.problems.checking.headroom import Headroom, check_headroom, headroom
from app.problems.checking.ladder import check_hints
from app.problems.checking.memory import Memory, as_judged
from app.problems.checking.mutating.score import FATE, Mutation, mutation, without_words
from app.problems.checking.pitfalls import check_pitfalls
from app.problems.checking.side_by_side import unawaited
from app.problems.checking.trivial import check_trivial
from app.problems.findings import Finding
from app.problems.folder import read
from app.problems.folder.files import CASES
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing import publish as publishing
from app.problems.publishing.publish import PublishFailed, publish_cases, with_pitfalls
from sandbox import arrays
from sandbox.jobs import Sandbox

_NO_MEMORY = Memory()


@dataclass(frozen=True)
class Checked:
    """What checking one folder brought to light.

    Attributes:
        slug: the folder's name.
        findings: empty for a sound problem; errors before warnings.
        submissions: filed submissions that were judged, the starter not counted.
        cases: public and hidden cases.
        outcomes: what became of the filed submissions, in order of path.
        headroom: of every dtype that was measured.
        mutation: what became of the reference's mutants; None if there was an error, or if nobody asked.
        known: verdicts that were known from earlier checks.
        published: what publishing has made; None if it failed, or if all filed submissions were known.
    """

    slug: str
    findings: tuple[Finding, ...]
    submissions: int = 0
    cases: int = 0
    outcomes: tuple[Outcome, ...] = ()
    headroom: tuple[Headroom, ...] = ()
    mutation: Mutation | None = None
    known: int = 0
    published: Published | None = field(default=None, compare=False, repr=False)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that keep the problem from being published."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def check(folder: Path, sandbox: Sandbox, lanes: int = 2, memory: Memory = _NO_MEMORY) -> Checked:
    """Check one folder, whole.

    Args:
        folder: of the problem.
        sandbox: where everything of it is run.
        lanes: submissions that are judged at the same time, if the sandbox has so many.
        memory: what earlier checks have found out.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    problem = read(folder)
    if isinstance(problem, list):
        return Checked(folder.resolve().name, tuple(problem))
    return check_problem(problem, sandbox, lanes, memory=memory)


def check_problem(
    problem: Problem, sandbox: Sandbox, lanes: int = 2, *, mutants: bool = True, memory: Memory = _NO_MEMORY
) -> Checked:
    """As ``check``, of a folder that was read; without ``mutants`` slips in the reference are not looked for."""
    try:
        published = publish_cases(problem, sandbox)
    except PublishFailed as failed:
        return Checked(problem.slug, failed.findings)
    described = sandbox.describe()
    sound = memory.of(as_judged(published), described, "sound", SOUND)
    fates = memory.of(without_words(published), described, "fate", FATE)
    outcomes = known_outcomes(problem, sound)
    filed = [each for each in problem.submissions if each not in [outcome.filed for outcome in outcomes]]
    all_known = bool(outcomes) and not filed
    if not all_known:
        # Whoever judges has to know what the filed mistakes look like, which takes as long as judging them.
        published = with_pitfalls(published, sandbox, fresh=False)  # what is filed is judged with the same cache
    with unawaited(2) as pool:
        measuring = pool.submit(headroom, published, sandbox)
        running = pool.submit(lambda: [*_run(published, sandbox), *check_starter(published, sandbox, sound)])
        outcomes += judge_filed(published, filed, sandbox, lanes, sound)
        outcomes.sort(key=lambda outcome: outcome.filed.path)
        measured = measuring.result()
        findings = [
            *check_outcomes(outcomes),
            *check_pitfalls(outcomes),
            *check_headroom(measured),
            *check_hints(problem, outcomes),
            *running.result(),
        ]
    mutated = None
    if mutants and all(finding.severity == "warning" for finding in findings):
        mutated = mutation(published, sandbox, lanes, fates)
        findings += mutated.findings()
    return Checked(
        problem.slug,
        tuple(sorted(findings, key=lambda finding: finding.severity)),
        len(outcomes),
        len(published.cases),
        tuple(outcomes),
        tuple(measured),
        mutated,
        sound.found + fates.found,
        None if all_known else published,
    )


def _run(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    for each in _RUNNING:
        yield from each(published, sandbox)


def _check_page(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    return check_example(published.problem, sandbox)


def _check_reproducible(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    """Make the cases again, in another process: a clock or a random generator of their own would show."""
    again = publishing.make_cases(published.problem, sandbox)
    for case, repeated in zip((case for case in published.cases if not case.call.steps), again, strict=False):
        same = (case.name, case.arguments) == (repeated.name, repeated.arguments)
        pairs = zip(case.inputs, repeated.inputs, strict=True)
        if not same or any(arrays.digest(mine) != arrays.digest(yours) for mine, yours in pairs):
            message = f"Case {case.name!r} comes out differently when cases.py runs again."
            mend = "Draw from rng only; use no clock and no other generator."
            yield Finding("case-varies", CASES, None, message, mend)


#: What runs something of the folder, each by itself.
_RUNNING: tuple[Callable[[Published, Sandbox], Iterator[Finding]], ...] = (
    _check_reproducible,
    check_reference,
    check_trivial,
    _check_page,
)
