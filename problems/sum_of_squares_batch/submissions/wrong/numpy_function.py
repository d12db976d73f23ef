# /// allclose
# verdict = "not_traceable"
# message = "Functions of NumPy want the numbers of the vector, which do not exist while JAX traces the function. Use those of jax.numpy, and vector**2 for the squares."
# ///
import jax
import jax.numpy as jnp
import numpy as np


def sum_of_squares(vector):
    return jnp.sum(np.square(vector))


def sum_of_squares_batch(batch):
    return jax.vmap(sum_of_squares)(batch)
