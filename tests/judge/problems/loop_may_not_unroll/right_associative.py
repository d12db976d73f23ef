import jax
import jax.numpy as jnp


def loop_may_not_unroll(x):
    def join(left, right):
        return left[0] * right[0], left[1] * right[0] + right[1]

    return jax.lax.associative_scan(join, (jnp.full_like(x, 0.5), x))[1]
