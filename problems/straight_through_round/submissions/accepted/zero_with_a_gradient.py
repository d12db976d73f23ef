import jax
import jax.numpy as jnp


def straight_through_round(x):
    zero = x - jax.lax.stop_gradient(x)
    return jnp.round(x) + zero
