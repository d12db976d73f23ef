# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "bernoulli(key, rate) is true with probability rate, and where it is true the entry is kept: too few at a small rate, too many at a large one. Draw with 1 - rate."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    kept = jax.random.bernoulli(key, rate, x.shape)
    return jnp.where(kept, x / (1.0 - rate), 0.0)
