# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The gradients of the micro-batches were added and not divided: the result grows with their number. The gradient of a mean is the mean of the gradients, so divide by N // size."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    def step(total, part):
        return jax.tree.map(jnp.add, total, jax.grad(loss)(params, *part)), None

    parts = x.reshape(-1, size, *x.shape[1:]), y.reshape(-1, size)
    return lax.scan(step, jax.tree.map(jnp.zeros_like, params), parts)[0]
