# wrong_answer value
import jax.numpy as jnp


def large_integers(x):
    return (2 * x.astype(jnp.float32)).astype(jnp.int32)
