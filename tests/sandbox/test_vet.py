"""The vetter and the evaluator, given what only an attacker would give them."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator

import jax
import jax.export
import jax.numpy as jnp
import numpy as np
import pytest

from sandbox import tree as trees
from sandbox.frames import Message
from sandbox.jobs import Evaluated, Failed, Finished, Limits, Vetted
from sandbox.lane import Lane, WallSettings
from sandbox.local import LocalSandbox
from sandbox.slot import Exit, Expired, Slot
from sandbox.stream import ProcessStream
from sandbox.tree import Leaf
from sandbox.walls import outer
from tests.sandbox.jobs import GOOD, LIMITS, assert_healthy, failure, grade, grade_job, outputs

_VECTOR = [trees.to_json(Leaf("float32", (3,)))]
#: A submission takes ten times as long as the vetter alone, which gets ten times as many.
_SENT = int(os.environ.get("ALLCLOSE_MUTANTS", "100"))
_MUTANTS = 10 * _SENT


def artifact(function: Callable[..., jax.Array], *shapes: tuple[int, ...]) -> bytes:
    """The StableHLO of ``function`` on float32 arrays, as an honest tracer would send it."""
    specs = [jax.ShapeDtypeStruct(shape, jnp.float32) for shape in shapes]
    exported = jax.export.export(jax.jit(function, keep_unused=True), platforms=("cpu",))(*specs)
    return bytes(exported.mlir_module_serialized)


@pytest.fixture(scope="module")
def lane() -> Iterator[Lane]:
    """A lane of its own, whose vetter children the tests talk to directly."""
    view = outer.host_view()
    command = outer.command(outer.available()[0], view)
    settings = WallSettings(view.readable, own_users=outer.is_root())
    made = Lane(77, lambda _: Slot(ProcessStream(command, outer.environment(view))), settings)
    yield made
    made.close()


def vet(lane: Lane, program: bytes, inputs: object = None, returns: object = None) -> Message | Exit:
    """One program through a vetter of its own."""
    header = {"platform": "cpu", "operations": 1000, "inputs": inputs or _VECTOR, "returns": returns or _VECTOR}
    deadline = time.monotonic() + 1  # some damage makes the parser run for ever
    with lane.child(lane.hostile, "vet", Limits(), cpu_seconds=20, max_body=1 << 24) as child:
        child.send(Message(header, program), deadline)
        try:
            return child.receive(deadline)
        except Expired:
            return child.end()


def test_a_clean_program_passes_and_loses_its_names(lane: Lane) -> None:
    """Two learners' equal programs would not be known to be equal, or foreign names would travel on."""

    def a_telling_name(a_telling_argument: jax.Array) -> jax.Array:
        return a_telling_argument + 1

    def another(argument: jax.Array) -> jax.Array:
        return argument + 1

    first, second = vet(lane, artifact(a_telling_name, (3,))), vet(lane, artifact(another, (3,)))
    assert isinstance(first, Message)
    assert isinstance(second, Message)
    assert first.header["type"] == "vetted"
    assert first.header["counts"]["stablehlo.add"] == 1
    assert b"telling" not in first.body
    assert first.body == second.body


@pytest.mark.parametrize(
    ("inputs", "returns"),
    [
        ([trees.to_json(Leaf("float32", (4,)))], None),
        ([trees.to_json(Leaf("int32", (3,)))], None),
        ([*_VECTOR, *_VECTOR], None),
        (None, [trees.to_json(Leaf("float32", ()))]),
        (None, [*_VECTOR, *_VECTOR]),
    ],
)
def test_another_signature_is_refused(lane: Lane, inputs: object, returns: object) -> None:
    """A program could be given arrays of other types than it was compiled for."""
    reply = vet(lane, artifact(jnp.sin, (3,)), inputs, returns)
    assert isinstance(reply, Message)
    assert reply.header["type"] == "refused"


def test_too_many_operations_are_refused(lane: Lane) -> None:
    """An unrolled loop would keep the compiler busy for minutes."""

    def unrolled(x: jax.Array) -> jax.Array:
        for _ in range(1001):
            x = x + 1
        return x

    reply = vet(lane, artifact(unrolled, (3,)))
    assert isinstance(reply, Message)
    assert "more than 1000 operations" in reply.header["message"]


@pytest.mark.parametrize("garbage", [b"", b"x", b"ML\xefR", b"\0" * 10_000, bytes(range(256)) * 100])
def test_garbage_is_refused(lane: Lane, garbage: bytes) -> None:
    """Bytes that are no program would reach the evaluator or look like a fault of ours."""
    reply = vet(lane, garbage)
    assert isinstance(reply, Exit) or reply.header["type"] == "refused"


def _mutants(program: bytes, count: int) -> list[bytes]:
    """The program with one to eight random bytes changed, the same ones in every run."""
    choice = random.Random(20261121)
    mutants = []
    for _ in range(count):
        mutant = bytearray(program)
        for _ in range(choice.randint(1, 8)):
            mutant[choice.randrange(len(mutant))] = choice.randrange(256)
        mutants.append(bytes(mutant))
    return mutants


def test_mutants_never_get_an_unvetted_byte_through(lane: Lane) -> None:
    """A damaged artifact would hang or kill the slot, or come out of the vetter unread."""
    program = artifact(lambda x: jnp.cumsum(jnp.where(x > 0, jnp.sin(x), x @ x)), (3,))
    ends = {"vetted": 0, "refused": 0, "died": 0}
    for mutant in _mutants(program, _MUTANTS):
        reply = vet(lane, mutant)
        ends["died" if isinstance(reply, Exit) else reply.header["type"]] += 1
    assert sum(ends.values()) == _MUTANTS
    assert ends["refused"] > 0
    again = vet(lane, program)
    assert isinstance(again, Message)
    assert again.header["type"] == "vetted"


#: A submission that sends other bytes than its program's: the learner owns the exporter.
_FORGER = """
import jax, jax.export
MUTANT = {mutant!r}
class Forged:
    def __init__(self, real):
        self.out_avals = real.out_avals
        self.mlir_module_serialized = MUTANT
export = jax.export.export
jax.export.export = lambda *a, **k: lambda *specs: Forged(export(*a, **k)(*specs))
def f(x):
    return x * 2
"""


def test_mutants_sent_as_submissions_change_no_other_verdict(default_sandbox: LocalSandbox) -> None:
    """A damaged artifact in a submission would spoil the evaluator for the submissions after it."""
    program = artifact(lambda x: jnp.sin(x) * 2 + x[0], (3,))
    for number, mutant in enumerate(_mutants(program, _SENT)):
        events = grade(default_sandbox, _FORGER.format(mutant=mutant))
        kinds = {type(event) for event in events}
        assert kinds & {Evaluated, Failed}, events
        assert kinds <= {Vetted, Evaluated, Failed, Finished}
        if number % 20 == 0:
            assert_healthy(default_sandbox)
    assert_healthy(default_sandbox)


def test_an_artifact_edited_by_hand_cannot_call_foreign_kernels(default_sandbox: LocalSandbox) -> None:
    """Switching off the exporter's own checks would let a Python callback into the evaluator."""
    source = """
import jax, jax.export
export = jax.export.export
checks = [jax.export.DisabledSafetyCheck.custom_call("xla_ffi_python_cpu_callback")]
jax.export.export = lambda f, **k: export(f, disabled_checks=checks, **k)
def f(x):
    return jax.ffi.ffi_call("xla_ffi_python_cpu_callback", x)(x)
"""
    found = failure(default_sandbox, source)
    assert found.kind == "violation"
    assert "xla_ffi_python_cpu_callback" in found.message


def test_a_claimed_type_is_checked_against_the_program(default_sandbox: LocalSandbox) -> None:
    """A tracer could claim the shape that is asked for while its program returns another."""
    source = """
import jax, jax.export
class Forged:
    def __init__(self, real):
        self.mlir_module_serialized = real.mlir_module_serialized
        self.out_avals = [jax.core.ShapedArray((), real.out_avals[0].dtype)]
export = jax.export.export
jax.export.export = lambda *a, **k: lambda *specs: Forged(export(*a, **k)(*specs))
def f(x):
    return x
"""
    assert failure(default_sandbox, source).kind == "violation"


_LINALG = {
    "cholesky": "jnp.linalg.cholesky(jnp.eye(3) * (x + 1))",
    "solve": "jnp.linalg.solve(jnp.eye(3) * (x + 1), x)",
    "qr": "jnp.linalg.qr(jnp.eye(3) * x)[1]",
    "svd": "jnp.linalg.svd(jnp.eye(3) * x)[1]",
    "eigh": "jnp.linalg.eigh(jnp.eye(3) * x)[0]",
    "eig": "jnp.linalg.eig(jnp.eye(3) * x)[0]",
    "batched": "jnp.linalg.inv(jnp.stack([jnp.eye(3) * (x + 1)] * 2))",
    "complex": "jnp.linalg.eigh((jnp.eye(3) * x).astype(complex))[0]",
}


@pytest.mark.parametrize("name", _LINALG)
def test_linear_algebra_with_the_right_shapes_is_evaluated(default_sandbox: LocalSandbox, name: str) -> None:
    """An honest factorisation would be refused as a foreign kernel."""
    source = f"import jax.numpy as jnp\ndef f(x):\n    return {_LINALG[name]}\n"
    ((found,),) = outputs(default_sandbox, source)
    scope = {"jnp": np, "x": np.arange(3, dtype=np.float32)}
    expected = eval(_LINALG[name].replace(".astype(complex)", ""), scope)
    np.testing.assert_allclose(
        np.sort_complex(np.abs(found).ravel()), np.sort_complex(np.abs(expected).ravel()), atol=1e-5
    )


def test_a_program_that_kills_the_evaluator_is_charged_alone(default_sandbox: LocalSandbox) -> None:
    """Killing the shared evaluator would take other programs' results along, or pass as our fault."""
    lane = next(iter(default_sandbox._open))
    evaluator = lane.shared_evaluator(LIMITS, LIMITS.result)
    source = "import jax.numpy as jnp\ndef f(x):\n    return jnp.sort(jnp.ones((4000, 4000)) * x[0], axis=0).sum()\n"
    events = default_sandbox.grade(grade_job(source))
    first = next(events)
    assert isinstance(first, Vetted)
    evaluator.end()
    assert [event for event in events if isinstance(event, Evaluated)], "retried alone and evaluated"
    assert_healthy(default_sandbox)
    assert outputs(default_sandbox, GOOD)
