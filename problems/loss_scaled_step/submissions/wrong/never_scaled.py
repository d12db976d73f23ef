# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The loss was not multiplied by scale, so small gradients vanish in float16 and large scales never overflow. Differentiate scale * loss, and divide afterwards."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32), jax.grad(loss)(half, x, y))
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    params = jax.tree.map(lambda p, g: jnp.where(finite, p - rate * g, p), params, gradient)
    return params, jnp.where(finite, scale, scale / 2)
