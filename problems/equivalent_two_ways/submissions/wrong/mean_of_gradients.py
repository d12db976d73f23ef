# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Both entries are means over the batch, smaller than the sums by the factor N. The loss of the batch is the sum of its examples' losses."
# ///
import jax
import jax.numpy as jnp


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    way_a = jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))(w, x_batch).mean()
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).mean())(w)
    return jnp.array([way_a, way_b])
