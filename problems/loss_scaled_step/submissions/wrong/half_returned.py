# /// allclose
# verdict = "wrong_answer"
# reason = "dtype"
# message = "The float16 copies were moved and returned. They are for the loss only; the step is taken on the float32 parameters, in which small steps are not rounded off."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.grad(lambda half: scale * loss(half, x, y))(half)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32) / scale, gradient)
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    moved = jax.tree.map(lambda h, g: jnp.where(finite, h - rate * g, h).astype(h.dtype), half, gradient)
    return moved, jnp.where(finite, scale, scale / 2)
