# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The loss is computed in float32, so nothing ever overflows and no step is skipped. Convert the parameters to float16 before they go into loss; it computes in the dtype that it is given."
# ///
import jax
import jax.numpy as jnp


def loss_scaled_step(loss, params, x, y, rate, scale):
    gradient = jax.grad(lambda params: scale * loss(params, x, y))(params)
    gradient = jax.tree.map(lambda g: g / scale, gradient)
    finite = jnp.array([jnp.isfinite(g).all() for g in jax.tree.leaves(gradient)]).all()
    params = jax.tree.map(lambda p, g: jnp.where(finite, p - rate * g, p), params, gradient)
    return params, jnp.where(finite, scale, scale / 2)
