import jax.numpy as jnp
from jax import lax


def compensated_sum(x):
    # Neumaier: the error by the short formula, with the larger number in front.
    def body(i, state):
        total, lost = state
        new = total + x[i]
        swap = jnp.abs(total) < jnp.abs(x[i])
        large, small = jnp.where(swap, x[i], total), jnp.where(swap, total, x[i])
        return new, lost + (small - (new - large))

    zero = jnp.zeros((), x.dtype)
    total, lost = lax.fori_loop(0, x.shape[0], body, (zero, zero))
    return total + lost
