# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "The sum was divided by the number of examples, but each loss is a mean over its micro-batch already. What is left to divide by is the number of micro-batches."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    def step(total, part):
        return jax.tree.map(jnp.add, total, jax.grad(loss)(params, *part)), None

    parts = x.reshape(-1, size, *x.shape[1:]), y.reshape(-1, size)
    total, _ = lax.scan(step, jax.tree.map(jnp.zeros_like, params), parts)
    return jax.tree.map(lambda g: g / x.shape[0], total)
