# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Without jax_enable_x64, astype(jnp.float64) gives float32 and a warning, so this is the plain sum. Represent a number by two float32 instead: the rounded sum, and what it lacks."
# ///
import jax.numpy as jnp


def compensated_sum(x):
    return jnp.sum(x.astype(jnp.float64)).astype(jnp.float32)
