"""Why a submission, or one of its cases, is not accepted: what is told of it, and what it is recognised by.

Invariant: what is told of a hidden case's failure is its kind alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.judge.explain.clues import NO_CLUES, Clues
from app.judge.explain.errors import failure_told, frames_of, limit_of
from app.judge.pitfalls import cause_of
from app.judge.rules.unrolling import RuleBreak
from app.judge.verdict import Compared, LimitReached, Reason, TracebackLine, Verdict
from app.problems.pitfalls import Cause
from sandbox.jobs import Failure, FailureKind

#: What a failure inside the sandbox means for the learner.
VERDICTS: dict[FailureKind, Verdict] = {
    "source": "compile_error",
    "entry": "compile_error",
    "exception": "runtime_error",
    "not_traceable": "not_traceable",
    "compile": "compile_error",
    "runtime": "runtime_error",
    "time": "time_limit",
    "memory": "memory_limit",
    "output": "output_limit",
    "violation": "sandbox_violation",
    "crash": "runtime_error",
}


@dataclass(frozen=True)
class Outcome:
    """Why a case, or the whole submission, is not accepted.

    Attributes:
        brief: what of the message is told beside one of the author's; empty for all of it.
        located: whether that names a line to mend, and so comes first.
        subject: what a broken rule is about, as in ``RuleBreak``; the arguments that were changed in place.
        cause: of a failure, as pitfalls are recognised by.
        detail: what takes several lines, such as both results side by side.
        frames: the learner's lines of a traceback.
        compared: both results, of public cases only.
    """

    verdict: Verdict
    reason: Reason | None
    message: str
    limit: LimitReached | None = None
    subject: str = ""
    cause: Cause | None = None
    detail: str = ""
    frames: tuple[TracebackLine, ...] = ()
    brief: str = ""
    located: bool = False
    compared: Compared | None = None

    def beside(self, message: str) -> str:
        """The author's ``message`` on the mistake, and what it does not say."""
        return beside(message, self.brief or self.message, located=self.located)


def beside(message: str, found: str, *, located: bool) -> str:
    """The author's ``message`` and what was found, which comes first where it names a line to mend."""
    return f"{found} {message}" if located else f"{message} {found}"


def of_failure(failure: Failure, sizes: Mapping[str, int], *, public: bool, clues: Clues = NO_CLUES) -> Outcome:
    """What a failure means; arguments as of ``failure_told``."""
    told, limit = failure_told(failure, sizes, public=public, clues=clues), limit_of(failure, public=public)
    frames = frames_of(failure, public=public)
    return Outcome(
        VERDICTS[failure.kind],
        None,
        told.text,
        limit,
        cause=cause_of(failure),
        frames=frames,
        brief=told.brief,
        located=told.located,
    )


def of_rule(broken: RuleBreak) -> Outcome:
    """What a broken rule means."""
    return Outcome("rule_broken", broken.reason, broken.message, subject=broken.subject)
