"""What judging tells while it goes on, and at its end.

Invariant: what says how long something took that depends on hidden values is for operators: it is in no event that is
written down.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field, InstanceOf

from app.judge.traces import Traces
from app.judge.verdict import CaseResult, Model, Report


class Traced(Model):
    """Progress: one signature was traced and vetted."""

    kind: Literal["traced"] = "traced"
    signature: str
    operations: int


class CaseJudged(Model):
    """Progress: one case has its result."""

    kind: Literal["case"] = "case"
    case: CaseResult


class Judged(Model):
    """The end: the whole report.

    Attributes:
        spent_ms: where the time went, stages that depend on hidden values included. It is for operators, so that it
            is left out wherever the event is written down.
        case_ms: what each of the report's cases took to compile and run, None where nothing of it was evaluated; it
            is left out likewise.
        traces: what the source was traced to, to be kept where no learner's code can change it; None if that would be
            of no use. It is left out likewise.
        stored: whether it was judged from programs that were traced before.
    """

    kind: Literal["judged"] = "judged"
    report: Report
    spent_ms: dict[str, float] = Field(default_factory=dict, exclude=True, repr=False)
    case_ms: tuple[float | None, ...] = Field(default=(), exclude=True, repr=False)
    traces: InstanceOf[Traces] | None = Field(default=None, exclude=True, repr=False)
    stored: bool = Field(default=False, exclude=True, repr=False)


Event = Traced | CaseJudged | Judged
