# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The kept entries are divided by the probability of being dropped. Divide by that of being kept, 1 - rate: the two agree at one half only."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    return jnp.where(jax.random.bernoulli(key, 1.0 - rate, x.shape), x / rate, 0.0)
