# /// allclose
# verdict = "runtime_error"
# message = "Inside vmap a row has one axis only, axis 0, so axis=1 does not exist. Leave the axis out: the whole vector is summed."
# ///
import jax
import jax.numpy as jnp


def sum_of_squares(vector):
    return jnp.sum(vector**2, axis=1)


def sum_of_squares_batch(batch):
    return jax.vmap(sum_of_squares)(batch)
