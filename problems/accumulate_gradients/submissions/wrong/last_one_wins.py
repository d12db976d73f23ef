# /// allclose
# verdict = "wrong_answer"
# reason = "value"
# message = "Each step replaces the carry by its own gradient, and what is left is that of the last micro-batch. Add to the carry."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    parts = x.reshape(-1, size, *x.shape[1:]), y.reshape(-1, size)
    start = jax.tree.map(jnp.zeros_like, params)
    last, _ = lax.scan(lambda _, part: (jax.grad(loss)(params, *part), None), start, parts)
    return last
