# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The gradient is divided while it is still float16, and small numbers vanish at that very moment. Convert it to float32 first, then divide."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.grad(lambda half: scale * loss(half, x, y))(half)
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    gradient = jax.tree.map(lambda g: (g / scale).astype(jnp.float16), gradient)
    params = jax.tree.map(lambda p, g: jnp.where(finite, p - rate * g, p), params, gradient)
    return params, jnp.where(finite, scale, scale / 2)
