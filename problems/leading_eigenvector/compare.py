import jax.numpy as jnp


def compare(inputs, expected, got):
    (matrix,) = inputs
    matrix, best, v = (each.astype(jnp.float64) for each in (matrix, expected, got))
    quotient = v @ matrix @ v
    size = jnp.linalg.norm(matrix)
    errors = jnp.stack(
        [
            jnp.abs(jnp.linalg.norm(v) - 1),
            jnp.linalg.norm(matrix @ v - quotient * v),
            # The reference's vector is off by a rounding, and its quotient by the square of that.
            jnp.abs(best @ matrix @ best / (best @ best) - quotient),
        ]
    )
    return errors, 1e-5 * jnp.stack([jnp.ones_like(size), size, size])
