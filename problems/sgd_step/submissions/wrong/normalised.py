# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The gradient was divided by its length, so that every step is equally long. Plain gradient descent takes smaller steps where the loss is flatter: rate times the gradient as it is."
# ///
import jax
import jax.numpy as jnp


def sgd_step(loss, params, x, y, rate):
    value, gradient = jax.value_and_grad(loss)(params, x, y)
    length = jnp.sqrt(sum(jnp.sum(g**2) for g in jax.tree.leaves(gradient)))
    return jax.tree.map(lambda p, g: p - rate * g / length, params, gradient), value
