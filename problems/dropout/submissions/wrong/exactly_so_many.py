# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "A cut at a quantile drops a fixed number of entries, so they are not independent: one that is kept makes it less likely for the others. Compare each uniform number with rate itself."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    numbers = jax.random.uniform(key, x.shape)
    kept = numbers >= jnp.quantile(numbers, rate)
    return jnp.where(kept, x / (1.0 - rate), 0.0)
