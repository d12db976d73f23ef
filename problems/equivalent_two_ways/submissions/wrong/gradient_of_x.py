# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "argnums=1 differentiates with respect to x. The gradient of a training step is taken with respect to the weight w, which is argument 0."
# ///
import jax
import jax.numpy as jnp


def per_example_loss(w, x):
    return (w * x) ** 2


def equivalent_two_ways(w, x_batch):
    way_a = jax.vmap(jax.grad(per_example_loss, argnums=1), in_axes=(None, 0))(w, x_batch).sum()
    way_b = jax.grad(lambda w: jax.vmap(per_example_loss, in_axes=(None, 0))(w, x_batch).sum())(w)
    return jnp.array([way_a, way_b])
