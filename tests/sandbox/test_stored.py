"""Stored programs: what was vetted before is evaluated again, with the same bounds and without anybody's Python."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sandbox.jobs import (
    Evaluated,
    EvaluateJob,
    Failed,
    GradeJob,
    Limits,
    Sandbox,
    SandboxUnavailable,
    Signature,
    StoredProgram,
    Vetted,
)
from sandbox.local import LocalSandbox
from sandbox.pool import PooledSandbox
from sandbox.tree import Leaf, Node
from tests.sandbox.jobs import LIMITS, F

DOUBLE = "def f(x):\n    return x * 2\n"
EIGENVALUES = "import jax.numpy as jnp\n\n\ndef f(x):\n    return jnp.linalg.eigvalsh(x)\n"
ENDLESS = "import jax\n\n\ndef f(x):\n    return jax.lax.while_loop(lambda y: y[0] > 0, lambda y: 1.5 * y, x)\n"


def stored(sandbox: Sandbox, source: str, *values: np.ndarray) -> StoredProgram:
    """The program of a source, traced and vetted for values of one type, which it is to be evaluated on."""
    arguments = Node("tuple", (Leaf(values[0].dtype.name, values[0].shape),))
    (vetted,) = [
        event
        for event in sandbox.grade(GradeJob(source, (Signature(F, arguments),), x64=True))
        if isinstance(event, Vetted)
    ]
    inputs = tuple((value,) for value in values)
    return StoredProgram(vetted.program, vetted.returns, vetted.custom_calls, inputs)


def test_programs_are_evaluated_on_all_their_values(sandbox: PooledSandbox) -> None:
    """A comparison would be asked about one result and answer about another."""
    vectors = [np.arange(3, dtype=np.float32) + number for number in range(3)]
    square = np.diag(np.array([3, 1, 2], np.float64))
    programs = stored(sandbox, DOUBLE, *vectors), stored(sandbox, EIGENVALUES, square)
    assert (programs[0].custom_calls, len(programs[1].custom_calls)) == ((), 1)
    events = sandbox.evaluate(EvaluateJob(programs, limits=LIMITS))
    found = {(event.signature, event.draw): event.outputs[0] for event in events if isinstance(event, Evaluated)}
    assert len(events) == len(found) == 4
    for number, vector in enumerate(vectors):
        np.testing.assert_array_equal(found[0, number], 2 * vector)
    np.testing.assert_allclose(found[1, 0], [1, 2, 3])
    assert found[1, 0].dtype == np.float64


def test_values_that_programs_share_travel_once_and_arrive_everywhere(sandbox: PooledSandbox) -> None:
    """A thousand random results of one input would send it a thousand times, or mix up what belongs together."""
    large, keys = np.ones(1 << 16, np.float32), [np.float32(number) for number in range(500)]
    arguments = Node("tuple", (Leaf("float32", large.shape), Leaf("float32", ())))
    inputs = tuple((large, np.asarray(key)) for key in keys)
    call = replace(F, parameters=("x", "y"))
    source = "def f(x, y):\n    return x[0] + y\n"
    events = list(sandbox.grade(GradeJob(source, (Signature(call, arguments, inputs),), limits=LIMITS)))
    got = {event.draw: float(event.outputs[0]) for event in events if isinstance(event, Evaluated)}
    assert got == {number: 1.0 + number for number in range(500)}


def test_a_program_that_does_not_end_is_a_failure(sandbox: PooledSandbox) -> None:
    """A comparison that loops over what a learner returned would hold a lane for ever."""
    program = stored(sandbox, ENDLESS, np.ones(2, np.float32))
    (event,) = sandbox.evaluate(EvaluateJob((program,), limits=replace(LIMITS, evaluate_seconds=1.0)))
    assert isinstance(event, Failed)
    assert event.failure.kind == "time"
    again = stored(sandbox, DOUBLE, np.ones(2, np.float32))
    (event,) = sandbox.evaluate(EvaluateJob((again,), limits=LIMITS))
    assert isinstance(event, Evaluated)


def test_a_result_over_the_limit_of_its_signature_is_not_computed(sandbox: PooledSandbox) -> None:
    """Hundreds of random results could be larger together than the memory of the judge."""
    arguments = Node("tuple", (Leaf("float32", (8,)),))
    signature = Signature(F, arguments, ((np.ones(8, np.float32),),), result=31)
    events = list(sandbox.grade(GradeJob(DOUBLE, (signature,), limits=LIMITS)))
    (failed,) = [event for event in events if isinstance(event, Failed)]
    assert failed.failure.limit is not None
    assert (failed.failure.limit.name, failed.failure.limit.used, failed.failure.limit.allowed) == ("result", 32, 31)
    events = list(sandbox.grade(GradeJob(DOUBLE, (replace(signature, result=32),), limits=LIMITS)))
    assert [event for event in events if isinstance(event, Evaluated)]


def test_a_gpu_that_is_not_there_is_said_to_be_missing(default_sandbox: LocalSandbox) -> None:
    """The job would fail with a fault that tells an operator nothing."""
    with pytest.raises(SandboxUnavailable, match="GPU"):
        default_sandbox.evaluate(EvaluateJob((), device="gpu", limits=Limits()))


def test_nothing_to_evaluate_is_nothing(sandbox: PooledSandbox) -> None:
    """A submission whose results are all of the wrong type would wait for an evaluator."""
    assert list(sandbox.evaluate(EvaluateJob(()))) == []
