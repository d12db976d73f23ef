# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Every row draws from the same key, so all rows get the same mask. Split the key into one for each row, or draw the whole mask at once."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    return jax.vmap(lambda row: jnp.where(jax.random.bernoulli(key, keep, row.shape), row / keep, 0.0))(x)
