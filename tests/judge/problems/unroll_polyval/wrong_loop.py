# rule_broken unrolled
import jax.numpy as jnp


def unroll_polyval(x):
    total = 0.0
    for each in x:
        total = 0.5 * total + each
    return total
