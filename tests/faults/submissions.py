"""What is submitted while things break: every kind of end that a learner's own code can have, and its verdict.

Invariant: each verdict is the code's own, so whatever else comes out is a fault of ours that was blamed on somebody.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.faults.service import SLUG

_HONEST = f"""
import jax
import jax.numpy as jnp

SCALE = 2.0 ** ({{k}} % 60 - 30)  # exact


def loss(w, x):
    return (w * x * SCALE) ** 2 / SCALE**2


def {SLUG}(w, x_batch):
    way_a = jax.vmap(jax.grad(loss), in_axes=(None, 0))(w, x_batch).sum()
    way_b = jax.grad(lambda w: jax.vmap(loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return {{result}}
"""
_AT_ONCE = f"""
import os

def {SLUG}(w, x_batch):
    number = {{k}}
    {{does}}
"""


@dataclass(frozen=True)
class Kind:
    """One kind of submission.

    Attributes:
        verdict: what it must get.
        weight: how often it is submitted.
        template: its source, with ``{k}`` for a number that makes it another program.
    """

    name: str
    verdict: str
    weight: int
    template: str

    def source(self, number: int) -> str:
        """One submission of this kind."""
        return self.template.replace("{k}", str(number))


def _honest(name: str, verdict: str, weight: int, result: str) -> Kind:
    return Kind(name, verdict, weight, _HONEST.format(k="{k}", result=result))


def _at_once(name: str, verdict: str, weight: int, does: str) -> Kind:
    return Kind(name, verdict, weight, _AT_ONCE.format(k="{k}", does=does))


#: The second is evaluated alone, because it calls LAPACK.
KINDS = (
    _honest("right", "accepted", 40, "jnp.array([way_a, way_b])"),
    _honest("right, alone", "accepted", 10, "jnp.array([way_a, way_b]) * jnp.linalg.det(jnp.eye(2))"),
    _honest("wrong", "wrong_answer", 20, "jnp.array([way_a, -way_b])"),
    _at_once("raises", "runtime_error", 5, "raise ValueError(number)"),
    _at_once("aborts", "runtime_error", 5, "os.abort()"),
    _at_once("leaves", "runtime_error", 5, "os._exit(7)"),
    _at_once("forks", "sandbox_violation", 5, "os.fork()"),
    _at_once("prints", "output_limit", 3, "[print('x' * 1000) for _ in range(100_000)]"),
    _at_once("hoards", "memory_limit", 3, "bytearray(1 << 40)"),
    _at_once("loops", "time_limit", 1, "any(iter(int, 1))"),
    Kind("unreadable", "compile_error", 3, "def broken(: # {k}"),
)


def choose(chance: random.Random) -> Kind:
    """A kind, by weight."""
    return chance.choices(KINDS, [kind.weight for kind in KINDS])[0]
