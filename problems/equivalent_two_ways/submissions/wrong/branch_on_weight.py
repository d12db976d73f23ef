# /// allclose
# verdict = "not_traceable"
# message = "A Python if needs to know w, but w has no value while the function is traced. The formula is right for w = 0 as well; where a choice is needed, use jnp.where."
# ///
import jax
import jax.numpy as jnp


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    if w == 0:
        return jnp.zeros(2)
    way_a = jax.vmap(jax.grad(per_example_loss), in_axes=(None, 0))(w, x_batch).sum()
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return jnp.array([way_a, way_b])
