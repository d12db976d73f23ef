import jax.numpy as jnp
from jax import lax


def layer_norm(x, gain, bias):
    # Both sums as products with a vector, on a matrix of all vectors.
    rows = x.reshape(-1, x.shape[-1])
    average = jnp.full(x.shape[-1], 1.0 / x.shape[-1])
    rows = rows - jnp.outer(rows @ average, jnp.ones(x.shape[-1]))
    scale = lax.rsqrt((rows * rows) @ average + 1e-5)
    return (jnp.einsum("nd,n,d->nd", rows, scale, gain) + bias).reshape(x.shape)
