# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Without a shape, bernoulli is a single draw: all entries are kept, or none. Give it x.shape."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    return jnp.where(jax.random.bernoulli(key, keep), x / keep, 0.0)
