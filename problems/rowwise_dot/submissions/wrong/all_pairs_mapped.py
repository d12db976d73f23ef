# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "Two maps, one inside the other, make every pair. One vmap that takes rows from both arguments makes the pairs (i, i)."
# ///
import jax
import jax.numpy as jnp


def rowwise_dot(left, right):
    return jax.vmap(jax.vmap(jnp.dot, in_axes=(None, 0)), in_axes=(0, None))(left, right)
