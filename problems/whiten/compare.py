import jax.numpy as jnp


def compare(inputs, expected, got):
    # The products of whitened rows are those of the Mahalanobis distance, whichever matrix whitened them.
    (x,) = inputs
    x, z = x.astype(jnp.float64), got.astype(jnp.float64)
    centred = x - x.mean(axis=0)
    products = centred @ jnp.linalg.solve(centred.T @ centred / x.shape[0], centred.T)
    lengths = jnp.sqrt(jnp.diag(products))
    return jnp.abs(z @ z.T - products), 1e-3 * (1 + lengths[:, None] * lengths)
