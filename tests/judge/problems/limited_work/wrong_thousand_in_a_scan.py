# rule_broken too_much_work
import jax


def limited_work(x):
    y = x @ x
    wasted = jax.lax.scan(lambda c, _: (jax.numpy.tanh(c @ x), None), x, None, length=1000)[0]
    return y + 0 * wasted
