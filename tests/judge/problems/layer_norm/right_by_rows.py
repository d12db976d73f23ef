import jax
import jax.numpy as jnp


def one(row, scale, shift):
    centred = row - jnp.mean(row)
    return centred * jax.lax.rsqrt(jnp.mean(centred**2) + 1e-5) * scale + shift


layer_norm = jax.vmap(one, in_axes=(0, None, None))
