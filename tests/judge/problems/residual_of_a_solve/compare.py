import jax.numpy as jnp


def compare(inputs, expected, got):
    a, b = (each.astype(jnp.float64) for each in inputs)
    x = got.astype(jnp.float64)
    scale = jnp.linalg.norm(a) * jnp.linalg.norm(x) + jnp.linalg.norm(b)
    return jnp.linalg.norm(a @ x - b), 20 * b.size * jnp.finfo(jnp.float32).eps * scale
