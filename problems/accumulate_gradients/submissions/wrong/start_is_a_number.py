# /// allclose
# verdict = "runtime_error"
# message = "The carry starts as a single number and comes out of the first step as large as the parameters, which scan does not allow. Start with jax.tree.map(jnp.zeros_like, params)."
# ///
import jax
import jax.numpy as jnp
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    parts = x.reshape(-1, size, *x.shape[1:]), y.reshape(-1, size)

    def step(total, part):
        return jax.tree.map(jnp.add, total, jax.grad(loss)(params, *part)), None

    start = jax.tree.map(lambda p: jnp.float32(0.0), params)
    total, _ = lax.scan(step, start, parts)
    return jax.tree.map(lambda g: g * size / x.shape[0], total)
