# wrong_answer dtype
import jax.numpy as jnp


def in_float8(x):
    return (2 * x.astype(jnp.float32)).astype(jnp.float8_e5m2)
