# rule_broken unrolled
import jax.numpy as jnp


def unroll_cummax_gradient(x):
    best, place = x[0], 0
    out = jnp.zeros_like(x)
    for i in range(x.size):
        place = jnp.where(x[i] > best, i, place)
        best = jnp.maximum(best, x[i])
        out = out.at[place].add(1.0)
    return out
