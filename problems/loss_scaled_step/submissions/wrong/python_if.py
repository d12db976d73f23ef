# /// allclose
# verdict = "not_traceable"
# message = "Whether the gradient is finite is known only when the program runs, and a Python if asks while it is traced. Compute both outcomes and let jnp.where choose, or use jax.lax.cond."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    gradient = jax.grad(lambda half: scale * loss(half, x, y))(half)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32) / scale, gradient)
    if all(jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)):
        return jax.tree.map(lambda p, g: p - rate * g, params, gradient), scale
    return params, scale / 2
