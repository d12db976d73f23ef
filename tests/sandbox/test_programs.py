"""Programs written by hand, as only an attacker would send them: the vetter and the evaluator must hold."""

from __future__ import annotations

import textwrap

import numpy as np
import pytest

from sandbox.jobs import Evaluated, Failed, GradeEvent, GradeJob, Limits, Signature, Vetted
from sandbox.local import LocalSandbox
from sandbox.tree import Leaf, Node
from tests.sandbox.jobs import LIMITS, F, assert_healthy, grade, run_job

#: A submission that sends the program TEXT instead of its own, and claims the type of RESULT.
_FORGER = """
import jax, jax.export, jax.numpy as jnp
from jaxlib.mlir.dialects import stablehlo
TEXT = {text!r}
class Forged:
    def __init__(self, real):
        self.out_avals = real.out_avals
        self.mlir_module_serialized = stablehlo.serialize_portable_artifact_str(
            TEXT, stablehlo.get_current_version())
export = jax.export.export
jax.export.export = lambda *a, **k: lambda *specs: Forged(export(*a, **k)(*specs))
def f(x):
    return {result}
"""


def forge(sandbox: LocalSandbox, text: str, result: str = "x * 2", limits: Limits = LIMITS) -> list[GradeEvent]:
    """Every event of a submission that sends ``text``."""
    return grade(sandbox, _FORGER.format(text=textwrap.dedent(text), result=result), limits=limits)


def refusal(sandbox: LocalSandbox, text: str, result: str = "x * 2") -> str:
    """Why the vetter refuses ``text``."""
    events = forge(sandbox, text, result)
    assert not any(isinstance(event, Vetted) for event in events), "it passed the vetter"
    (failed,) = [event.failure for event in events if isinstance(event, Failed)]
    return failed.message


_SVD = """
    func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {{
      %m = stablehlo.constant dense<1.0> : tensor<200x3xf32>
      %r:5 = stablehlo.custom_call @lapack_sgesdd_ffi(%m) {{{attributes}
        operand_layouts = [dense<[0, 1]> : tensor<2xindex>],
        result_layouts = [dense<[0, 1]> : tensor<2xindex>, dense<0> : tensor<1xindex>, dense<[0, 1]> : tensor<2xindex>,
                          dense<[0, 1]> : tensor<2xindex>, dense<> : tensor<0xindex>]}}
        : (tensor<200x3xf32>)
        -> (tensor<200x3xf32>, tensor<3xf32>, tensor<200x3xf32>, tensor<3x3xf32>, tensor<i32>)
      return %r#1 : tensor<3xf32>
    }}
"""


@pytest.mark.parametrize(
    "attributes",
    [
        "api_version = 4 : i32, mhlo.backend_config = {mode = 83 : ui8}, backend_config = {mode = 65 : ui8},",
        "api_version = 4 : i32, backend_config = {mode = 65 : ui8},",
        "mhlo.backend_config = {mode = 65 : ui8},",
        "mhlo.backend_config = {},",
        "",
        'mhlo.backend_config = {mode = 83 : ui8}, xla_shape = "(f32[200,200]{0,1})",',
    ],
)
def test_a_lapack_call_with_another_configuration_is_refused(default_sandbox: LocalSandbox, attributes: str) -> None:
    """The vetter would read one configuration and the kernel another, which writes beyond its output."""
    assert "lapack_sgesdd_ffi" in refusal(default_sandbox, _SVD.format(attributes=attributes))


@pytest.mark.parametrize("size", [17, 200])
@pytest.mark.parametrize("comparator", ["stablehlo.compare NE, %x, %y", "stablehlo.compare GE, %x, %y"])
def test_a_sort_without_an_order_stays_in_its_buffer(default_sandbox: LocalSandbox, comparator: str, size: int) -> None:
    """The shared evaluator would crash, or show what lies beside the array."""
    text = f"""
        func.func @main(%a: tensor<3xf32>) -> tensor<{size}xf32> {{
          %i = stablehlo.iota dim = 0 : tensor<{size}xf32>
          %s = "stablehlo.sort"(%i) ({{
            ^bb0(%x: tensor<f32>, %y: tensor<f32>):
              %t = {comparator} : (tensor<f32>, tensor<f32>) -> tensor<i1>
              stablehlo.return %t : tensor<i1>
          }}) {{dimension = 0 : i64, is_stable = false}} : (tensor<{size}xf32>) -> tensor<{size}xf32>
          return %s : tensor<{size}xf32>
        }}
    """
    events = forge(default_sandbox, text, f"jnp.zeros({size})")
    (evaluated,) = [event for event in events if isinstance(event, Evaluated)]
    assert sorted(evaluated.outputs[0]) == list(range(size))
    assert_healthy(default_sandbox)


def _chain(depth: int) -> str:
    """Functions that each call the next twice; the last one has the only sine."""
    functions = [
        f"""
        func.func private @f{number}(%a: tensor<3xf32>) -> tensor<3xf32> {{
          %0 = func.call @f{number + 1}(%a) : (tensor<3xf32>) -> tensor<3xf32>
          %1 = func.call @f{number + 1}(%0) : (tensor<3xf32>) -> tensor<3xf32>
          return %1 : tensor<3xf32>
        }}"""
        for number in range(depth)
    ]
    last = f"""
        func.func private @f{depth}(%a: tensor<3xf32>) -> tensor<3xf32> {{
          %0 = stablehlo.sine %a : tensor<3xf32>
          return %0 : tensor<3xf32>
        }}
        func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {{
          %0 = func.call @f0(%a) : (tensor<3xf32>) -> tensor<3xf32>
          return %0 : tensor<3xf32>
        }}"""
    return textwrap.dedent("".join([*functions, last]))


def test_operations_count_as_often_as_they_are_reached(default_sandbox: LocalSandbox) -> None:
    """An unrolled loop could hide behind functions that call each other."""
    (vetted,) = [event for event in forge(default_sandbox, _chain(8)) if isinstance(event, Vetted)]
    assert vetted.counts["stablehlo.sine"] == 2**8
    assert "more than 100,000 operations" in refusal(default_sandbox, _chain(40))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            """
            func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {
              %0 = func.call @main(%a) : (tensor<3xf32>) -> tensor<3xf32>
              return %0 : tensor<3xf32>
            }""",
            "circle",
        ),
        (
            """
            func.func private @g(%a: tensor<3xf32>) -> tensor<3xf32> {
              %0 = stablehlo.composite "chlo.g" %a {decomposition = @g} : (tensor<3xf32>) -> tensor<3xf32>
              return %0 : tensor<3xf32>
            }
            func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {
              %0 = func.call @g(%a) : (tensor<3xf32>) -> tensor<3xf32>
              return %0 : tensor<3xf32>
            }""",
            "circle",
        ),
        (
            """
            func.func private @g(tensor<3xf32>) -> tensor<3xf32>
            func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {
              %0 = func.call @g(%a) : (tensor<3xf32>) -> tensor<3xf32>
              return %0 : tensor<3xf32>
            }""",
            "body",
        ),
        (
            """
            func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {
              %l = stablehlo.constant dense<0.0> : tensor<f32>
              %h = stablehlo.constant dense<1.0> : tensor<f32>
              %s = stablehlo.constant dense<3> : tensor<1xi64>
              %0 = stablehlo.rng %l, %h, %s, distribution = UNIFORM
                : (tensor<f32>, tensor<f32>, tensor<1xi64>) -> tensor<3xf32>
              return %0 : tensor<3xf32>
            }""",
            "stablehlo.rng",
        ),
        (
            """
            func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {
              %t = stablehlo.create_token : !stablehlo.token
              return %a : tensor<3xf32>
            }""",
            "create_token",
        ),
        (
            """
            func.func @main(%a: tensor<3xf32>) -> tensor<3xf32> {
              %0 = stablehlo.custom_call @Sharding(%a) : (tensor<3xf32>) -> tensor<3xf32>
              return %0 : tensor<3xf32>
            }""",
            "Sharding",
        ),
        (
            """
            func.func @other(%a: tensor<3xf32>) -> tensor<3xf32> {
              return %a : tensor<3xf32>
            }""",
            "main",
        ),
    ],
)
def test_what_is_no_plain_computation_is_refused(default_sandbox: LocalSandbox, text: str, words: str) -> None:
    """The evaluator would recurse for ever, make values of its own, or talk to something outside."""
    assert words in refusal(default_sandbox, text)
    assert_healthy(default_sandbox)


def test_a_kernel_that_leaves_an_output_unwritten_shows_no_other_case(default_sandbox: LocalSandbox) -> None:
    """The inputs of a hidden case could be read from the output of a public one."""
    text = """
        func.func @main(%a: tensor<1600xf32>) -> tensor<1600xf32> {
          %m = stablehlo.reshape %a : (tensor<1600xf32>) -> tensor<40x40xf32>
          %r:5 = stablehlo.custom_call @lapack_sgesdd_ffi(%m) {mhlo.backend_config = {mode = 78 : ui8},
            operand_layouts = [dense<[0, 1]> : tensor<2xindex>],
            result_layouts = [dense<[0, 1]> : tensor<2xindex>, dense<0> : tensor<1xindex>,
              dense<[0, 1]> : tensor<2xindex>, dense<[0, 1]> : tensor<2xindex>, dense<> : tensor<0xindex>]}
            : (tensor<40x40xf32>)
            -> (tensor<40x40xf32>, tensor<40xf32>, tensor<40x40xf32>, tensor<40x40xf32>, tensor<i32>)
          %o = stablehlo.reshape %r#2 : (tensor<40x40xf32>) -> tensor<1600xf32>
          return %o : tensor<1600xf32>
        }
    """
    values = [np.zeros(1600), np.full(1600, 7.25), np.full(1600, 7.25), np.zeros(1600)]
    inputs = tuple((value.astype(np.float32),) for value in values)
    signature = Signature(F, Node("tuple", (Leaf("float32", (1600,)),)), inputs)
    job = GradeJob(_FORGER.format(text=textwrap.dedent(text), result="x * 2"), (signature,), limits=LIMITS)
    evaluated = [event for event in default_sandbox.grade(job) if isinstance(event, Evaluated)]
    assert len(evaluated) == 4
    for event in evaluated:
        # Every byte is the pattern with which memory is handed out or given back: nothing of what was there before.
        assert set(event.outputs[0].tobytes()) <= {0x5A, 0xA5}


def test_every_call_is_told_with_what_it_printed(default_sandbox: LocalSandbox) -> None:
    """On a busy machine a learner would read the prints of one call under another, or under none."""
    source = "import os\nprint('loading')\ndef f(x):\n    os.write(1, b'raw ')\n    print('call')\n    return x\n"
    for _ in range(20):
        result = default_sandbox.run(run_job(source, *[np.ones((), np.float32)] * 5))
        assert result.failure is None
        assert (result.printed, [call.printed for call in result.calls]) == ("loading\n", ["raw call\n"] * 5)
