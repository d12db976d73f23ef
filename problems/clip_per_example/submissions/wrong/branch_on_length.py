# /// allclose
# verdict = "not_traceable"
# message = "The length has no value while the function is traced, so a Python if cannot ask whether it is too large. limit / jnp.maximum(norm, limit) is right in both cases."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clipped_gradient(params, x, y, limit):
    gradient = jax.grad(loss)(params, x, y)
    norm = jnp.sqrt(sum(jnp.sum(leaf**2) for leaf in jax.tree.leaves(gradient)))
    if norm > limit:
        gradient = jax.tree.map(lambda leaf: limit / norm * leaf, gradient)
    return gradient


def clip_per_example(params, x, y, limit):
    clipped = jax.vmap(clipped_gradient, in_axes=(None, 0, 0, None))(params, x, y, limit)
    return jax.tree.map(lambda leaf: jnp.mean(leaf, axis=0), clipped)
