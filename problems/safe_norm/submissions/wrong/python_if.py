# /// allclose
# verdict = "not_traceable"
# message = "A Python if needs the values of x, which are not there while the function is traced. jnp.where chooses between two results in the program."
# ///
import jax.numpy as jnp


def safe_norm(x):
    squares = jnp.sum(x**2)
    if squares == 0:
        return 0.0 * squares
    return jnp.sqrt(squares)
