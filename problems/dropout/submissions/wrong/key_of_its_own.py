# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "With a key made inside, the same entries are dropped at every step. Draw from the key that is given."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    kept = jax.random.bernoulli(jax.random.key(0), keep, x.shape)
    return jnp.where(kept, x / keep, 0.0)
