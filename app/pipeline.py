"""The functions that stand between stored bytes and reports, as one value.

The service calls the reader, the publisher and the judge only through a ``Pipeline``, so that its own promises
(nothing lost, nothing judged twice, our faults never charged) can be tested with functions that fail on demand.
Invariant: ``production`` is the only one outside tests.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from app.judge import judge as judging
from app.judge import run as running
from app.judge.events import Event
from app.judge.run import RunReport
from app.judge.traces import Traces
from app.problems import folder, published
from app.problems.checking.check import Checked, check_problem
from app.problems.findings import Finding
from app.problems.model import Problem
from app.problems.published import Published
from app.problems.publishing import publish as publishing
from sandbox.jobs import Sandbox

__all__ = ["Pipeline", "RunReport", "production"]


class Judge(Protocol):
    """Judges a source, from what it was traced to before where that still fits."""

    def __call__(
        self, published: Published, source: bytes, sandbox: Sandbox, *, stored: Traces | None = None
    ) -> Generator[Event, None, None]:
        """Progress, the report last."""


@dataclass(frozen=True)
class Pipeline:
    """Every step may raise ``SandboxUnavailable``; whatever else one raises is our fault as well.

    Attributes:
        read: a folder as a problem, or what is wrong with it.
        publish: a problem with its cases and expected outputs; raises ``PublishFailed`` for the author's faults.
        load: what ``Published.dumps`` wrote.
        judge: progress of a grading, the report last.
        run: an eager run on public examples, or on the learner's own inputs.
        check: whether a problem grades as its author declares; with slips in the reference, if they are asked for.
    """

    read: Callable[[Path], Problem | list[Finding]]
    publish: Callable[[Problem, Sandbox], Published]
    load: Callable[[bytes], Published]
    judge: Judge
    run: Callable[[Published, bytes, Sandbox, object], RunReport]
    check: Callable[[Problem, Sandbox, bool], Checked]


def production() -> Pipeline:
    """The real functions."""
    return Pipeline(folder.read, publishing.publish, published.loads, judging.judge, running.run_public, _check)


def _check(problem: Problem, sandbox: Sandbox, mutants: bool) -> Checked:  # noqa: FBT001 - as a field has it
    # One submission at a time: attempts are waiting for lanes too.
    return check_problem(problem, sandbox, 1, mutants=mutants)
