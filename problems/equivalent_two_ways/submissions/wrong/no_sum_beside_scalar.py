# /// allclose
# verdict = "runtime_error"
# message = "Way (a) still has shape (N,) and the other way is a scalar, so they do not fit into one array. Sum the per-example gradients of way (a) first."
# ///
import jax
import jax.numpy as jnp


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    way_a = jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))(w, x_batch)
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return jnp.array([way_a, way_b])
