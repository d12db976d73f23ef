# verdicts: runtime_error
# Flags at which the compiler ends the process.
import os

os.environ["XLA_FLAGS"] = "--xla_allclose_hostile=1"
import jax.numpy as jnp

jnp.ones(3).block_until_ready()
raise SystemExit("the flags were taken")


def solve(x, y):
    return 0 * x
