import jax.numpy as jnp


def jacobian_of_field(points, centres, strengths):
    height = jnp.log1p(points[:, 2])[:, None]
    dx = points[:, 0, None] - centres[:, 0]
    dy = points[:, 1, None] - centres[:, 1]
    q = 1 + dx**2 + dy**2
    s = strengths / q
    # Derivatives of -dy / q and of dx / q.
    u_x, u_y = 2 * dx * dy / q, -1 + 2 * dy**2 / q
    v_x, v_y = 1 - 2 * dx**2 / q, -2 * dx * dy / q
    rate = 1 / (1 + points[:, 2])[:, None]
    rows = [[height * s * u_x, height * s * u_y, -rate * s * dy], [height * s * v_x, height * s * v_y, rate * s * dx]]
    return jnp.stack([jnp.stack([entry.sum(axis=1) for entry in row], axis=1) for row in rows], axis=1)
