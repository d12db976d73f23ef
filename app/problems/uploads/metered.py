"""A sandbox whose time is counted: the check of one upload must not keep attempts waiting for hours.

Invariant: waiting for a lane is not counted, so a busy service never ends a check that would pass on an idle one; and
once the time is used up nothing new is begun.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from threading import Lock

from sandbox.around import Around
from sandbox.jobs import (
    CasesJob,
    CasesResult,
    Evaluated,
    EvaluateJob,
    Failed,
    Finished,
    GradeEvent,
    GradeJob,
    RunJob,
    RunResult,
    Sandbox,
    never,
)

#: Stages of a job that are parts of another one.
_PARTS = frozenset({"compile", "run"})


class UsedUp(Exception):
    """Whoever uses the sandbox has had all the time that it may take."""


class Metered(Around):
    """A ``Sandbox`` for so many seconds of jobs; every method that begins one may raise ``UsedUp``."""

    def __init__(self, sandbox: Sandbox, seconds: float) -> None:
        """Start with nothing used."""
        super().__init__(sandbox)
        self._left = seconds
        self._lock = Lock()

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        """Grade; its time is known, and counted, at its end."""
        self._check()
        for event in super().grade(job, enough):
            if isinstance(event, Finished):
                self._use(sum(spent for stage, spent in event.timings.items() if stage not in _PARTS))
            yield event

    def evaluate(self, job: EvaluateJob) -> Sequence[Evaluated | Failed]:
        """Evaluate stored programs, whose runs are counted."""
        self._check()
        results = super().evaluate(job)
        self._use(sum(map(_milliseconds, results)))
        return results

    def run(self, job: RunJob) -> RunResult:
        """Run; it is not counted, for a check does so once."""
        self._check()
        return super().run(job)

    def cases(self, job: CasesJob) -> CasesResult:
        """Make cases, twice in a check; not counted."""
        self._check()
        return super().cases(job)

    def close(self) -> None:
        """Nothing: it is others' too."""

    def _check(self) -> None:
        if self._left <= 0:
            raise UsedUp

    def _use(self, milliseconds: float) -> None:
        with self._lock:
            self._left -= milliseconds / 1000


def _milliseconds(result: Evaluated | Failed) -> float:
    if isinstance(result, Evaluated):
        return result.run_ms
    limit = result.failure.limit
    return 1000 * limit.used if limit is not None and limit.unit == "seconds" else 0.0
