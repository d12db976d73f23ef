# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The step is skipped and the scale stays, so the next one overflows as well. Halve the scale when a step is skipped."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.grad(lambda half: scale * loss(half, x, y))(half)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32) / scale, gradient)
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    return jax.tree.map(lambda p, g: jnp.where(finite, p - rate * g, p), params, gradient), scale
