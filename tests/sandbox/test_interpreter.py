"""Programs that are interpreted instead of compiled: which are, and that they return what compiled ones do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sandbox.arrays import Array
from sandbox.entries import Call
from sandbox.inside.interpreter import _KNOWN
from sandbox.jobs import Evaluated, Failed, GradeJob, Signature, Vetted
from sandbox.local import LocalSandbox
from sandbox.stages.cache import MemoryCache
from sandbox.tree import Leaf, Node
from tests.sandbox.jobs import GOOD, LIMITS, grade_job

#: Expressions of x, ``float32[2, 3]``, and of ``i``, the same as integers, that have every operation between them.
EXPRESSIONS = (
    "jnp.abs(x) + jnp.sign(x) * jnp.negative(x) - x / 2",
    "lax.atan2(x, x + 4), lax.cbrt(x), jnp.ceil(x), jnp.floor(x), jnp.clip(x, -1, 1), lax.clamp(x, x, x)",
    "(x > 0) & (x < 2), (x > 0) | (x < -1), (x > 0) ^ (x < 2), ~(x > 0), ~i, i & 3, i | 3, i ^ 3",
    "lax.clz(i), lax.population_count(i), i << 2, lax.shift_right_arithmetic(i, 1), lax.shift_right_logical(i, 1)",
    "lax.bitcast_convert_type(x, jnp.int32), jnp.concatenate([x, x], axis=1), jnp.pad(x, ((1, 0), (0, 2)))",
    "jnp.exp(x), jnp.expm1(x), jnp.log(x + 9), jnp.log1p(x + 9), jax.nn.sigmoid(x), jnp.tanh(x), lax.tan(x)",
    "jnp.sin(x), jnp.cos(x), jnp.sqrt(x + 9), lax.rsqrt(x + 9), (x + 9) ** 1.5, jnp.isfinite(x / 0), lax.rem(x, x + 9)",
    "lax.round(x, lax.RoundingMethod.AWAY_FROM_ZERO), lax.round(x, lax.RoundingMethod.TO_NEAREST_EVEN)",
    "lax.reduce_precision(x, 8, 7), lax.optimization_barrier(x), jnp.maximum(x, 0), jnp.minimum(x, 0), x.T, x.ravel()",
    "x @ x.T, jnp.einsum('ab,cb->ac', x, x), x.sum(0), x.max(), x[:, ::2], x[::-1]",
    "lax.conv_general_dilated(x[None, None], x[None, None, :2, :2], (1, 1), 'SAME')",
    "jnp.sort(x), jnp.argsort(x, axis=0)",
    "x[jnp.array([1, 0, 1])], lax.dynamic_slice(x, (i[0, 0], 0), (1, 2))",
    "lax.dynamic_update_slice(x, x[:1], (i[1, 1], 0)), jnp.where(x > 0, x, 1), jnp.arange(7) * x.sum()",
    "lax.fori_loop(0, 5, lambda n, y: y * 0.5 + n, x), lax.scan(lambda c, r: (c + r, c), x[0], x)",
    "lax.cond(x.sum() > 0, jnp.sin, jnp.cos, x), lax.switch(i[0, 0], [jnp.sin, jnp.cos, jnp.exp], x)",
    "jax.scipy.special.erf(x), lax.top_k(x, 2), lax.lgamma(x + 9), jax.random.normal(jax.random.key(3), (4,))",
    "jax.hessian(lambda x: (jnp.tanh(x) ** 2).sum())(x), jax.vmap(jax.grad(lambda r: jnp.sum(r**3)))(x)",
)
X = np.array([[1.5, -2.25, 0.25], [3.0, 0.5, -1.0]], np.float32)
#: JAX makes ``case`` of both.
_NOT_MADE = {"if"}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[LocalSandbox]:
    made = LocalSandbox()
    yield made
    made.close()


def _signature(entry: str, *values: Array) -> Signature:
    leaves = tuple(Leaf(value.dtype.name, value.shape) for value in values)
    names = ("x", "y")[: len(values)]
    return Signature(Call(entry, names), Node("tuple", leaves), (values,))


def _evaluated(sandbox: LocalSandbox, job: GradeJob) -> list[Evaluated]:
    events = list(sandbox.grade(job))
    assert not [event for event in events if isinstance(event, Failed)], events
    return [event for event in events if isinstance(event, Evaluated)]


def _is_interpreted(sandbox: LocalSandbox, source: str, *values: Any) -> bool:
    (result,) = _evaluated(sandbox, GradeJob(source, (_signature("f", *values),), limits=LIMITS, roughly=True))
    return result.compile_ms == 0


def _assert_same(rough: Evaluated, exact: Evaluated) -> None:
    assert (rough.signature, rough.draw) == (exact.signature, exact.draw)
    for mine, yours in zip(rough.outputs, exact.outputs, strict=True):
        assert (mine.dtype, mine.shape) == (yours.dtype, yours.shape)
        np.testing.assert_allclose(mine, yours, rtol=2e-5, atol=2e-6)


def test_every_operation_returns_what_it_does_when_compiled(sandbox: LocalSandbox) -> None:
    """A slip that is as right as the reference would count as found, or an operation end the process for all."""
    source = "import jax\nimport jax.numpy as jnp\nfrom jax import lax\n"
    for number, expression in enumerate(EXPRESSIONS):
        source += f"def f{number}(x):\n    i = x.astype(jnp.int32)\n    return {expression}\n"
    signatures = tuple(_signature(f"f{number}", X) for number in range(len(EXPRESSIONS)))
    job = GradeJob(source, signatures, limits=replace(LIMITS, trace_seconds=60, evaluate_seconds=60))
    events = list(sandbox.grade(replace(job, roughly=True)))
    rough = [event for event in events if isinstance(event, Evaluated)]
    exact = _evaluated(sandbox, job)
    assert [event.compile_ms > 0 for event in exact] == [True] * len(exact)
    assert [(event.signature, event.compile_ms) for event in rough] == [(n, 0.0) for n in range(len(EXPRESSIONS))]
    for mine, yours in zip(rough, exact, strict=True):
        _assert_same(mine, yours)
    made = {name for event in events if isinstance(event, Vetted) for name in event.counts}
    known = {name for name in _KNOWN if name.startswith("stablehlo.")}
    assert known - made <= {f"stablehlo.{name}" for name in _NOT_MADE}


@pytest.mark.parametrize(
    "value",
    [
        np.array([True, False, True] * 5),
        np.ones((3, 4), np.bool_),
        np.zeros((0, 3), np.bool_),
        np.array(True),
        np.array([100, -128], np.int8),
        np.array([200, 3], np.uint8),
        np.array([-7, 2**30], np.int32),
        np.array([7, 2**32 - 1], np.uint32),
        np.array(2.5, np.float32),
        np.array([[np.nan, -np.inf, -0.0]], np.float32),
        np.zeros((2, 0), np.float32),
        np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
    ],
    ids=lambda value: f"{value.dtype.name}{list(value.shape)}",
)
def test_arguments_and_results_of_each_dtype_go_in_and_come_out(sandbox: LocalSandbox, value: Array) -> None:
    """Bits of a mask would come out as other bits, or one number for many as one."""
    source = "import jax.numpy as jnp\ndef f(x):\n    return x, x == x, jnp.stack([x, x]), jnp.zeros_like(x)\n"
    job = GradeJob(source, (_signature("f", value),), limits=LIMITS)
    (rough,), (exact,) = _evaluated(sandbox, replace(job, roughly=True)), _evaluated(sandbox, job)
    assert rough.compile_ms == 0
    for mine, yours in zip(rough.outputs, exact.outputs, strict=True):
        assert (mine.dtype, mine.shape) == (yours.dtype, yours.shape)
        assert mine.tobytes() == yours.tobytes()


@pytest.mark.parametrize(
    ("expression", "values"),
    [
        ("x // y", (np.array([5, 3], np.int32), np.array([0, 2], np.int32))),
        ("lax.rem(x, y)", (np.array([5, 3], np.int32), np.array([0, 2], np.int32))),
        ("jnp.linalg.cholesky(x @ x.T + jnp.eye(2))", (X,)),
        ("x @ x.T", (np.ones((60, 30), np.float32),)),
        ("x + jnp.zeros((80, 80))", (np.array([1.0], np.float32),)),
        ("x.astype(jnp.float16)", (X,)),
        ("jnp.cumsum(x)", (X,)),
        ("(x.at[0].add(1.0), x)", (X,)),
        ("lax.while_loop(lambda y: y[0] < 1e6, lambda y: y + 1, x)", (np.array([1.0], np.float32),)),
    ],
)
def test_what_the_interpreter_may_not_survive_or_would_be_slow_at_is_compiled(
    sandbox: LocalSandbox, expression: str, values: tuple[Array, ...]
) -> None:
    """An integer divided by 0 ends the process; a large product keeps it busy for seconds."""
    head = "import jax.numpy as jnp\nfrom jax import lax\n"
    names = ", ".join(("x", "y")[: len(values)])
    assert not _is_interpreted(sandbox, f"{head}def f({names}):\n    return {expression}\n", *values)
    assert _is_interpreted(sandbox, "def f(x):\n    return x - x\n", values[0][:1])


def test_what_was_interpreted_is_not_remembered(sandbox: LocalSandbox) -> None:
    """A learner's program would be judged by digits that XLA did not compute."""
    sandbox._cache = MemoryCache(1 << 20)
    job = grade_job(GOOD)
    (rough,) = _evaluated(sandbox, replace(job, roughly=True))
    (exact,) = _evaluated(sandbox, job)
    (known,) = _evaluated(sandbox, replace(job, roughly=True))
    assert [each.cached for each in (rough, exact, known)] == [False, False, True]
    assert (rough.compile_ms, exact.compile_ms > 0) == (0.0, True)
