# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The parameters move within the loop, so each gradient is taken at another point. Accumulation keeps them fixed: all micro-gradients at the same params, and the step comes later."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    count = x.shape[0] // size
    parts = x.reshape(count, size, *x.shape[1:]), y.reshape(count, size)

    def step(carry, part):
        params, total = carry
        gradient = jax.grad(loss)(params, *part)
        params = jax.tree.map(lambda p, g: p - 0.1 * g, params, gradient)
        return (params, jax.tree.map(jnp.add, total, gradient)), None

    (_, total), _ = lax.scan(step, (params, jax.tree.map(jnp.zeros_like, params)), parts)
    return jax.tree.map(lambda g: g / count, total)
