# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "unroll=True writes out every turn of the scan. Leave it out, and the program holds one."
# ///
import jax.numpy as jnp
from jax import lax


def horner(coefficients, x):
    value, _ = lax.scan(lambda value, c: (value * x + c, None), jnp.zeros_like(x), coefficients, unroll=True)
    return value
