# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "A bad gradient is multiplied by 0 to skip it, but 0 times infinity is nan, and the parameters are lost. Select with jnp.where(finite, p - rate * g, p)."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.grad(lambda half: scale * loss(half, x, y))(half)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32) / scale, gradient)
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    params = jax.tree.map(lambda p, g: p - rate * g * finite, params, gradient)
    return params, jnp.where(finite, scale, scale / 2)
