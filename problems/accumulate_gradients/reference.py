import jax
import jax.numpy as jnp
from jax import lax


def accumulate_gradients(loss, params, x, y, size):
    count = x.shape[0] // size
    micro_batches = jax.tree.map(lambda a: a.reshape(count, size, *a.shape[1:]), (x, y))

    def step(total, micro_batch):
        gradient = jax.grad(loss)(params, *micro_batch)
        return jax.tree.map(jnp.add, total, gradient), None

    total, _ = lax.scan(step, jax.tree.map(jnp.zeros_like, params), micro_batches)
    return jax.tree.map(lambda g: g / count, total)
