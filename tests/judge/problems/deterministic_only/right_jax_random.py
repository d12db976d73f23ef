import jax
import jax.numpy as jnp


def deterministic_only(x):
    return 2 * x + 0 * jax.random.normal(jax.random.key(0), x.shape)
