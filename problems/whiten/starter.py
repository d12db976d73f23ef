import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def whiten(x):
    # Centred, and no more than that.
    return x - x.mean(axis=0)
