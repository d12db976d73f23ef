import jax


def unroll_polyval(x):
    return jax.lax.scan(lambda c, a: (0.5 * c + a, None), 0.0, x)[0]
