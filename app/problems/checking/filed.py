"""What is filed with a problem, judged like any submission: does each get what its author says it gets?

Invariant: nothing here decides by itself; every finding rests on a report of the judge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from pydantic import BaseModel, TypeAdapter

from app.judge.events import Judged
from app.judge.judge import judge
from app.judge.verdict import Pitfall, Reason, Report, Verdict
from app.problems.checking.memory import Known, as_judged, lasts
from app.problems.checking.side_by_side import side_by_side
from app.problems.findings import Finding
from app.problems.folder.files import MANIFEST, REFERENCE, STARTER
from app.problems.model import FiledSubmission
from app.problems.published import Published
from sandbox.jobs import Sandbox


@dataclass(frozen=True)
class Outcome:
    """What became of a filed submission.

    Attributes:
        filed: the submission with what it declares.
        verdict: what the judge says.
        reason: likewise.
        message: likewise, in words.
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


class Told(BaseModel):
    """What the judge says of a source, as it is remembered."""

    verdict: Verdict
    reason: Reason | None
    message: str
    pitfall: Pitfall | None


TOLD = TypeAdapter(Told)


def judge_filed(published: Published, sandbox: Sandbox, lanes: int, known: Known[Told]) -> list[Outcome]:
    """Every filed submission with its verdict, in order of path.

    Args:
        published: the problem.
        sandbox: where they are judged.
        lanes: how many at the same time.
        known: what is known of them.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    judged = as_judged(published)
    # What runs into a limit of time takes longest: begun last, it would be waited for alone.
    filed = sorted(published.problem.submissions, key=lambda each: each.verdict != "time_limit")
    outcomes = side_by_side(partial(_outcome, judged, sandbox, known), filed, lanes)
    return sorted(outcomes, key=lambda outcome: outcome.filed.path)


def _outcome(judged: Published, sandbox: Sandbox, known: Known[Told], filed: FiledSubmission) -> Outcome:
    told = _told(judged, filed.source, sandbox, known)
    return Outcome(filed, told.verdict, told.reason, told.message, told.pitfall)


def _told(judged: Published, source: str, sandbox: Sandbox, known: Known[Told]) -> Told:
    if (told := known.get(source)) is None:
        report = report_on(judged, source, sandbox)
        told = Told(verdict=report.verdict, reason=report.reason, message=report.message, pitfall=report.pitfall)
        if lasts(told.verdict):
            known.put(source, told)
    return told


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


def check_starter(published: Published, sandbox: Sandbox, known: Known[Told]) -> Iterator[Finding]:
    """The starter must leave something to do."""
    if _told(as_judged(published), published.problem.starter, sandbox, known).verdict == "accepted":
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
