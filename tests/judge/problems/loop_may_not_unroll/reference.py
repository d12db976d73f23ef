import jax


def loop_may_not_unroll(x):
    return jax.lax.scan(lambda total, each: (0.5 * total + each,) * 2, 0.0, x)[1]
