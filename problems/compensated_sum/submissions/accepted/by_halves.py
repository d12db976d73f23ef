import jax.numpy as jnp


def two_sum(a, b):
    total = a + b
    b_ = total - a
    return total, (a - (total - b_)) + (b - b_)


def compensated_sum(x):
    # A tree: one half is added to the other, until one number is left. As many levels as N has binary digits.
    x = jnp.pad(x, (0, (1 << (x.size - 1).bit_length()) - x.size))
    lost = jnp.zeros((), x.dtype)
    while x.size > 1:
        x, errors = two_sum(*jnp.split(x, 2))
        lost = lost + jnp.sum(errors)
    return x[0] + lost
