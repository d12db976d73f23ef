# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "A mask of shape (D,) is the same for every row, so whole columns are dropped. Draw it with x.shape."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    kept = jax.random.bernoulli(key, keep, x.shape[1:])
    return jnp.where(kept, x / keep, 0.0)
