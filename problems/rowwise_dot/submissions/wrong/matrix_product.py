# /// allclose
# verdict = "runtime_error"
# message = "Without vmap this is a product of two matrices, rows times columns, and the shapes do not fit. jax.vmap(jnp.dot) multiplies row by row."
# ///
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jnp.dot(left, right)
