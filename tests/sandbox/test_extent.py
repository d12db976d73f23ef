"""Programs that run for microseconds are told from those that may run for long, and compiled without optimising."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from jax import lax
from jax._src.interpreters import mlir
from jaxlib.mlir import ir
from jaxlib.mlir.dialects import stablehlo

from sandbox.entries import Call
from sandbox.inside import flags
from sandbox.inside.extent import extent
from sandbox.jobs import Evaluated, GradeJob, Sandbox, Signature
from sandbox.tree import Leaf, Node

_LEVEL = "xla_backend_optimization_level"


def module_of(function: Callable[..., Any], *arguments: jax.Array) -> ir.Module:
    """A function's program, in a context that is entered."""
    exported = jax.export.export(jax.jit(function))(*arguments)
    return stablehlo.deserialize_portable_artifact(ir.Context.current, exported.mlir_module_serialized)


def extent_of(function: Callable[..., Any], *arguments: jax.Array) -> float:
    """The extent of a function's program."""
    with mlir.make_ir_context():
        return extent(module_of(function, *arguments))


def flags_of(function: Callable[..., Any], *arguments: jax.Array, optimised: bool = False) -> dict[str, Any]:
    """What a function's program is compiled with."""
    with mlir.make_ir_context():
        return flags.prepare(module_of(function, *arguments), "cpu", optimised=optimised)


def test_what_counts_is_elements() -> None:
    """A thousand times as many are a thousand times as much."""
    few, many = [extent_of(lambda x: jnp.sin(x) + 1, jnp.ones(size)) for size in (10, 10_000)]
    assert many == pytest.approx(1000 * few, rel=0.1)


@pytest.mark.parametrize(
    "loop",
    [
        lambda x, times: lax.fori_loop(0, times, lambda i, c: jnp.sin(c) + i, x),
        lambda x, times: lax.scan(lambda c, r: (jnp.sin(c) + r, c), x, jnp.ones((times, 100)))[0],
        lambda x, times: lax.while_loop(lambda s: s[0] > 0, lambda s: (s[0] - 1, jnp.sin(s[1])), (times, x))[1],
    ],
    ids=["fori", "scan", "countdown"],
)
def test_a_counted_loop_counts_as_often_as_it_is_passed(loop: Callable[[jax.Array, int], jax.Array]) -> None:
    """Also in a function that is called, and in a loop within a loop."""
    once, often = [extent_of(lambda x, times=times: loop(x, times), jnp.ones(100)) for times in (10, 1000)]
    assert often == pytest.approx(100 * once, rel=0.3)
    nested = extent_of(
        lambda x: lax.fori_loop(0, 50, lambda _, c: jax.jit(loop, static_argnums=1)(c, 10), x), jnp.ones(100)
    )
    assert nested == pytest.approx(50 * once, rel=0.3)


@pytest.mark.parametrize(
    "function",
    [
        lambda x: lax.while_loop(lambda c: jnp.sum(c) < 100, lambda c: c * 2, x),
        lambda x: lax.while_loop(lambda s: (s[0] < 5) & (s[1][0] < 9), lambda s: (s[0] + 1, s[1] * 2), (0, x))[1],
        lambda x: lax.fori_loop(0, jnp.int32(x[0]), lambda _, c: c * 2, x),
        lambda x: lax.while_loop(lambda s: s[0] != 1j, lambda s: (s[0] * 1j, s[1] * 2), (jnp.complex64(1), x))[1],
        lambda x: lax.reduce_window(x, 0.0, lax.add, (50,), (1,), "same"),
    ],
    ids=["condition", "counter and condition", "an argument counts", "complex", "window"],
)
def test_what_is_not_known_is_without_end(function: Callable[[jax.Array], jax.Array]) -> None:
    """And what is around it does not make it known."""
    assert extent_of(function, jnp.ones(100)) == math.inf
    assert extent_of(lambda x: lax.fori_loop(0, 3, lambda _, c: function(c), x), jnp.ones(100)) == math.inf
    assert _LEVEL not in flags_of(function, jnp.ones(100))


def test_no_size_is_too_large_to_be_told() -> None:
    """Loops in loops would make a number that is none."""

    def deep(x: jax.Array, depth: int) -> jax.Array:
        return lax.fori_loop(0, 1 << 30, lambda _, c: deep(c, depth - 1), x) if depth else x + 1

    assert extent_of(lambda x: deep(x, 40), jnp.ones(3)) > 1e300
    sorts = extent_of(jnp.sort, jnp.ones(1000))
    assert 10_000 < sorts < 1_000_000


def test_a_convolution_counts_every_product() -> None:
    """Of some types it is written as loops, thirty times as slow where nothing is optimised."""
    small, large = (extent_of(jnp.correlate, jnp.ones(9 * size), jnp.ones(size)) for size in (10, 10_000))
    assert small < 10_000
    assert large > 100_000_000


def test_what_is_nested_too_deeply_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The vetter lets more levels through than Python's stack has, and the learner would be told of a recursion."""

    def too_deep(_: ir.Module) -> float:
        raise RecursionError

    monkeypatch.setattr(flags, "extent", too_deep)
    monkeypatch.setattr(flags, "emissions", too_deep)
    chosen = flags_of(jnp.sin, jnp.ones(3))
    assert _LEVEL not in chosen
    assert chosen["xla_cpu_use_fusion_emitters"] is True


_X86 = pytest.mark.skipif(not flags.instructions(), reason="fused products are in use on this architecture")


@_X86
def test_only_what_is_short_is_not_optimised() -> None:
    """And not what is raced: there the code that is written decides."""
    short, large = jnp.ones(100), jnp.ones(1_000_000)
    assert flags_of(jnp.sin, short)[_LEVEL] == 0
    assert _LEVEL not in flags_of(jnp.sin, large)
    assert _LEVEL not in flags_of(jnp.sin, short, optimised=True)
    assert "elements<=" in flags.described("cpu")


@_X86
def test_a_value_is_the_same_wherever_it_is_computed(sandbox: Sandbox) -> None:
    """Nothing would equal its own maximum where a product and a sum are rounded once, and gradients be infinite."""
    source = (
        "import jax.numpy as jnp\n\ndef f(w, b, x):\n    s = x @ w + b\n"
        "    return (s == s.max(axis=1, keepdims=True)).astype(jnp.float32).sum(axis=1)\n"
    )
    shapes = (1, 5), (5,), (200, 1)
    rng = np.random.default_rng(0)
    values = tuple(rng.normal(size=shape).astype(np.float32) for shape in shapes)
    arguments = Node("tuple", tuple(Leaf("float32", shape) for shape in shapes))
    job = GradeJob(source, (Signature(Call("f", ("w", "b", "x")), arguments, (values,)),))
    (told,) = [event for event in sandbox.grade(job) if isinstance(event, Evaluated)]
    np.testing.assert_array_equal(told.outputs[0], np.ones(200))


_BOTH_WAYS = """
import numpy as np
from jax.export import export
import jax, jax.numpy as jnp
from sandbox.inside.evaluate import Evaluator

def mixed(x):
    return jax.nn.softmax(x @ x.T, axis=-1) @ jnp.tanh(x) + jnp.cumsum(x * x + 1, axis=0) - x[0] * x

evaluator = Evaluator("cpu")
program = export(jax.jit(mixed), platforms=("cpu",))(jax.ShapeDtypeStruct((20, 20), jnp.float32)).mlir_module_serialized
x = np.random.default_rng(0).normal(size=(20, 20)).astype(np.float32)
executables = [evaluator.compiled(program, optimised=optimised)[0] for optimised in (False, True)]
assert executables[0] is not executables[1]
assert evaluator.compiled(program)[0] is executables[0]
(plain,), (optimised,) = [evaluator.run(executable, [x])[0] for executable in executables]
np.testing.assert_array_equal(plain, optimised)
"""


def test_both_ways_return_the_same_bits() -> None:
    """A program would be right where it is short, and wrong where it is raced, or the other way round."""
    # In a process of its own: this one has read XLA's flags already, and goes on without 64-bit types.
    done = subprocess.run([sys.executable, "-c", _BOTH_WAYS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
