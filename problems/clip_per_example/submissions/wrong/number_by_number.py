# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "jnp.clip cuts every number off by itself. The gradient as a whole has to be scaled, by one factor, so that its direction stays."
# ///
import jax
import jax.numpy as jnp


def loss(params, x, y):
    hidden = jnp.tanh(x @ params["hidden"]["w"] + params["hidden"]["b"])
    return (hidden @ params["out"] - y) ** 2


def clip_per_example(params, x, y, limit):
    gradients = jax.vmap(jax.grad(loss), in_axes=(None, 0, 0))(params, x, y)
    return jax.tree.map(lambda leaf: jnp.mean(jnp.clip(leaf, -limit, limit), axis=0), gradients)
