import jax.numpy as jnp


def mlp_forward(params, x):
    # A column of ones carries the bias; examples are columns here. relu first, except for the input.
    h = x.T
    for number, (w, b) in enumerate(params):
        if number:
            h = h.clip(min=0.0)
        h = jnp.vstack([w, b]).T @ jnp.vstack([h, jnp.ones(h.shape[1])])
    return h.T
