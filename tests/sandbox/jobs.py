"""Small jobs that the sandbox's tests share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sandbox.arrays import Array
from sandbox.entries import Call
from sandbox.jobs import (
    EagerCall,
    Evaluated,
    Failed,
    Failure,
    Finished,
    GradeEvent,
    GradeJob,
    Limits,
    RunJob,
    Sandbox,
    Signature,
)
from sandbox.tree import Leaf, Node

#: Calls ``f(x)``.
F = Call("f", ("x",))

#: Tight enough that a test of a limit is short, wide enough for honest code on a busy machine.
LIMITS = Limits(trace_seconds=5, evaluate_seconds=8, memory=1 << 30)

GOOD = "def f(x):\n    return x * 2\n"


def vector(size: int, values: Sequence[float] | None = None) -> Signature:
    """The signature ``f(float32[size])`` with one value set."""
    array = np.arange(size, dtype=np.float32) if values is None else np.array(values, np.float32)
    return Signature(F, Node("tuple", (Leaf("float32", (size,)),)), ((array,),))


def grade_job(source: str, sizes: Sequence[int] = (3,), limits: Limits = LIMITS) -> GradeJob:
    """Grade ``f(x)`` on vectors of the given sizes."""
    return GradeJob(source, tuple(vector(size) for size in sizes), limits=limits)


def run_job(source: str, *values: Array, limits: Limits = LIMITS) -> RunJob:
    """Call ``f(x)`` eagerly on each value, a scalar if there is none."""
    calls = [
        EagerCall(F, Node("tuple", (Leaf(value.dtype.name, value.shape),)), (value,))
        for value in values or (np.array(1, np.float32),)
    ]
    return RunJob(source, tuple(calls), limits=limits)


def grade(sandbox: Sandbox, source: str, sizes: Sequence[int] = (3,), limits: Limits = LIMITS) -> list[GradeEvent]:
    """Every event of grading ``f(x)``."""
    return list(sandbox.grade(grade_job(source, sizes, limits)))


def failure(sandbox: Sandbox, source: str, sizes: Sequence[int] = (3,), limits: Limits = LIMITS) -> Failure:
    """The one failure of a submission that must fail."""
    events = grade(sandbox, source, sizes, limits)
    assert not any(isinstance(event, Evaluated) for event in events), "it must not be evaluated"
    (failed,) = [event for event in events if isinstance(event, Failed)]
    return failed.failure


def printed(sandbox: Sandbox, source: str) -> str:
    """What a submission printed while it was traced."""
    (finished,) = [event for event in grade(sandbox, source) if isinstance(event, Finished)]
    return finished.printed


def outputs(sandbox: Sandbox, source: str, sizes: Sequence[int] = (3,)) -> list[tuple[np.ndarray, ...]]:
    """The outputs of a submission that must work, one entry per size."""
    events = grade(sandbox, source, sizes)
    assert not [event for event in events if isinstance(event, Failed)], events
    return [event.outputs for event in events if isinstance(event, Evaluated)]


def assert_healthy(sandbox: Sandbox) -> None:
    """An ordinary right submission is evaluated, and rightly."""
    ((result,),) = outputs(sandbox, GOOD)
    np.testing.assert_array_equal(result, np.array([0, 2, 4], np.float32))
