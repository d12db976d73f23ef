"""What goes into the API about attempts and what comes out.

Invariant: a report is sent as it was judged (``app.judge.verdict`` and ``app.judge.run`` own those shapes), so the API
says what the command line says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field

from app.attempts import verdicts
from app.attempts.models import Attempt
from app.attempts.service import Mistakes
from app.attempts.waiting import Waiting
from app.http.bodies import Input, Output
from app.judge.verdict import Reason, Report, Verdict
from app.pipeline import RunReport
from sandbox.tree import MAX_DEPTH

State = Literal["queued", "running", "done"]


def _plain(inputs: Any) -> Any:
    """Refuse what no signature could take and no database could keep: too deep, not text, or not a number of JSON."""
    pending = [(inputs, 0)]
    while pending:
        value, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise ValueError(f"nested deeper than {MAX_DEPTH} levels")
        if isinstance(value, str) and not value.isascii() and value != value.encode(errors="replace").decode():
            raise ValueError("a string holds half of a surrogate pair")
        if isinstance(value, float) and not isfinite(value):
            raise ValueError("NaN and infinite numbers cannot be sent as JSON, which has no way to write them")
        if isinstance(value, list):
            pending += [(item, depth + 1) for item in value]
        if isinstance(value, dict):
            pending += [(item, depth + 1) for entry in value.items() for item in entry]
    return inputs


def _written(value: Any) -> Any:
    """Refuse a number, which would be read as seconds since 1970 though nobody said so."""
    if isinstance(value, str) and not set(value) & set("-:T"):
        raise ValueError("a date and time with a zone is expected, such as 2026-11-28T12:00:00Z")
    return value


Moment = Annotated[AwareDatetime, BeforeValidator(_written)]


class Submission(Input):
    """A source to grade."""

    problem: Annotated[str, AfterValidator(_plain)] = Field(description="The problem's slug.", max_length=200)
    source: str = Field(description="The whole Python file.")


class RunRequest(Submission):
    """A source to run, eagerly and without a verdict."""

    input: Annotated[Any, AfterValidator(_plain)] = Field(
        default=None,
        description="Your own arguments: parameter name -> nested lists, numbers, or a key's seed. "
        "Without them the public examples are run.",
    )


class Progress(Output):
    """How far an attempt or a run is.

    Attributes:
        user: the name of whoever submitted it; None if they have been erased.
        problem_version: the author's label of the version it is for.
        problem_sha256: that version's identity.
        tries: how often it was started; more than one means that the service had a fault.
        message: what to tell the learner first; while it waits again, why.
        position: in the queue, 1 for the next; None for what is not queued, and in lists.
        estimated_seconds: until it is done, as long as others took of late; None where ``position`` is, and before
            anything has been judged.
    """

    id: str
    user: str | None
    problem: str
    problem_version: str
    problem_sha256: str
    state: State
    tries: int
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    verdict: Verdict | None
    reason: Reason | None
    message: str | None
    position: int | None
    estimated_seconds: float | None


class AttemptList(Output):
    """A page of attempts, newest first. ``next`` is the address of the next page, None on the last."""

    items: tuple[Progress, ...]
    next: str | None


class Mistake(Output):
    """One way in which attempts fail.

    Attributes:
        pitfall: the file of the problem's known mistake that they make; None for failures that are no known one.
        message: what its author says about it; None if there is none, or the version that is served does not know it.
        attempts: how many failed like this.
    """

    verdict: Verdict
    reason: Reason | None
    pitfall: str | None
    message: str | None
    attempts: int


class MistakeList(Output):
    """What attempts at a problem fail for, the most frequent first. ``attempts`` are those that have a verdict."""

    problem: str
    attempts: int
    accepted: int
    items: tuple[Mistake, ...]


class EarlierVerdict(Output):
    """A verdict that an attempt had before it was judged again.

    Attributes:
        problem_version: the label of the version that it was judged against.
        until: when another verdict took its place.
    """

    verdict: Verdict | None
    reason: Reason | None
    problem_version: str
    until: datetime


class AttemptDetail(Progress):
    """A graded attempt with its verdict record.

    Attributes:
        report: None until it is judged, or if we failed to judge it.
        earlier: verdicts that were replaced, since the attempt was judged again; the oldest first.
    """

    source: str
    report: Report | None
    earlier: tuple[EarlierVerdict, ...]


class RunDetail(Progress):
    """A run with what it returned and printed; ``report`` is None until it has run, or if we failed to run it."""

    source: str
    report: RunReport | None


def mistake_list(slug: str, counted: Sequence[Mistakes], messages: Mapping[str, str]) -> MistakeList:
    """Counted outcomes as they are sent; ``messages`` are those of the known mistakes by file."""
    failed = [each for each in counted if each.verdict != "accepted"]
    attempts = sum(each.attempts for each in counted)
    return MistakeList(
        problem=slug,
        attempts=attempts,
        accepted=attempts - sum(each.attempts for each in failed),
        items=tuple(
            Mistake.model_validate({**asdict(each), "message": each.pitfall and messages.get(each.pitfall)})
            for each in failed
        ),
    )


def progress(attempt: Attempt, waits: Waiting | None = None) -> Progress:
    """An attempt or run without its source and report."""
    return Progress(**_progress(attempt, waits))


def attempt_detail(
    attempt: Attempt, waits: Waiting | None = None, earlier: Sequence[verdicts.Earlier] = ()
) -> AttemptDetail:
    """A graded attempt, whole."""
    report = None if attempt.report is None else Report.model_validate(attempt.report)
    told = tuple(
        EarlierVerdict(
            verdict=each.past.verdict, reason=each.past.reason, problem_version=each.label, until=each.past.replaced_at
        )
        for each in earlier
    )
    return AttemptDetail(**_progress(attempt, waits), source=attempt.source.decode(), report=report, earlier=told)


def run_detail(attempt: Attempt, waits: Waiting | None = None) -> RunDetail:
    """A run, whole."""
    report = None if attempt.report is None else RunReport.model_validate(attempt.report)
    return RunDetail(**_progress(attempt, waits), source=attempt.source.decode(), report=report)


def _progress(attempt: Attempt, waits: Waiting | None) -> dict[str, Any]:
    version = attempt.problem_version
    return {
        "id": attempt.id,
        "user": None if attempt.user is None else attempt.user.name,
        "problem": version.slug,
        "problem_version": version.label,
        "problem_sha256": version.sha256,
        "state": attempt.state,
        "tries": attempt.tries,
        "created_at": attempt.created_at,
        "started_at": _coarse(attempt.started_at),
        "finished_at": _coarse(attempt.finished_at),
        "verdict": attempt.verdict,
        "reason": attempt.reason,
        "message": attempt.message,
        "position": waits and waits.position,
        "estimated_seconds": waits and waits.seconds,
    }


def _coarse(time: datetime | None) -> datetime | None:
    """A time to a tenth of a second: hidden values may decide how long a program runs, and a finer one would tell."""
    return None if time is None else time.replace(microsecond=time.microsecond // 100_000 * 100_000)
