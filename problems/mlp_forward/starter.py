import jax
import jax.numpy as jnp


def mlp_forward(params, x):
    h = x
    for w, b in params:
        # One layer.
        h = jnp.zeros((x.shape[0], b.shape[0]))
    return h
