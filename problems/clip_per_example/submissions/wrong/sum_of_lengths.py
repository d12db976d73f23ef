# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The lengths of the arrays are added up. Lengths add like the sides of a right triangle: add the squares, then take one root."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clipped_gradient(params, x, y, limit):
    gradient = jax.grad(loss)(params, x, y)
    norm = sum(jnp.sqrt(jnp.sum(leaf**2)) for leaf in jax.tree.leaves(gradient))
    return jax.tree.map(lambda leaf: limit / jnp.maximum(norm, limit) * leaf, gradient)


def clip_per_example(params, x, y, limit):
    clipped = jax.vmap(clipped_gradient, in_axes=(None, 0, 0, None))(params, x, y, limit)
    return jax.tree.map(lambda leaf: jnp.mean(leaf, axis=0), clipped)
