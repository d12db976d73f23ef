"""Programs that were traced before: vetted and evaluated again, and nothing of the source is run."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from sandbox.jobs import Evaluated, Failed, Finished, GradeEvent, GradeJob, TracedProgram, Vetted
from sandbox.pool import PooledSandbox
from tests.sandbox.jobs import LIMITS, grade_job

PRINTS = "print('loaded')\n\n\ndef f(x):\n    print('traced')\n    return x * 2, x.sum()\n"
RAISES = "raise RuntimeError('this was run')\n"
SIZES = (3, 5)

Kind = TypeVar("Kind", bound=GradeEvent)


def _found(events: list[GradeEvent], kind: type[Kind]) -> list[Kind]:
    return [event for event in events if isinstance(event, kind)]


def _traced(sandbox: PooledSandbox) -> tuple[list[GradeEvent], tuple[TracedProgram, ...]]:
    events = list(sandbox.grade(grade_job(PRINTS, SIZES)))
    return events, tuple(TracedProgram(event.program, event.returns) for event in _found(events, Vetted))


def _again(*programs: TracedProgram) -> GradeJob:
    return replace(grade_job(RAISES, SIZES[: len(programs)]), traced=programs)


def test_the_same_comes_out_and_no_python_is_run(sandbox: PooledSandbox) -> None:
    """A rejudging would run every learner's code again, or judge something else."""
    first, programs = _traced(sandbox)
    second = list(sandbox.grade(_again(*programs)))
    assert not _found(second, Failed)
    assert _found(second, Vetted) == _found(first, Vetted)
    for before, after in zip(_found(first, Evaluated), _found(second, Evaluated), strict=True):
        assert (before.signature, before.draw) == (after.signature, after.draw)
        for was, is_now in zip(before.outputs, after.outputs, strict=True):
            np.testing.assert_array_equal(was, is_now)
    (finished,) = _found(second, Finished)
    assert (finished.printed, finished.traced) == ("", 0)


def test_stored_programs_are_not_believed(sandbox: PooledSandbox, healthy_after: PooledSandbox) -> None:
    """Whoever could write into the database would have bytes evaluated that no vetter has seen."""
    _, (small, large) = _traced(sandbox)
    bad = (
        replace(small, program=b"no program"),
        replace(small, program=b""),
        replace(small, program=small.program[:-20]),
        large,  # of another type than the signature's
        replace(small, returns=large.returns),
        replace(small, program=b"\0" * (LIMITS.artifact + 1)),
    )
    for program in bad:
        events = list(sandbox.grade(_again(program)))
        assert not _found(events, Evaluated)
        assert not _found(events, Vetted)
        assert [event.signature for event in _found(events, Failed)] == [0]
    del healthy_after
