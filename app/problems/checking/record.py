"""What checking a problem found, as it is stored, sent and written by commands.

Invariant: everything in it is for whoever may read the whole folder: it quotes the reference and hidden cases' names.
"""

from __future__ import annotations

import math
from dataclasses import asdict

from app.http.bodies import Output
from app.problems.checking.check import Checked
from app.problems.checking.headroom import Headroom
from app.problems.checking.mutating.score import Mutation, Survivor
from app.problems.findings import Finding, Severity


class FindingRecord(Output):
    """One fault of a problem folder; ``line`` is counted from 1, and null where no line is at fault."""

    code: str
    file: str
    line: int | None
    message: str
    mend: str
    severity: Severity


class HeadroomRecord(Output):
    """The tightest element of all results of one dtype; null where a figure is not finite, ``times`` also if exact."""

    case: str
    error: float | None
    allowance: float | None
    times: float | None


class SurvivorRecord(Output):
    """A slip in the reference that passes every case; ``why`` is what the author argues, or empty."""

    change: str
    line: int
    diff: str
    why: str


class MutationRecord(Output):
    """How many slips in the reference the cases find."""

    killed: int
    survived: int
    argued: int
    equivalent: int
    survivors: tuple[SurvivorRecord, ...]

    def mutation(self) -> Mutation:
        """The same for those who print it."""
        survivors = tuple(Survivor(**each.model_dump()) for each in self.survivors)
        return Mutation(self.killed, self.equivalent, survivors, unmatched=())


class CheckRecord(Output):
    """What a check found.

    Attributes:
        findings: errors first; empty for a sound problem.
        cases: public and hidden ones, 0 where there was nothing to count.
        submissions: filed ones that were judged.
        headroom: by dtype.
        mutation: null where an error left nothing to measure, or nobody asked.
    """

    problem: str
    findings: tuple[FindingRecord, ...]
    cases: int
    submissions: int
    headroom: dict[str, HeadroomRecord]
    mutation: MutationRecord | None

    def checked(self) -> Checked:
        """The same for those who print it.

        Raises:
            ValueError: a finding has a code that is not known here: it comes from another version.
        """
        mutated = self.mutation
        return Checked(
            self.problem,
            tuple(Finding(**each.model_dump()) for each in self.findings),
            self.submissions,
            self.cases,
            headroom=tuple(
                Headroom(dtype, each.case, each.error, each.allowance)
                for dtype, each in self.headroom.items()
                if each.error is not None and each.allowance is not None
            ),
            mutation=None if mutated is None else mutated.mutation(),
        )


def record(checked: Checked) -> CheckRecord:
    """What checking found, without what it made."""
    mutated = checked.mutation
    return CheckRecord(
        problem=checked.slug,
        findings=tuple(FindingRecord(**asdict(finding)) for finding in checked.findings),
        cases=checked.cases,
        submissions=checked.submissions,
        headroom={each.dtype: _headroom(each) for each in checked.headroom},
        mutation=mutated
        and MutationRecord(
            killed=mutated.killed,
            survived=mutated.survived,
            argued=mutated.argued,
            equivalent=mutated.equivalent,
            survivors=tuple(SurvivorRecord(**asdict(survivor)) for survivor in mutated.survivors),
        ),
    )


def _headroom(measured: Headroom) -> HeadroomRecord:
    return HeadroomRecord(
        case=measured.case,
        error=_finite(measured.error),
        allowance=_finite(measured.allowance),
        times=None if measured.times is None else _finite(measured.times),
    )


def _finite(number: float) -> float | None:
    """A number that JSON has."""
    return number if math.isfinite(number) else None
