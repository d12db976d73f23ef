import jax
import jax.numpy as jnp


def two_independent_normals(key, means_a, means_b):
    # Where does the noise of each array get its key from?
    a = means_a
    b = means_b
    return a, b
