# wrong_answer value
import jax.numpy as jnp


def quantised_matmul(x, w, x_scale, w_scale):
    return (x @ w).astype(jnp.float32) * x_scale * w_scale
