# verdicts: memory_limit, sandbox_violation
# Lifts the tracer's own limits on a program and its result.
import gc

import jax.numpy as jnp
import numpy as np

from sandbox.inside import trace

REAL = trace._trace


def endless(limits):
    return {name: 1 << 60 if type(limit) is int else limit for name, limit in limits.items()}


trace._trace = lambda *a: REAL(*[endless(one) if isinstance(one, dict) else one for one in a])


def solve(x, y):
    gc.collect()
    return x * jnp.asarray(np.random.default_rng(0).normal(size=3 << 20).astype("float32")).sum()
