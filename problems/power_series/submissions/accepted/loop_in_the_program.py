import jax
import jax.numpy as jnp


@jax.jit
def power_series(x, terms):
    # With a loop in the program, the number of terms may even be an array.
    def add(k, so_far):
        total, term = so_far
        return total + term, term * x / (k + 1)

    return jax.lax.fori_loop(0, terms, add, (jnp.zeros_like(x), jnp.ones_like(x)))[0]
