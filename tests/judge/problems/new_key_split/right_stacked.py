import jax
import jax.numpy as jnp


def new_key_split(key):
    first, second = jax.random.split(key, 2)
    return jnp.stack([first, second])
