# /// allclose
# verdict = "rule_broken"
# reason = "unrolled"
# message = "The loop over the micro-batches runs while the program is traced, and writes forward and backward pass into it once for each. lax.scan writes them once."
# ///
import jax
import jax.numpy as jnp


def accumulate_gradients(loss, params, x, y, size):
    count = x.shape[0] // size
    total = jax.tree.map(jnp.zeros_like, params)
    for i in range(count):
        part = slice(i * size, (i + 1) * size)
        total = jax.tree.map(jnp.add, total, jax.grad(loss)(params, x[part], y[part]))
    return jax.tree.map(lambda g: g / count, total)
