import jax


def needs_a_while(x):
    return jax.lax.scan(lambda total, each: (total + each,) * 2, 0.0, x)[1]
