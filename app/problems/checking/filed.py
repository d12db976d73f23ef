"""What is filed with a problem, judged like any submission: does each get what its author says it gets?

Invariant: nothing here decides by itself; every finding rests on a report of the judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from pydantic import TypeAdapter

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.verdict import Pitfall, Reason, Report, Verdict
from app.problems.checking.memory import Known, as_judged, lasts
from app.problems.checking.side_by_side import side_by_side
from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST, REFERENCE, STARTER
from app.problems.model import FiledSubmission, Problem
from app.problems.published import Published
from sandbox.jobs import Sandbox

#: What is remembered of what is filed and is as it should be.
Sound = Literal["sound"]
SOUND: TypeAdapter[Sound] = TypeAdapter(Sound)


@dataclass(frozen=True)
class Outcome:
    """What became of a filed submission.

    Attributes:
        filed: the submission with what it declares.
        verdict: what the judge says.
        reason: likewise.
        message: likewise, in words; empty if it was known.
        pitfall: the mistake it is recognised as.
    """

    filed: FiledSubmission
    verdict: Verdict
    reason: Reason | None
    message: str
    pitfall: Pitfall | None = None

    @property
    def as_declared(self) -> bool:
        """Whether both agree."""
        return (self.verdict, self.reason) == (self.filed.verdict, self.filed.reason)


def known_outcomes(problem: Problem, known: Known[Sound]) -> list[Outcome]:
    """Those of a problem's filed submissions that are known to be as they should."""
    return [_sound(filed) for filed in problem.submissions if known.get(_name(filed)) is not None]


def judge_filed(
    published: Published, filed: Iterable[FiledSubmission], sandbox: Sandbox, lanes: int, known: Known[Sound]
) -> list[Outcome]:
    """Filed submissions with their verdicts.

    Args:
        published: the problem, with what its filed mistakes look like.
        filed: some of its submissions.
        sandbox: where they are judged.
        lanes: how many at the same time.
        known: where it is remembered which of them are as they should be.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    # What runs into a limit of time takes longest: begun last, it would be waited for alone.
    ordered = sorted(filed, key=lambda each: each.verdict != "time_limit")
    return side_by_side(partial(_outcome, as_judged(published), sandbox, known), ordered, lanes)


def _outcome(judged: Published, sandbox: Sandbox, known: Known[Sound], filed: FiledSubmission) -> Outcome:
    report = report_on(judged, filed.source, sandbox)
    outcome = Outcome(filed, report.verdict, report.reason, report.message, report.pitfall)
    if replace(outcome, message="") == _sound(filed) and lasts(report):
        known.put(_name(filed), "sound")
    return outcome


def _sound(filed: FiledSubmission) -> Outcome:
    """What should become of a filed submission: what it declares, and a mistake is recognised as itself."""
    accepted = filed.verdict == "accepted"
    pitfall = None if accepted else Pitfall(submission=filed.path, message=filed.message)
    return Outcome(filed, filed.verdict, filed.reason, "", pitfall)


def _name(filed: FiledSubmission) -> str:
    return f"{filed.path}\0{filed.source}"


def check_outcomes(outcomes: list[Outcome]) -> Iterator[Finding]:
    """Submissions that do not get the verdict and reason they are filed under."""
    for outcome in outcomes:
        if not outcome.as_declared:
            declared = _words(outcome.filed.verdict, outcome.filed.reason)
            judged = _words(outcome.verdict, outcome.reason)
            message = f"Declared {declared}, judged {judged}: {outcome.message}"
            mend = "Correct the submission or its header; if both are right, the cases or tolerances are not."
            yield Finding("wrong-outcome", outcome.filed.path, None, message, mend)


def _words(verdict: Verdict, reason: Reason | None) -> str:
    return f"{verdict} ({reason})" if reason else verdict


def check_reference(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    """Judge the reference where it may fail: an eager one in other processes, a random one with other keys."""
    if published.problem.mode == "eager":
        report = report_on(published, published.problem.reference, sandbox)
        if report.verdict != "accepted":
            message = f"Called again, the reference is not accepted: {report.message}"
            mend = "Let it depend on its arguments only, on no clock and no generator of its own."
            yield Finding("reference-varies", REFERENCE, None, message, mend)
    elif published.problem.statistics is not None:
        # Stored results that are unusual would have right answers refused more often than is promised.
        report = report_on(published, published.problem.reference, sandbox)
        if report.verdict != "accepted":
            message = f"By chance, the reference is refused when it is given other keys: {report.message}"
            mend = (
                "Take another seed in [cases]; if that does not help, the reference does not depend on its key alone."
            )
            yield Finding("reference-refused", MANIFEST, None, message, mend)


def check_starter(published: Published, sandbox: Sandbox, known: Known[Sound]) -> Iterator[Finding]:
    """The starter must leave something to do."""
    starter = f"{STARTER}\0{published.problem.starter}"
    if known.get(starter) is not None:
        return
    report = report_on(as_judged(published), published.problem.starter, sandbox)
    if report.verdict != "accepted":
        if lasts(report):
            known.put(starter, "sound")
    else:
        message = "The starter is accepted as it stands, so there is nothing left to solve."
        yield Finding("starter-passes", STARTER, None, message, "Leave the part that is the exercise out of it.")


def report_on(published: Published, source: str, sandbox: Sandbox) -> Report:
    """The judge's report on a source.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    return judged_on(published, source, sandbox).report


def judged_on(published: Published, source: str, sandbox: Sandbox, *, fresh: bool = False) -> Judged:
    """The report on a source with where the time went; ``fresh`` as of the judge.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    *_, last = judge(published, source.encode(), sandbox, fresh=fresh)
    assert isinstance(last, Judged)
    return last
