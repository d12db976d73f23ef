import jax


def without_dot_general(x):
    return jax.vmap(lambda row: (row[:, None] * x).sum(0))(x)
