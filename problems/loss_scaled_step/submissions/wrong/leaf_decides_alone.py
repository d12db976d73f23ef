# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Each array decides for itself, so that one moves while another is skipped, and the model is half old and half new. Decide once, from all arrays, and use that for every leaf."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.grad(lambda half: scale * loss(half, x, y))(half)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32) / scale, gradient)
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    params = jax.tree.map(lambda p, g: jnp.where(jnp.isfinite(g).all(), p - rate * g, p), params, gradient)
    return params, jnp.where(finite, scale, scale / 2)
