import jax
import jax.numpy as jnp
from jax.flatten_util import ravel_pytree


def loss_scaled_step(loss, params, x, y, rate, scale):
    flat, rebuild = ravel_pytree(params)
    _, pull_back = jax.vjp(lambda flat: loss(jax.tree.map(lambda p: p.astype("float16"), rebuild(flat)), x, y), flat)
    (scaled,) = pull_back(scale)
    finite = jnp.isfinite(jnp.sum(jnp.abs(scaled)))
    flat = jnp.where(finite, flat - rate * scaled / scale, flat)
    return rebuild(flat), scale * jnp.where(finite, 1.0, 0.5)
