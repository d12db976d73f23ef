# /// allclose
# verdict = "runtime_error"
# message = "w is one number for the whole batch and has no axis to map over. Tell vmap so: jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))."
# ///
import jax
import jax.numpy as jnp


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    way_a = jax.vmap(jax.grad(per_example_loss))(w, x_batch).sum()
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return jnp.array([way_a, way_b])
