import jax.numpy as jnp
from jax import lax


def linear_recurrence(a, b, start):
    # A step is the matrix (a b; 0 1), and one step after another is a product of matrices.
    rows = jnp.stack([jnp.stack([a, b], -1), jnp.stack([jnp.zeros_like(a), jnp.ones_like(b)], -1)], -2)

    def compose(earlier, later):
        return jnp.einsum("...ij,...jk->...ik", later, earlier, precision="highest")

    products = lax.associative_scan(compose, rows)
    return products[..., 0, 0] * start + products[..., 0, 1]
