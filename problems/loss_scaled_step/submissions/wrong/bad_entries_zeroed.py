# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Only the entries that overflowed are left out, and the others take a step in a direction that is no gradient. If any entry is bad, nothing moves."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.grad(lambda half: scale * loss(half, x, y))(half)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32) / scale, gradient)
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    params = jax.tree.map(lambda p, g: p - rate * jnp.nan_to_num(g, posinf=0.0, neginf=0.0), params, gradient)
    return params, jnp.where(finite, scale, scale / 2)
