# /// allclose
# verdict = "not_traceable"
# message = "A Python if needs the value of rate, which is not known while the function is traced. Leave the special cases out: jnp.where gives the right result for them as well."
# ///
import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    if rate == 0:
        return x
    if rate == 1:
        return jnp.zeros_like(x)
    kept = jax.random.bernoulli(key, 1.0 - rate, x.shape)
    return jnp.where(kept, x / (1.0 - rate), 0.0)
