"""Programs that never went through the vetter, given straight to the evaluator: the last wall, without the one before.

Invariant: whatever such a program does to the evaluator, the job ends within its limits as that program's own failure,
and the lane judges the next job rightly.
"""

from __future__ import annotations

import random
import textwrap
import time
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pytest
from jaxlib.mlir.dialects import stablehlo

from sandbox.jobs import Evaluated, Failed, FailureKind, GradeEvent, GradeJob, Limits, Signature, Vetted
from sandbox.lane import Clock
from sandbox.pool import PooledSandbox
from sandbox.stages.evaluation import Evaluation
from sandbox.tree import Leaf, Node
from tests.backends import Backend, parameters
from tests.hostile import leftovers
from tests.sandbox.jobs import GOOD, F, assert_healthy, outputs

_LIMITS = Limits(trace_seconds=5, evaluate_seconds=4, memory=1 << 30, result=16 << 20)
_VALUE = np.array([3.0, 1.0, 2.0], np.float32)
_SIGNATURE = Signature(F, Node("tuple", (Leaf("float32", (3,)),)), ((_VALUE,), (_VALUE + 1,)))
_JOB = GradeJob(GOOD, (_SIGNATURE,), limits=_LIMITS)
_VECTOR = Leaf("float32", (3,))


@dataclass(frozen=True)
class Walled:
    """A warm backend with one lane, and what the machine looked like then."""

    backend: Backend
    sandbox: PooledSandbox
    before: leftovers.Leftovers

    def evaluate(self, program: bytes, returns: Leaf = _VECTOR, calls: tuple[str, ...] = ()) -> list[GradeEvent]:
        """Every event of a program that the evaluator is told was vetted."""
        vetted = Vetted(0, returns, "0" * 64, 1, {}, calls, {"cpu": "0" * 64})
        with self.sandbox._lane() as lane, Evaluation(lane, _JOB, Clock()) as evaluation:
            evaluation.submit(vetted, program)
            return [*evaluation.ready(), *evaluation.results()]


@pytest.fixture(scope="module", params=parameters(brief=True))
def warm(request: pytest.FixtureRequest) -> Iterator[Walled]:
    """One warm sandbox of each backend."""
    backend: Backend = request.param
    sandbox = backend.open()
    try:
        assert isinstance(sandbox, PooledSandbox)
        assert_healthy(sandbox)
        yield Walled(backend, sandbox, leftovers.steady(backend.leftovers))
    finally:
        sandbox.close()


@pytest.fixture
def walled(warm: Walled) -> Iterator[Walled]:
    """The same; after the test it must judge rightly, and nothing may be left."""
    yield warm
    for seconds in (5, 30):
        assert_healthy(warm.sandbox)
        left = leftovers.settle(warm.before, warm.backend.leftovers, seconds)
        if not left:
            return
    pytest.fail(f"it has left (before, after): {left}")


def _program(text: str) -> bytes:
    return bytes(stablehlo.serialize_portable_artifact_str(textwrap.dedent(text), stablehlo.get_current_version()))


def _main(body: str, result: str = "tensor<3xf32>", more: str = "") -> bytes:
    return _program(f"{more}\nfunc.func @main(%a: tensor<3xf32>) -> {result} {{\n{body}\n}}")


_LU = """
  %m = stablehlo.constant dense<2.0> : tensor<{n}x{n}xf32>
  %r:3 = stablehlo.custom_call @lapack_sgetrf_ffi(%m) {{mhlo.backend_config = {{}},
    operand_layouts = [dense<[0, 1]> : tensor<2xindex>],
    result_layouts = [dense<[0, 1]> : tensor<2xindex>, dense<0> : tensor<1xindex>, dense<> : tensor<0xindex>]}}
    : (tensor<{n}x{n}xf32>) -> (tensor<{n}x{n}xf32>, tensor<1xi32>, tensor<i32>)
  %s = stablehlo.slice %r#0 [0:1, 0:3] : (tensor<{n}x{n}xf32>) -> tensor<1x3xf32>
  %o = stablehlo.reshape %s : (tensor<1x3xf32>) -> tensor<3xf32>
  return %o : tensor<3xf32>"""

_CALL = """
  %0 = stablehlo.custom_call @{target}(%a) {{api_version = {api} : i32, backend_config = {config}}}
    : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>"""

_WHILE = """
  %0 = stablehlo.while(%c = %a) : tensor<3xf32>
    cond { %t = stablehlo.constant dense<true> : tensor<i1> stablehlo.return %t : tensor<i1> }
    do { %n = stablehlo.add %c, %c : tensor<3xf32> stablehlo.return %n : tensor<3xf32> }
  return %0 : tensor<3xf32>"""

_LARGE = """
  %i = stablehlo.iota dim = 0 : tensor<{n}xf32>
  %s = "stablehlo.sort"(%i) ({{
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %t = stablehlo.compare LT, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %t : tensor<i1>
  }}) {{dimension = 0 : i64, is_stable = true}} : (tensor<{n}xf32>) -> tensor<{n}xf32>
  %o = stablehlo.slice %s [0:3] : (tensor<{n}xf32>) -> tensor<3xf32>
  return %o : tensor<3xf32>"""

_RECURSION = """
  %0 = func.call @main(%a) : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>"""

_SORT = """
  %0 = "stablehlo.sort"(%a) ({
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %t = stablehlo.compare NE, %x, %y : (tensor<f32>, tensor<f32>) -> tensor<i1>
      stablehlo.return %t : tensor<i1>
  }) {dimension = 0 : i64, is_stable = false} : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>"""

_INFEED = """
  %t = stablehlo.create_token : !stablehlo.token
  %r:2 = "stablehlo.infeed"(%t) {infeed_config = "", layout = [[0]]}
    : (!stablehlo.token) -> (tensor<3xf32>, !stablehlo.token)
  return %r#0 : tensor<3xf32>"""

_REDUCE = """
  %0 = "stablehlo.all_reduce"(%a) ({
    ^bb0(%x: tensor<f32>, %y: tensor<f32>):
      %s = stablehlo.add %x, %y : tensor<f32>
      stablehlo.return %s : tensor<f32>
  }) {replica_groups = dense<[[0, 1, 2, 3]]> : tensor<1x4xi64>} : (tensor<3xf32>) -> tensor<3xf32>
  return %0 : tensor<3xf32>"""

_POINTER = "backend_config = {index = 4702111234474983745 : ui64}"
_ANY: tuple[FailureKind, ...] = ("compile", "runtime", "crash", "time", "memory")

#: name -> (program, failure kinds it may end in)
PROGRAMS: dict[str, tuple[bytes, tuple[FailureKind, ...]]] = {
    "no program": (b"", ("compile",)),
    "noise": (bytes(range(256)) * 64, ("compile",)),
    "the magic alone": (b"ML\xefRStableHLO_v1.0.0\x00", ("compile", "crash")),
    "another machine's program": (b"\x7fELF" + bytes(4096), ("compile",)),
    "two inputs": (
        _program(
            "func.func @main(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<3xf32> { return %b : tensor<3xf32> }"
        ),
        _ANY,
    ),
    "no input": (
        _program(
            "func.func @main() -> tensor<3xf32> { %0 = stablehlo.constant dense<1.0> : tensor<3xf32> "
            "return %0 : tensor<3xf32> }"
        ),
        _ANY,
    ),
    "another dtype": (
        _program("func.func @main(%a: tensor<3xf64>) -> tensor<3xf64> { return %a : tensor<3xf64> }"),
        _ANY,
    ),
    "another result": (_main("return %a, %a : tensor<3xf32>, tensor<3xf32>", "(tensor<3xf32>, tensor<3xf32>)"), _ANY),
    "an endless loop": (_main(_WHILE), ("time",)),
    "twenty gigabytes": (_main(_LARGE.format(n=5 << 30)), ("memory",)),
    "three gigabytes": (_main(_LARGE.format(n=3 << 28)), ("memory",)),
    "more elements than there are bytes": (_main(_LARGE.format(n=1 << 61)), _ANY),
    "a program that calls itself": (_main(_RECURSION), _ANY),
    "a kernel nobody has": (_main(_CALL.format(target="allclose_hostile", api=2, config='""')), _ANY),
    "a Python callback": (
        _main(_CALL.format(target="xla_ffi_python_cpu_callback", api=4, config="{index = 7 : ui64}")),
        _ANY,
    ),
    "an older Python callback": (
        _main(_CALL.format(target="xla_python_cpu_callback", api=2, config='"4702111234474983745"')),
        _ANY,
    ),
    "a function of the C library": (_main(_CALL.format(target="system", api=1, config='""')), _ANY),
    "values of the host": (_main(_INFEED), _ANY),
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_that_was_never_vetted_fails_alone(walled: Walled, name: str) -> None:
    """The evaluator would hang, take the next submission along, or return what it cannot have computed."""
    program, kinds = PROGRAMS[name]
    start = time.monotonic()
    events = walled.evaluate(program)
    assert time.monotonic() - start < 30, "limits must end it"
    assert events
    for event in events:
        assert isinstance(event, Failed), event
        assert event.failure.kind in kinds, event.failure


@pytest.mark.parametrize("size", [4, 64, 512])
def test_a_kernel_that_writes_beyond_its_output_dies_alone(walled: Walled, size: int) -> None:
    """LAPACK believes the shapes it is called with: the evaluator's memory is damaged, and only its own."""
    events = walled.evaluate(_main(_LU.format(n=size)), calls=("lapack_sgetrf_ffi",))
    assert events
    for event in events:
        assert isinstance(event, Evaluated | Failed)
        assert not isinstance(event, Failed) or event.failure.kind in _ANY


def test_a_kernel_that_writes_beyond_its_output_in_the_shared_evaluator_is_retried_alone(walled: Walled) -> None:
    """Damage in the process that serves everybody would show in the next submission's values."""
    for _ in range(3):
        walled.evaluate(_main(_LU.format(n=512)))
        assert outputs(walled.sandbox, GOOD)


@pytest.mark.parametrize("body", [_SORT, _REDUCE], ids=["a sort without an order", "a sum over other machines"])
def test_what_need_not_fail_leaves_the_next_job_right(walled: Walled, body: str) -> None:
    """A sort by what is no order reads and writes beside its array, and other machines could be waited for."""
    events = walled.evaluate(_main(body))
    assert events
    for event in events:
        assert isinstance(event, Evaluated | Failed)


def test_a_constant_of_many_megabytes_is_no_danger(walled: Walled) -> None:
    """A program larger than any pipe's buffer would stop the relay between the walls."""
    values = ", ".join(str(number % 97) + ".0" for number in range(1 << 18))
    body = f"""
      %c = stablehlo.constant dense<[{values}]> : tensor<{1 << 18}xf32>
      %s = stablehlo.slice %c [0:3] : (tensor<{1 << 18}xf32>) -> tensor<3xf32>
      return %s : tensor<3xf32>"""
    evaluated = [event for event in walled.evaluate(_main(body)) if isinstance(event, Evaluated)]
    assert [event.outputs[0].tolist() for event in evaluated] == [[0.0, 1.0, 2.0]] * 2


def test_a_result_larger_than_a_case_may_return_is_refused(walled: Walled) -> None:
    """A result would fill the memory of the process that judges."""
    size = 8 << 20
    body = f"%0 = stablehlo.iota dim = 0 : tensor<{size}xf32>\nreturn %0 : tensor<{size}xf32>"
    for returns in (Leaf("float32", (size,)), _VECTOR):  # told truly, and not
        for event in walled.evaluate(_main(body, f"tensor<{size}xf32>"), returns):
            assert isinstance(event, Failed), event


def test_damaged_programs_end_within_their_limits(walled: Walled) -> None:
    """The parser hangs or dies on some damage, and the compiler on other: nobody else may notice."""
    choice = random.Random(20261121)
    program = _main(_SORT)
    for _ in range(30):
        mutant = bytearray(program)
        for _ in range(choice.randint(1, 4)):
            mutant[choice.randrange(len(mutant))] = choice.randrange(256)
        start = time.monotonic()
        events = walled.evaluate(bytes(mutant))
        assert events
        assert time.monotonic() - start < 30, "limits must end it"
