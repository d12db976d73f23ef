# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The length is taken over all examples at once, so one long gradient shortens the others too. Each example has a length and a factor of its own."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clip_per_example(params, x, y, limit):
    gradients = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, x, y)
    norm = jnp.sqrt(sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(gradients)))
    return jax.tree.map(lambda leaf: limit / jnp.maximum(norm, limit) * jnp.mean(leaf, axis=0), gradients)
