"""Honest programs that the mutants of artifacts start from: one for every kind of thing a program may hold.

Invariant: each is what an honest tracer sends for its function, so unmutated it is vetted and evaluated.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jax
import jax.export
import jax.numpy as jnp
import numpy as np
from jax import lax

from sandbox.tree import Leaf

_F3 = jax.ShapeDtypeStruct((3,), jnp.float32)
_F33 = jax.ShapeDtypeStruct((3, 3), jnp.float32)
_I4 = jax.ShapeDtypeStruct((4,), jnp.int32)
_B42 = jax.ShapeDtypeStruct((4, 2), jnp.bfloat16)
_KEY = jax.ShapeDtypeStruct((2,), jnp.uint32)
_IMAGE = jax.ShapeDtypeStruct((1, 2, 5, 5), jnp.float32)


@dataclass(frozen=True)
class Program:
    """A serialised artifact and the types of what it takes and returns."""

    name: str
    artifact: bytes
    inputs: tuple[Leaf, ...]
    returns: tuple[Leaf, ...]


def _iterate(x: jax.Array) -> Any:
    def halve(carry: tuple[jax.Array, jax.Array]) -> tuple[jax.Array, jax.Array]:
        return carry[0] / 2, carry[1] + 1

    return lax.while_loop(lambda carry: (carry[0] > 1).any() & (carry[1] < 9), halve, (x, jnp.int32(0)))[0]


def _draw(key: jax.Array) -> Any:
    wrapped = jax.random.wrap_key_data(key)
    return jax.random.normal(wrapped, (3,)), jax.random.key_data(jax.random.split(wrapped))


def _factor(x: jax.Array) -> Any:
    spd = x @ x.T + jnp.eye(3)
    return jnp.linalg.cholesky(spd), jnp.linalg.solve(spd, x), jnp.linalg.eigh(spd), tuple(jnp.linalg.svd(x))


def _image(x: jax.Array) -> Any:
    kernel = jnp.ones((2, 2, 3, 3), jnp.float32)
    mixed = lax.conv_general_dilated(x, kernel, (1, 1), "SAME")
    return lax.reduce_window(mixed, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), "VALID")


_FUNCTIONS: dict[str, tuple[Callable[..., Any], tuple[jax.ShapeDtypeStruct, ...]]] = {
    "arithmetic": (lambda x, y: jnp.where(x > 0, jnp.sin(x) * y, x @ y), (_F3, _F3)),
    "while": (_iterate, (_F3,)),
    "scan": (lambda x: lax.scan(lambda c, row: (c + row, c @ row), x[0], x), (_F33,)),
    "branches": (lambda i, x: lax.switch(i[0], [jnp.sin, jnp.cos, lambda y: y * 2], x), (_I4, _F3)),
    "sort": (lambda x, i: (jnp.sort(x, axis=0), jnp.argsort(i), lax.top_k(x, 2)), (_F33, _I4)),
    "reductions": (lambda x: (x.sum(0), x.argmax(), jnp.cumsum(x, 1), jnp.median(x)), (_F33,)),
    "gather": (lambda x, i: (x[i % 3], x.at[i % 3].add(1.0), lax.dynamic_slice(x, (i[0], 0), (2, 2))), (_F33, _I4)),
    "bfloat16": (lambda x: jnp.tanh(x @ x.T).astype(jnp.float32), (_B42,)),
    "keys": (_draw, (_KEY,)),
    "lapack": (_factor, (_F33,)),
    "eigenvalues": (lambda x: (jnp.linalg.eig(x), jnp.linalg.qr(x)), (_F33,)),
    "pivots": (lambda x, i: (lax.linalg.lu(x)[:2], i[:3] * 2), (_F33, _I4)),
    "image": (_image, (_IMAGE,)),
    "fourier": (lambda x: jnp.abs(jnp.fft.fft(x)) + jnp.fft.irfft(jnp.fft.rfft(x), 3), (_F3,)),
    "gradient": (jax.grad(lambda x: jnp.prod(jnp.sinh(x)) + jax.scipy.special.erfinv(x / 9).sum()), (_F3,)),
    "constants": (lambda x: x + np.arange(9, dtype=np.float32).reshape(3, 3), (_F33,)),
    "bits": (lambda i: (i.view(jnp.uint32) >> 3, lax.population_count(i), i // 3, i.astype(bool)), (_I4,)),
}
NAMES = tuple(_FUNCTIONS)


@functools.cache
def program(name: str) -> Program:
    """The named program, exported once."""
    function, specs = _FUNCTIONS[name]
    exported = jax.export.export(jax.jit(function, keep_unused=True), platforms=("cpu",))(*specs)
    return Program(
        name, bytes(exported.mlir_module_serialized), tuple(map(_leaf, specs)), tuple(map(_leaf, exported.out_avals))
    )


def _leaf(aval: Any) -> Leaf:
    return Leaf(str(aval.dtype), tuple(aval.shape))
