import jax
import jax.numpy as jnp


def interpolate_trees(start, end, t):
    # jax.tree.map(f, start) calls f with each leaf of one tree. It takes more trees, too.
    return jax.tree.map(lambda a: a, start)
