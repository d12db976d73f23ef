"""Whether a filed mistake is recognised as itself: what its author says would else reach the wrong learners.

Invariant: says nothing of a submission that does not fail as it declares, which is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.judge.verdict import Report
from app.problems.findings import Finding
from app.problems.model import FiledSubmission


def check_pitfall(filed: FiledSubmission, report: Report) -> Iterator[Finding]:
    """Findings on a filed submission and the report it gets."""
    failed = (report.verdict, report.reason) == (filed.verdict, filed.reason) != ("accepted", None)
    if not failed or (report.pitfall is not None and report.pitfall.submission == filed.path):
        return
    if report.pitfall is None:
        message = "It fails as it declares, but not recognisably, so that no learner would get its message."
        mend = "Let it fail on a small public case, with results that are always the same."
        yield Finding("pitfall-unseen", filed.path, None, message, mend)
        return
    message = f"It cannot be told from {report.pitfall.submission}, whose message learners would get instead."
    yield Finding("pitfall-twice", filed.path, None, message, "Keep one of them, with a message that fits both.")
