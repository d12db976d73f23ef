# wrong_answer dtype
import jax.numpy as jnp


def quantised_matmul(x, w, x_scale, w_scale):
    return x.astype(jnp.int32) @ w.astype(jnp.int32)
