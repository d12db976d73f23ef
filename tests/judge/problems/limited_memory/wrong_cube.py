# rule_broken too_much_memory
import jax.numpy as jnp


def limited_memory(x):
    cube = jnp.sort(x[:, :, None] * x[None], axis=1)
    return x + x.T + 0 * cube.sum(1)
