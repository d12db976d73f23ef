# /// allclose
# verdict = "not_traceable"
# message = "float() asks for a number while JAX is still writing the program, when there are only shapes. Leave way_a and way_b as arrays; jnp.array accepts them."
# ///
import jax
import jax.numpy as jnp


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    way_a = jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))(w, x_batch).sum()
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return jnp.array([float(way_a), float(way_b)])
