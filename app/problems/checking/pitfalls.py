"""Whether a filed mistake is recognised as itself: what its author says would else reach the wrong learners.

Invariant: says nothing of a submission that does not fail as it declares, which is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.problems.checking.filed import Outcome
from app.problems.findings import Finding


def check_pitfalls(outcomes: Sequence[Outcome]) -> Iterator[Finding]:
    """Warnings about filed mistakes that fail as they declare and are told as none, or as another."""
    for outcome in outcomes:
        path, known = outcome.filed.path, outcome.pitfall
        if not outcome.as_declared or outcome.verdict == "accepted" or (known is not None and known.submission == path):
            continue
        if known is None:
            message = "It fails as it declares, but not recognisably, so that no learner would get its message."
            mend = "Let it fail on a small public case, with results that are always the same."
            yield Finding("pitfall-unseen", path, None, message, mend, "warning")
        else:
            message = f"It cannot be told from {known.submission}, whose message learners would get instead."
            mend = "Keep one of them, with a message that fits both."
            yield Finding("pitfall-twice", path, None, message, mend, "warning")
