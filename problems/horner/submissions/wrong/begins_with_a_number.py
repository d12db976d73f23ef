# /// allclose
# verdict = "runtime_error"
# message = "The scan begins with the number 0.0 and after a turn carries one value for each point. The carry must not change its shape: begin with jnp.zeros_like(x)."
# ///
from jax import lax


def horner(coefficients, x):
    value, _ = lax.scan(lambda value, c: (value * x + c, None), 0.0, coefficients)
    return value
