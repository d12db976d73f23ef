"""A sandbox in front of another one, for whoever looks at what goes in and comes out.

Invariant: everything is the inner sandbox's, until a subclass says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from sandbox.jobs import (
    CasesJob,
    CasesResult,
    Evaluated,
    EvaluateJob,
    Failed,
    GradeEvent,
    GradeJob,
    Lanes,
    RunJob,
    RunResult,
    Sandbox,
    never,
)


class Around:
    """Implements ``sandbox.jobs.Sandbox`` by another one."""

    def __init__(self, inner: Sandbox) -> None:
        """Stand in front of ``inner``."""
        self.inner = inner

    def grade(self, job: GradeJob, enough: Callable[[], bool] = never) -> Iterator[GradeEvent]:
        """As the inner sandbox's, and so are all others."""
        return self.inner.grade(job, enough)

    def evaluate(self, job: EvaluateJob) -> Sequence[Evaluated | Failed]:
        """Evaluate stored programs."""
        return self.inner.evaluate(job)

    def run(self, job: RunJob) -> RunResult:
        """Call a function eagerly."""
        return self.inner.run(job)

    def cases(self, job: CasesJob) -> CasesResult:
        """Run an author's ``cases.py``."""
        return self.inner.cases(job)

    def describe(self) -> Mapping[str, str]:
        """Toolchain and walls."""
        return self.inner.describe()

    def promises(self) -> Sequence[str]:
        """Promises that are weaker on this machine."""
        return self.inner.promises()

    def trouble(self) -> str:
        """Why nothing can be run at the moment."""
        return self.inner.trouble()

    def lanes(self) -> Lanes:
        """What there is to run jobs in."""
        return self.inner.lanes()

    def close(self) -> None:
        """End every process of the inner sandbox."""
        self.inner.close()
