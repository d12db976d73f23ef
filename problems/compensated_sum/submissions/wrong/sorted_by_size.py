# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Adding small numbers first helps as long as all have one sign. Here the large ones still take the last digits with them when they are added, and they do not give them back when they cancel. Keep the errors."
# ///
import jax.numpy as jnp
from jax import lax


def compensated_sum(x):
    ordered = x[jnp.argsort(jnp.abs(x))]
    total, _ = lax.scan(lambda total, value: (total + value, None), jnp.zeros((), x.dtype), ordered)
    return total
