import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clip_per_example(params, x, y, limit):
    gradients = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, x, y)
    squares = [jnp.sum(leaf**2, axis=tuple(range(1, leaf.ndim))) for leaf in jax.tree.leaves(gradients)]
    factors = jnp.minimum(1.0, limit / jnp.sqrt(sum(squares)))
    # A factor of limit / 0 is infinite, and min makes it 1: zero gradients stay zero.
    return jax.tree.map(lambda leaf: jnp.einsum("n...,n->...", leaf, factors) / len(factors), gradients)
