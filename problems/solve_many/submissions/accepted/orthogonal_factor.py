import jax.numpy as jnp
from jax.scipy.linalg import solve_triangular


def solve_many(matrices, right_sides):
    # A = QR, so R x = Q^T b: no pivots, and as stable as elimination with them.
    q, r = jnp.linalg.qr(matrices)
    return solve_triangular(r, q.mT @ right_sides.mT).mT
