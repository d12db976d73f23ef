# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "Multiplying by 1 - rate is what plain dropout does later, when nothing is dropped. Inverted dropout divides by it now."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    keep = 1.0 - rate
    return jnp.where(jax.random.bernoulli(key, keep, x.shape), x * keep, 0.0)
