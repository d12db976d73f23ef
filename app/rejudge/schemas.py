"""What goes into the API about rejudgings and what comes out."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.http.bodies import Input, Output
from app.judge.verdict import Reason, Verdict
from app.rejudge import service
from app.rejudge.selection import Kind

State = Literal["previewing", "previewed", "applying", "applied", "cancelled"]
Direction = Literal["raised", "lowered", "changed"]

_Name = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]*$")]


class RejudgingRequest(Input):
    """Which attempts to judge again."""

    kind: Kind
    name: _Name = Field(
        description="A problem's slug, a version's SLUG@LABEL or SHA-256, a user's name, an attempt's id."
    )
    against: _Name | None = Field(
        default=None, description="The version to judge against; without it the one of each problem that is served."
    )


class Application(Input):
    """How to apply it."""

    allow_lowering: bool = Field(default=False, description="Whether accepted attempts may become anything else.")


class RejudgingDetail(Output):
    """One rejudging, and how far it is.

    Attributes:
        made_by: the name of whoever made it; None if they have been erased.
        kind: what was selected by.
        name: which one.
        against: the version to judge against, as it was asked for; None for the one that is served.
        allow_lowering: whether accepted attempts may become anything else, as far as it was applied.
        attempts: how many were selected.
        judged: how many of them have been judged again, or given up.
        raised: how many become, or became, accepted.
        lowered: how many are no longer accepted; applied only where that was allowed.
        changed: how many others have another verdict or reason.
        unchanged: how many have the same.
        failed: how many could not be judged, for faults of ours.
        stored: how many were judged from programs that were traced before.
        applied: how many have their new verdict.
        skipped: how many were not as they had been when they were judged.
        gone: how many have been removed since they were selected.
    """

    id: str
    created_at: datetime
    made_by: str | None
    kind: Kind
    name: str
    against: str | None
    state: State
    allow_lowering: bool
    attempts: int
    judged: int
    raised: int
    lowered: int
    changed: int
    unchanged: int
    failed: int
    stored: int
    applied: int
    skipped: int
    gone: int
    previewed_at: datetime | None
    ended_at: datetime | None


class RejudgingList(Output):
    """A page of rejudgings, newest first. ``next`` is the address of the next page, None on the last."""

    items: tuple[RejudgingDetail, ...]
    next: str | None


class AttemptChange(Output):
    """One attempt whose verdict or reason changes, or which we could not judge.

    Attributes:
        user: the submitter's name; None if they have been erased.
        problem_version: the label of the version that it was judged against.
        direction: None if we could not judge it.
        state: ``judged``, ``failed``, ``applied`` or ``skipped``.
        stored: whether programs that were traced before were used.
    """

    attempt: str
    user: str | None
    problem: str
    problem_version: str
    verdict_before: Verdict | None
    reason_before: Reason | None
    verdict_after: Verdict | None
    reason_after: Reason | None
    direction: Direction | None
    state: Literal["judged", "failed", "applied", "skipped"]
    stored: bool


class ChangeList(Output):
    """A page of changes, oldest attempt first. ``next`` is the address of the next page, None on the last."""

    items: tuple[AttemptChange, ...]
    next: str | None


def rejudging(found: service.Found) -> RejudgingDetail:
    """A rejudging as it is sent."""
    row, counts = found.rejudging, found.counts
    waiting = counts.get("waiting", 0)
    present = sum(counts.get(state, 0) for state in ("waiting", "judged", "failed", "applied", "skipped"))
    named = ("raised", "lowered", "changed", "unchanged", "failed", "stored", "applied", "skipped")
    return RejudgingDetail(
        id=row.id,
        created_at=row.created_at,
        made_by=found.made_by,
        kind=row.kind,
        name=row.subject,
        against=row.against,
        state=row.state,
        allow_lowering=row.allow_lowering,
        attempts=row.total,
        judged=present - waiting,
        gone=row.total - present,
        previewed_at=row.previewed_at,
        ended_at=row.ended_at,
        **{name: counts.get(name, 0) for name in named},
    )


def change(found: service.Change) -> AttemptChange:
    """A change as it is sent."""
    row = found.rejudged
    return AttemptChange(
        attempt=row.attempt_id,
        user=found.user,
        problem=found.version.slug,
        problem_version=found.version.label,
        verdict_before=row.before_verdict,
        reason_before=row.before_reason,
        verdict_after=row.after_verdict,
        reason_after=row.after_reason,
        direction=row.direction,
        state=row.state,
        stored=row.traced is False,
    )
