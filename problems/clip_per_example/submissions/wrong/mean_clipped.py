# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The gradients are averaged first and the mean is clipped, so one example can still pull the mean anywhere. Clip each gradient, then average."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clip_per_example(params, x, y, limit):
    def mean_loss(params):
        return jnp.mean(jax.vmap(loss, in_axes=(None, 0, 0))(params, x, y))

    gradient = jax.grad(mean_loss)(params)
    norm = jnp.sqrt(sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(gradient)))
    return jax.tree.map(lambda leaf: limit / jnp.maximum(norm, limit) * leaf, gradient)
