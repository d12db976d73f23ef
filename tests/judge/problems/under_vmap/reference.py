import jax


def under_vmap(x):
    return jax.nn.softmax(x)
