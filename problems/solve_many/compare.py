import jax.numpy as jnp


def compare(inputs, expected, got):
    a, b, x = (each.astype(jnp.float64) for each in (*inputs, got))
    residual = jnp.linalg.norm(jnp.einsum("bij,bkj->bki", a, x) - b, axis=-1)
    size = jnp.linalg.norm(a, axis=(1, 2))[:, None] * jnp.linalg.norm(x, axis=-1) + jnp.linalg.norm(b, axis=-1)
    return residual, 8 * jnp.finfo(jnp.float32).eps * size
