# rule_broken too_slow
import jax


def limited_time(x):
    return x + 1 + 0 * jax.lax.fori_loop(0, 20000, lambda i, y: jax.numpy.sin(y) + x, x)
