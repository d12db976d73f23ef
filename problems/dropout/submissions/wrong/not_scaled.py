# /// allclose
# verdict = "wrong_answer"
# reason = "distribution"
# message = "The kept entries have to make up for the dropped ones. Divide them by the probability of being kept, 1 - rate."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    return jnp.where(jax.random.bernoulli(key, 1.0 - rate, x.shape), x, 0.0)
