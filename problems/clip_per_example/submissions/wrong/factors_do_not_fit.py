# /// allclose
# verdict = "runtime_error"
# message = "There is one factor for each example, and the arrays have more axes behind the one of the examples. Scale inside the mapped function, where the factor is a single number."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clip_per_example(params, x, y, limit):
    gradients = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, x, y)
    squares = [jnp.sum(leaf**2, axis=tuple(range(1, leaf.ndim))) for leaf in jax.tree.leaves(gradients)]
    factors = limit / jnp.maximum(jnp.sqrt(sum(squares)), limit)
    return jax.tree.map(lambda leaf: jnp.mean(factors * leaf, axis=0), gradients)
