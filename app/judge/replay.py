"""Comparing two verdict records of the same submission: whether the verdict is the same, and what changed.

Pure: what judges again is elsewhere. Invariant: differences come in the order of cause, so that the first one that
could explain a different verdict is the first one told; what a record does not hold is no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from app.judge.verdict import CaseResult, Model, Report, Verdict

#: Verdicts on how much was used: how far a submission had come by then is not part of them.
_INTERRUPTED: frozenset[Verdict] = frozenset({"time_limit", "memory_limit", "output_limit", "sandbox_violation"})
#: Verdicts that say nothing about the submission.
_NO_VERDICTS: frozenset[Verdict] = frozenset({"internal_error", "cancelled"})

_NOT_REACHED = "not reached"

#: What differs, causes first.
Kind = Literal["problem", "source", "toolchain", "program", "case", "verdict"]
_CONSEQUENCES: frozenset[Kind] = frozenset({"case", "verdict"})


class Difference(Model):
    """One thing that is not as it was.

    Attributes:
        kind: a case or the verdict, or a cause of theirs.
        name: what of that kind: a field of the record, an entry of its toolchain, a signature, a case.
        before: as the record has it; empty if it has nothing.
        after: as it is now; empty if there is nothing.
    """

    kind: Kind
    name: str
    before: str
    after: str


class Replay(Model):
    """What came of judging a record's submission again.

    Attributes:
        same: whether verdict, reason and every case that both judgings reached agree.
        before: the recorded verdict.
        after: the verdict now.
        differences: causes first, then cases, then the verdict.
        report: the new record.
    """

    same: bool
    before: Verdict
    after: Verdict
    differences: tuple[Difference, ...]
    report: Report


class CannotReplay(ValueError):
    """The record cannot be reproduced, whatever is done; the text says why."""


def check_replayable(before: Report) -> None:
    """Refuse records that hold no verdict on the submission.

    Raises:
        CannotReplay: it is such a record.
    """
    if before.verdict in _NO_VERDICTS:
        whose = "a fault of ours" if before.verdict == "internal_error" else "the end of an attempt that was called off"
        raise CannotReplay(f"The record's verdict is {before.verdict}: {whose}, and no verdict to reproduce.")


def replayed(before: Report, after: Report) -> Replay:
    """Both records compared."""
    differences = compare_records(before, after)
    same = not any(difference.kind in _CONSEQUENCES for difference in differences)
    return Replay(same=same, before=before.verdict, after=after.verdict, differences=differences, report=after)


def compare_records(before: Report, after: Report) -> tuple[Difference, ...]:
    """Everything that differs between two records, in the order of cause.

    Times, what was printed, messages, known mistakes and where outputs came from are not compared.
    """
    return (
        *_fields("problem", before, after, ("problem", "problem_sha256", "problem_version", "seed")),
        *_fields("source", before, after, ("source_sha256",)),
        *_toolchain(before.toolchain, after.toolchain),
        *_programs(before, after),
        *(() if before.verdict in _INTERRUPTED else _cases(before.cases, after.cases)),
        *_fields("verdict", before, after, ("verdict", "reason")),
        *_differ("verdict", "limit", _limit(before), _limit(after)),
    )


def _differ(kind: Kind, name: str, before: str, after: str) -> Iterator[Difference]:
    if before != after:
        yield Difference(kind=kind, name=name, before=before, after=after)


def _fields(kind: Kind, before: Report, after: Report, names: Sequence[str]) -> Iterator[Difference]:
    for name in names:
        was, now = getattr(before, name), getattr(after, name)
        yield from _differ(kind, name, "" if was is None else str(was), "" if now is None else str(now))


def _toolchain(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for name, text in before.items():
        if text:  # earlier releases left some entries out and others empty
            yield from _differ("toolchain", name, text, after.get(name, ""))


def _programs(before: Report, after: Report) -> Iterator[Difference]:
    """Programs that were traced both times and are not the same; how many were traced may depend on time."""
    now = _artifacts(after)
    for name, hashes in _artifacts(before).items():
        for was, is_now in zip(hashes, now.get(name, ()), strict=False):
            yield from _differ("program", name, was, is_now)


def _artifacts(report: Report) -> Mapping[str, Sequence[str]]:
    """Hashes by entry, transformation, signature and platform; two programs may have the same words for these."""
    found: dict[str, list[str]] = {}
    for artifact in report.artifacts:
        under = "" if artifact.transformation == "none" else f" under {artifact.transformation}"
        # Stored records of earlier releases have no platforms.
        for platform, sha256 in (artifact.platforms or {_platform(report): artifact.sha256}).items():
            name = f"{artifact.entry}({artifact.signature}){under} for {platform}"
            found.setdefault(name, []).append(sha256)
    return found


def _platform(report: Report) -> str:
    return "cuda" if report.toolchain.get("device") == "gpu" else "cpu"


def _cases(before: Sequence[CaseResult], after: Sequence[CaseResult]) -> Iterator[Difference]:
    """Cases with another result.

    How many are reached before a broken rule or a wrong type ends the judging depends on time, so a case that one of
    the two did not reach has nothing to compare.
    """
    was, now = _outcomes(before), _outcomes(after)
    for name in dict.fromkeys((*was, *now)):
        if _NOT_REACHED not in (was.get(name), now.get(name)):
            yield from _differ("case", name, was.get(name, ""), now.get(name, ""))


def _outcomes(cases: Sequence[CaseResult]) -> Mapping[str, str]:
    return {f"{case.name} {case.call}".strip(): _outcome(case) for case in cases}


def _outcome(case: CaseResult) -> str:
    """Verdict with reason and limit in words; the figures of a limit may differ."""
    told = ", ".join(filter(None, (case.reason, _limit(case))))
    return f"{case.verdict or _NOT_REACHED}{f' ({told})' if told else ''}"


def _limit(told: Report | CaseResult) -> str:
    return "" if told.limit is None else told.limit.name
