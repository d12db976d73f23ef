# /// allclose
# verdict = "wrong_answer"
# reason = "nonfinite"
# message = "The loss is finite long after gradients have overflowed on the way back. It is the gradient that has to be checked, in all its arrays."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    half = jax.tree.map(lambda p: p.astype(jnp.float16), params)
    value, gradient = jax.value_and_grad(lambda half: scale * loss(half, x, y))(half)
    gradient = jax.tree.map(lambda g: g.astype(jnp.float32) / scale, gradient)
    finite = jnp.isfinite(value)
    params = jax.tree.map(lambda p, g: jnp.where(finite, p - rate * g, p), params, gradient)
    return params, jnp.where(finite, scale, scale / 2)
