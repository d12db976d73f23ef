# /// allclose
# verdict = "runtime_error"
# message = "in_axes=(0, None) hands the whole second matrix to every row of the first. Both have their rows on axis 0: in_axes=(0, 0), the default."
# ///
import jax
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jax.vmap(jnp.dot, in_axes=(0, None))(left, right)
