# verdicts: memory_limit
# Products of products under vmap: sixteen million times what came in.
import jax
import jax.numpy as jnp


def solve(x, y):
    many = jnp.tile(x, 1024)[:1024]
    cube = jnp.cumsum(many[:, None, None] * many[None, :, None] * many[None, None, :], axis=0)
    return x + jnp.sort(cube, axis=1).max()
