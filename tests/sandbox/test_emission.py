"""Programs that XLA's older emitter would write endlessly: they are told apart, and compile in time."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import pytest
from jax import lax
from jax._src.interpreters import mlir
from jaxlib.mlir.dialects import stablehlo

from sandbox.inside.emission import emissions
from sandbox.jobs import Evaluated
from sandbox.local import LocalSandbox
from tests.sandbox.jobs import grade

_HYPOT = "    return jnp.stack([functools.reduce(jnp.hypot, [jnp.linalg.norm(x + i) for i in range(9)])] * 3)\n"


def counted(function: Callable[..., Any], *arguments: jax.Array) -> int:
    """What is counted of a function's program."""
    exported = jax.export.export(jax.jit(function))(*arguments)
    with mlir.make_ir_context() as context:
        return emissions(stablehlo.deserialize_portable_artifact(context, exported.mlir_module_serialized))


def hypot_chain(links: int) -> Callable[[jax.Array], jax.Array]:
    """Norms joined by that many uses of ``hypot``, each of which uses its operands several times."""
    return lambda x: functools.reduce(jnp.hypot, [jnp.linalg.norm(x + i) for i in range(links + 1)])


def test_every_link_of_a_chain_multiplies_what_is_written() -> None:
    """Through functions, as JAX writes ``norm`` and ``hypot``."""
    few, more, most = [counted(hypot_chain(links), jnp.ones(3)) for links in (3, 4, 5)]
    assert 5 <= more / few <= 20
    assert 5 <= most / more <= 20


def test_a_chain_of_reversals_is_counted() -> None:
    """Each is written for both its uses, as a sum is, though it has no loop of its own."""

    def chain(x: jax.Array) -> jax.Array:
        for _ in range(20):
            x = x[::-1] + 2 * x
        return x

    assert counted(chain, jnp.ones(8)) > 1_000_000


def test_what_is_counted_is_bounded() -> None:
    """A hostile chain of doublings would make a number of as many bits, for each of its values."""

    def chain(x: jax.Array) -> jax.Array:
        for _ in range(200):
            x = x[::-1] + 2 * x
        return x

    assert counted(chain, jnp.ones(8)) <= 1 << 41


def test_a_use_is_one_use() -> None:
    """One sum for each element that depends on it."""
    assert counted(lambda x: jnp.sum(x) * 2, jnp.ones(3)) == 1
    assert counted(lambda x: jnp.square(jnp.sum(x)), jnp.ones(3)) == 2


@pytest.mark.parametrize(
    "kept_apart",
    [
        lambda x: lax.fori_loop(0, 3, lambda _, y: y * 2, x),
        lax.sort,
        lambda x: lax.cond(x[0] > 0, jnp.sin, jnp.cos, x),
        lambda x: jnp.fft.fft(x).real,
    ],
    ids=["while", "sort", "case", "fft"],
)
def test_what_is_never_fused_ends_a_chain(kept_apart: Callable[[jax.Array], jax.Array]) -> None:
    """Its operands are written once, however often its result is used."""
    alone = counted(lambda x: kept_apart(hypot_chain(3)(x) * x), jnp.ones(3))
    followed = counted(lambda x: hypot_chain(3)(kept_apart(hypot_chain(3)(x) * x)), jnp.ones(3))
    assert followed < 4 * alone


def test_a_product_of_matrices_ends_a_chain_and_one_with_a_vector_does_not() -> None:
    """Layers of a network would all be compiled the long way; an outer product is written among what uses it."""

    def layers(x: jax.Array, w: jax.Array) -> jax.Array:
        for _ in range(16):
            x = x + jnp.tanh(x @ w)
        return x

    assert counted(layers, jnp.ones((5, 7)), jnp.ones((7, 7))) <= 100
    assert counted(jax.vmap(layers), jnp.ones((3, 5, 7)), jnp.ones((3, 7, 7))) <= 100
    assert counted(layers, jnp.ones((5, 1)), jnp.ones((1, 1))) > 10_000
    assert counted(layers, jnp.ones((1, 7)), jnp.ones((7, 7))) > 10_000


def test_a_loop_is_a_computation_of_its_own() -> None:
    """What its body would take counts, and does not multiply."""
    inner = counted(hypot_chain(4), jnp.ones(3))
    looped = counted(lambda x: lax.fori_loop(0, 3, lambda _, y: y * hypot_chain(4)(y), x), jnp.ones(3))
    assert inner <= looped < 2 * inner


@pytest.mark.parametrize(
    "body",
    [
        lambda row: jnp.sum(lax.map(hypot_chain(4), jnp.stack([row, row]))),
        lambda row: lax.cond(row[0] > 0, hypot_chain(4), jnp.sum, row),
    ],
    ids=["map", "cond"],
)
def test_what_stands_in_a_loop_within_a_loop_counts(body: Callable[[jax.Array], jax.Array]) -> None:
    """The chain would be found nowhere, since the loop around it has little to write."""
    inner = counted(hypot_chain(4), jnp.ones(3))
    assert inner <= counted(lambda x: lax.map(body, jnp.stack([x, x])), jnp.ones(3)) < 2 * inner


@pytest.mark.parametrize(
    "body",
    [
        "jax.vmap(g)(x + jnp.ones((3, 3)))",
        "flipped(x)",
        "jax.lax.map(g, jnp.stack([x, x]))",
        "jax.lax.fori_loop(0, 2, lambda i, out: out.at[i].set(g(x + i)), jnp.zeros(2))",
        "jax.lax.map(lambda row: jnp.sum(jax.lax.map(g, jnp.stack([row, row]))), jnp.stack([x, x]))",
        "jax.lax.map(lambda row: jax.lax.cond(row[0] > 0, g, jnp.sum, row), jnp.stack([x, x]))",
        "jax.lax.scan(lambda carry, row: (carry + g(row), g(row)), 0.0, jnp.stack([x, x]))",
    ],
    ids=["vmap", "reversals", "map", "fori_loop", "map-map", "map-cond", "scan"],
)
def test_chains_compile_under_maps_in_loops_and_of_reversals(default_sandbox: LocalSandbox, body: str) -> None:
    """Batched code costs ten times as much for each operation that is written; loops over little data are special."""
    source = f"""
import functools, jax, jax.numpy as jnp
def g(x):
    return functools.reduce(jnp.hypot, [jnp.linalg.norm(x + i) for i in range(9)])
def flipped(x):
    for _ in range(20):
        x = x[::-1] + 2 * x
    return x
def f(x):
    return {body}
"""
    events = grade(default_sandbox, source)
    assert any(isinstance(event, Evaluated) for event in events), events


@pytest.mark.parametrize(
    "step",
    ["x + 0.5 * jnp.tanh(x[jnp.roll(jnp.arange(10), i)])", "jnp.tanh(x + x[::-1])"],
    ids=["gathers", "mirrors"],
)
def test_layers_that_use_their_input_twice_compile_in_time(default_sandbox: LocalSandbox, step: str) -> None:
    """Seventeen of them, honest ones, take the older emitter half a minute, and seconds to run what it wrote."""
    source = f"import jax.numpy as jnp\ndef f(x):\n    for i in range(17):\n        x = {step}\n    return x\n"
    events = grade(default_sandbox, source, (10,))
    assert any(isinstance(event, Evaluated) for event in events), events


@pytest.mark.parametrize(("times", "length"), [(3000, 1), (300, 20)], ids=["written", "called"])
def test_a_chain_of_thousands_of_operations_compiles(default_sandbox: LocalSandbox, times: int, length: int) -> None:
    """The older emitter writes it by a recursion that overflows its stack: an unrolled loop would end in a crash."""
    decorator = "@jax.jit\n" * (length > 1)
    source = (
        f"import jax\n{decorator}def step(y, x):\n    for i in range({length}):\n        y = y * x + i\n    return y\n"
        f"def f(x):\n    y = x\n    for _ in range({times}):\n        y = step(y, x)\n    return y\n"
    )
    events = grade(default_sandbox, source)
    assert any(isinstance(event, Evaluated) for event in events), events


def test_a_long_chain_compiles_within_the_time_limit(default_sandbox: LocalSandbox) -> None:
    """Nine norms: the older emitter would take hours."""
    events = grade(default_sandbox, f"import functools\nimport jax.numpy as jnp\n\n\ndef f(x):\n{_HYPOT}")
    assert any(isinstance(event, Evaluated) for event in events), events
