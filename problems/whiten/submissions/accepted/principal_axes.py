import jax.numpy as jnp


def whiten(x):
    centred = x - jnp.mean(x, axis=0)
    variances, axes = jnp.linalg.eigh(jnp.atleast_2d(jnp.cov(centred, rowvar=False, bias=True)))
    return centred @ axes / jnp.sqrt(variances)
