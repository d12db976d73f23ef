import jax
import jax.numpy as jnp


def random_normal_pair(key, scale):
    u, v = jax.random.uniform(key, (2, 2, 16), minval=1e-7)
    return scale * jnp.sqrt(-2 * jnp.log(u)) * jnp.cos(2 * jnp.pi * v)
