import jax


def top_k_with_ties(x):
    return tuple(jax.lax.top_k(x, 3))
