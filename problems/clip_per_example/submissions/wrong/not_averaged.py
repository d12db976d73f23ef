# /// allclose
# verdict = "wrong_answer"
# reason = "shape"
# message = "This is one clipped gradient for each example. Average each array over its first axis."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clipped_gradient(params, x, y, limit):
    gradient = jax.grad(loss)(params, x, y)
    norm = jnp.sqrt(sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(gradient)))
    return jax.tree.map(lambda leaf: limit / jnp.maximum(norm, limit) * leaf, gradient)


def clip_per_example(params, x, y, limit):
    return jax.vmap(clipped_gradient, in_axes=(None, 0, 0, None))(params, x, y, limit)
