import jax.numpy as jnp


def linear_recurrence(a, b, start):
    steps = a.shape[0]
    b = b.at[0].add(a[0] * start)
    reach = 1
    # Every entry covers the last `reach` steps, and then twice as many. Before the beginning there is the identity.
    while reach < steps:
        before_a = jnp.pad(a[:-reach], ((reach, 0), (0, 0)), constant_values=1.0)
        before_b = jnp.pad(b[:-reach], ((reach, 0), (0, 0)))
        a, b = a * before_a, a * before_b + b
        reach *= 2
    return b
