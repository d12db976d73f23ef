import jax
import jax.numpy as jnp


def dropout(key, x, rate):
    # Uniform numbers lie in [0, 1): at rate 0 all are kept, at rate 1 none is.
    dropped = jax.random.uniform(key, x.shape) < rate
    return jnp.where(dropped, 0.0, x / (1.0 - rate))
