# wrong_answer dtype
import jax.numpy as jnp


def in_float8_e5m2(x):
    return jnp.abs(x.astype(jnp.float32)).astype(jnp.float8_e4m3fn)
