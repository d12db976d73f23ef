"""The author's compiler: proves that a problem folder grades as it declares.

Invariant: a folder without an error finding can be published, its reference and accepted submissions pass, its starter
does not, and every wrong submission fails for the reason its author filed it under.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.judge.judge import judge
from app.judge.verdict import Judged, Report
from app.problems.checking.pitfalls import check_pitfall
from app.problems.findings import Finding
from app.problems.folder import read
from app.problems.folder.files import MANIFEST
from app.problems.model import FiledSubmission
from app.problems.published import Published
from app.problems.publishing import publish as publishing
from app.problems.publishing.publish import PublishFailed, publish
from sandbox import arrays
from sandbox.jobs import Sandbox


@dataclass(frozen=True)
class Checked:
    """What checking one folder brought to light.

    Attributes:
        slug: the folder's name.
        findings: empty for a sound problem.
        submissions: filed submissions that were judged, the starter not counted.
        cases: public and hidden cases.
    """

    slug: str
    findings: tuple[Finding, ...]
    submissions: int = 0
    cases: int = 0


def check(folder: Path, sandbox: Sandbox) -> Checked:
    """Check one folder, whole.

    Raises:
        SandboxUnavailable: the fault is ours.
    """
    problem = read(folder)
    if isinstance(problem, list):
        return Checked(folder.resolve().name, tuple(problem))
    try:
        published = publish(problem, sandbox)
    except PublishFailed as failed:
        return Checked(problem.slug, failed.findings)
    findings = list(_check_reproducible(published, sandbox))
    if problem.mode == "eager":
        findings += _check_reference(published, sandbox)
    findings += [finding for filed in problem.submissions for finding in _check_submission(published, filed, sandbox)]
    findings += [*_check_starter(published, sandbox), *_check_chance(published, sandbox)]
    return Checked(problem.slug, tuple(findings), len(problem.submissions), len(published.cases))


def _check_reproducible(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    """Make the cases again, in another process: a clock or a random generator of their own would show."""
    again = publishing.make_cases(published.problem, sandbox)
    for case, repeated in zip((case for case in published.cases if not case.call.steps), again, strict=False):
        same = (case.name, case.arguments) == (repeated.name, repeated.arguments)
        pairs = zip(case.inputs, repeated.inputs, strict=True)
        if not same or any(arrays.digest(mine) != arrays.digest(yours) for mine, yours in pairs):
            message = f"Case {case.name!r} comes out differently when cases.py runs again."
            mend = "Draw from rng only; use no clock and no other generator."
            yield Finding("case-varies", "cases.py", None, message, mend)


def _check_reference(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    """Judge the reference, in other processes than those that published it: a program cannot vary, but Python can."""
    report = _judge(published, published.problem.reference, sandbox)
    if report.verdict != "accepted":
        message = f"Called again, the reference is not accepted: {report.message}"
        mend = "Let it depend on its arguments only, on no clock and no generator of its own."
        yield Finding("reference-varies", "reference.py", None, message, mend)


def _check_submission(published: Published, filed: FiledSubmission, sandbox: Sandbox) -> Iterator[Finding]:
    report = _judge(published, filed.source, sandbox)
    if (report.verdict, report.reason) != (filed.verdict, filed.reason):
        declared = filed.verdict + (f" ({filed.reason})" if filed.reason else "")
        got = report.verdict + (f" ({report.reason})" if report.reason else "")
        message = f"Declared {declared}, judged {got}: {report.message}"
        mend = "Correct the submission or its header; if both are right, the cases or tolerances are not."
        yield Finding("wrong-outcome", filed.path, None, message, mend)
    yield from check_pitfall(filed, report)


def _check_starter(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    if _judge(published, published.problem.starter, sandbox).verdict == "accepted":
        message = "The starter is accepted as it stands, so there is nothing left to solve."
        yield Finding("starter-passes", "starter.py", None, message, "Leave the part that is the exercise out of it.")


def _check_chance(published: Published, sandbox: Sandbox) -> Iterator[Finding]:
    """A reference whose stored results are unusual would have right answers refused more often than is promised."""
    if published.problem.statistics is None:
        return
    report = _judge(published, published.problem.reference, sandbox)
    if report.verdict != "accepted":
        message = f"By chance, the reference is refused when it is given other keys: {report.message}"
        mend = "Take another seed in [cases]; if that does not help, the reference does not depend on its key alone."
        yield Finding("reference-refused", MANIFEST, None, message, mend)


def _judge(published: Published, source: str, sandbox: Sandbox) -> Report:
    *_, last = judge(published, source.encode(), sandbox)
    assert isinstance(last, Judged)
    return last.report
