# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The factors are not held constant, so grad differentiates them as well. Put jax.lax.stop_gradient around them, or scale the gradients themselves."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clip_per_example(params, x, y, limit):
    def clipped_loss(params, x, y):
        gradient = jax.grad(loss)(params, x, y)
        square = sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(gradient))
        return limit / jnp.sqrt(jnp.maximum(square, limit**2)) * loss(params, x, y)

    return jax.grad(lambda params: jnp.mean(jax.vmap(clipped_loss, in_axes=(None, 0, 0))(params, x, y)))(params)
